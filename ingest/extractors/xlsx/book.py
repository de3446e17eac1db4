"""What all sheets of a workbook share: texts, number formats, and where its dates begin.

Source: ISO/IEC 29500-1, 18.4 (shared strings), 18.8 (styles), 18.2.28 (workbookPr), 22.9.2.19 (ST_Xstring).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from ingest.extractors.elements import elements
from ingest.extractors.markup import local_name
from ingest.extractors.parts import Parts, Relation
from ingest.extractors.xlsx.numberformat import BUILTIN_FORMATS, NumberFormat, general

MAX_STRINGS = 4_000_000
MAX_STRING_CHARACTERS = 100_000_000
"""Of all shared texts of a workbook together."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Book:
    """The shared texts, the format of each style, and whether dates count from 1904.

    `is_cut`: there were more texts than are read; `strings_part`: where they stand.
    """

    strings: tuple[str, ...]
    formats: tuple[NumberFormat | None, ...]
    from_1904: bool
    is_cut: bool = False
    strings_part: str = ""

    @classmethod
    def read(cls, parts: Parts, workbook: etree._Element, related: Iterable[Relation]) -> Book:
        """Read what sheets share; what is missing is taken as empty."""
        targets = {each.kind: each.target for each in related}
        strings_part = targets.get("sharedStrings", "xl/sharedStrings.xml")
        strings, is_cut = _strings(parts, strings_part)
        styles = parts.root(targets.get("styles", "xl/styles.xml"))
        properties = workbook.find("{*}workbookPr")
        from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        return cls(
            strings, () if styles is None else tuple(_formats(styles)), from_1904, is_cut, strings_part
        )

    def number(self, value: float, style: int) -> str:
        """Return a number as a style shows it; "" where it hides it."""
        form = self.formats[style] if 0 <= style < len(self.formats) else None
        return general(value) if form is None else form.number(value, from_1904=self.from_1904)

    def text(self, value: str, style: int) -> str:
        """Return a text as a style shows it."""
        form = self.formats[style] if 0 <= style < len(self.formats) else None
        return value if form is None else form.text(value)


def rich_text(element: etree._Element) -> str:
    """Return the text of a shared or inline string, without what tells how to speak it."""
    pieces = []
    for child in element:
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [run.text or "" for run in child if local_name(run) == "t"]
    return unescaped("".join(pieces))


def unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold in their own form."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _strings(parts: Parts, name: str) -> tuple[tuple[str, ...], bool]:
    strings: list[str] = []
    left = MAX_STRING_CHARACTERS
    for element in elements(parts, name, "si"):
        text = rich_text(element)
        left -= len(text)
        if left < 0 or len(strings) >= MAX_STRINGS:
            return tuple(strings), True
        strings.append(text)
    return tuple(strings), False


def _formats(styles: etree._Element) -> Iterable[NumberFormat | None]:
    """Yield the format of each style of cells; None for the general one."""
    codes: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    for element in styles.iterfind("{*}numFmts/{*}numFmt"):
        codes[element.get("numFmtId", "")] = element.get("formatCode", "")
    known: dict[str, NumberFormat] = {}
    for element in styles.iterfind("{*}cellXfs/{*}xf"):
        code = codes.get(element.get("numFmtId", "0"), "")
        if not code:
            yield None
            continue
        if code not in known:
            known[code] = NumberFormat.parse(code)
        yield known[code]
