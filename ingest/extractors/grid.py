"""Rows of cells -> lines of text: one line a row, cells divided by tabs, empty margins left out.

Source: none; the same for every format that has tables of nothing but cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield one line for each row that has text; columns that are empty in all rows on the left are gone."""
    filled = [(first, row) for row in rows if (first := _first_filled(row)) is not None]
    margin = min((first for first, _ in filled), default=0)
    for _, row in filled:
        yield "\t".join(" ".join(cell.split()) for cell in row[margin:]).rstrip("\t")


def _first_filled(row: Sequence[str]) -> int | None:
    return next((column for column, cell in enumerate(row) if cell and not cell.isspace()), None)
