"""Fields of texts: what they show is read, what tells Word to compute it is not.

A field has an instruction and mostly a result; both may hold further fields and run over many paragraphs.
Some show what stands in their instruction, and the fields of forms what was chosen. A field whose value is
not in the file, since nobody had Word compute it, is counted.

Source: ISO/IEC 29500-1, 17.16 (fields and hyperlinks), 17.16.4 (their syntax).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from lxml import etree

from ingest.extractors.docx.styles import W, is_on, value

_KIND = f"{W}fldCharType"
_SHOWN = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
_EQUATION = re.compile(r"\s*EQ\s(.*)", re.IGNORECASE | re.DOTALL)
_SWITCH = re.compile(r"\\[a-z]+\d*|[\\();,]", re.IGNORECASE)
_WITHOUT_VALUE = frozenset(
    (
        *("ADVANCE", "ASK", "FILLIN", "NEXT", "NEXTIF", "NUMPAGES", "PAGE", "PRIVATE"),
        *("RD", "SECTION", "SECTIONPAGES", "SET", "SKIPIF", "TA", "TC", "XE"),
    )
)
"""Kinds of fields that show nothing, or nothing but numbers of pages."""


@dataclass(slots=True)
class _Field:
    form: etree._Element | None
    instruction: list[str] = field(default_factory=list)
    has_result: bool = False


class Fields:
    """The fields that are open where a story is being read. `silent`: so many are in their instruction."""

    def __init__(self, marks: Collection[etree._Element]) -> None:
        """Take the marks of the part that are `matched`; others are no fields."""
        self.silent = 0
        self.without_value = 0
        self._open: list[_Field] = []
        self._marks = marks

    def meet(self, mark: etree._Element) -> str:
        """Take one mark, in order; return what the field shows that has no result of its own."""
        if mark not in self._marks:
            return ""
        kind = mark.get(_KIND)
        if kind == "begin":
            self._open.append(_Field(mark.find(f"{W}ffData")))
            self.silent += 1
        elif self._open and kind == "separate" and not self._open[-1].has_result:
            self._open[-1].has_result = True
            self.silent -= 1
        elif self._open and kind == "end":
            ended = self._open.pop()
            self.silent -= not ended.has_result
            return self._shown(ended)
        return ""

    def instruct(self, text: str) -> None:
        """Take a piece of an instruction."""
        if self._open and not self._open[-1].has_result:
            self._open[-1].instruction.append(text)

    def shown_by(self, instruction: str) -> str:
        """Return what a field without a result shows; one that should show something is counted."""
        if shown := _SHOWN.match(instruction):
            return shown[1].strip()
        if equation := _EQUATION.match(instruction):
            return " ".join(_SWITCH.sub(" ", equation[1]).split())
        kind = instruction.split(maxsplit=1)
        if kind and kind[0].upper() not in _WITHOUT_VALUE:
            self.without_value += 1
        return ""

    def _shown(self, ended: _Field) -> str:
        if ended.form is not None and (shown := _chosen(ended.form)) is not None:
            return shown
        return "" if ended.has_result else self.shown_by("".join(ended.instruction))


def matched(marks: Iterable[etree._Element]) -> frozenset[etree._Element]:
    """Return the marks of fields that have a beginning and an end."""
    found: list[etree._Element] = []
    begun: list[list[etree._Element]] = []
    for mark in marks:
        kind = mark.get(_KIND)
        if kind == "begin":
            begun.append([mark])
        elif begun:
            begun[-1].append(mark)
            if kind == "end":
                found += begun.pop()
    return frozenset(found)


def _chosen(form: etree._Element) -> str | None:
    """Return what a check box or a list of choices shows; None for a field of text, which has a result."""
    box = form.find(f"{W}checkBox")
    if box is not None:
        checked = box.find(f"{W}checked")
        return "☒" if is_on(box.find(f"{W}default") if checked is None else checked) else "☐"
    choices = form.find(f"{W}ddList")
    if choices is None:
        return None
    entries = [value(entry) for entry in choices.iterchildren(f"{W}listEntry")]
    chosen = value(choices.find(f"{W}result")) or value(choices.find(f"{W}default")) or "0"
    return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""
