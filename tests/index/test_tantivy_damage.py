"""Records and files of the second engine that are damaged, in the way or given up: said, wiped, mended."""

from __future__ import annotations

import errno
import multiprocessing
import os
import resource
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.access import Audience
from index.audiences import index_folder
from index.engine import Entry, Everything, Request, Term
from index.engines import tantivy_joining, tantivy_part, tantivy_reading
from index.engines.records import record_of
from index.engines.tantivy import TantivyEngine
from index.entries import SCHEMA as ENTRY_SCHEMA
from index.errors import DamagedError, SearchIndexError
from index.indexer import Indexer
from index.query import Query
from index.search import Search
from tests.index.asking import found
from tests.index.conftest import MemoryArchive
from tests.index.engines import SCHEMA, entry


@pytest.fixture
def engine(tmp_path: Path) -> TantivyEngine:
    """An index of a segment, with something deleted from it."""
    engine = TantivyEngine.create(tmp_path, SCHEMA)
    engine.write([entry("gone", "geheimnis"), *(entry(f"d{n}", "stadt") for n in range(20))], (), 1)
    engine.write([], ["gone"], 2)
    return engine


@pytest.fixture
def archive(tmp_path: Path) -> MemoryArchive:
    return MemoryArchive(tmp_path, engine="tantivy")


def _spoil(records: Path, start: int) -> None:
    with records.open("r+b") as file:
        file.seek(start * 8)
        file.write(b"\xff" * 8)


def _stands_in(folder: Path, word: bytes) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and word in path.read_bytes()]


def test_a_damaged_record_is_damage_to_who_writes(archive: MemoryArchive) -> None:
    indexer = Indexer(archive)
    (number, parts) = (0, [])
    while not parts or TantivyEngine(parts[0].parent, ENTRY_SCHEMA)._snapshot.segments() < 6:
        archive.put(f"a{number}", "Stadt")
        indexer.catch_up()
        number += 1
        parts = [*index_folder(archive, Audience.PUBLIC).glob("index-*/part-*")]
    recent = TantivyEngine(parts[0].parent, ENTRY_SCHEMA)._snapshot.recent()
    _spoil(parts[0] / "records", recent[1])
    archive.put("b", "Wasser")
    with pytest.raises(DamagedError):
        Indexer(archive).catch_up()
    assert Indexer(archive).catch_up() == archive.last_change()
    assert found(Search(archive), "Wasser") == {"b"}


@pytest.mark.parametrize("suffix", ["store", "term", "fieldnorm", "pos", "idx"])
def test_damage_met_while_joining_is_damage(
    engine: TantivyEngine, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_reading.TantivySnapshot, "is_scattered", lambda _: True)
    monkeypatch.setattr("index.engines.tantivy.Checksums.check", lambda *_: None)
    for path in (tmp_path / "part-1" / "index").glob(f"*.{suffix}"):
        other = path.with_name("other")
        other.write_bytes(b"not what it was")
        other.replace(path)
    with pytest.raises(DamagedError):
        engine.merge()
    assert [path.name for path in tmp_path.glob("part-*")] == ["part-1"]


def test_damage_met_while_a_part_is_put_in_place_is_damage(engine: TantivyEngine, tmp_path: Path) -> None:
    put_in_place = engine.merge(["gone"])
    assert put_in_place is not None
    engine.write([entry("x", "gas")], (), 3)
    _spoil(tmp_path / "part-1" / "records", engine._snapshot.starts()[-1])
    with pytest.raises(DamagedError):
        put_in_place()


def test_nothing_comes_to_life_in_an_index_that_was_replaced(
    archive: MemoryArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexer = Indexer(archive)
    archive.put("a", "Stadt geheimnis")
    for _ in range(8):
        archive.touch("a")
        indexer.catch_up()
    much_deleted = tantivy_reading.TantivySnapshot.has_much_deleted
    rebuilt: list[bool] = []

    def slow(snapshot: Any) -> bool:
        if not rebuilt:
            rebuilt.append(True)
            Indexer(archive).rebuild()
        return much_deleted(snapshot)

    monkeypatch.setattr(tantivy_reading.TantivySnapshot, "has_much_deleted", slow)
    indexer.tidy()
    folder = index_folder(archive, Audience.PUBLIC)
    assert [path.name for path in folder.glob("index-*")] == ["index-2"]
    archive.purge("a")
    indexer.catch_up()
    indexer.tidy()
    assert _stands_in(folder, b"geheimnis") == []


def _killed_while_writing(folder: Path) -> None:
    def entries() -> Iterator[Entry]:
        while not _stands_in(folder / "part-1" / "index", b"verborgen"):
            yield Entry("g", "g", {"text": " ".join(f"verborgen{number}" for number in range(2000))})
        os.kill(os.getpid(), signal.SIGKILL)

    TantivyEngine(folder, SCHEMA).write(entries(), (), 3)


def test_what_a_killed_writer_left_is_not_linked(
    engine: TantivyEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = multiprocessing.get_context("fork").Process(target=_killed_while_writing, args=(tmp_path,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert _stands_in(tmp_path, b"verborgen")
    monkeypatch.setattr(tantivy_reading.TantivySnapshot, "is_scattered", lambda _: True)
    put_in_place = engine.merge()
    assert put_in_place is not None
    assert _stands_in(tmp_path / "part-2", b"verborgen") == []


def test_what_is_being_written_is_not_copied_when_records_are_wiped(
    engine: TantivyEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copyfile

    def beside_a_writer(source: Path, target: Path) -> None:
        if source.name != "records":
            copy(source, target)
            return

        def entries() -> Iterator[Entry]:
            yield Entry("g", "g", {"text": "wort"}, {}, {}, b"geheim" * 3000)
            copy(source, target)
            raise InterruptedError

        with pytest.raises(InterruptedError):
            TantivyEngine(tmp_path, SCHEMA).write(entries(), ["g"], 3)

    monkeypatch.setattr(tantivy_joining.shutil, "copyfile", beside_a_writer)
    put_in_place = engine.merge(["gone"])
    assert put_in_place is not None
    assert _stands_in(tmp_path / "part-1", b"geheimgeheim")
    assert _stands_in(tmp_path / "part-2", b"geheim") == []


def test_a_commit_writes_no_more_than_some_short_entries_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[int] = []
    placed = tantivy_reading.TantivySnapshot.placed

    def counted(snapshot: Any, starts: list[int]) -> Any:
        again.append(len(starts))
        return placed(snapshot, starts)

    monkeypatch.setattr(tantivy_reading.TantivySnapshot, "placed", counted)
    monkeypatch.setattr(tantivy_part, "MOST_ENTRIES", 100)
    engine = TantivyEngine.create(tmp_path, SCHEMA)
    for number in range(30):
        engine.write([entry(f"d{number}-{each}", "stadt") for each in range(30)], (), number + 1)
    assert max(again) <= 100
    assert engine.search(Request(Term("keys", "stadt"), limit=1)).total == 900


def test_records_do_not_grow_without_end(tmp_path: Path) -> None:
    engine = TantivyEngine.create(tmp_path, SCHEMA)
    engine.write([entry(f"d{number}", "stadt") for number in range(400)], (), 1)
    for number in range(120):
        engine.write([Entry("big", "big", {"keys": "gas"}, stored=b"x" * 200_000)], ["big"], 2 + number)
        while number % 10 == 0 and (put_in_place := engine.merge()) is not None:
            put_in_place()
    (records,) = tmp_path.glob("part-*/records")
    assert records.stat().st_size < 2 * tantivy_reading.WORTH_IT
    assert engine.search(Request(Everything(), limit=1)).total == 401


def test_what_could_not_be_joined_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(record_of(entry("d0000", "stadt"), SCHEMA).content)
    monkeypatch.setattr(tantivy_reading, "MOST_SINCE", 1000 * size)
    engine = TantivyEngine.create(tmp_path, SCHEMA)
    for number in range(5):
        engine.write([entry(f"d{number}{each:03}", f"wort{number}{each}") for each in range(250)], (), number)
    at_most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, at_most[1]))
    try:
        with pytest.raises(OSError, match="join"):
            engine.merge()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, at_most)
    assert [path.name for path in tmp_path.glob("part-*")] == ["part-1"]
    assert engine.merge() is not None


def test_an_index_that_cannot_be_written_keeps_no_other_from_it(
    archive: MemoryArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = TantivyEngine.write

    def full(engine: TantivyEngine, *given: Any) -> None:
        if "staff" in engine._folder.parts:
            raise OSError(errno.ENOSPC, "no room")
        write(engine, *given)

    monkeypatch.setattr(TantivyEngine, "write", full)
    archive.put("a", "Stadt")
    with pytest.raises(SearchIndexError):
        Indexer(archive).step()
    assert Search(archive).ask(Query("Stadt")).total == 1
