"""What can go wrong with the files of the second engine: writers that were killed, parts that change."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import random
import shutil
import signal
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.engine import Entry, Everything, Request, Term
from index.engines import tantivy, tantivy_part
from index.engines.records import record_of
from index.engines.tantivy import TantivyEngine
from index.errors import DamagedError
from tests.index.engines import ENTRIES, SCHEMA, STADT, entry, matches


@pytest.fixture
def engine(tmp_path: Path) -> TantivyEngine:
    engine = TantivyEngine.create(tmp_path, SCHEMA)
    engine.write(ENTRIES, (), 4)
    return engine


def _parts(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("part-*"))


def _secret_stands_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and b"geheimnis" in path.read_bytes()]


def _killed_before_the_old_part_is_gone(engine: TantivyEngine) -> None:
    put_in_place = engine.merge(["d9"])
    assert put_in_place is not None
    tantivy.shutil.rmtree = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
    put_in_place()


def test_a_part_that_was_left_over_is_removed(engine: TantivyEngine, tmp_path: Path) -> None:
    engine.write([entry("d9", "geheimnis"), entry("d8", "gas")], (), 5)
    engine.write([], ["d9"], 6)
    process = multiprocessing.get_context("fork").Process(
        target=_killed_before_the_old_part_is_gone, args=(engine,)
    )
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert _parts(tmp_path) == ["part-1", "part-2"]
    assert _secret_stands_in(tmp_path)
    assert engine.merge(["d9"]) is None
    assert _parts(tmp_path) == ["part-2"]
    assert _secret_stands_in(tmp_path) == []
    assert matches(engine, STADT) == {"d1", "d2", "d4"}


def test_a_part_that_goes_while_it_is_opened_is_no_damage(
    engine: TantivyEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.write([], ["d1"], 5)
    put_in_place = engine.merge(["d1"])
    assert put_in_place is not None
    put_in_place()
    names = iter(["part-1"])
    monkeypatch.setattr(TantivyEngine, "_name", lambda _: next(names, "part-2"))
    assert matches(TantivyEngine(tmp_path, SCHEMA), STADT) == {"d2", "d4"}


def test_what_a_commit_replaced_is_let_go_of_at_once(engine: TantivyEngine) -> None:
    matches(engine, STADT)
    engine.vocabulary("text", Everything())
    before = weakref.ref(engine._snapshot.figures)
    gc.disable()
    try:
        engine.write([entry("d5", "stadt")], (), 5)
        assert before() is None
    finally:
        gc.enable()


def _interrupted(folder: Path, *, killed: bool) -> Iterator[Entry]:
    """Write until some of it has come to the disk."""
    chance = random.Random(1)
    while not _secret_stands_in(folder):
        yield Entry("d9", "d9", {"text": f"geheimnis {' '.join(str(chance.random()) for _ in range(2000))}"})
    if killed:
        os.kill(os.getpid(), signal.SIGKILL)
    raise InterruptedError


@pytest.mark.parametrize("killed", [True, False])
def test_what_was_never_committed_goes_with_the_next_commit(
    engine: TantivyEngine, tmp_path: Path, *, killed: bool
) -> None:
    index = tmp_path / "part-1" / "index"
    if killed:
        process = multiprocessing.get_context("fork").Process(
            target=lambda: engine.write(_interrupted(index, killed=True), (), 5)
        )
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
    else:
        with pytest.raises(InterruptedError):
            engine.write(_interrupted(index, killed=False), (), 5)
    assert _secret_stands_in(tmp_path)
    engine.write([], ["d9"], 6)
    assert _secret_stands_in(tmp_path) == []


def test_a_writer_killed_just_before_its_commit_is_not_in_the_way_of_the_next(
    engine: TantivyEngine, tmp_path: Path
) -> None:
    shutil.copytree(tmp_path / "part-1", tmp_path / "killed" / "part-1")
    shutil.copy(tmp_path / "part", tmp_path / "killed")
    TantivyEngine(tmp_path / "killed", SCHEMA).write([], ["d1"], 5)
    left = [*(tmp_path / "killed").rglob("*.del")]
    assert left
    for path in (*left, tmp_path / "killed" / "part-1" / "index" / ".managed.json"):
        shutil.copy(path, tmp_path / "part-1" / "index")
    assert matches(engine, STADT) == {"d1", "d2", "d4"}
    engine.write([], ["d1"], 5)
    assert matches(engine, STADT) == {"d2", "d4"}


@pytest.mark.parametrize("name", ["part", "part-1/records", "part-1/index/meta.json"])
@pytest.mark.parametrize("content", [None, b"", b"\xff", b"part-1/..", b"0" * 40])
def test_files_that_are_not_what_was_written_are_damage(
    engine: TantivyEngine, tmp_path: Path, name: str, content: bytes | None
) -> None:
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DamagedError):
        TantivyEngine(tmp_path, SCHEMA).search(Request(Term("keys", "stadt")))


def test_small_commits_leave_a_large_segment_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large_enough = 500 * len(record_of(entry("l0000", "stadt"), SCHEMA).content)
    monkeypatch.setattr(tantivy_part, "MOST_AGAIN", large_enough)
    engine = TantivyEngine.create(tmp_path, SCHEMA)
    engine.write([entry(f"l{number:04}", "stadt") for number in range(1000)], (), 1)
    (large,) = [each for each in _segments(tmp_path) if each["max_doc"] >= 1000]
    for number in range(60):
        engine.write(
            [entry(f"s{number:02}", "stadt land")], [f"s{number - 1:02}", f"l{number:04}"], 2 + number
        )
        segments = _segments(tmp_path)
        assert len(segments) < 8
        assert large["segment_id"] in [each["segment_id"] for each in segments]
    assert matches(engine, Term("keys", "land")) == {"s59"}
    assert engine.search(Request(STADT)).total == 941
    assert engine.vocabulary("keys", Everything()) == {"stadt": 941, "land": 1}
    engine.close()


def test_what_is_written_again_stays_as_it_was(tmp_path: Path) -> None:
    engine = TantivyEngine.create(tmp_path, SCHEMA)
    for number in range(30):
        one = replace(
            entry(f"d{number:02}", f"stadt wort{number}", kind="talk", name="b"), stored=bytes(number)
        )
        engine.write([one], (), number + 1)
    found = engine.search(Request(STADT, sort="name", limit=50, facets=("kind",)))
    assert [(each.id, each.stored) for each in found.found] == [(f"d{n:02}", bytes(n)) for n in range(30)]
    assert found.facets == {"kind": {"talk": 30}}
    assert len(_segments(tmp_path)) < 8
    assert engine.merge(["d05"]) is None
    engine.close()


def _segments(folder: Path) -> list[dict[str, Any]]:
    (meta,) = folder.rglob("meta.json")
    segments: list[dict[str, Any]] = json.loads(meta.read_bytes())["segments"]
    return segments
