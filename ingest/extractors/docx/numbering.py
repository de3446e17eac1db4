"""The numbers of numbered paragraphs, as Word shows them: „2.1.“, „IV“, „б)“.

Lists that share a definition count on together, except where a level of one begins anew. A level begins anew
after a higher one, unless the definition says otherwise; a level above that was never met counts as its first
number. Bullets are no numbers and are left out, as are pictures of them.

Source: ISO/IEC 29500-1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.extractors.docx.drawing import MC, chosen
from ingest.extractors.docx.styles import VAL, W, is_on, value
from ingest.extractors.numerals import MOST, numeral

_PLACE = re.compile(r"%([1-9])")
_LONGEST = 80
"""Characters of the text of a level, and of a label made of it, that are taken."""

_LINKS = 10
_MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list; `restart` is the number of the level that it begins anew after, 0 for never."""

    start: int
    style: str
    text: str
    restart: int | None
    paragraph_style: str
    in_digits: bool
    gap: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class _List:
    """A list as paragraphs name it: the definition that it counts with, its levels, where it begins anew."""

    definition: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


class Lists:
    """The lists that the part about numbering describes, by number."""

    def __init__(self, root: etree._Element | None) -> None:
        definitions, lists = (
            ([], []) if root is None else (root.findall(f"{W}abstractNum"), root.findall(f"{W}num"))
        )
        self._definitions = {each.get(f"{W}abstractNumId", ""): each for each in definitions}
        self._elements = {each.get(f"{W}numId", ""): each for each in lists}
        self._by_style = {
            value(link): name
            for name, each in self._definitions.items()
            if (link := each.find(f"{W}styleLink")) is not None
        }
        self._known: dict[str, _List | None] = {}
        self._levels: dict[str, Mapping[int, _Level]] = {}

    def get(self, number: str) -> _List | None:
        """Return a list; None for none, as where its number is 0."""
        if number not in self._known:
            element = self._elements.get(number)
            self._known[number] = None if element is None else self._list(element)
        return self._known[number]

    def _list(self, element: etree._Element) -> _List:
        definition = self._followed(value(element.find(f"{W}abstractNumId")))
        if definition not in self._levels:
            described = self._definitions.get(definition)
            levels = [] if described is None else described.findall(f"{W}lvl")
            self._levels[definition] = {_number(each.get(f"{W}ilvl")): _level(each) for each in levels}
        levels_here, starts = dict(self._levels[definition]), {}
        for change in element.iterchildren(f"{W}lvlOverride"):
            place = _number(change.get(f"{W}ilvl"))
            other = change.find(f"{W}lvl")
            if other is not None:
                levels_here[place] = _level(other)
            start = change.find(f"{W}startOverride")
            if start is not None:
                starts[place] = _number(start.get(VAL))
        return _List(definition, levels_here, starts)

    def _followed(self, definition: str) -> str:
        """Follow a definition that only names a style of numbering to the one that describes it."""
        for _ in range(_LINKS):
            element = self._definitions.get(definition)
            link = None if element is None else element.find(f"{W}numStyleLink")
            if link is None or value(link) not in self._by_style:
                break
            definition = self._by_style[value(link)]
        return definition


class Counters:
    """How far the lists of a story have counted."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, number: str, level: str, paragraph_style: str) -> str:
        """Count one paragraph of a list and return what stands before it, with the space after that.

        `paragraph_style`: the style that names the list, where the paragraph itself does not.
        """
        found = self._lists.get(number)
        if found is None:
            return ""
        place = _place(found, level, paragraph_style)
        shown = found.levels.get(place)
        if shown is None:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        if place in found.starts and (number, place) not in self._begun:
            self._begun.add((number, place))
            counts.pop(place, None)
        counts[place] = min(counts[place] + 1, MOST) if place in counts else _start(found, place)
        for deeper in [each for each in counts if each > place]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or place < restart:
                del counts[deeper]
        if shown.is_hidden:
            return ""

        def written(match: re.Match[str]) -> str:
            above = int(match[1]) - 1
            style = found.levels[above].style if above in found.levels else "decimal"
            if shown.in_digits and style not in ("none", "bullet"):
                style = "decimal"
            return numeral(counts.get(above, _start(found, above)), style)

        text = "" if shown.style == "bullet" else _PLACE.sub(written, shown.text).strip()[:_LONGEST]
        return text + shown.gap if text else ""


def _place(found: _List, level: str, paragraph_style: str) -> int:
    """Return the level that is linked to the style, else the one that is named."""
    if paragraph_style:
        for place, each in found.levels.items():
            if each.paragraph_style == paragraph_style:
                return place
    return _number(level)


def _start(found: _List, place: int) -> int:
    if place in found.starts:
        return found.starts[place]
    return found.levels[place].start if place in found.levels else 1


def _level(element: etree._Element) -> _Level:
    found = {child.tag: child for child in element}
    start, restart = found.get(f"{W}start"), found.get(f"{W}lvlRestart")
    looks = found.get(f"{W}rPr")
    return _Level(
        start=1 if start is None else _number(start.get(VAL)),
        style=_style(found.get(f"{W}numFmt"), found.get(f"{MC}AlternateContent")),
        text=value(found.get(f"{W}lvlText"))[:_LONGEST],
        restart=None if restart is None else _number(restart.get(VAL)),
        paragraph_style=value(found.get(f"{W}pStyle")),
        in_digits=is_on(found.get(f"{W}isLgl")),
        gap="" if value(found.get(f"{W}suff")) == "nothing" else " ",
        is_hidden=looks is not None and is_on(looks.find(f"{W}vanish")),
    )


def _style(described: etree._Element | None, alternate: etree._Element | None) -> str:
    """Return the style of numbers; that of „001, 002, …“, which stands among alternatives, is „000“."""
    if described is None and alternate is not None:
        described = chosen(alternate).find(f"{W}numFmt")
    example = "" if described is None else (described.get(f"{W}format") or "").partition(",")[0]
    if example.isdecimal() and len(example) < _MOST_DIGITS:
        return "0" * len(example)
    return value(described) or "decimal"


def _number(text: str | None) -> int:
    """Return a number from the markup, 0 for what is none, never more than Word counts."""
    try:
        return min(max(int(text or ""), 0), MOST)
    except ValueError:
        return 0
