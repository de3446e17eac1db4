"""A spreadsheet of records that came back, as rows of cells by column; how it is bounded: `tabular.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import TableError
from ingest.formulas import plain
from ingest.spreadsheet_columns import COLUMNS, ID
from ingest.tabular import MAX_BYTES, Row, Table, read_table

LARGEST_BYTES = MAX_BYTES
"""Bytes of a file that is looked at."""

_KEY_ROWS = 10
"""The keys of the columns are among so many first rows."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that came back: its number as people see it, its texts by column.

    `unusable` are the columns in which there is a formula, an error, or more than any text has.
    """

    number: int
    cells: Mapping[str, str]
    unusable: frozenset[str] = frozenset()


def read_spreadsheet(path: Path) -> tuple[SheetRow, ...]:
    """Read the rows of an XLSX or CSV file, without empty ones. Raises TableError, OSError."""
    with path.open("rb") as stream:
        content = stream.read(LARGEST_BYTES + 1)
    return tuple(_named(read_table(content, path.name)))


def _named(table: Table) -> Iterator[SheetRow]:
    """Find the row with the keys, and name the cells of those below by them."""
    keys: list[str] = []
    below = 0  # where the rows with records begin: between is what the columns are called
    for place, row in enumerate(table.rows[:_KEY_ROWS]):
        keys = [cell.strip() for cell in row.cells]
        if ID in keys and len(set(keys) & set(COLUMNS)) > 1:
            below = place + 2
            break
    else:
        raise TableError(
            table.name,
            "The row with the keys of the columns is missing: id, title and so on.",
            "Download the table again and change that one.",
        )
    for row in table.rows[below:]:
        yield _row(row, keys, is_text=table.is_text)


def _row(row: Row, keys: list[str], *, is_text: bool) -> SheetRow:
    cells = [*row.cells, *[""] * (len(keys) - len(row.cells))]
    texts = {key: plain(cell) if is_text else cell for key, cell in zip(keys, cells, strict=False)}
    return SheetRow(
        row.number,
        {key: text for key, text in texts.items() if key in COLUMNS},
        frozenset(keys[column] for column in row.odd if column < len(keys)),
    )
