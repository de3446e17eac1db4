"""What is stored with entries, in a file: what goes in comes out, and damage is told from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.engines.stored import load, save

KEPT = [b"one", b"", bytes(70_000), "ёлка".encode()]


@pytest.mark.parametrize("kept", [KEPT, [], [b""]])
def test_what_is_saved_is_loaded_from_between_other_bytes(tmp_path: Path, kept: list[bytes]) -> None:
    path = tmp_path / "stored"
    save(path, kept)
    content = path.read_bytes()
    path.write_bytes(b"odd" + content + b"more")
    loaded = load(path, 3, len(content))
    assert [loaded[number] for number in range(len(loaded))] == kept


def test_a_file_of_another_length_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stored"
    save(path, KEPT)
    content = path.read_bytes()
    for damaged in (content[:-1], content[:-8], content + bytes(1), content[:4], bytes([1] * 8), content[8:]):
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"[0-9]"):
            load(path, 0, len(damaged))
