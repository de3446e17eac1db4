"""The cells of one sheet of a workbook, as they are shown.

Source: ISO/IEC 29500-1, 18.3 (worksheets), 18.3.1.46 (headers and footers).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.extractors.elements import elements
from ingest.extractors.markup import local_name
from ingest.extractors.parts import Parts
from ingest.extractors.sheet import Room, Sheet
from ingest.extractors.xlsx.book import Book, rich_text, unescaped
from ingest.extractors.xlsx.numberformat import general

MAX_COLUMNS = 16_384
MAX_ROWS = 1_048_576
_MOST_COVERED = 1_000_000
"""So many cells under merged ones are looked for; people merge no more."""

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_HEADER_CODE = re.compile(
    r'&(?:(?P<part>[LCR])|(?P<and>&)|"[^"]*"|K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|\d+|[A-Z])', re.IGNORECASE
)
_SHOWN_BOOLEAN = {"0": "FALSE", "1": "TRUE", "false": "FALSE", "true": "TRUE"}


@dataclass(slots=True)
class Found:
    """What a sheet has besides its cells: relationships of drawings, headers, formulas without a result.

    `switched_off` are headers and footers that the sheet keeps and does not show; `without_text` counts cells
    whose text is not among those that the workbook shares.
    """

    drawings: set[str] = field(default_factory=set)
    headers: list[str] = field(default_factory=list)
    switched_off: list[str] = field(default_factory=list)
    without_result: int = 0
    without_text: int = 0


def address(reference: str) -> tuple[int, int] | None:
    """Return row and column of a cell's name, both from 1; None where it is no name."""
    match = _ADDRESS.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def read(parts: Parts, name: str, sheet: Sheet, book: Book, room: Room) -> Found:
    """Put the cells of a part on a sheet, as long as there is room."""
    found = Found()
    place = _Place()
    merged: list[str] = []
    tags = ("col", "c", "row", "mergeCell", "drawing", *_HEADERS)
    for element in elements(parts, name, *tags):
        kind = local_name(element)
        if kind == "c":
            if room.is_full:
                break
            if not len(element):
                place.skip(element)
                continue
            row, column = place.of(element)
            text, hides = _shown(element, book, found)
            if text and not text.isspace() and room.take(text):
                sheet.put(row, column, text, hidden=hides or place.is_hidden(element, column))
        elif kind == "col":
            place.hide(element)
        elif kind == "row":
            place.end_row(element)
        elif kind == "mergeCell":
            merged.append(element.get("ref", ""))
        elif kind == "drawing":
            found.drawings.add(_relationship(element))
        elif line := _header(element.text or ""):
            (found.headers if _is_on(element, kind) else found.switched_off).append(line)
    _uncover(sheet, merged)
    return found


class _Place:
    """Where the next cell stands, and which columns are hidden."""

    def __init__(self) -> None:
        self._row = 0
        self._column = 0
        self._before = ""
        self._hidden = bytearray(MAX_COLUMNS + 1)
        self._ranges = 0

    def of(self, cell: etree._Element) -> tuple[int, int]:
        """Return row and column of a cell; without an address, it stands beside the one before."""
        parent = cell.getparent()
        named = address(cell.get("r", ""))
        if named is None and (before := address(self._before)):
            self._row, self._column = before
        self._before = ""
        if named is None or not named[0] <= MAX_ROWS or not named[1] <= MAX_COLUMNS:
            number = "" if parent is None else parent.get("r", "")
            row = int(number) if re.fullmatch("[0-9]{1,7}", number) else self._row + (self._column == 0)
            named = row, min(self._column + 1, MAX_COLUMNS)
        self._row, self._column = named
        return named

    def skip(self, cell: etree._Element) -> None:
        """Pass over an empty cell, of which most have an address that nobody asks for."""
        self._before = cell.get("r", "")
        if not self._before:
            self.of(cell)

    def end_row(self, row: etree._Element) -> None:
        """Begin the next row."""
        if before := address(self._before):
            self._row, self._column = before
        self._before = ""
        number = row.get("r", "")
        if not self._column:
            self._row = int(number) if re.fullmatch("[0-9]{1,7}", number) else self._row + 1
        self._column = 0

    def hide(self, column: etree._Element) -> None:
        """Note the columns that are hidden."""
        self._ranges += 1
        first, last = column.get("min", ""), column.get("max", "")
        if column.get("hidden") not in ("1", "true") or self._ranges > MAX_COLUMNS:
            return
        if re.fullmatch("[0-9]{1,5}", first) and re.fullmatch("[0-9]{1,5}", last):
            begin, end = int(first), min(int(last), MAX_COLUMNS) + 1
            self._hidden[begin:end] = b"\1" * max(end - begin, 0)

    def is_hidden(self, cell: etree._Element, column: int) -> bool:
        """Say whether the row or the column of a cell is hidden."""
        row = cell.getparent()
        return bool(self._hidden[column]) or (row is not None and row.get("hidden") in ("1", "true"))


def _shown(cell: etree._Element, book: Book, found: Found) -> tuple[str, bool]:
    """Return the text of a cell, and whether its format hides it."""
    kind = cell.get("t", "n")
    style = int(number) if (number := cell.get("s", "0")).isdecimal() and len(number) < 7 else 0
    value = cell.findtext("{*}v")
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        value = "" if inline is None else rich_text(inline)
    elif not value:
        found.without_result += kind != "str" and cell.find("{*}f") is not None
        return "", False
    elif kind == "s":
        index = int(value) if value.strip().isdecimal() and len(value) < 10 else len(book.strings)
        found.without_text += index >= len(book.strings)
        value = book.strings[index] if index < len(book.strings) else ""
    elif kind == "b":
        return _SHOWN_BOOLEAN.get(value.strip(), value), False
    elif kind == "n":
        try:
            number_value = float(value)
        except ValueError:
            return value, False
        shown = book.number(number_value, style)
        return (shown, False) if shown else (general(number_value), True)
    else:
        value = unescaped(value)
    shown = book.text(value, style)
    return shown or value, not shown


def _uncover(sheet: Sheet, merged: list[str]) -> None:
    """Hide the cells that lie under merged ones; what repeats the merged cell's text is gone."""
    left = _MOST_COVERED
    for reference in merged:
        first, _, last = reference.partition(":")
        begin, end = address(first), address(last)
        if begin is None or end is None:
            continue
        left -= (end[0] - begin[0] + 1) * (end[1] - begin[1] + 1)
        if left < 0:
            return
        shown = sheet.rows.get(begin[0], {}).get(begin[1], "")
        for row in range(begin[0], end[0] + 1):
            cells = sheet.rows.get(row)
            for column in range(begin[1], end[1] + 1) if cells else ():
                if (row, column) != begin and cells and column in cells:
                    text = cells.pop(column)
                    if text != shown:
                        sheet.put(row, column, text, hidden=True)


def _header(codes: str) -> str:
    """Return the text of a header or footer, its parts divided by tabs, without page numbers and fonts."""
    text = _HEADER_CODE.sub(lambda found: "\t" if found["part"] else found["and"] or "", codes)
    return "\t".join(" ".join(part.split()) for part in text.split("\t") if part.strip())


def _is_on(header: etree._Element, kind: str) -> bool:
    """Say whether a header or footer is shown: that of the first or of even pages may be switched off."""
    switch = {"first": "differentFirst", "even": "differentOddEven"}.get(kind[:-6])
    about = header.getparent()
    return switch is None or about is None or about.get(switch) in ("1", "true")


def _relationship(element: etree._Element) -> str:
    """Return the identifier of a relationship, by the names of either standard."""
    return next((str(value) for name, value in element.attrib.items() if str(name).endswith("}id")), "")
