"""Building an index beside the live one: gone on with after a kill, and in nobody's way."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from archive.access import Audience
from archive.errors import LockedError
from archive.model import Access, State
from index import building, entries, live
from index.audiences import index_folder
from index.index_writer import IndexWriter
from index.indexer import Indexer
from index.query import Query
from index.search import Search
from tests.index.asking import found
from tests.index.conftest import MemoryArchive

pytestmark = pytest.mark.every_engine

MANY, AT_ONCE = 40, 5


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "AT_ONCE", AT_ONCE)
    monkeypatch.setattr(building, "AT_LAST", 2)


@pytest.fixture
def full(archive: MemoryArchive) -> MemoryArchive:
    for number in range(MANY):
        archive.put(_name(number), f"Stadt Wort{number}")
    return archive


def _name(number: int) -> str:
    return f"d{number:02}"


def _killed_while_building(archive: MemoryArchive, batches: int) -> None:
    """Build the index of the public, and die after some batches."""

    def kill() -> None:
        with IndexWriter(archive, Audience.PUBLIC).rebuilding(0) as steps:
            for _ in zip(range(batches), steps, strict=False):
                pass
            os.kill(os.getpid(), signal.SIGKILL)

    process = multiprocessing.get_context("fork").Process(target=kill)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def _analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []

    def analyze(text: str) -> entries.Analyzed:
        texts.append(text)
        return entries._analyze(text)

    monkeypatch.setattr(entries, "_analyze_again", analyze)
    return texts


def _all(search: Search) -> tuple[object, ...]:
    page = search.ask(Query("Stadt", limit=100))
    return page.total, [(hit.document.id, hit.score) for hit in page.hits], page.facets


def test_what_was_begun_is_gone_on_with(
    full: MemoryArchive, indexer: Indexer, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    _killed_while_building(full, 5)
    full.put(_name(1), "Stadt geändert")  # was written, and is written again
    full.put(_name(35), "Stadt geändert")
    full.purge(_name(2))
    full.put("new", "Stadt neu")
    analysed = _analysed(monkeypatch)
    with IndexWriter(full, Audience.PUBLIC).rebuilding(0) as steps:
        for _ in steps:
            pass
    done = {number for number in range(MANY) if f"Stadt Wort{number}" not in analysed}
    assert done == {*range(5 * AT_ONCE)} | {35}
    indexer.catch_up()
    assert found(search, "Stadt") == {"new"} | {_name(n) for n in range(MANY)} - {_name(2)}
    assert found(search, "geändert") == {_name(1), _name(35)}
    assert found(search, "Wort1") == found(search, "Wort2") == set()
    before = _all(search)
    assert len([*index_folder(full, Audience.PUBLIC).glob("index-*")]) == 1
    indexer.rebuild()
    assert _all(search) == before


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves files open
@pytest.mark.parametrize("other", ["program", "damage", "older catalogue"])
def test_what_cannot_be_gone_on_with_is_built_anew(
    full: MemoryArchive,
    monkeypatch: pytest.MonkeyPatch,
    other: str,
) -> None:
    _killed_while_building(full, 5)
    if other == "program":
        monkeypatch.setattr(live, "ANALYSIS", 999)
    elif other == "damage":
        for path in index_folder(full, Audience.PUBLIC).glob("index-*/**/*"):
            if path.is_file():
                path.write_bytes(b"not what it was")
    else:
        del full._changes[3:]
    assert Indexer(full).catch_up() == full.last_change()
    assert len(found(Search(full), "Stadt")) == full.last_change()


def test_others_write_to_the_live_index_while_another_is_built(
    full: MemoryArchive, indexer: Indexer, search: Search
) -> None:
    indexer.catch_up()
    before = found(search, "Stadt")
    with ExitStack() as locked:
        writers = [IndexWriter(full, audience) for audience in Audience]
        steps = [locked.enter_context(writer.rebuilding(0)) for writer in writers]
        for number, _ in enumerate(zip(*steps, strict=False)):
            name = f"new{number}"
            full.put(name, "Stadt")
            assert indexer.index_now([name], 0)
            full.change(_name(number), state=State.WITHDRAWN)
            assert indexer.index_now([_name(number)], 0)
            before = before - {_name(number)} | {name}
            assert found(search, "Stadt") == before
            with pytest.raises(LockedError), IndexWriter(full, Audience.PUBLIC).rebuilding(0):
                pytest.fail("two at once")
    assert found(search, "Stadt") == before
    assert indexer.catch_up() == full.last_change()
    assert found(search, "Stadt") == before


def test_who_waits_for_its_day_is_not_forgotten_while_an_index_is_built(
    full: MemoryArchive, today: list[dt.date]
) -> None:
    indexer, day = Indexer(full, lambda: today[0]), today[0] + dt.timedelta(1)
    full.change(_name(3), access=Access.EMBARGOED, embargoed_until=day)
    indexer.catch_up()
    _killed_while_building(full, 1)
    today[0] = day
    indexer.catch_up()
    search = Search(full, lambda: today[0])
    assert _name(3) in found(search, "Stadt")
    today[0] += dt.timedelta(1)
    indexer.rebuild()  # what was begun had it before its day
    assert _name(3) in found(search, "Stadt")


def test_two_who_find_no_index_build_one(full: MemoryArchive, search: Search) -> None:
    writer, other = (IndexWriter(full, Audience.PUBLIC) for _ in range(2))
    with writer.rebuilding(0) as steps:
        _advance(steps)
        with pytest.raises(LockedError):
            other.catch_up(timeout_seconds=0)
        assert not other.step(0)
        for _ in steps:
            pass
    assert other.catch_up(timeout_seconds=0) == full.last_change()
    assert len(found(search, "Stadt")) == MANY


def _advance(steps: Iterator[None]) -> None:
    next(steps)
