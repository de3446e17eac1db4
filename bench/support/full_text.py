"""SQLite's full text search on the same texts, with the same facets counted by SQL, to compare with.

Plain words in one table, a row a document, and pages in another, for the best pages of ten hits and their
snippets. A filter by language leaves documents that have such pages.

Source: sqlite.org/fts5.html, sections 4.3.1 (unicode61), 4.4.1 (contentless), 5.1 (bm25, snippet).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archive.formats import format_of
from archive.repository import Archive
from bench.support.query_mix import Asked
from index.entries import series_of
from index.pages import PAGES_PER_HIT
from index.query import Query, Sort
from index.search import FACETS

MOST_PAGES = 100_000
"""Pages have the number of their document, times this, added to theirs."""

_TABLES = """
CREATE TABLE documents(
    id INTEGER PRIMARY KEY, name TEXT, title TEXT,
    conference TEXT, series TEXT, panel TEXT, kind TEXT, year TEXT, format TEXT, date TEXT
);
CREATE TABLE languages(document INTEGER, language TEXT, PRIMARY KEY (document, language)) WITHOUT ROWID;
CREATE TABLE creators(document INTEGER, creator TEXT, PRIMARY KEY (document, creator)) WITHOUT ROWID;
CREATE VIRTUAL TABLE whole USING fts5(
    title, creators, text, content='', tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE pages USING fts5(text, tokenize='unicode61 remove_diacritics 2');
"""
_TABLE_OF = {"language": "languages", "creator": "creators"}
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search gave: how many there are, hits with their best pages, counts by field and value."""

    total: int
    hits: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    facets: dict[str, dict[str, int]]


class FullText:
    """A database in a file."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)

    def build(self, archive: Archive) -> None:
        """Take all documents of an archive, in one transaction."""
        self._connection.executescript(_TABLES)
        names = sorted(document.id for document in archive.documents())
        with self._connection:
            for begin in range(0, len(names), _BATCH):
                self._add(archive, begin, names[begin : begin + _BATCH])
            for table in ("whole", "pages"):
                self._connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")

    def _add(self, archive: Archive, begin: int, names: list[str]) -> None:
        run, run_many = self._connection.execute, self._connection.executemany
        documents, pages = archive.documents_by_id(names), archive.pages_of(names)
        series = {each.id: series_of(each) for each in archive.conferences()}
        for number, name in enumerate(names, begin):
            each, date = documents[name], documents[name].date
            file = each.current.files[0]
            values = (
                *(number, name, each.title, each.conference, series[each.conference], each.panel),
                *(each.kind.value, str(date.year) if date else "", format_of(file.media_type, file.name)),
                date.isoformat() if date else "",
            )
            run(f"INSERT INTO documents VALUES ({', '.join('?' * len(values))})", values)
            run_many("INSERT INTO languages VALUES (?, ?)", [(number, code) for code in each.languages])
            run_many("INSERT INTO creators VALUES (?, ?)", [(number, name) for name in {*each.creators}])
            text = "\n".join(page.text for page in pages[name])
            run(
                "INSERT INTO whole(rowid, title, creators, text) VALUES (?, ?, ?, ?)",
                (number, each.title, " ".join(each.creators), text),
            )
            run_many(
                "INSERT INTO pages(rowid, text) VALUES (?, ?)",
                [(number * MOST_PAGES + page.number, page.text) for page in pages[name]],
            )

    def search(self, asked: Asked) -> Answer:
        """Answer as the archive's own search does: hits, best pages with snippets, facets."""
        run, query = self._connection.execute, asked.query
        run("DROP TABLE IF EXISTS temp.hits")
        run(
            "CREATE TEMP TABLE hits AS SELECT rowid AS id, bm25(whole, 2.0, 1.0, 1.0) AS score "
            "FROM whole WHERE whole MATCH ?",
            (_all_of(asked),),
        )
        where, values = _where(query)
        ((total,),) = run(f"SELECT count(*) FROM hits JOIN documents USING (id) WHERE {where}", values)
        order = "date DESC, name" if query.sort is Sort.NEWEST else "score, name"
        found = run(
            f"SELECT id, name FROM hits JOIN documents USING (id) WHERE {where} ORDER BY {order} "
            "LIMIT ? OFFSET ?",
            (*values, query.limit, query.offset),
        ).fetchall()
        hits = tuple((name, self._best_pages(number, asked)) for number, name in found)
        return Answer(total, hits, {field: self._count(field, query) for field in FACETS})

    def _best_pages(self, document: int, asked: Asked) -> tuple[tuple[int, str], ...]:
        first = document * MOST_PAGES
        rows = self._connection.execute(
            "SELECT rowid, snippet(pages, 0, '[', ']', '…', 24) FROM pages "
            "WHERE pages MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank LIMIT ?",
            (_any_of(asked), first, first + MOST_PAGES - 1, PAGES_PER_HIT),
        )
        return tuple((number - first, snippet) for number, snippet in rows)

    def _count(self, field: str, query: Query) -> dict[str, int]:
        where, values = _where(query, without=field)
        table = _TABLE_OF.get(field)
        more = f"JOIN {table} ON {table}.document = id" if table else ""
        rows = self._connection.execute(
            f"SELECT {field}, count(*) FROM hits JOIN documents USING (id) {more} WHERE {where} GROUP BY 1",
            values,
        )
        return dict(rows.fetchall())

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _where(query: Query, without: str = "") -> tuple[str, list[str]]:
    parts, values = ["1"], list[str]()
    for field in FACETS:
        chosen: tuple[str, ...] = getattr(query, field)
        if not chosen or field == without:
            continue
        marks = ", ".join("?" * len(chosen))
        if table := _TABLE_OF.get(field):
            parts.append(f"id IN (SELECT document FROM {table} WHERE {field} IN ({marks}))")
        else:
            parts.append(f"{field} IN ({marks})")
        values += chosen
    return " AND ".join(parts), values


def _all_of(asked: Asked) -> str:
    return " AND ".join(_terms(asked))


def _any_of(asked: Asked) -> str:
    return " OR ".join(_terms(asked))


def _terms(asked: Asked) -> Iterable[str]:
    if asked.is_phrase:
        return ['"' + " ".join(asked.words) + '"']
    return [f'"{word.rstrip("*")}"{"*" if word.endswith("*") else ""}' for word in asked.words]
