"""Joining the segments of the second engine beside it, before Tantivy does it while writers wait."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.engine import Request, Response, Term
from index.engines import tantivy, tantivy_joining, tantivy_part, tantivy_reading
from index.engines.records import record_of
from index.engines.tantivy import TantivyEngine
from index.engines.tantivy_reading import SCATTERED
from index.errors import DamagedError
from tests.index.engines import SCHEMA, entry

MANY = 1000
ALL = Request(Term("keys", "stadt"), facets=("kind",), sort="name", limit=10 * MANY)
BEST = Request(Term("keys", "fluss"), limit=50)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    """An index in so many segments, and with so many entries, that they are to be joined."""
    size = len(record_of(_entry(1), SCHEMA).content)
    monkeypatch.setattr(tantivy_part, "MOST_RECENT", 200 * size)
    monkeypatch.setattr(tantivy_part, "MOST_AGAIN", 400 * size)
    monkeypatch.setattr(tantivy_reading, "MOST_SINCE", MANY * size)
    engine = TantivyEngine.create(tmp_path, SCHEMA)
    each = MANY // SCATTERED + 10
    for part in range(SCATTERED):
        numbers = range(part * each, (part + 1) * each)
        engine.write([_entry(number) for number in numbers], (), part + 1)
    engine.write([], [_name(3)], SCATTERED + 1)
    yield engine
    engine.close()


def _name(number: int) -> str:
    return f"d{number:04}"


def _entry(number: int, word: str = "fluss") -> Any:
    return entry(_name(number), f"stadt {word if number % 30 == 0 else 'land'} wort{number}", name="n")


def _segments(folder: Path) -> list[int]:
    (meta,) = folder.rglob("meta.json")
    return [each["max_doc"] for each in json.loads(meta.read_bytes())["segments"]]


def _answers(engine: TantivyEngine) -> list[Response]:
    return [engine.search(ALL), engine.search(BEST)]


def _joined(engine: TantivyEngine) -> Callable[[], None]:
    put_in_place = engine.merge()
    assert put_in_place is not None
    return put_in_place


def test_all_segments_become_one_and_answers_stay(engine: TantivyEngine, tmp_path: Path) -> None:
    assert len(_segments(tmp_path)) >= SCATTERED
    before, records = _answers(engine), (tmp_path / "part-1" / "records").stat().st_ino
    _joined(engine)()
    assert sorted(each > MANY for each in _segments(tmp_path)) == [False, True]
    assert _answers(engine) == before
    assert _answers(TantivyEngine(tmp_path, SCHEMA)) == before
    assert (tmp_path / "part-2" / "records").stat().st_ino == records
    assert [path.name for path in tmp_path.glob("part-*")] == ["part-2"]
    assert engine.merge() is None


def test_what_is_written_meanwhile_and_afterwards_counts(engine: TantivyEngine, tmp_path: Path) -> None:
    plain = TantivyEngine.create(tmp_path / "plain", SCHEMA)
    plain.write([*map(_entry, range(len(engine.search(ALL).found) + 1))], (), 1)
    put_in_place = _joined(engine)
    steps: list[tuple[list[Any], list[str]]] = [
        ([_entry(30, "fluss fluss")], [_name(30)]),
        ([_entry(5000), _entry(5010)], []),
        ([], [_name(60), _name(5010)]),
    ]
    for number, (added, deleted) in enumerate(steps):
        engine.write(added, deleted, 100 + number)
    put_in_place()
    engine.write([_entry(6000)], [_name(90)], 200)
    plain.write([_entry(30, "fluss fluss"), *map(_entry, (5000, 6000))], map(_name, (3, 30, 60, 90)), 2)
    assert engine.sequence() == 200
    assert _answers(engine) == _answers(plain)
    assert _answers(TantivyEngine(tmp_path, SCHEMA)) == _answers(plain)


def test_who_writes_beside_a_bulk_load_never_waits_for_all_to_be_joined(
    engine: TantivyEngine, tmp_path: Path
) -> None:
    _joined(engine)()
    (large,) = [each for each in _segments(tmp_path) if each > MANY]
    joined, number, before = 0, 2 * MANY, engine.search(ALL).total
    for step in range(4 * MANY // 50):
        engine.write([_entry(number + each) for each in range(50)], (), 100 + step)
        number += 50
        assert large in _segments(tmp_path), "the writer has waited for it"
        if step % 4 == 3 and (put_in_place := engine.merge()) is not None:
            put_in_place()
            joined += 1
            (large,) = [each for each in _segments(tmp_path) if each >= large]
    assert joined == 4
    assert engine.search(ALL).total == before + 4 * MANY


def test_a_commit_while_files_are_linked_is_no_harm(
    engine: TantivyEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, link = _answers(engine), tantivy_joining._link
    commits = iter(range(3))

    def disturbed(source: Path, folder: Path) -> None:
        if (number := next(commits, None)) is not None:  # its files have other names after the commit
            TantivyEngine(tmp_path, SCHEMA).write([], [_name(1000 + number)], 50)
        link(source, folder)
        if number == 1:
            raise FileNotFoundError

    monkeypatch.setattr(tantivy_joining, "_link", disturbed)
    _joined(engine)()
    assert next(commits, None) is None
    assert engine.search(ALL).total == before[0].total - 3
    assert engine.sequence() == 50


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed(folder: Path, where: str) -> None:
    """Join, but die at a place."""
    engine = TantivyEngine(folder, SCHEMA)
    if where == "linked":
        tantivy_joining.JoinedPart.join = _die  # type: ignore[assignment]
    elif where == "wiped":
        tantivy_joining.JoinedPart.has_any_of = _die  # type: ignore[assignment]
    put_in_place = engine.merge([_name(3)])
    assert put_in_place is not None
    engine.write([_entry(5000)], [_name(30)], 70)
    if where == "followed":
        tantivy.write_bytes = _die
    put_in_place()


@pytest.mark.parametrize("where", ["linked", "wiped", "followed"])
def test_who_dies_while_joining_harms_nothing(engine: TantivyEngine, tmp_path: Path, where: str) -> None:
    process = multiprocessing.get_context("fork").Process(target=_killed, args=(tmp_path, where))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert len([*tmp_path.glob("part-*")]) == 2
    if where != "followed":
        engine.write([_entry(5000)], [_name(30)], 70)
    engine.refresh()
    engine.write([_entry(6000)], [_name(60)], 71)
    before = _answers(engine)
    put_in_place = engine.merge([_name(3)])
    assert put_in_place is not None
    put_in_place()
    assert _answers(engine) == before
    assert _answers(TantivyEngine(tmp_path, SCHEMA)) == before
    assert {found.document for found in before[0].found} >= {_name(5000), _name(6000)}
    assert [path.name for path in tmp_path.glob("part-*")] == ["part-2"]


@pytest.mark.parametrize("name", [".managed.json", "*.pos"])
def test_a_file_that_is_missing_is_damage(engine: TantivyEngine, tmp_path: Path, name: str) -> None:
    for path in (tmp_path / "part-1" / "index").glob(name):
        path.unlink()
    with pytest.raises(DamagedError):
        engine.merge()
    assert [path.name for path in tmp_path.glob("part-*")] == ["part-1"]


def test_where_files_cannot_be_linked_all_stays_as_it_is(
    engine: TantivyEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "not here")

    monkeypatch.setattr(tantivy_joining.Path, "hardlink_to", refused)
    before = _answers(engine)
    assert engine.merge() is None
    assert _answers(engine) == before
    assert [path.name for path in tmp_path.glob("part-*")] == ["part-1"]


def test_a_full_disk_while_joining_leaves_the_index_as_it_was(
    engine: TantivyEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(tantivy_joining.shutil, "copyfile", full)
    before = _answers(engine)
    with pytest.raises(OSError, match="no room"):
        engine.merge()
    assert _answers(engine) == before
    assert [path.name for path in tmp_path.glob("part-*")] == ["part-1"]


def test_what_is_gone_leaves_the_files_with_the_joining(engine: TantivyEngine, tmp_path: Path) -> None:
    engine.write([entry("geheimer", "stadt geheimnis geheim", kind="geheimfach", name="geheim")], (), 50)
    engine.write([], ["geheimer"], 51)
    before = _answers(engine)
    assert _secret_stands_in(tmp_path)
    put_in_place = engine.merge(["geheimer", "never"])
    assert put_in_place is not None
    engine.write([_entry(7000)], [], 52)
    put_in_place()
    assert _secret_stands_in(tmp_path) == []
    assert engine.merge(["geheimer", "never"]) is None
    engine.write([], [_name(7000)], 53)
    assert _answers(engine) == before
    assert _answers(TantivyEngine(tmp_path, SCHEMA)) == before
    (large,) = [each for each in _segments(tmp_path) if each > 900]
    assert large < 10_000, "Tantivy joined it"


def test_what_is_gone_leaves_a_segment_too_large_to_be_joined(engine: TantivyEngine, tmp_path: Path) -> None:
    many = [_entry(number) for number in range(10_000, 27_000)]
    engine.write([*many, entry("geheimer", "stadt geheimnis")], (), 50)
    engine.write([], ["geheimer"], 51)
    total = engine.search(replace(ALL, limit=1)).total
    put_in_place = engine.merge(["geheimer"])
    assert put_in_place is not None
    put_in_place()
    assert _secret_stands_in(tmp_path) == []
    assert engine.search(replace(ALL, limit=1)).total == total
    assert engine.merge(["geheimer"]) is None


def _secret_stands_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and b"geheim" in path.read_bytes()]
