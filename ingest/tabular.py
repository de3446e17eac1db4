"""Read the rows of a table that people made, CSV or XLSX, as plain texts.

Nothing in it is trusted: what a workbook unpacks to, how many rows and columns there are and how long a cell
is are bounded before or while it is read, formulas are never computed, and XML is read without entities. What
the columns mean is the business of others (see manifest.py).

Source: RFC 4180; ECMA-376 part 1, section 18.3 (SpreadsheetML worksheets).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ingest.charset import decode
from ingest.errors import TableError

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_PARTS = 500
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELL_CHARACTERS = 10_000
MAX_CHARACTERS = 20_000_000
"""In all cells together. A small workbook may show one long text in each of its cells."""

_WIDEST = 16_384
"""No spreadsheet program has more columns; a longer line is not looked at."""
_TOO_LONG = f"It has more than {MAX_CELL_CHARACTERS} characters. Shorten it."
_DELIMITERS = ",;\t"
_HEADED_LINES = 20
_SEPARATOR_LINE = "sep="
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""The many ways in which openpyxl says that a workbook is broken; it has no error of its own for that."""
_WORKBOOK = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` is where people find it: the row of the sheet, or the line of the text, from 1.

    `odd` says by column, from 0, what is wrong with a cell; its text is empty.
    """

    number: int
    cells: tuple[str, ...]
    odd: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a table that hold something, in order. `is_text`: it has lines, no cells with addresses."""

    name: str
    rows: tuple[Row, ...]
    is_text: bool

    def place(self, row: int, column: str = "") -> str:
        """Name a place so that people find it."""
        place = f"{self.name}, {'line' if self.is_text else 'row'} {row}"
        return f"{place}, column {column}" if column else place


def read_table(content: bytes, name: str) -> Table:
    """Read a table. What it is tell its bytes, not its name.

    Raises:
        TableError: it is neither CSV nor XLSX, or larger than any table that people make.
    """
    if len(content) > MAX_BYTES:
        raise TableError(
            name, f"The file has more than {MAX_BYTES // 1024**2} MB.", "Split it, or leave out pictures."
        )
    if content.startswith(_OLD_WORKBOOK):
        raise TableError(
            name, "This is an old or an encrypted workbook.", "Save it as XLSX without password."
        )
    if content.startswith(_WORKBOOK):
        return Table(name, tuple(_filled(_workbook_rows(content, name))), is_text=False)
    return Table(name, tuple(_filled(_text_rows(content, name))), is_text=True)


def _filled(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if any(row.cells) or row.odd)


def _text_rows(content: bytes, name: str) -> Iterator[Row]:
    text, _ = decode(content)
    text = text.removeprefix("\ufeff")
    if "\0" in text or PurePosixPath(name).suffix.casefold() in (".xlsx", ".ods", ".xls"):
        raise TableError(name, "This is no table of text.", "Save it as CSV or XLSX.")
    first, _, rest = text.partition("\n")
    delimiter = _delimiter(text)
    skipped = 0
    if first.strip().casefold().startswith(_SEPARATOR_LINE):
        delimiter, text, skipped = first.strip()[len(_SEPARATOR_LINE) :][:1] or delimiter, rest, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    number = 1
    try:
        for read, cells in enumerate(reader):
            if read >= MAX_ROWS:
                raise _too_many_rows(name)
            if len(cells) > _WIDEST:
                raise _too_many_columns(name, number + skipped)
            yield _row(number + skipped, cells, name)
            number = reader.line_num + 1
    except csv.Error as exc:
        raise TableError(
            f"{name}, line {number + skipped}", f"This is not CSV: {exc}.", "Check the quotes."
        ) from exc


def _delimiter(text: str) -> str:
    """Return what parts most cells of the first line; inside quotes nothing counts."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for character in text[: _HEADED_LINES * MAX_CELL_CHARACTERS]:
        if character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character in "\r\n" and any(counts.values()):
            break
        elif character in counts:
            counts[character] += 1
    return max(_DELIMITERS, key=lambda each: counts[each])


def _workbook_rows(content: bytes, name: str) -> Iterator[Row]:
    import openpyxl  # 0.1 s, needed here only

    _check_parts(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not concern us
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            sheets = book.worksheets
            if not sheets:
                raise TableError(name, "The workbook has no sheet.", "Put the table on its first sheet.")
            sheet = sheets[0]
            sheet.reset_dimensions()  # what it says of its own size may be anything
            # One row and one column more than allowed are asked for, to know that there are more.
            read = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1)
            left = MAX_CHARACTERS
            for number, cells in enumerate(read, 1):
                if number > MAX_ROWS:
                    raise _too_many_rows(name)
                values, odd = _workbook_cells(cells)
                left -= sum(map(len, values))
                if left < 0:
                    raise TableError(
                        name, f"Its cells have more than {MAX_CHARACTERS:,} characters.", "Split the table."
                    )
                yield _row(number, values, name, odd)
    except TableError:
        raise
    except _BROKEN as exc:
        raise TableError(name, f"The workbook cannot be read: {exc}.", "Save it anew as XLSX.") from exc


def _check_parts(content: bytes, name: str) -> None:
    """Refuse a workbook that unpacks to too much. No part gives more bytes than it says beforehand."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as exc:
        raise TableError(name, f"The workbook is damaged: {exc}.", "Save it anew as XLSX.") from exc
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise TableError(
            name,
            f"The workbook unpacks to more than {MAX_PARTS} parts or {MAX_UNPACKED_BYTES // 1024**2} MB.",
            "Leave only the table in it.",
        )


def _workbook_cells(cells: Iterable[object]) -> tuple[list[str], dict[int, str]]:
    """Return the texts of a row, and by column what is wrong with a cell; its text is empty."""
    values: list[str] = []
    odd: dict[int, str] = {}
    for column, cell in enumerate(cells):
        kind, value = getattr(cell, "data_type", "n"), getattr(cell, "value", None)
        if kind == "f":
            odd[column] = "There is a formula in it. Write its value."
        elif kind == "e":
            odd[column] = f"There is an error in it, {value}. Write its value."
        text = "" if column in odd else _text(value)
        if len(text) > 2 * MAX_CELL_CHARACTERS:  # not worth to be cleaned
            odd[column], text = _TOO_LONG, ""
        values.append(text)
    return values, odd


def _text(value: object) -> str:
    """Write a value as people see it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _row(number: int, cells: Iterable[str], name: str, odd: dict[int, str] | None = None) -> Row:
    texts = [_clean(cell) for cell in cells]
    while texts and not texts[-1] and len(texts) - 1 not in (odd or {}):
        texts.pop()
    if len(texts) > MAX_COLUMNS:
        raise _too_many_columns(name, number)
    wrong = dict(odd or {})
    for column, text in enumerate(texts):
        if len(text) > MAX_CELL_CHARACTERS:
            wrong[column] = _TOO_LONG
            texts[column] = ""
    return Row(number, tuple(texts), wrong)


def _clean(text: str) -> str:
    """Text without characters that nobody sees, in NFC; line breaks stay."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    return "".join(kept).replace("\u00a0", " ").strip()


def _too_many_rows(name: str) -> TableError:
    return TableError(name, f"There are more than {MAX_ROWS} rows.", "Split the table.")


def _too_many_columns(name: str, number: int) -> TableError:
    return TableError(
        f"{name}, row {number}", f"There are more than {MAX_COLUMNS} columns.", "Leave out some."
    )
