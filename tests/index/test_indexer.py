"""Following the change feed: what is in the index is what may be read now, however it came about."""

from __future__ import annotations

import dataclasses
import datetime as dt
import multiprocessing
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.access import Audience
from archive.errors import LockedError
from archive.lock import exclusive
from archive.model import Access, Page, State
from index import live
from index.audiences import index_folder, index_of
from index.engines import ENGINES
from index.index_writer import BATCH, IndexWriter
from index.indexer import Indexer
from index.query import Query
from index.search import Search
from tests.index.asking import found

pytestmark = pytest.mark.every_engine


def test_a_change_is_searchable_when_catch_up_returns(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("a", "Stadt")
    assert indexer.catch_up() == 1
    assert found(search, "Stadt") == {"a"}
    archive.put("a", "Land")
    archive.put("b", "Stadt")
    assert indexer.catch_up() == 3
    assert (found(search, "Stadt"), found(search, "Land")) == ({"b"}, {"a"})
    assert search.sequence() == 3


def test_nothing_new_commits_nothing(archive: Any, indexer: Indexer) -> None:
    archive.put("a", "Stadt")
    indexer.catch_up()
    before = sorted(path.name for path in index_folder(archive, Audience.PUBLIC).rglob("*"))
    indexer.catch_up()
    assert sorted(path.name for path in index_folder(archive, Audience.PUBLIC).rglob("*")) == before


def test_what_leaves_the_archive_leaves_the_index(archive: Any, indexer: Indexer, search: Search) -> None:
    for name in ("withdrawn", "staff", "purged", "kept"):
        archive.put(name, "Stadt")
    indexer.catch_up()
    archive.change("withdrawn", state=State.WITHDRAWN)
    archive.change("staff", access=Access.STAFF)
    archive.purge("purged")
    indexer.catch_up()
    page = search.ask(Query("Stadt"))
    assert [hit.document.id for hit in page.hits] == ["kept"]
    assert page.total == 1


def test_what_left_shows_in_no_score(
    archive: Any, indexer: Indexer, search: Search, make_archive: Callable[..., Any]
) -> None:
    for number in range(20):
        archive.put(f"s{number}", "Stadt Stadt Fluss", access=Access.STAFF if number % 2 else Access.PUBLIC)
    archive.put("a", "Stadt am Fluss")
    indexer.catch_up()
    for number in range(20):
        archive.change(f"s{number}", state=State.WITHDRAWN)
    indexer.catch_up()
    alone = make_archive("alone")
    alone.put("a", "Stadt am Fluss")
    Indexer(alone).catch_up()
    expected = Search(alone).ask(Query("Stadt Fluss"))
    seen = search.ask(Query("Stadt Fluss"))
    assert (seen.total, seen.hits, seen.facets) == (expected.total, expected.hits, expected.facets)


def test_the_order_of_changes_makes_no_difference(
    archive: Any, indexer: Indexer, search: Search, make_archive: Callable[..., Any]
) -> None:
    other = make_archive("other")
    texts = {f"d{number:02}": f"Stadt {'Fluss ' * (number % 4)}" for number in range(12)}
    for name, text in texts.items():
        archive.put(name, text)
        indexer.catch_up()
    for name, text in reversed(texts.items()):
        other.put(name, text)
    Indexer(other).catch_up()
    one, two = search.ask(Query("Stadt Fluss")), Search(other).ask(Query("Stadt Fluss"))
    assert (one.total, one.hits, one.facets) == (two.total, two.hits, two.facets)


def test_an_embargoed_document_enters_on_its_day(
    archive: Any, indexer: Indexer, search: Search, today: list[dt.date]
) -> None:
    archive.put("later", "Stadt", access=Access.EMBARGOED, embargoed_until=dt.date(2026, 1, 3))
    archive.put("never", "Stadt", access=Access.EMBARGOED)
    archive.put("lifted", "Stadt", access=Access.EMBARGOED, embargoed_until=dt.date(2026, 1, 3))
    indexer.catch_up()
    assert found(search, "Stadt") == set()
    archive.change("lifted", access=Access.STAFF)
    today[0] = dt.date(2026, 1, 2)
    indexer.catch_up()
    assert found(search, "Stadt") == set()
    today[0] = dt.date(2026, 1, 3)
    indexer.catch_up()
    assert found(search, "Stadt") == {"later"}


def test_an_embargo_survives_a_rebuild(
    archive: Any, indexer: Indexer, search: Search, today: list[dt.date]
) -> None:
    archive.put("later", "Stadt", access=Access.EMBARGOED, embargoed_until=dt.date(2026, 1, 3))
    indexer.rebuild()
    today[0] = dt.date(2026, 1, 3)
    indexer.catch_up()
    assert found(search, "Stadt") == {"later"}


def test_notes_and_hidden_pages_where_the_archive_shows_them(make_archive: Callable[..., Any]) -> None:
    archive = make_archive("open", notes="public")
    archive.put(
        "a", Page(0, "Stadt", languages=("de",), notes="Randbemerkung"), Page(0, "Verborgenes", hidden=True)
    )
    Indexer(archive).catch_up()
    search = Search(archive)
    (hit,) = search.ask(Query("Randbemerkung")).hits
    assert hit.pages[0].number == 1
    assert found(search, "Verborgenes") == {"a"}


def test_a_rebuild_gives_the_same_answers(archive: Any, indexer: Indexer, search: Search) -> None:
    for number in range(30):
        archive.put(f"d{number:02}", f"Stadt Wort{number}")
        archive.put(f"d{number:02}", f"Stadt Wort{number} Fluss")
    archive.purge("d07")
    indexer.catch_up()
    before = search.ask(Query("Stadt Fluss", limit=50))
    assert indexer.rebuild() == archive.last_change()
    after = search.ask(Query("Stadt Fluss", limit=50))
    assert (after.total, after.hits, after.facets) == (29, before.hits, before.facets)
    assert len(list(index_folder(archive, Audience.PUBLIC).glob("index-*"))) == 1


def test_another_analysis_builds_the_index_anew(
    archive: Any, indexer: Indexer, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.put("a", "Stadt")
    indexer.catch_up()
    (before,) = index_folder(archive, Audience.PUBLIC).glob("index-*")
    monkeypatch.setattr(live, "ANALYSIS", 999)
    Indexer(archive).catch_up()
    (after,) = index_folder(archive, Audience.PUBLIC).glob("index-*")
    assert after != before
    assert found(search, "Stadt") == {"a"}


def test_other_settings_build_the_index_anew(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("a", Page(0, "Stadt", notes="Randbemerkung", languages=("de",)))
    indexer.catch_up()
    archive.settings = dataclasses.replace(archive.settings, notes_public=True)
    Indexer(archive).catch_up()
    assert found(Search(archive), "Randbemerkung") == {"a"}


def test_an_index_of_another_archive_is_built_anew(archive: Any, indexer: Indexer, search: Search) -> None:
    for _ in range(5):
        archive.put("a", "Stadt")
    archive.put("b", "Fluss")
    indexer.catch_up()
    archive.purge("b")
    archive.forget_changes()
    assert indexer.catch_up() == 1
    assert found(search) == {"a"}


def test_one_process_waits_for_another(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("a", "Stadt")
    indexer.catch_up()
    archive.put("b", "Stadt")
    reached: list[int] = []
    lock = index_folder(archive, Audience.PUBLIC) / "lock"
    with exclusive(lock, 0):
        waiting = threading.Thread(target=lambda: reached.append(Indexer(archive).catch_up()))
        waiting.start()
        assert not reached
        writer = IndexWriter(archive, Audience.PUBLIC)
        engine = writer._usable()
        assert engine is not None
        writer._follow(engine)
    waiting.join(30)
    assert reached == [2]


def test_a_reader_in_another_process_sees_commits(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("a", "Stadt")
    indexer.catch_up()
    assert found(search, "Stadt") == {"a"}

    def elsewhere() -> None:
        archive.put("b", "Stadt")
        Indexer(archive).catch_up()

    process = multiprocessing.get_context("fork").Process(target=elsewhere)
    process.start()
    process.join(60)
    assert process.exitcode == 0
    archive.put("b", "Stadt")
    assert found(search, "Stadt") == {"a", "b"}
    assert indexer.catch_up() == 2


def test_waiting_for_a_process_that_does_not_go_on_ends(archive: Any, indexer: Indexer) -> None:
    archive.put("a", "Stadt")
    with (
        exclusive(index_folder(archive, Audience.PUBLIC) / "lock", 0),
        pytest.raises(LockedError, match=f"process {os.getpid()}"),
    ):
        indexer.catch_up(timeout_seconds=0.2)
    assert indexer.catch_up() == 1


def test_searches_go_on_while_the_index_is_rebuilt(archive: Any, indexer: Indexer, search: Search) -> None:
    for number in range(50):
        archive.put(f"d{number:02}", "Stadt")
    indexer.catch_up()
    stop = threading.Event()
    totals: set[int] = set()

    def ask() -> None:
        while not stop.is_set():
            totals.add(search.ask(Query("Stadt")).total)

    asking = threading.Thread(target=ask)
    asking.start()
    for _ in range(5):
        indexer.rebuild()
    stop.set()
    asking.join(30)
    assert totals == {50}


def test_many_changes_become_few_commits(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("first", "Stadt")
    indexer.catch_up()
    engine = index_of(archive, Audience.PUBLIC).engine()
    assert engine is not None
    before = engine.commit()
    for number in range(2 * BATCH + 1):
        archive.put(f"d{number:04}", "Stadt")
    indexer.catch_up()
    engine.refresh()
    assert engine.sequence() == archive.last_change()
    assert engine.commit() - before == 3
    assert search.ask(Query("Stadt")).total == 2 * BATCH + 2


def test_the_folder_of_the_index_lies_in_the_archives_home(archive: Any) -> None:
    assert index_folder(archive, Audience.PUBLIC) == Path(archive.settings.home, "index", "public")


def test_another_engine_builds_the_index_anew(archive: Any, indexer: Indexer, engine_name: str) -> None:
    archive.put("a", "Stadt")
    indexer.catch_up()
    (other,) = {*ENGINES} - {engine_name}
    archive.settings = dataclasses.replace(archive.settings, engine=other)
    assert Search(archive).ask(Query("Stadt")).message_code == "no_index"
    Indexer(archive).catch_up()
    assert found(Search(archive), "Stadt") == {"a"}
