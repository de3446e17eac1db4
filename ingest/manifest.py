"""Read a manifest: a table, CSV or XLSX, that says of each file what it is.

docs/manifest.md lists the columns. A row with a mistake loses no other: it keeps what could be read of it and
says what is wrong, so that its file is taken and held. Which files the rows mean
tells manifest_paths.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from archive.model import Access, Kind
from ingest.errors import ManifestError
from ingest.manifest_words import (
    COLUMNS,
    Column,
    access_of,
    day_of,
    embargo_of,
    folded,
    kind_of,
    languages_of,
    names_of,
)
from ingest.tabular import MAX_BYTES, Row, Table, read_table

FILE_NAMES = ("manifest.csv", "manifest.xlsx")
"""A file of this name, in any case, in the folder handed in is its manifest."""

TITLE_LENGTH = 1000
_HEADER_WITHIN = 10
"""The row with the names of the columns is one of the first so many; above it may stand a title."""


class Trouble(StrEnum):
    """What can be wrong with a row, as a sentence about `value`."""

    CELL = "{value}"
    NO_PATH = "No file is named. Write its path from the folder of the manifest."
    TOO_LONG = "The text is too long: write at most {value} characters."
    KIND = "There is no kind {value}. Write presentation, programme, paper, minutes or other."
    LANGUAGE = "{value} is no language. Write de, ru or en; several with a comma between them."
    DATE = "{value} is no date. Write it as 2017-06-28 or 28.06.2017."
    ACCESS = "{value} is no access. Write public, staff, or the day from which it is public, 2017-06-28."
    NO_FILE = "There is no file {value}. Write its path from the folder of the manifest."
    MANY_FILES = "{value} can mean several files. Write the whole path."
    TWICE = "The file {value} is described by another row too. Leave one of them."
    NO_ORIGINAL = "There is no file {value} to be a translation of. Write its path, or leave it out."


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a row. `place` names file, `row` and `column`; `value` is what stands there."""

    trouble: Trouble
    place: str
    value: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.trouble.value.format(value=self.value)}"


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What a manifest says of one file; empty: nothing. `path` and `translation_of` as they are written."""

    place: str
    path: str
    conference: str = ""
    panel: str = ""
    title: str = ""
    creators: tuple[str, ...] = ()
    kind: Kind | None = None
    languages: tuple[str, ...] = ()
    date: dt.date | None = None
    rights: str = ""
    access: Access | None = None
    embargoed_until: dt.date | None = None
    translation_of: str = ""
    problems: tuple[Problem, ...] = ()
    number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest, read. `unknown_columns` are the names of those that were not used."""

    name: str
    rows: tuple[ManifestRow, ...]
    unknown_columns: tuple[str, ...] = ()


def is_manifest_name(name: str) -> bool:
    """Tell whether a file of this name describes the files beside it."""
    return name.casefold() in FILE_NAMES


def open_manifest(path: Path, place: Path) -> Manifest:
    """Read the manifest in a file, which people see at `place`. Raises TableError."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as exc:
        raise ManifestError(str(place), f"It cannot be read: {exc.strerror}.", "Check its name.") from exc
    return read_manifest(content, place.name)


def read_manifest(content: bytes, name: str) -> Manifest:
    """Read a manifest.

    Raises:
        TableError: it is no table that can be read.
        ManifestError: it has no row with the names of the columns, or one of them twice.
    """
    table = read_table(content, name)
    header, body = _header(table)
    columns: dict[Column, int] = {}
    unknown: list[str] = []
    for number, text in enumerate(header.cells):
        column = COLUMNS.get(folded(text))
        if column is None:
            unknown += [text] if text else []
        elif column in columns:
            raise ManifestError(
                table.place(header.number), f"There are two columns {column.value}.", "Leave one of them."
            )
        else:
            columns[column] = number
    rows = tuple(_RowReader(table, header, row, columns).read() for row in body)
    return Manifest(name, rows, tuple(unknown))


def _header(table: Table) -> tuple[Row, tuple[Row, ...]]:
    for place, row in enumerate(table.rows[:_HEADER_WITHIN]):
        if any(COLUMNS.get(folded(cell)) is Column.PATH for cell in row.cells):
            return row, table.rows[place + 1 :]
    raise ManifestError(
        table.name,
        "There is no column for the paths of the files.",
        "Name it path, Pfad or путь, in the first row.",
    )


class _RowReader:
    """Reads the cells of one row, and collects what is wrong with them."""

    def __init__(self, table: Table, header: Row, row: Row, columns: Mapping[Column, int]) -> None:
        self._table = table
        self._header = header
        self._row = row
        self._columns = columns
        self._problems: list[Problem] = []

    def read(self) -> ManifestRow:
        for column, what in self._row.odd.items():
            if column in self._columns.values():
                self._complain(Trouble.CELL, what, column)
        path = self._text(Column.PATH)
        if not path and self._columns[Column.PATH] not in self._row.odd:
            self._complain(Trouble.NO_PATH, "", self._columns[Column.PATH])
        access, until = self._access()
        return ManifestRow(
            place=self._table.place(self._row.number),
            path=path,
            conference=self._line(Column.CONFERENCE),
            panel=self._line(Column.PANEL),
            title=self._line(Column.TITLE),
            creators=names_of(self._text(Column.CREATORS)),
            kind=self._kind(),
            languages=self._languages(),
            date=self._date(),
            rights=self._line(Column.RIGHTS),
            access=access,
            embargoed_until=until,
            translation_of=self._text(Column.TRANSLATION_OF),
            problems=tuple(self._problems),
            number=self._row.number,
        )

    def _text(self, column: Column) -> str:
        place = self._columns.get(column)
        return self._row.cells[place] if place is not None and place < len(self._row.cells) else ""

    def _line(self, column: Column) -> str:
        text = " ".join(self._text(column).split())
        if len(text) <= TITLE_LENGTH:
            return text
        self._complain(Trouble.TOO_LONG, str(TITLE_LENGTH), self._columns[column])
        return ""

    def _kind(self) -> Kind | None:
        text = self._line(Column.KIND)
        kind = kind_of(text)
        if text and kind is None:
            self._complain(Trouble.KIND, text, self._columns[Column.KIND])
        return kind

    def _languages(self) -> tuple[str, ...]:
        codes, odd = languages_of(self._line(Column.LANGUAGE))
        if odd:
            self._complain(Trouble.LANGUAGE, odd, self._columns[Column.LANGUAGE])
        return codes

    def _date(self) -> dt.date | None:
        text = self._line(Column.DATE)
        day = day_of(text)
        if text and day is None:
            self._complain(Trouble.DATE, text, self._columns[Column.DATE])
        return day

    def _access(self) -> tuple[Access | None, dt.date | None]:
        text = self._line(Column.ACCESS)
        access, until = access_of(text)
        if text and access is None:
            self._complain(Trouble.ACCESS, text, self._columns[Column.ACCESS])
        embargo = self._line(Column.EMBARGO)
        day = embargo_of(embargo)
        if embargo and day is None:
            self._complain(Trouble.DATE, embargo, self._columns[Column.EMBARGO])
        if day is None or access is Access.STAFF:
            return access, until
        return Access.EMBARGOED, max(day, until or day)

    def _complain(self, trouble: Trouble, value: str, column: int) -> None:
        header = self._header.cells[column] if column < len(self._header.cells) else ""
        number = self._row.number
        place = self._table.place(number, header)
        self._problems.append(Problem(trouble, place, value, number, header))
