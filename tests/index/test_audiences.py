"""Each audience searches what it may read, and nothing else tells in its answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

import pytest

from archive.access import Audience
from archive.model import Access, Page, State
from index import building, entries
from index.indexer import Indexer
from index.query import Query
from index.results import ResultPage
from index.search import Search
from tests.index.conftest import MemoryArchive

pytestmark = pytest.mark.every_engine

UNPUBLIC: dict[str, dict[str, object]] = {
    "draft": {"state": State.DRAFT},
    "withdrawn": {"state": State.WITHDRAWN},
    "restricted": {"access": Access.STAFF},
    "embargoed": {"access": Access.EMBARGOED, "embargoed_until": dt.date(2999, 1, 1)},
}


def put_all(archive: MemoryArchive, *, as_they_are: bool) -> None:
    archive.put("open", "Wärmenetz der Stadt", Page(2, "Folie", notes="Zahlen geheim", languages=("de",)))
    for number, (name, values) in enumerate(UNPUBLIC.items(), 1):
        archive.put(name, "Wärmenetz " * number, title=f"Bericht {name}", **(values if as_they_are else {}))


@pytest.fixture
def staff(archive: MemoryArchive, indexer: Indexer, search: Search) -> Iterator[Search]:
    put_all(archive, as_they_are=True)
    indexer.catch_up()
    found = search.for_audience(Audience.STAFF)
    yield found
    found.close()


def names(page: ResultPage) -> list[str]:
    return [hit.document.id for hit in page.hits]


def test_staff_find_what_the_public_does_not(search: Search, staff: Search) -> None:
    assert names(search.ask(Query("Wärmenetz"))) == ["open"]
    assert {*names(staff.ask(Query("Wärmenetz")))} == {"open", *UNPUBLIC}
    assert names(staff.ask(Query("geheim"))) == ["open"]
    assert [page.number for page in staff.find_in("draft", Query("Wärmenetz"))] == [1]
    assert search.find_in("draft", Query("Wärmenetz")) == ()
    assert "Bericht restricted" in {each.text for each in staff.suggest("restr")}
    assert search.suggest("restr") == ()


@pytest.mark.parametrize("text", ["", "Wärmenetz", "Wärme -Stadt", "Bericht Wärmenetz", "Folie"])
def test_staff_get_what_an_archive_of_public_documents_alone_would_give(
    staff: Search, make_archive: Callable[..., MemoryArchive], text: str
) -> None:
    public = make_archive("public", notes="public")
    put_all(public, as_they_are=False)
    indexer = Indexer(public)  # type: ignore[arg-type]
    indexer.catch_up()
    other = Search(public)  # type: ignore[arg-type]

    def answer(search: Search) -> tuple[object, ...]:
        page = search.ask(Query(text, limit=50))
        hits = [(hit.document.id, hit.score, hit.match, hit.pages, hit.title) for hit in page.hits]
        return page.total, hits, page.facets, page.expanded

    assert answer(staff) == answer(other)
    other.close()
    indexer.close()


def test_what_is_published_or_withdrawn_is_for_both_at_once(
    archive: MemoryArchive, indexer: Indexer, search: Search, staff: Search
) -> None:
    archive.change("draft", state=State.PUBLISHED)
    archive.change("open", state=State.WITHDRAWN)
    assert indexer.index_now(["draft", "open"])
    assert names(search.ask(Query("Wärmenetz"))) == ["draft"]
    assert {"draft", "open"} < {*names(staff.ask(Query("Wärmenetz")))}


def test_both_are_rebuilt(archive: MemoryArchive, indexer: Indexer, search: Search, staff: Search) -> None:
    before = [replace(each.ask(Query("Wärmenetz")), took_ms=0) for each in (search, staff)]
    assert indexer.rebuild() == archive.last_change()
    assert [replace(each.ask(Query("Wärmenetz")), took_ms=0) for each in (search, staff)] == before


def test_a_text_is_analysed_once_for_all(
    archive: MemoryArchive, indexer: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    analysed: list[str] = []
    whole = entries._analyze

    def analyze(text: str) -> entries.Analyzed:
        analysed.append(text)
        return whole(text)

    monkeypatch.setattr(entries, "_analyze", analyze)
    entries._analyze_again.cache_clear()
    archive.put("one", "Ein Wort, das nur hier steht")
    indexer.catch_up()
    assert analysed.count("Ein Wort, das nur hier steht") == 1


@pytest.mark.parametrize("follow", [Indexer.catch_up, Indexer.step])
def test_missing_indexes_are_built_in_turns_so_that_little_has_to_be_remembered(
    archive: MemoryArchive,
    indexer: Indexer,
    monkeypatch: pytest.MonkeyPatch,
    follow: Callable[[Indexer], object],
) -> None:
    analysed: list[str] = []

    def analyze(text: str) -> entries.Analyzed:
        analysed.append(text)
        return entries._analyze(text)

    monkeypatch.setattr(entries, "_analyze_again", lru_cache(100)(analyze))
    monkeypatch.setattr(building, "AT_ONCE", 5)
    texts = [f"Wort{number} steht hier" for number in range(150)]
    for number, text in enumerate(texts):
        archive.put(f"d{number:03}", text)
    follow(indexer)
    assert [text for text in texts if analysed.count(text) != 1] == []
