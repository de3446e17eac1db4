"""A small file is read where it is another one, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.durable import write_bytes
from index.watched import Watched


def test_a_file_is_read_again_where_it_was_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pointer"
    read: list[bytes] = []

    def understand(content: bytes) -> str:
        read.append(content)
        return content.decode()

    watched = Watched(path, understand)
    write_bytes(path, b"one")
    assert watched.read() == watched.read() == "one"
    write_bytes(path, b"two")
    assert watched.read() == watched.read() == "two"
    assert read == [b"one", b"two"]


def test_a_file_that_went_or_is_not_understood_says_so_each_time(tmp_path: Path) -> None:
    path = tmp_path / "pointer"
    watched = Watched(path, lambda content: int(content))
    write_bytes(path, b"1")
    assert watched.read() == 1
    path.unlink()
    with pytest.raises(FileNotFoundError):
        watched.read()
    write_bytes(path, b"x")
    for _ in range(2):
        with pytest.raises(ValueError, match="invalid literal"):
            watched.read()
    write_bytes(path, b"2")
    assert watched.read() == 2
