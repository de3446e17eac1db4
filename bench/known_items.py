"""How often search finds the document that somebody remembers: at first place, on the first page.

    python -m bench.known_items FOLDER [--home HOME] [--each N] [--seeds N ...] [--misses]

The files of FOLDER are taken into HOME, which is kept for the next time, else into an archive of its own.
From what the public may read of them, queries are made as `bench/support/remembered.py` says; the answer is
the document that a query was made from. Beside search as it is: the same words in the same ways, but all of
them required, or any of them enough, by score alone; and as a stranger SQLite FTS5 (unicode61 without marks,
bm25 with the weights 2, 1, 1 for title, creators, text), with all words and with any.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.access import Audience, shown_pages
from archive.model import Document, Page
from archive.repository import Archive
from archive.settings import Settings
from bench.command import portal
from bench.support.remembered import Item, Memory
from index.audiences import index_of
from index.clauses import relax, to_clause
from index.engine import Clause, Request
from index.expansion import Expander
from index.live_translator import LiveTranslator
from index.occurrences import Occurrences
from index.query import Query, Wishes
from index.scopes import UNFILTERED
from index.search import Search
from index.syntax import parse
from index.text import surfaces
from index.tree import Node

DEPTH = 10
"""So many hits of a query are looked at: the first page."""

Asked = Callable[[str], Sequence[str]]
"""From a query to documents, best first."""


@dataclass(frozen=True, slots=True)
class Found:
    """At which place the answer to each query is, from 1; 0 where it is not."""

    places: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.share(1):.1f} / {self.reciprocal():.3f} / {self.share(DEPTH):.1f}"

    def share(self, most: int) -> float:
        """Return the percentage of queries with the answer among the first so many."""
        return 100 * sum(0 < place <= most for place in self.places) / len(self.places)

    def reciprocal(self) -> float:
        """Return the mean reciprocal rank."""
        return sum(1 / place for place in self.places if place) / len(self.places)


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.known_items")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--home", type=Path, help="an archive of these files, made where there is none")
    parser.add_argument("--each", type=int, default=20, help="queries of a kind in a language, at most")
    parser.add_argument("--seeds", type=int, nargs="+", default=(2017,), help="each makes its own queries")
    parser.add_argument("--misses", action="store_true", help="name the queries without the answer at first")
    chosen = parser.parse_args()
    with TemporaryDirectory(prefix="known-items-") as own:
        home = (chosen.home or Path(own) / "home").resolve()
        if not home.exists():
            portal(home, "ingest", str(chosen.folder.resolve()))
        archive = Archive.open(Settings.from_env().elsewhere(home))
        _measure(archive, chosen.each, chosen.seeds, misses=chosen.misses)
        archive.close()
    return 0


def _measure(archive: Archive, each: int, seeds: Sequence[int], *, misses: bool) -> None:
    documents = archive.documents()
    pages = archive.pages_of([document.id for document in documents])
    public = archive.settings.notes_public
    held = {
        document: tuple(shown_pages(document, pages[document.id], Audience.PUBLIC, notes_public=public))
        for document in documents
    }
    items = [item for seed in seeds for item in Memory(held, seed).items(each)]
    search, plain, bare = Search(archive), _Plain(held), _Bare(archive)
    ways: Mapping[str, Asked] = {
        "FTS5, all words": lambda text: plain.ask(text, " AND "),
        "FTS5, any word": lambda text: plain.ask(text, " OR "),
        "all words": lambda text: bare.ask(text, to_clause),
        "any word": lambda text: bare.ask(text, lambda node: relax(node) or to_clause(node)),
        "search": lambda text: search.ranking(Query(text, limit=DEPTH)),
    }
    found = {name: tuple(_place(item, ask) for item in items) for name, ask in ways.items()}
    sys.stdout.write("\n".join(_table(items, found)) + "\n")
    if misses:
        for item, place in zip(items, found["search"], strict=True):
            if place != 1:
                sys.stdout.write(f"{place} {item.kind} {item.language}: {item.text} ({item.document})\n")


def _place(item: Item, ask: Asked) -> int:
    found = ask(item.text)
    return found.index(item.document) + 1 if item.document in found else 0


def _table(items: Sequence[Item], found: Mapping[str, Sequence[int]]) -> Iterable[str]:
    """Yield a row for each kind, each language, each half (every second query), and all."""
    of: defaultdict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        of[item.kind].append(number)
    for number, item in enumerate(items):
        of[item.language].append(number)
    of["one half"], of["other half"] = [*range(0, len(items), 2)], [*range(1, len(items), 2)]
    of["all"] = [*range(len(items))]
    yield f"| | queries | {' | '.join(found)} |"
    yield f"|---|---|{'---|' * len(found)}"
    for name, numbers in of.items():
        cells = (Found(tuple(places[number] for number in numbers)) for places in found.values())
        yield f"| {name} | {len(numbers)} | {' | '.join(map(str, cells))} |"


class _Bare:
    """The index asked with all or any of the words of a query, as they are expanded for search."""

    def __init__(self, archive: Archive) -> None:
        self._live = index_of(archive, Audience.PUBLIC)
        self._expander = Expander(LiveTranslator(archive).translator, lambda: Occurrences(self._live))

    def ask(self, text: str, clause: Callable[[Node | None], Clause]) -> list[str]:
        """Return documents, best first."""
        engine = self._live.engine()
        if engine is None:
            return []
        node = self._expander.expand(parse(text).node, Wishes())
        request = Request(clause(node), filters={"language": (UNFILTERED,)}, limit=DEPTH)
        return [found.document for found in engine.search(request).found]


class _Plain:
    """SQLite's full-text search over the same texts."""

    def __init__(self, documents: Mapping[Document, Sequence[Page]]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, title, creators, body, "
            "tokenize = 'unicode61 remove_diacritics 2')"
        )
        self._connection.executemany(
            "INSERT INTO texts VALUES (?, ?, ?, ?)",
            (
                (each.id, each.title, "\n".join(each.creators), "\n".join(page.text for page in pages))
                for each, pages in documents.items()
            ),
        )

    def ask(self, text: str, operator: str) -> list[str]:
        """Return documents, best first."""
        words = operator.join(f'"{word}"' for word in surfaces(text))
        rows = self._connection.execute(
            "SELECT id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 0, 2, 1, 1), id LIMIT ?",
            (words, DEPTH),
        )
        return [row[0] for row in rows]


if __name__ == "__main__":
    sys.exit(main())
