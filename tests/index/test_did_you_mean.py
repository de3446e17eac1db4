"""What a query that finds nothing may have meant."""

from __future__ import annotations

import pytest

from archive.model import Access, State
from index.indexer import Indexer
from index.query import Query, Wishes
from index.search import Search
from tests.index.conftest import MemoryArchive


@pytest.fixture
def asked(archive: MemoryArchive, indexer: Indexer, search: Search) -> Search:
    archive.put("d1", "Fernwärme in der Stadt\nDie Straße nach Süden", creators=("Maria Schnittke",))
    archive.put("d2", "Fernwärme und Trinkwasser", title="STADTENTWICKLUNG")
    archive.put("d3", "Теплоснабжение в городе", language="ru")
    indexer.catch_up()
    return search


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Fernwrme", "Fernwärme"),
        ("fernwräme", "Fernwärme"),
        ("Fernwaereme Stadt", "Fernwärme Stadt"),
        ("Trinkwaser OR Nirgendwoher", ""),
        ("теплоснобжение", "теплоснабжение"),
        ("Теплоснобжение", "Теплоснабжение"),
        ("Schnitke", "Schnittke"),
        ("creator:Schnitke", "creator:Schnittke"),
        ("Stadtentwiklung", "Stadtentwicklung"),
        ("Straaße", "Straße"),
        ("Fernwräme Trinkwaser", "Fernwärme Trinkwasser"),
    ],
)
def test_an_unknown_word_is_put_right(asked: Search, typed: str, meant: str) -> None:
    assert asked.ask(Query(typed)).did_you_mean == meant


@pytest.mark.parametrize(
    "typed",
    ["Fernwärme", "Fernwaerme", "Städte", "Wassers", "", "year:2016", "kind:papper", "Bad"],
)
def test_nothing_is_put_right_that_is_found_or_no_word(asked: Search, typed: str) -> None:
    assert asked.ask(Query(typed)).did_you_mean == ""


def test_nothing_is_proposed_that_finds_nothing_either(asked: Search) -> None:
    assert asked.ask(Query("Fernwärmee Teplosnabschenie Nirgendwo")).did_you_mean == ""
    assert asked.ask(Query("Trinkwaser", conference=("c2023",))).did_you_mean == ""
    assert asked.ask(Query('"Fernwärmee in der Stadt"')).did_you_mean == ""


def test_words_as_typed_are_put_right_too(asked: Search) -> None:
    assert asked.ask(Query("Fernwärmee", wishes=Wishes(exact=True))).did_you_mean == "Fernwärme"


@pytest.mark.parametrize("change", [{"state": State.WITHDRAWN}, {"access": Access.STAFF}])
def test_words_of_what_may_not_be_read_are_never_proposed(
    asked: Search, archive: MemoryArchive, indexer: Indexer, change: dict[str, object]
) -> None:
    assert asked.ask(Query("Trinkwaser")).did_you_mean == "Trinkwasser"
    archive.change("d2", **change)
    assert asked.ask(Query("Trinkwaser")).did_you_mean == "", "before the index knows"
    indexer.catch_up()
    assert asked.ask(Query("Trinkwaser")).did_you_mean == ""
