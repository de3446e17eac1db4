"""Joining what many commits have left, while others go on writing: nothing is found more or less for it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.engine import Engine, Entry, Request, Schema, Term
from index.engines import tantivy
from index.engines.whoosh import WhooshEngine
from tests.index.engines import ENGINES

SCHEMA = Schema(positions=("text",), bags=("keys",), keywords=("kind",), sorts=("name",))
COMMITS = 40
EVERY = Request(Term("keys", "stadt"), facets=("kind",), sort="name", limit=100)


def entry(number: int, text: str = "stadt") -> Entry:
    name = f"entry-{number:02}"
    words = f"{text} wort{number}"
    return Entry(name, name, {"text": words, "keys": words}, {"kind": (str(number % 3),)}, {"name": name})


@pytest.fixture
def engine(engine_kind: str, tmp_path: Path) -> Iterator[Engine]:
    """Forty entries, each of a commit of its own."""
    engine = ENGINES[engine_kind][0](tmp_path, SCHEMA)
    for number in range(COMMITS):
        engine.write([entry(number)], (), number + 1)
    yield engine
    engine.close()


def names(engine: Engine) -> list[str]:
    return [found.document for found in engine.search(EVERY).found]


def begin(engine: Engine) -> Callable[[], None]:
    """Have a document go, so that there is something to join."""
    engine.write((), ["entry-00"], COMMITS)
    put_in_place = engine.merge(["entry-00"])
    assert put_in_place is not None
    return put_in_place


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def merge(engine: Engine) -> int:
    """Join as long as there is anything to join; return how often."""
    times = 0
    while (put_in_place := engine.merge()) is not None:
        put_in_place()
        times += 1
    return times


def test_many_commits_become_few_files(engine: Engine, tmp_path: Path) -> None:
    before = engine.search(EVERY)
    assert merge(engine) <= 1
    assert engine.search(EVERY) == before
    assert engine.sequence() == COMMITS
    assert len(files(tmp_path)) < 2 * COMMITS


def test_what_was_written_and_deleted_meanwhile_counts(engine: Engine) -> None:
    put_in_place = begin(engine)
    engine.write([entry(99), entry(7, "fluss")], ["entry-03", "entry-07"], COMMITS + 1)
    put_in_place()
    assert names(engine) == [f"entry-{n:02}" for n in range(COMMITS) if n not in (0, 3, 7)] + ["entry-99"]
    assert engine.search(Request(Term("keys", "wort3"))).total == 0
    assert engine.search(Request(Term("keys", "fluss"))).total == 1
    assert engine.sequence() == COMMITS + 1


def test_what_was_added_to_a_document_meanwhile_stays_beside_what_it_had(engine: Engine) -> None:
    put_in_place = begin(engine)
    engine.write([replace(entry(7, "fluss"), id="d07/more")], (), COMMITS + 1)
    put_in_place()
    assert engine.search(EVERY).total == COMMITS - 1
    assert engine.search(Request(Term("keys", "wort7"))).total == 2


def test_a_merge_that_came_too_late_changes_nothing(engine: Engine) -> None:
    late = begin(engine)
    other = engine.merge(["entry-00"])
    assert other is not None
    other()
    engine.write([entry(98)], (), COMMITS + 1)
    before = engine.search(EVERY)
    late()
    assert engine.search(EVERY) == before


def test_what_was_deleted_entirely_leaves_the_files(engine: Engine, tmp_path: Path) -> None:
    merge(engine)
    engine.write((), [f"entry-{n:02}" for n in range(COMMITS)], COMMITS + 1)
    assert merge(engine) == 1
    assert names(engine) == []
    assert not _stands_in_a_file(tmp_path, b"wort17")
    assert not _stands_in_a_file(tmp_path, b"entry-17")
    assert engine.sequence() == COMMITS + 1


def _killed_while_merging(engine: Engine, *, in_place: bool) -> None:
    put_in_place = begin(engine)
    if in_place:
        WhooshEngine._announce = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
        tantivy.write_bytes = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
        put_in_place()
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("in_place", [False, True])
def test_who_dies_while_merging_leaves_the_index_as_it_was(
    engine: Engine, tmp_path: Path, *, in_place: bool
) -> None:
    dying = multiprocessing.get_context("fork").Process(
        target=_killed_while_merging, args=(engine,), kwargs={"in_place": in_place}
    )
    dying.start()
    dying.join(60)
    assert dying.exitcode == -signal.SIGKILL
    engine.refresh()
    assert names(engine) == [f"entry-{n:02}" for n in range(1, COMMITS)]
    engine.write([entry(98)], ["entry-01"], COMMITS + 1)
    begin(engine)()
    assert names(engine) == [f"entry-{n:02}" for n in range(2, COMMITS)] + ["entry-98"]
    assert not _stands_in_a_file(tmp_path, b"wort0")
    assert engine.merge(["entry-00"]) is None


def test_of_what_is_gone_no_token_is_left(engine: Engine, tmp_path: Path) -> None:
    merge(engine)
    engine.write((), ["entry-07"], COMMITS + 1)
    engine.write([entry(8, "fluss")], ["entry-08"], COMMITS + 2)
    before = engine.search(EVERY)
    assert engine.merge() is None, "too little is deleted to join anything"
    assert engine.merge(["never", "entry-09"]) is None, "of these nothing was deleted"
    assert _stands_in_a_file(tmp_path, b"entry-07")
    put_in_place = engine.merge(["never", "entry-07"])
    assert put_in_place is not None
    put_in_place()
    assert engine.merge(["never", "entry-07"]) is None
    assert not _stands_in_a_file(tmp_path, b"entry-07")
    assert not _stands_in_a_file(tmp_path, b"wort7")
    assert _stands_in_a_file(tmp_path, b"entry-06")
    assert engine.search(EVERY) == before
    assert engine.sequence() == COMMITS + 2


def _stands_in_a_file(folder: Path, word: bytes) -> bool:
    return any(word in path.read_bytes() for path in files(folder))
