"""Sheets of OpenDocument spreadsheets.

Cells that are repeated stand as often as they are shown, up to a bound: their words are the same.

Source: OASIS OpenDocument 1.3 part 3, 9 (tables), 19.749 (table:visibility), 17.15 (table:display).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.extractors.odf.names import OFFICE, TABLE, TEXT
from ingest.extractors.odf.text import OdfText, repetitions
from ingest.extractors.sheet import Room, Sheet

_MOST_REPEATED = 100
_MOST_COLUMNS = 16_384
_HIDDEN = ("collapse", "filter")
_COLUMN_GROUPS = ("table-columns", "table-header-columns", "table-column-group")
_ROW_GROUPS = ("table-rows", "table-header-rows", "table-row-group")
_VALUES = ("string-value", "value", "date-value", "time-value", "boolean-value")
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def read(table: etree._Element, text: OdfText, room: Room) -> Sheet:
    """Read one sheet, as long as there is room."""
    hidden = text.styles.is_hidden(table.get(f"{TABLE}style-name", ""))
    sheet = Sheet(table.get(f"{TABLE}name", ""), hidden)
    columns = _hidden_columns(table)
    number = 0
    for element, in_hidden in _rows(table):
        if room.is_full:
            break
        if element.tag != f"{TABLE}table-row":
            for block in text.blocks([element]):
                if block.text:
                    (sheet.notes[0] if block.hidden else sheet.drawn).append(block.text)
                text.counts["notes"] += block.hidden
            continue
        repeated = repetitions(element, "rows")
        hides = in_hidden or element.get(f"{TABLE}visibility") in _HIDDEN
        _read_row(element, number, text, sheet, columns, room, hides=hides)
        for further in range(number + 1, number + min(repeated, _MOST_REPEATED)):
            if not (number in sheet.rows or number in sheet.unseen):
                break
            for rows in (sheet.rows, sheet.unseen):
                if number in rows and all(room.take(cell) for cell in rows[number].values()):
                    rows[further].update(rows[number])
        number += repeated
    return sheet


def _read_row(
    row: etree._Element,
    number: int,
    text: OdfText,
    sheet: Sheet,
    hidden_columns: bytearray,
    room: Room,
    *,
    hides: bool,
) -> None:
    column = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        repeated = repetitions(cell)
        shown, drawn = _cell(cell, number, text, sheet)
        sheet.drawn += drawn
        covered = cell.tag == f"{TABLE}covered-table-cell"
        for each in range(column, column + min(repeated, _MOST_REPEATED) if shown else column):
            if not room.take(shown):
                return
            is_hidden = hides or covered or (each < _MOST_COLUMNS and bool(hidden_columns[each]))
            sheet.put(number, each, shown, hidden=is_hidden)
        column += repeated


def _cell(cell: etree._Element, number: int, text: OdfText, sheet: Sheet) -> tuple[str, list[str]]:
    """Return what a cell shows, and the texts of what is drawn in it; comments go to the row."""
    lines: list[str] = []
    drawn: list[str] = []
    has_text = False
    for element in cell:
        has_text |= element.tag == f"{TEXT}p"
        is_drawn = element.tag not in (f"{TEXT}p", f"{TEXT}h", f"{TEXT}list")
        for block in text.blocks([element]):
            if block.notes:
                sheet.notes[number].append(block.notes)
            if block.text.strip():
                found = drawn if is_drawn else lines
                is_noted = is_drawn and block.hidden
                text.counts["notes"] += is_noted
                (sheet.notes[number] if is_noted else found).append(block.text)
    if not lines and not has_text:
        value = next((value for name in _VALUES if (value := cell.get(f"{OFFICE}{name}"))), "")
        return value, drawn
    return " ".join(lines), drawn


def _rows(table: etree._Element, hidden: bool = False) -> Iterator[tuple[etree._Element, bool]]:
    """Yield rows, those of groups too, and whatever else has text; with each, whether its group is hidden."""
    for element in table:
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name in _ROW_GROUPS:
            yield from _rows(element, hidden or element.get(f"{TABLE}display") == "false")
        elif name in ("table-row", "shapes", "title", "desc"):
            yield element, hidden


def _hidden_columns(table: etree._Element) -> bytearray:
    """Return which columns are hidden, 1 for each that is."""
    hidden = bytearray()
    for element in _columns(table):
        repeated = min(repetitions(element), _MOST_COLUMNS - len(hidden))
        hidden += bytes([element.get(f"{TABLE}visibility") in _HIDDEN]) * repeated
    return hidden + bytes(_MOST_COLUMNS - len(hidden))


def _columns(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name in _COLUMN_GROUPS:
            yield from _columns(element)
        elif name == "table-column":
            yield element
