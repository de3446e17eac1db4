"""Hits are what they would be if all pages of all documents were read: with pages, snippets and reasons."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from archive.model import Page, Sensitive
from index.concordance import Concordance
from index.engines import whoosh
from index.indexer import Indexer
from index.matching import Matcher
from index.query import Query, Wishes
from index.results import Hit
from index.search import Search
from index.snippets import mark
from tests.index import plainly
from tests.index.conftest import MemoryArchive

pytestmark = pytest.mark.every_engine

WORDS = (
    "Stadt", "Städte", "STADT", "Stadtentwicklung", "Entwicklung", "Fernwärme", "Wärmenetz", "Wärme", "Netz",
    "Netze", "E-Mail", "Email", "Mail", "Ost-West", "Ost", "West", "der", "die", "und", "in", "am", "–", "•",
    "XIV.", "14.", "zB", "2007/08", "C++", "Müller", "Mueller", "город", "города", "сеть", "сети", "тепло",
    "теплоснабжение", "социально-экономический", "cities", "city", "heating", "network", "Knortz", "knortze",
    "Zwirbel",
)  # fmt: skip
BROKEN = ("Wärme-\nnetz", "z. B.", "§ 24", "Ost-\nWest", "Stadt\u00adentwicklung", "(Stadt),", "Stadt/Netz")
QUERIES = (
    "Stadt", "Städte Netz", "Wärmenetz Knortz", "Stadtentwicklung", "E-Mail", "Ost-West Zwirbel", "zB", "",
    '"§ 24"', '"der Stadt"', '"Stadt Netz"~3', '"Ost West"', "Stadt OR Knortz", "город", "Netz -Knortz",
    "Fernwärme Stadt Zwirbel", "creator:Müller Stadt", "title:Stadt Netz", "Stad*", "Knorz~1", "14. Stadt",
    "C++ Netz", '"in am" Wärme', "heating network", "2007/08",
)  # fmt: skip
LANGUAGES = ((), (), ("de",), ("ru",), ("ru", "en"))


def text_of(chance: random.Random, most: int) -> str:
    pieces = [
        chance.choice(BROKEN if chance.random() < 0.1 else WORDS) for _ in range(chance.randrange(most + 1))
    ]
    return "".join(piece + chance.choice((" ", " ", "\n", "  ", ". ")) for piece in pieces)


def page_of(chance: random.Random) -> Page:
    languages = chance.choice((("de",), ("de",), ("ru",), ("en", "ru"), ()))
    notes = text_of(chance, 8) if chance.random() < 0.3 else ""
    title = text_of(chance, 3) if chance.random() < 0.5 else ""
    text = f"{title}\n{text_of(chance, 25)}"
    return Page(0, text, title=title, notes=notes, languages=languages, hidden=chance.random() < 0.05)


def put(archive: MemoryArchive, name: str, chance: random.Random) -> None:
    pages = [page_of(chance) for _ in range(chance.choice((0, 1, 3, 8)))]
    creators = tuple(
        chance.choice(("Anna Müller", "Jan Netz", "С. Город")) for _ in range(chance.randrange(3))
    )
    withheld = chance.choice((None, None, ()))
    archive.put(name, *pages, title=text_of(chance, 4), creators=creators, withheld=withheld)


def expected(archive: MemoryArchive, search: Search, query: Query, hit: Hit) -> Hit:
    languages, node, _ = search._understand(query)
    shown = search._readership.shown(hit.document, archive.pages(hit.document.id))
    asked = [
        page for page in shown if not languages or not page.languages or {*languages} & {*page.languages}
    ]
    is_whole = len(asked) == len(shown)
    why = plainly.explanation(hit.document, asked, node, hit.match, is_whole=is_whole)
    title = mark(hit.document.title, Matcher(node))
    return replace(hit, title=title, pages=plainly.best_pages(asked, node), why=why)


@pytest.mark.parametrize("seed", range(4))
def test_hits_are_those_of_all_pages_read(
    archive: MemoryArchive, indexer: Indexer, search: Search, seed: int
) -> None:
    chance = random.Random(seed)
    for number in range(15):
        put(archive, f"d{number:02}", chance)
    indexer.catch_up()
    for number in range(0, 15, 4):  # the index does not know of these
        put(archive, f"d{number:02}", chance)
    compared = 0
    for text in QUERIES:
        wishes = Wishes(translate=chance.random() < 0.5, exact=chance.random() < 0.2)
        query = Query(text, language=chance.choice(LANGUAGES), wishes=wishes)
        for hit in search.ask(query).hits:
            assert hit == expected(archive, search, query, hit)
            compared += bool(hit.pages)
    assert compared > 50


def snippets(search: Search, text: str) -> list[str]:
    return [page.snippet.text for hit in search.ask(Query(text)).hits for page in hit.pages]


def test_of_a_document_that_changed_since_its_words_of_now_are_told(
    archive: Any, indexer: Indexer, search: Search
) -> None:
    archive.put("a", "Stadt am Fluss", "Netz")
    archive.put("b", "Stadt am Meer")
    indexer.catch_up()
    archive.put("a", "Netz", "Alte Stadt", "Stadt")
    assert sorted(snippets(search, "Stadt")) == ["Alte Stadt", "Stadt", "Stadt am Meer"]
    indexer.catch_up()
    assert sorted(snippets(search, "Stadt")) == ["Alte Stadt", "Stadt", "Stadt am Meer"]


def test_what_is_withheld_from_now_on_is_not_told_though_the_index_has_it(
    archive: Any, indexer: Indexer, search: Search
) -> None:
    pages = (Page(0, "Stadt am Fluss", notes="Stadt Geheimnis"), Page(0, "Stadt im Verborgenen", hidden=True))
    archive.put("a", *pages, withheld=())
    indexer.catch_up()
    (before,) = search.ask(Query("Stadt Geheimnis")).hits
    assert [page.number for page in before.pages] == [1, 2]
    assert before.why.words[1].sayings[0].fields == ("notes",)
    archive.change("a", withheld=(Sensitive.NOTES, Sensitive.HIDDEN))
    (after,) = search.ask(Query("Stadt Geheimnis")).hits
    assert [page.snippet.text for page in after.pages] == ["Stadt am Fluss"]
    assert [(word.word, len(word.sayings)) for word in after.why.words] == [("Stadt", 1), ("Geheimnis", 0)]


@pytest.mark.parametrize("stored", [b"", b"damaged", bytes(200)])
def test_what_is_stored_may_be_damaged(
    archive: Any, indexer: Indexer, search: Search, stored: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.put("a", "Land", "Stadt am Fluss")
    with monkeypatch.context() as patched:
        patched.setattr(Concordance, "dump", lambda _: stored)
        indexer.catch_up()
    assert snippets(search, "Stadt") == ["Stadt am Fluss"]


def test_an_index_without_what_is_stored_serves_until_there_is_a_new_one(
    archive: Any, indexer: Indexer, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.put("a", "Land", "Stadt am Fluss")
    with monkeypatch.context() as patched:
        patched.setattr(whoosh.stored, "save", lambda *_: None)
        indexer.catch_up()
    assert snippets(search, "Stadt") == ["Stadt am Fluss"]
