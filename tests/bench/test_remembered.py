from __future__ import annotations

import datetime as dt

from archive.model import Document, Kind, Page, State
from bench.support.remembered import Item, Memory
from index.text import surfaces

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
HEATING = """Fernwärme für Krasnodar
Maria Schnittke
09:30 Begrüßung durch den Oberbürgermeister der Stadt
Die Heizkosten der Gebäude sinken durch moderne Fernwärme und erneuerte Leitungen deutlich"""
WATER = """Trinkwasser und Leitung
10:15 Besichtigung des Klärwerks im Süden
Das Trinkwasser der Häuser kommt durch eine erneuerte Leitung und sinkt dann im Gebäude wieder"""
OTHERS = {f"other{number}": f"Seite Nummer {number}" for number in range(20)}


def held(texts: dict[str, str]) -> dict[Document, list[Page]]:
    found = {}
    for name, text in texts.items():
        title = text.partition("\n")[0]
        document = Document(
            id=name,
            title=title,
            conference="c",
            kind=Kind.PAPER,
            state=State.PUBLISHED,
            versions=(),
            created_at=NOW,
            updated_at=NOW,
            languages=("de",),
        )
        found[document] = [Page(1, text, title=title, languages=("de",))]
    return found


def made(texts: dict[str, str]) -> list[Item]:
    """Return queries made from texts among others that say nothing."""
    return list(Memory(held(OTHERS | texts), 1).items(3))


def test_queries_of_every_kind_are_made_of_the_words_of_a_document() -> None:
    items = made({"heating": HEATING, "water": WATER})
    own = [item for item in items if item.document in ("heating", "water")]
    assert {item.kind for item in own} == {
        "title", "name", "heading", "programme", "words", "phrase", "wrong", "inflected",
    }  # fmt: skip
    texts = {"heating": surfaces(HEATING), "water": surfaces(WATER)}
    for item in own:
        strange = [word for word in item.text.split() if word not in texts[item.document]]
        assert bool(strange) is (item.kind in ("wrong", "inflected")), item
        assert len(strange) < 2 or item.kind == "inflected", item


def test_the_same_seed_makes_the_same_queries_whatever_the_identifiers() -> None:
    items = made({"heating": HEATING, "water": WATER})
    again = made({"water": WATER, "z-heating": HEATING})
    assert [(item.kind, item.text) for item in again] == [(item.kind, item.text) for item in items]


def test_what_stands_in_another_document_too_is_not_asked() -> None:
    items = made({"heating": HEATING, "twin": HEATING, "water": WATER})
    assert {item.document for item in items if item.document in ("heating", "twin", "water")} == {"water"}
