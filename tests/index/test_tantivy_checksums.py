"""Damage to any file of the second engine is found before anything is answered from it for long."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.access import Audience
from index.audiences import index_folder
from index.engines import tantivy_checksums
from index.engines.tantivy import TantivyEngine
from index.errors import DamagedError
from index.indexer import Indexer
from tests.index.conftest import MemoryArchive
from tests.index.engines import ENTRIES, SCHEMA, entry

KINDS = ("idx", "pos", "term", "store", "fast", "fieldnorm", "del")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index with something deleted from each of its two segments; the folder with its files."""
    engine = TantivyEngine.create(tmp_path, SCHEMA)
    engine.write([*ENTRIES, entry("d8", "gas")], (), 1)
    engine.write([entry("d9", "gas"), entry("d7", "gas")], ("d8",), 2)
    engine.write((), ("d7",), 3)
    assert engine.merge() is None
    engine.close()
    return tmp_path / "part-1" / "index"


def _replace(path: Path, content: bytes) -> None:
    """Put another file in the place of one, which may be mapped."""
    other = path.with_name("other")
    other.write_bytes(content)
    other.replace(path)


def _merge(index: Path) -> None:
    assert TantivyEngine(index.parent.parent, SCHEMA).merge() is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_changed_byte_is_found(index: Path, kind: str) -> None:
    chance = random.Random(kind)
    paths = sorted(index.glob(f"*.{kind}"))
    assert len(paths) >= 2
    for path in paths:
        sound = path.read_bytes()
        footer, checksum = sound.rfind(b'{"version"'), sound.rfind(b'"crc":') + len(b'"crc":')
        places = [0, *chance.choices(range(footer), k=30), checksum, *range(len(sound) - 8, len(sound))]
        for at in places:
            _replace(path, sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
            with pytest.raises(DamagedError):
                _merge(index)
        _replace(path, sound)
        _merge(index)


@pytest.mark.parametrize("left", [0, 4, 9, 50])
def test_a_file_that_was_cut_off_is_found(index: Path, left: int) -> None:
    for path in index.glob("*.pos"):
        _replace(path, path.read_bytes()[:left])
    checksums = tantivy_checksums.Checksums()
    with pytest.raises(ValueError, match="is damaged"):
        checksums.check(index)


def test_only_files_of_the_last_commit_are_looked_at_and_only_once(index: Path) -> None:
    (index / f"{'0' * 32}.idx").write_bytes(b"being written")
    segment = next(index.glob("*.del")).name.partition(".")[0]
    (index / f"{segment}.99.del").write_bytes(b"being written")
    checksums = tantivy_checksums.Checksums()
    checksums.check(index)
    for path in index.glob("*.pos"):
        _replace(path, b"")
    checksums.check(index)


def test_a_file_that_goes_with_another_commit_is_no_damage(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = tantivy_checksums.committed_files

    def gone(*given: object) -> Iterator[Path]:
        for path in files(*given):  # type: ignore[arg-type]
            path.unlink()
            yield path

    monkeypatch.setattr(tantivy_checksums, "committed_files", gone)
    tantivy_checksums.Checksums().check(index)


def test_what_is_damaged_is_built_anew(tmp_path: Path) -> None:
    archive = MemoryArchive(tmp_path, engine="tantivy")
    indexer = Indexer(archive)
    archive.put("a", "Stadt")
    indexer.catch_up()
    for path in index_folder(archive, Audience.PUBLIC).rglob("*.pos"):
        content = path.read_bytes()
        _replace(path, bytes([content[0] ^ 1]) + content[1:])
    assert indexer.is_current()
    indexer.tidy()
    assert not indexer.is_current()
    indexer.catch_up()
    assert indexer.is_current()
    indexer.tidy()
    assert indexer.is_current()
