"""What a reader who has typed a few letters is proposed."""

from __future__ import annotations

import pytest

from archive.model import Access, State
from index.indexer import Indexer
from index.search import Search
from index.suggest import MOST
from tests.index.conftest import MemoryArchive


@pytest.fixture
def filled(archive: MemoryArchive, indexer: Indexer, search: Search) -> Search:
    archive.put(
        "d1",
        "Wärmewende und Müllerburg",
        title="Die Wärmewende im Quartier",
        creators=("Ärztin Müller", "Förderverein"),
        panel="c2017/energy",
    )
    archive.put("d2", "Wärmewende und Müllerburg: Fernwärme", title="Ёлка и тёплый дом")
    archive.put("d3", "Тёплый дом, ЁЛКА", language="ru", title="Дом")
    archive.put("d4", "Тёплый дом, ёлка, ЁЛКА. Ёлка, ёлка", language="ru", title="Дом", conference="c2023")
    indexer.catch_up()
    return search


def texts(search: Search, typed: str, kind: str = "") -> list[str]:
    return [each.text for each in search.suggest(typed) if kind in ("", each.kind)]


@pytest.mark.parametrize("typed", ["müll", "muell", "MULL", "Müll"])
def test_what_begins_so_is_found_however_it_is_spelt(filled: Search, typed: str) -> None:
    assert texts(filled, typed, "word") == ["Müllerburg"]
    assert texts(filled, typed, "creator") == ["Ärztin Müller"]


def test_words_are_written_as_documents_have_them(filled: Search) -> None:
    assert texts(filled, "wärmew", "word") == ["Wärmewende"]
    assert texts(filled, "елк", "word") == texts(filled, "ёлк", "word") == ["ёлка"]
    assert texts(filled, "тепл", "word") == ["Тёплый"]


def test_names_of_documents_that_are_there_are_found_by_each_word(filled: Search) -> None:
    assert texts(filled, "quart", "title") == ["Die Wärmewende im Quartier"]
    assert texts(filled, "kras") == ["Krasnodar"]
    assert texts(filled, "aach") == ["Konferenz in Aachen"]
    assert texts(filled, "energieeff", "panel") == ["Energieeffizienz"]
    assert texts(filled, "jug", "panel") == [], "no document is in that panel"
    assert texts(filled, "wärm quar") == ["Die Wärmewende im Quartier"]


def test_what_begins_so_comes_before_what_has_it_later(
    filled: Search, archive: MemoryArchive, indexer: Indexer
) -> None:
    for number, title in enumerate(("Heiße Quelle", "Heiße Quelle", "Quellen und Brunnen", "Die Quelle")):
        archive.put(f"q{number}", "Text", title=title)
    indexer.catch_up()
    assert texts(filled, "quell", "title") == ["Quellen und Brunnen", "Heiße Quelle", "Die Quelle"]
    assert texts(filled, "heisse", "title") == ["Heiße Quelle"]


def test_labels_of_the_thesaurus_are_found_where_all_their_words_occur(filled: Search) -> None:
    assert texts(filled, "fernw", "concept") == ["Fernwärme"]
    assert texts(filled, "fernwärmen", "concept") == []


def test_the_last_word_is_completed_where_it_stands_beside_the_others(filled: Search) -> None:
    assert texts(filled, "Müllerburg Wärm") == ["Müllerburg Wärmewende"]
    assert texts(filled, "Quartier Ёлк") == []


@pytest.mark.parametrize("typed", ["", "m", "-", "zzz", "Müllerburg ", "a b c d e f g h mü", "\x00", '"'])
def test_what_nothing_follows_from_gets_no_suggestion(filled: Search, typed: str) -> None:
    assert texts(filled, typed) == []


def test_no_more_than_asked_for_and_of_every_kind(
    filled: Search, archive: MemoryArchive, indexer: Indexer
) -> None:
    for number in range(12):
        archive.put(f"m{number}", "Text", title=f"Müllerburg {number}")
    indexer.catch_up()
    found = filled.suggest("müll")
    assert len(found) == MOST == len(filled.suggest("müll", 50))
    assert [each.kind for each in found] == ["word", "creator", *["title"] * 6]
    assert [each.kind for each in filled.suggest("müll", 2)] == ["word", "creator"]
    assert filled.suggest("müll", 0) == ()


@pytest.mark.parametrize("change", [{"state": State.WITHDRAWN}, {"access": Access.STAFF}])
def test_nothing_of_what_may_not_be_read_is_suggested(
    filled: Search, archive: MemoryArchive, indexer: Indexer, change: dict[str, object]
) -> None:
    asked = ("müll", "wärmew", "fernw", "kras", "energieeff", "förd")
    assert all(texts(filled, typed) for typed in asked)
    for name in ("d1", "d2"):
        archive.change(name, **change)
    assert [texts(filled, typed) for typed in asked] == [[], [], [], ["Krasnodar"], [], []], "index not told"
    archive.change("d3", **change)
    indexer.catch_up()
    assert [texts(filled, typed) for typed in asked] == [[]] * len(asked)
    assert texts(filled, "aach") == ["Konferenz in Aachen"]


def test_before_there_is_an_index_only_names_are_suggested(archive: MemoryArchive, search: Search) -> None:
    archive.put("d1", "Wärmewende", title="Wärmewende")
    assert texts(search, "wärm") == ["Wärmewende"]
