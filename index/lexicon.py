"""The bilingual lexicon that the archive has learned: read from its file, which processes share.

It opens in about a millisecond and holds nothing in memory but what it was asked of late. Made by
`learner.py`; how its numbers become weights of a search is said in `translation.py`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import DamagedLexiconError
from index.lexical import keys_of
from index.lexicon_file import Mark, Passage
from index.text import spans

DOUBT = 1.0
"""So many sightings of something else are added: what was seen once is as likely as not."""

EXAMPLE_CHARS = 200
"""So much of a segment is shown as an example."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A translation: its key, how likely it is, from 0 to 1, and how often it was seen."""

    key: str
    probability: float
    count: float


@dataclass(frozen=True, slots=True)
class Example:
    """Where a word and its translation were seen, each text shortened around it."""

    source: Passage
    target: Passage


@dataclass(frozen=True, slots=True)
class Size:
    """How much a lexicon was learned from and holds; `entries` are words with a translation of theirs."""

    pairs: int
    segments: int
    words: int
    entries: int


class Lexicon:
    """A lexicon in its file. Threads may share it."""

    def __init__(self, path: Path) -> None:
        """Raises DamagedLexiconError where there is no such file, or it cannot be read."""
        self._path = path
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as exc:
            raise DamagedLexiconError(path) from exc
        self._totals = lru_cache(maxsize=1 << 14)(self._find_totals)
        self._alike = lru_cache(maxsize=1 << 10)(self._find_alike)
        facts: dict[str, int] = dict(self._ask("SELECT name, value FROM facts"))
        self.size = Size(*(facts.get(name, 0) for name in Size.__dataclass_fields__))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def translations(self, key: str, source: str, target: str) -> tuple[Learned, ...]:
        """Return what a key of one language was seen to stand for in another, likeliest first."""
        total = self.total(key, source, target)
        if not total:
            return ()
        rows = self._ask(
            "SELECT other.key, links.count FROM words JOIN links ON links.word = words.id "
            "JOIN words AS other ON other.id = links.other "
            "WHERE words.language = ? AND words.key = ? AND links.language = ? "
            "ORDER BY links.count DESC, other.key",
            source,
            key,
            target,
        )
        return tuple(Learned(other, count / (total + DOUBT), count) for other, count in rows)

    def total(self, key: str, source: str, target: str) -> float:
        """Return how often a key was seen to stand for anything in another language."""
        return self._totals(key, source).get(target, 0.0)

    def _find_totals(self, key: str, source: str) -> dict[str, float]:
        """Return how often a key was seen to stand for anything, by the other language."""
        return dict(
            self._ask(
                "SELECT totals.language, total FROM words JOIN totals ON totals.word = words.id "
                "WHERE words.language = ? AND words.key = ?",
                source,
                key,
            )
        )

    def alike(self, language: str, beginning: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the keys of a language whose skeletons begin so, in order, and their skeletons."""
        return self._alike(language, beginning)

    def _find_alike(self, language: str, beginning: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        rows = self._ask(
            "SELECT key, skeleton FROM words WHERE language = ? AND skeleton >= ? AND skeleton < ? "
            "ORDER BY key",
            language,
            beginning,
            beginning + "\U0010ffff",
        )
        return tuple(key for key, _ in rows), tuple(shape for _, shape in rows)

    def examples(
        self,
        key: str,
        source: str,
        other_key: str,
        target: str,
        may_show: Callable[[Sequence[Mark]], Collection[str]],
    ) -> tuple[Example, ...]:
        """Return where a translation was seen, clearest first.

        Args:
            may_show: asked with what was seen, answers with the documents of which that may be seen now.
        """
        if source > target:
            found = self.examples(other_key, target, key, source, may_show)
            return tuple(Example(each.target, each.source) for each in found)
        rows = self._ask(
            "SELECT segments.* FROM examples "
            "JOIN segments ON segments.id = examples.segment "
            "JOIN words ON words.id = examples.word JOIN words AS other ON other.id = examples.other "
            "WHERE words.language = ? AND words.key = ? AND other.language = ? AND other.key = ? "
            "ORDER BY examples.rank",
            source,
            key,
            target,
            other_key,
        )
        passages = [(Passage(*row[1:4]), Passage(*row[4:7])) for row in rows]
        shown = {*may_show(self.marks({each.document for pair in passages for each in pair}))}
        return tuple(
            Example(_around(one, key, source), _around(other, other_key, target))
            for one, other in passages
            if {one.document, other.document} <= shown
        )

    def documents(self) -> frozenset[str]:
        """Return the documents it was learned from."""
        return frozenset(row[0] for row in self._ask("SELECT id FROM documents"))

    def marks(self, documents: Iterable[str]) -> tuple[Mark, ...]:
        """Return what was seen of these documents, in order, of those it was learned from."""
        rows = (self._ask("SELECT * FROM documents WHERE id = ?", each) for each in sorted({*documents}))
        return tuple(Mark(*row) for found in rows for row in found)

    def _ask(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.Error as exc:
                raise DamagedLexiconError(self._path) from exc


def _around(passage: Passage, key: str, language: str) -> Passage:
    """Shorten a passage to what stands around a word."""
    text = passage.text
    if len(text) <= EXAMPLE_CHARS:
        return passage
    place = next((start for word, start, _ in spans(text) if key in keys_of([word], language)), 0)
    begin = max(0, min(place - EXAMPLE_CHARS // 2, len(text) - EXAMPLE_CHARS))
    cut = text[begin : begin + EXAMPLE_CHARS]
    if begin:
        cut = f"… {cut.partition(' ')[2] or cut}"
    if begin + EXAMPLE_CHARS < len(text):
        cut = f"{cut.rpartition(' ')[0] or cut} …"
    return passage._replace(text=cut)
