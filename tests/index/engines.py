"""Every engine, with a few entries to try it on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.engine import Clause, Engine, Entry, Request, Schema, Term
from index.engines.tantivy import TantivyEngine
from index.engines.whoosh import WhooshEngine

SCHEMA = Schema(
    positions=("text",), bags=("keys", "title"), keywords=("kind", "year"), sorts=("date", "name")
)

ENGINES: dict[str, tuple[Callable[[Path, Schema], Engine], Callable[[Path, Schema], Engine]]] = {
    "whoosh": (WhooshEngine.create, WhooshEngine),
    "tantivy": (TantivyEngine.create, TantivyEngine),
}
"""How to make and how to open each engine."""


def entry(document: str, text: str = "", part: str = "", title: str = "", **values: str) -> Entry:
    return Entry(
        id=document + part,
        document=document,
        tokens={"text": text, "keys": text, "title": title},
        keywords={name: tuple(values[name].split()) for name in SCHEMA.keywords if name in values},
        sorts={name: values[name] for name in SCHEMA.sorts if name in values},
    )


ENTRIES = (
    entry("d1", "energie der stadt", kind="talk", year="2005", date="2005-01-01", name="b"),
    entry("d2", "stadt der energie stadt", kind="talk paper", year="2010", date="2010-01-01", name="a"),
    entry("d3", "wasser", kind="paper", year="2017", date="2017-01-01", name="c"),
    entry("d4", "wasser der stadt", title="energie", kind="minutes", name="c"),
)

STADT, ENERGIE, WASSER = Term("keys", "stadt"), Term("keys", "energie"), Term("keys", "wasser")


def ids(engine: Engine, clause: Clause, **options: object) -> list[str]:
    response = engine.search(Request(clause, **options))  # type: ignore[arg-type]
    assert response.total >= len(response.found)
    return [found.id for found in response.found]


def matches(engine: Engine, clause: Clause) -> set[str]:
    return set(ids(engine, clause))
