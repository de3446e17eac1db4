"""Rows of cells -> lines of text: one line a row, cells divided by tabs, empty margins left out.

Source: none; the same for every format that has tables of nothing but cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

Row = Mapping[int, str]
"""Column -> text of a cell that has some."""


MAX_GAP = 16
"""No more tabs stand between two cells, however many empty ones are between them."""


def row(cells: Iterable[str]) -> Row:
    """Return a row of cells that stand side by side."""
    return {column: cell for column, cell in enumerate(cells) if cell and not cell.isspace()}


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield one line for each row that has text; columns that are empty in all rows on the left are gone."""
    left = MAX_GAP
    found = []
    for cells in filter(None, rows):
        left = min(left, min(cells))
        found.append(line(cells))
    yield from (each[left:] for each in found)


def margin(rows: Iterable[Row]) -> int:
    """Return how many columns are empty in all rows on the left."""
    return min((min(row) for row in rows if row), default=0)


def line(cells: Row, margin: int = 0) -> str:
    """Return the line of a row, from the column `margin` on."""
    pieces = []
    for column, cell in sorted(cells.items()):
        pieces.append("\t" * min(column - margin, MAX_GAP))
        pieces.append(" ".join(cell.split()))
        margin = column
    return "".join(pieces)
