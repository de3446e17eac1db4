"""Documents about the same, and what they are told by."""

from __future__ import annotations

import pytest

from archive.access import Audience
from archive.model import Access, Page, State
from index.indexer import Indexer
from index.search import Search
from index.similar import best_words
from index.words import Words
from tests.index.conftest import MemoryArchive

HEAT = "Die Fernwärme versorgt die Gebäude der Stadt; das Heizwerk und das Wärmenetz werden erneuert."
WATER = "Das Trinkwasser der Stadt: Brunnen, Rohrnetz, Wasserverluste und Kläranlage werden erneuert."


@pytest.fixture
def filled(archive: MemoryArchive, indexer: Indexer, search: Search) -> Search:
    archive.put("heat1", HEAT, title="Fernwärme")
    archive.put("heat2", "Heizwerk und Wärmenetz: wie Fernwärme in Gebäude kommt", title="Wärme")
    archive.put("heat3", "Теплоснабжение: здания, котельная, тепловая сеть", language="ru", title="Тепло")
    archive.put("water1", WATER, title="Trinkwasser")
    archive.put("water2", "Brunnen und Rohrnetz, Kläranlage und Trinkwasser", title="Wasser")
    indexer.catch_up()
    return search


def like(search: Search, archive: MemoryArchive, name: str, *without: str) -> list[str]:
    return [each.id for each in search.similar(archive.document(name), without=without)]


def test_documents_about_the_same_are_found_in_other_languages_too(
    filled: Search, archive: MemoryArchive
) -> None:
    assert like(filled, archive, "heat1")[:1] == ["heat2"]
    assert like(filled, archive, "water2")[:1] == ["water1"]
    assert {"heat1", "heat2"} >= {*like(filled, archive, "heat3")} != set()


def test_neither_the_document_itself_nor_what_is_not_wanted(filled: Search, archive: MemoryArchive) -> None:
    assert "heat1" not in like(filled, archive, "heat1")
    assert "heat2" not in like(filled, archive, "heat1", "heat2")


@pytest.mark.parametrize("change", [{"state": State.WITHDRAWN}, {"access": Access.STAFF}])
def test_nothing_that_may_not_be_read_is_like_another(
    filled: Search, archive: MemoryArchive, indexer: Indexer, change: dict[str, object]
) -> None:
    archive.change("heat2", **change)
    assert "heat2" not in like(filled, archive, "heat1"), "before the index knows"
    indexer.catch_up()
    assert "heat2" not in like(filled, archive, "heat1")
    kept_back = archive.document("heat2")
    assert filled.similar(kept_back) == ()
    assert "heat1" in {each.id for each in filled.for_audience(Audience.STAFF).similar(kept_back)}


def test_what_the_reader_may_not_see_of_a_document_does_not_count(
    filled: Search, archive: MemoryArchive, indexer: Indexer
) -> None:
    hidden = Page(2, "Fernwärme Heizwerk Wärmenetz Gebäude", languages=("de",), hidden=True)
    archive.put("mixed", "Brunnen, Rohrnetz, Kläranlage", hidden, title="Vortrag")
    indexer.catch_up()
    assert {*like(filled, archive, "mixed")} == {"water1", "water2"}
    staff = filled.for_audience(Audience.STAFF).similar(archive.document("mixed"))
    assert "heat2" in {each.id for each in staff}


def test_a_document_without_words_and_an_archive_without_index_have_none_alike(
    archive: MemoryArchive, indexer: Indexer, search: Search
) -> None:
    archive.put("d1", title="")
    assert like(search, archive, "d1") == []
    indexer.catch_up()
    assert like(search, archive, "d1") == []


def test_the_best_words_are_frequent_here_and_rare_elsewhere() -> None:
    words = Words({"stadt": 90, "städte": 80, "wärmenetz": 2, "heizwerk": 3})
    text = "Stadt Städte Stadt und und und Wärmenetz Wärmenetz Heizwerk 2017 2017 ab"
    assert best_words("Stadt", [text], words, 100) == ("Wärmenetz", "Heizwerk", "Stadt")
