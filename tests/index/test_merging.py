"""Joining what many commits have left, while others go on writing: nothing is found more or less for it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.engine import Engine, Entry, Request, Schema, Term
from index.engines.whoosh import WhooshEngine

SCHEMA = Schema(positions=("text",), bags=("keys",), keywords=("kind",), sorts=("name",))
ENGINES: dict[str, Callable[[Path, Schema], Engine]] = {"whoosh": WhooshEngine.create}
COMMITS = 40
EVERY = Request(Term("keys", "stadt"), facets=("kind",), sort="name", limit=100)


def entry(number: int, text: str = "stadt") -> Entry:
    name = f"d{number:02}"
    words = f"{text} wort{number}"
    return Entry(name, name, {"text": words, "keys": words}, {"kind": (str(number % 3),)}, {"name": name})


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Forty entries, each of a commit of its own."""
    engine = ENGINES[request.param](tmp_path, SCHEMA)
    for number in range(COMMITS):
        engine.write([entry(number)], (), number + 1)
    yield engine
    engine.close()


def names(engine: Engine) -> list[str]:
    return [found.document for found in engine.search(EVERY).found]


def merge(engine: Engine) -> int:
    """Join as long as there is anything to join; return how often."""
    times = 0
    while (put_in_place := engine.merge()) is not None:
        put_in_place()
        times += 1
    return times


def test_after_merging_the_same_is_found_in_fewer_files(engine: Engine, tmp_path: Path) -> None:
    before, files = engine.search(EVERY), len(list(tmp_path.iterdir()))
    assert merge(engine) == 1
    assert engine.search(EVERY) == before
    assert engine.sequence() == COMMITS
    assert len(list(tmp_path.iterdir())) < files / 4


def test_what_was_written_and_deleted_meanwhile_counts(engine: Engine) -> None:
    put_in_place = engine.merge()
    assert put_in_place is not None
    engine.write([entry(99), entry(7, "fluss")], ["d03", "d07"], COMMITS + 1)
    put_in_place()
    assert names(engine) == [f"d{n:02}" for n in range(COMMITS) if n not in (3, 7)] + ["d99"]
    assert engine.search(Request(Term("keys", "wort3"))).total == 0
    assert engine.search(Request(Term("keys", "fluss"))).total == 1
    assert engine.sequence() == COMMITS + 1


def test_a_merge_that_came_too_late_changes_nothing(engine: Engine) -> None:
    late = engine.merge()
    assert late is not None
    merge(engine)
    before = engine.search(EVERY)
    late()
    assert engine.search(EVERY) == before


def test_what_was_deleted_entirely_leaves_the_files(engine: Engine, tmp_path: Path) -> None:
    merge(engine)
    engine.write((), [f"d{n:02}" for n in range(COMMITS)], COMMITS + 1)
    assert merge(engine) == 1
    assert names(engine) == []
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"wort17" in path.read_bytes()]
    assert engine.sequence() == COMMITS + 1


def _killed_while_merging(engine: Engine, *, in_place: bool) -> None:
    put_in_place = engine.merge()
    assert put_in_place is not None
    if in_place:
        WhooshEngine._announce = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
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
    before = engine.search(EVERY)
    engine.write([entry(98)], ["d00"], COMMITS + 1)
    assert merge(engine) == 1
    assert names(engine)[-1] == "d98"
    assert engine.search(EVERY).total == before.total
    assert sum(1 for path in tmp_path.glob("*.seg")) == 1


def test_of_what_is_gone_no_token_is_left(engine: Engine, tmp_path: Path) -> None:
    merge(engine)
    engine.write((), ["d07"], COMMITS + 1)
    engine.write([entry(8, "fluss")], ["d08"], COMMITS + 2)
    before = engine.search(EVERY)
    assert engine.merge() is None, "too little is deleted to join anything"
    assert engine.merge(["never", "d09"]) is None, "of these nothing was deleted"
    assert _stands_in_a_file(tmp_path, b"wort7")
    put_in_place = engine.merge(["never", "d07"])
    assert put_in_place is not None
    put_in_place()
    assert engine.merge(["never", "d07"]) is None
    assert not _stands_in_a_file(tmp_path, b"d07")
    assert not _stands_in_a_file(tmp_path, b"wort7")
    assert _stands_in_a_file(tmp_path, b"wort6")
    assert engine.search(EVERY) == before
    assert engine.sequence() == COMMITS + 2


def _stands_in_a_file(folder: Path, word: bytes) -> bool:
    return any(word in path.read_bytes() for path in folder.rglob("*") if path.is_file())
