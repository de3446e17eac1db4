"""The records of a conference written as a spreadsheet that people edit and hand in again: XLSX and CSV.

The first row holds the keys of the columns and is hidden; the second what they are called. Whatever a text
begins with, it stays a text: no cell is a formula, also not for a program that guesses.

Source: ECMA-376 (Office Open XML), 18.3.1.4 cell types and 18.8.45 quotePrefix; RFC 4180 (CSV).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from archive.model import Access, Conference, Document, Kind
from ingest.formulas import BYTE_ORDER_MARK, FORMULA_STARTS, quoted
from ingest.spreadsheet_columns import (
    COLUMNS,
    FILES,
    ID,
    MARK,
    STATE,
    Vocabulary,
    panel_names,
    row_of,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"

FIRST_ROW = 3
"""Row of the first record, from 1."""

_WIDTHS = {ID: 13, "title": 60, "creators": 32, "panel": 36, "rights": 24, "translation_of": 16, FILES: 44}
_READ_ONLY = (ID, STATE, FILES)


def to_xlsx(conference: Conference, documents: Sequence[Document], vocabulary: Vocabulary) -> bytes:
    """Write documents of a conference as an Excel workbook."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = vocabulary.records
    _write_row(sheet, 1, COLUMNS)
    _write_row(sheet, 2, [vocabulary.headers[name] for name in COLUMNS])
    for number, document in enumerate(documents, FIRST_ROW):
        row = row_of(document, conference, vocabulary)
        _write_row(sheet, number, [row[name] for name in COLUMNS])
    _dress(sheet)
    panels = book.create_sheet(vocabulary.panels)
    names = panel_names(conference, vocabulary.language)
    for number, (identifier, name) in enumerate(names.items(), 1):
        _write_row(panels, number, [name, identifier])
    panels.column_dimensions["A"].width = 60
    panels.column_dimensions["B"].width = 40
    _offer_choices(sheet, max(len(documents), 1) + FIRST_ROW - 1, len(names), vocabulary)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def to_csv(conference: Conference, documents: Sequence[Document], vocabulary: Vocabulary) -> bytes:
    """Write documents of a conference as CSV in UTF-8, with semicolons, as programs in Europe expect it."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerow([quoted(vocabulary.headers[name]) for name in COLUMNS])
    for document in documents:
        row = row_of(document, conference, vocabulary)
        writer.writerow([quoted(row[name]) for name in COLUMNS])
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _write_row(sheet: Worksheet, number: int, texts: Iterable[str]) -> None:
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(number, column)
        if isinstance(cell, Cell) and text:
            cell.value = text
            cell.data_type = "s"  # openpyxl takes what begins with = for a formula
            cell.number_format = "@"
            cell.quotePrefix = text.startswith(FORMULA_STARTS)
            cell.alignment = Alignment(vertical="top", wrap_text=True)


def _dress(sheet: Worksheet) -> None:
    """Name the columns so that people see it, and hide what is there for the program."""
    for column, name in enumerate(COLUMNS, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 16)
        head = sheet.cell(2, column)
        head.font = Font(bold=True, color="FFFFFFFF")
        grey = name in _READ_ONLY
        head.fill = PatternFill("solid", start_color="FF6B6558" if grey else "FF0F5A6B")
    sheet.column_dimensions[get_column_letter(COLUMNS.index(MARK) + 1)].hidden = True
    sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = f"C{FIRST_ROW}"
    last = get_column_letter(len(COLUMNS))
    sheet.auto_filter.ref = f"A2:{last}{max(sheet.max_row, 2)}"


def _offer_choices(sheet: Worksheet, last_row: int, panels: int, vocabulary: Vocabulary) -> None:
    """Offer the values that a cell may have, as a list to choose from."""
    lists = {
        "kind": _quoted_list(vocabulary.names[kind.value] for kind in Kind),
        "access": _quoted_list(vocabulary.names[access.value] for access in Access),
    }
    if panels:
        lists["panel"] = f"'{vocabulary.panels}'!$A$1:$A${panels}"
    for name, choices in lists.items():
        letter = get_column_letter(COLUMNS.index(name) + 1)
        offered = DataValidation("list", formula1=choices, allow_blank=True, showErrorMessage=False)
        offered.add(f"{letter}{FIRST_ROW}:{letter}{last_row}")
        sheet.add_data_validation(offered)


def _quoted_list(names: Iterable[str]) -> str:
    return '"' + ",".join(name.replace(",", " ").replace('"', "") for name in names) + '"'
