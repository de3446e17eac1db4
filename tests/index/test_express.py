"""One document at once, beside whoever follows the feed of a bulk load."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from archive.access import Audience
from archive.lock import exclusive
from archive.model import State
from index import index_writer
from index.audiences import index_folder
from index.commits import Commits
from index.engines.whoosh import WhooshEngine
from index.indexer import Indexer
from index.query import Query
from index.search import Search

BULK = 60


@pytest.fixture
def behind(archive: Any, indexer: Indexer, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An archive whose index is a bulk load behind, which goes into it ten documents a commit."""
    monkeypatch.setattr(index_writer, "BATCH", 10)
    archive.put("old", "Stadt")
    indexer.catch_up()
    for number in range(BULK):
        archive.put(f"d{number:02}", "Masse")
    return archive


def _arrived(event: threading.Event) -> None:
    assert event.wait(60)


def total(search: Search, words: str) -> int:
    return search.ask(Query(words)).total


def test_one_document_does_not_wait_for_those_before_it(
    behind: Any, indexer: Indexer, search: Search
) -> None:
    behind.put("mine", "Stadt")
    assert indexer.index_now(["mine"])
    assert (total(search, "Stadt"), total(search, "Masse")) == (2, 0)
    assert search.sequence() == 1
    assert indexer.catch_up() == behind.last_change()
    assert (total(search, "Stadt"), total(search, "Masse")) == (2, BULK)


def test_a_withdrawal_is_as_quick(behind: Any, indexer: Indexer, search: Search) -> None:
    behind.change("old", state=State.WITHDRAWN)
    assert indexer.index_now(["old"])
    assert total(search, "Stadt") == 0
    indexer.catch_up()
    assert (total(search, "Stadt"), total(search, "Masse")) == (0, BULK)


def test_where_nothing_else_is_due_the_feed_is_followed(
    archive: Any, indexer: Indexer, search: Search
) -> None:
    archive.put("a", "Stadt")
    indexer.catch_up()
    archive.put("b", "Stadt")
    archive.put("b", "Stadt am Fluss")
    assert indexer.index_now(["b"])
    assert search.sequence() == archive.last_change() == 3


def test_more_documents_than_one_commit_takes(behind: Any, indexer: Indexer, search: Search) -> None:
    names = [f"d{number:02}" for number in range(BULK)]
    assert indexer.index_now(names)
    assert total(search, "Masse") == BULK
    assert indexer.catch_up() == behind.last_change()
    assert total(search, "Masse") == BULK


def test_an_archive_without_an_index_gets_one(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("a", "Stadt")
    assert indexer.index_now(["a"])
    assert total(search, "Stadt") == 1


def test_it_gets_its_turn_between_two_commits_of_a_bulk_load(
    behind: Any, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bulk load is in the middle of a commit, then at the next: the one document is there by then."""
    committing, waiting, seen = threading.Event(), threading.Event(), []
    written = Commits.write

    def write(self: Commits, engine: Any, found: Any, names: Any, sequence: int) -> None:
        if threading.current_thread() is bulk:
            seen.append(total(search, "Stadt"))
            if not committing.is_set():
                committing.set()
                assert waiting.wait(60)
        written(self, engine, found, names, sequence)

    monkeypatch.setattr(Commits, "write", write)
    bulk = threading.Thread(target=lambda: Indexer(behind).catch_up())
    behind.put("mine", "Stadt")
    bulk.start()
    _arrived(committing)
    express = threading.Thread(target=lambda: Indexer(behind).index_now(["mine"], timeout_seconds=60))
    express.start()
    while not _is_held(index_folder(behind, Audience.PUBLIC) / "lock.turn"):
        pass
    waiting.set()
    express.join(60)
    bulk.join(60)
    assert seen[:2] == [1, 2]
    assert (total(search, "Stadt"), total(search, "Masse")) == (2, BULK)


def _is_held(path: Path) -> bool:
    with path.open("rb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_who_keeps_the_index_for_long_makes_nobody_wait_for_ever(
    archive: Any, indexer: Indexer, search: Search
) -> None:
    archive.put("a", "Stadt")
    indexer.catch_up()
    archive.put("b", "Stadt")
    with exclusive(index_folder(archive, Audience.PUBLIC) / "lock", 0):
        assert not indexer.index_now(["b"], timeout_seconds=0.1)
    assert indexer.catch_up() == 2
    assert total(search, "Stadt") == 2


@pytest.mark.parametrize("step", ["before", "after"])
def test_killed_in_the_middle_the_feed_still_reaches_all(
    behind: Any, indexer: Indexer, search: Search, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind.put("mine", "Stadt")

    def killed() -> None:
        write = WhooshEngine.write

        def die(*_: object) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        if step == "before":
            monkeypatch.setattr(WhooshEngine, "_announce", die)
        else:
            monkeypatch.setattr(WhooshEngine, "write", lambda *args: die(write(*args)))
        Indexer(behind).index_now(["mine"])

    process = multiprocessing.get_context("fork").Process(target=killed)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert indexer.catch_up() == behind.last_change()
    assert (total(search, "Stadt"), total(search, "Masse")) == (2, BULK)


def test_a_commit_holds_so_many_pages_and_no_more(
    archive: Any, indexer: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_writer, "_page_count", lambda _: 30)
    archive.put("first", "Stadt")
    indexer.catch_up()
    sizes: list[int] = []
    written = Commits.write

    def write(self: Commits, engine: Any, found: Any, names: Any, sequence: int) -> None:
        sizes.append(len(names))
        written(self, engine, found, names, sequence)

    monkeypatch.setattr(Commits, "write", write)
    for number in range(14):
        archive.put(f"d{number:02}", "Stadt")
    indexer.catch_up()
    assert sizes == [6, 6, 2] * len(Audience)


def test_tidying_changes_no_answer(archive: Any, indexer: Indexer, search: Search) -> None:
    for number in range(20):
        archive.put(f"d{number:02}", f"Stadt {'Fluss ' * (number % 4)}")
        indexer.catch_up()
    before = search.ask(Query("Stadt Fluss", limit=50))
    files = len(list(index_folder(archive, Audience.PUBLIC).rglob("*.seg")))
    indexer.tidy()
    after = search.ask(Query("Stadt Fluss", limit=50))
    assert (after.total, after.hits, after.facets) == (before.total, before.hits, before.facets)
    assert len(list(index_folder(archive, Audience.PUBLIC).rglob("*.seg"))) < files
