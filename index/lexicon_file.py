"""The file of a lexicon: one SQLite database, written once, then only read.

Not decided here: what is worth writing (`learning.py`), and what it means for a search (`translation.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from archive.access import withheld
from archive.model import Document
from index.skeletons import skeleton

SCHEMA = """
    CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE documents (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, withheld TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE words (
        id INTEGER PRIMARY KEY, language TEXT NOT NULL, key TEXT NOT NULL, skeleton TEXT NOT NULL
    );
    CREATE TABLE totals (
        word INTEGER, language TEXT, total REAL NOT NULL, PRIMARY KEY (word, language)
    ) WITHOUT ROWID;
    CREATE TABLE links (
        word INTEGER, language TEXT, other INTEGER, count REAL NOT NULL, PRIMARY KEY (word, language, other)
    ) WITHOUT ROWID;
    CREATE TABLE examples (
        word INTEGER, other INTEGER, rank INTEGER, segment INTEGER NOT NULL, PRIMARY KEY (word, other, rank)
    ) WITHOUT ROWID;
    CREATE TABLE segments (
        id INTEGER PRIMARY KEY,
        document TEXT NOT NULL, page INTEGER NOT NULL, text TEXT NOT NULL,
        other_document TEXT NOT NULL, other_page INTEGER NOT NULL, other_text TEXT NOT NULL
    );
"""
"""`links` and `totals` go both ways; `examples` from the language that comes first in the alphabet."""

INDEXES = """
    CREATE UNIQUE INDEX words_by_key ON words (language, key);
    CREATE INDEX words_by_skeleton ON words (language, skeleton);
"""


class Passage(NamedTuple):
    """Where a segment stands: document, page number (0 for its title), and its text."""

    document: str
    page_number: int
    text: str


class Mark(NamedTuple):
    """What was seen of a document: which version, and what was withheld of it, with spaces between."""

    document: str
    version: int
    withheld: str = ""

    @classmethod
    def of(cls, document: Document, *, notes_public: bool) -> Self:
        """Tell what the public sees of a document that it may read. `notes_public`: as the archive is set."""
        version = document.current.number if document.versions else 0
        return cls(document.id, version, " ".join(sorted(withheld(document, notes_public=notes_public))))

    def shows_all_of(self, then: Mark) -> bool:
        """Tell whether nothing is withheld now that was shown then."""
        return {*self.withheld.split()} <= {*then.withheld.split()}


class LexiconWriter:
    """Writes a new file. It is whole once the block has ended without an error."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._do(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN; {SCHEMA}")
        self._numbers: dict[tuple[str, str], int] = {}
        self._segments = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            self._do(f"{INDEXES} COMMIT")
        self._connection.close()

    @property
    def words(self) -> int:
        """How many words there are."""
        return len(self._numbers)

    def word(self, language: str, key: str) -> int:
        """Return the number of a word; the first time, write it."""
        number = self._numbers.get((language, key))
        if number is None:
            number = self._numbers[language, key] = len(self._numbers)
            self._connection.execute(
                "INSERT INTO words VALUES (?, ?, ?, ?)", (number, language, key, skeleton(key, language))
            )
        return number

    def totals(self, rows: Iterable[tuple[int, str, float]]) -> None:
        """Write how often words were linked to any of a language."""
        self._connection.executemany("INSERT INTO totals VALUES (?, ?, ?)", rows)

    def links(self, rows: Iterable[tuple[int, str, int, float]]) -> None:
        """Write links: word, language of the other, the other, how often."""
        self._connection.executemany("INSERT INTO links VALUES (?, ?, ?, ?)", rows)

    def segment(self, source: Passage, target: Passage) -> int:
        """Write a segment that serves as an example; return its number."""
        self._segments += 1
        self._connection.execute(
            "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?)", (self._segments, *source, *target)
        )
        return self._segments

    def examples(self, rows: Iterable[tuple[int, int, int, int]]) -> None:
        """Write which segments show a link: word, the other, rank, segment."""
        self._connection.executemany("INSERT INTO examples VALUES (?, ?, ?, ?)", rows)

    def documents(self, marks: Iterable[Mark]) -> None:
        """Write which documents it was learned from."""
        self._connection.executemany("INSERT INTO documents VALUES (?, ?, ?)", marks)

    def facts(self, facts: Mapping[str, int]) -> None:
        """Write numbers that are told of the whole."""
        self._connection.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())

    def _do(self, statements: str) -> None:
        for statement in statements.split(";"):
            self._connection.execute(statement)
