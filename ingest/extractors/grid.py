"""Rows of cells -> lines of text: one line a row, cells divided by tabs, empty margins left out.

Source: none; the same for every format that has tables of nothing but cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

Row = Mapping[int, str]
"""Column, from 0 -> text of a cell that has some, in order."""


def row(cells: Iterable[str]) -> Row:
    """Return a row of cells that stand side by side."""
    return {column: cell for column, cell in enumerate(cells) if cell and not cell.isspace()}


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """Yield one line for each row that has text; columns that are empty in all rows on the left are gone."""
    margin = min((min(row) for row in rows if row), default=0)
    for cells in filter(None, rows):
        yield line(cells, margin)


def line(cells: Row, margin: int = 0) -> str:
    """Return the line of a row, from the column `margin` on."""
    pieces = []
    for column, cell in cells.items():
        pieces.append("\t" * (column - margin))
        pieces.append(" ".join(cell.split()))
        margin = column
    return "".join(pieces)
