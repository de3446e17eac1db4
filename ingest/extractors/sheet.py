"""A sheet of a spreadsheet, read, and the blocks of text it makes: one line a row, on pages of its own.

Rows, columns and cells that are hidden were kept from whoever looked at the file: they follow on a hidden
page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.extractors import grid
from ingest.extractors.flow import Block

MAX_CHARACTERS = 10_000_000
"""Of one spreadsheet no more is read. A small file may show one long text in each of a million cells."""

_GIVEN_NAME = re.compile(
    r"(sheet|tabelle|table|blatt|chart|diagramm|лист|таблица|диаграмма|аркуш|feuil(le)?|arkusz)\W*\d+|sheet",
    re.IGNORECASE,
)
"""Names that programs give."""


_CELL_CHARACTERS = 8
"""What a cell takes besides its text, in memory and time."""

_BEYOND = 1 << 20
"""Columns from here on hold what stands in a cell that has a text already."""


class Room:
    """How much text may still be read; every cell takes some, so that none is endless."""

    def __init__(self, characters: int = MAX_CHARACTERS) -> None:
        self.left = characters

    def take(self, text: str) -> bool:
        """Take the room of a cell; False where there is none left."""
        self.left -= len(text) + _CELL_CHARACTERS
        return self.left >= 0

    @property
    def is_full(self) -> bool:
        """Say whether something had to be left out."""
        return self.left < 0


@dataclass(slots=True)
class Sheet:
    """What stands on one sheet, by row and column, both in any numbers that grow.

    `unseen` are the cells that are hidden, `notes` the comments on the cells of a row, `drawn` the lines of
    what is drawn over the cells.
    """

    name: str
    hidden: bool = False
    rows: defaultdict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    unseen: defaultdict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    notes: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    drawn: list[str] = field(default_factory=list)

    def put(self, row: int, column: int, text: str, *, hidden: bool) -> None:
        """Put the text of a cell in its place."""
        cells = (self.unseen if hidden else self.rows)[row]
        cells[column if column not in cells else _BEYOND + len(cells)] = text

    @property
    def hides(self) -> bool:
        """Say whether it has text that was kept from readers of the file."""
        return bool(self.unseen) or (self.hidden and bool(self.rows or self.drawn))

    def blocks(self) -> Iterator[Block]:
        """Yield its name where a person gave it, its rows with comments, what is drawn, what is hidden."""
        name = "" if _GIVEN_NAME.fullmatch(self.name.strip()) else self.name
        yield Block(name, heading=bool(name), starts_page=True, hidden=self.hidden)
        margin = grid.margin(self.rows.values())
        for row in sorted(self.rows.keys() | self.notes.keys()):
            line = grid.line(self.rows[row], margin) if row in self.rows else ""
            yield Block(line, notes="\n".join(self.notes.get(row, ())), hidden=self.hidden)
        yield from (Block(line, hidden=self.hidden) for line in self.drawn)
        margin = grid.margin(self.unseen.values())
        for _, cells in sorted(self.unseen.items()):
            yield Block(grid.line(cells, margin), hidden=True)
