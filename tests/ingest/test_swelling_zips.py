from __future__ import annotations

import bz2
import lzma
import os
import struct
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from ingest import unpacking, zip_content, zip_directory
from ingest.errors import SwellingZipError, ZipError
from ingest.unpacking import MOST_DEPTH, Unpacking
from tests.ingest.zipped import (
    ZEROS,
    Raw,
    Unpack,
    contents,
    deflated,
    files_below,
    raw_zip,
    told,
    zip_bytes,
)


def test_a_zip_that_gives_more_than_its_size_allows_is_left_as_it_is(
    unpack: Unpack,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unpacking, "SMALL_BYTES", 4 * len(ZEROS))
    with pytest.raises(SwellingZipError):
        unpack(zip_bytes({f"{number}.bin": ZEROS for number in range(5)}))
    assert files_below(home) == []
    assert len(contents(unpack(zip_bytes({f"{number}.bin": ZEROS for number in range(4)})))) == 4


def test_what_comes_out_counts_and_not_what_the_zip_says(
    unpack: Unpack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "SMALL_BYTES", 4 * len(ZEROS))
    lies = [Raw(f"{number}.bin".encode(), ZEROS * 3, size=10) for number in range(20)]
    unpacked = unpack(raw_zip(*lies, Raw(b"a.txt")))
    assert contents(unpacked) == {"a.txt": b"text"}
    assert set(told(unpacked).values()) == {zip_content.LONGER}


def nested(depth: int, width: int, content: bytes) -> bytes:
    """Zips in zips: at the bottom one large file each, the same in all."""
    made = zip_bytes({"0.bin": content})
    for _ in range(depth - 1):
        made = zip_bytes({f"{number}.zip": made for number in range(width)})
    return made


def test_a_bomb_of_zips_in_zips_is_left_as_it_is_after_a_bounded_effort(
    unpack: Unpack,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unpacking, "SMALL_BYTES", 16 * len(ZEROS))
    bomb = nested(5, 16, ZEROS * 8)
    assert len(bomb) < 100_000
    written = []
    original = zip_content.pieces

    def counted(stream: BinaryIO, entry: zip_directory.ZipEntry) -> Iterator[bytes]:
        for piece in original(stream, entry):
            written.append(len(piece))
            yield piece

    monkeypatch.setattr(unpacking, "pieces", counted)
    with pytest.raises(SwellingZipError):
        unpack(bomb)
    assert sum(written) <= 17 * len(ZEROS)
    assert files_below(home) == []


def test_zips_too_deep_in_one_another_are_kept_as_they_are(unpack: Unpack) -> None:
    assert set(contents(unpack(nested(MOST_DEPTH, 1, b"x")))) == {"0/0/0/0/0.bin"}
    (kept,) = unpack(nested(MOST_DEPTH + 1, 1, b"x")).members
    assert (kept.path, kept.doubt) == ("0.zip", unpacking.TOO_DEEP)
    assert kept.source.read_bytes() == nested(MOST_DEPTH, 1, b"x")


def test_a_zip_that_goes_too_deep_is_kept_beside_the_others(unpack: Unpack, home: Path) -> None:
    deep = zip_bytes({"a.txt": "x", "innen.zip": nested(MOST_DEPTH - 1, 3, b"x")})
    unpacked = unpack(zip_bytes({"tief.zip": deep, "gut.txt": "x", "gut.zip": zip_bytes({"b.txt": "x"})}))
    assert {member.path: member.doubt for member in unpacked.members if member.is_taken} == {
        "tief.zip": unpacking.TOO_DEEP,
        "gut.txt": "",
        "gut/b.txt": "",
    }
    assert len(files_below(home)) == 3


def test_members_that_share_their_bytes_leave_the_zip_as_it_is(unpack: Unpack, home: Path) -> None:
    kernel = Raw(b"kernel.bin", ZEROS)
    with pytest.raises(ZipError) as caught:
        unpack(
            raw_zip(
                kernel,
                *(Raw(f"{number}.bin".encode(), ZEROS, packed=deflated(ZEROS), at=0) for number in range(50)),
            )
        )
    assert str(caught.value) == zip_directory.OVERLAPPING
    quoted = Raw(b"outer.bin", packed=b"\0" * 5 + raw_zip(Raw(b"inner.txt"))[:45], method=0)
    with pytest.raises(ZipError, match="share their bytes"):
        unpack(raw_zip(quoted, Raw(b"inner.txt", at=30 + 9 + 5)))
    assert files_below(home) == []


def test_more_members_than_anybody_has_are_not_looked_at(
    unpack: Unpack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 50)
    with pytest.raises(SwellingZipError, match="more than"):
        unpack(
            zip_bytes(
                {f"{number}.zip": zip_bytes({f"{n}.txt": "x" for n in range(9)}) for number in range(9)}
            )
        )
    with pytest.raises(ZipError, match="more than"):
        unpack(raw_zip(Raw(b"a.txt"), count=60_000))
    assert len(contents(unpack(zip_bytes({f"{number}.txt": "x" for number in range(50)})))) == 50


@pytest.mark.timeout(60)
def test_names_that_are_long_deep_and_of_any_letters_are_looked_at_in_seconds(unpack: Unpack) -> None:
    deep = [Raw(b"o/" * 15_000 + str(number).encode(), b"") for number in range(300)]
    odd = [Raw(bytes(range(128, 250)) * 10 + str(number).encode(), b"") for number in range(3000)]
    pages = [Raw(f"s_files/{'t_files/' * 90}{number}.css".encode(), b"") for number in range(3000)]
    unpacked = unpack(raw_zip(*deep, *odd, *pages, Raw(b"s.html", b"<html>")))
    assert sum(bool(member.problem) for member in unpacked.members) == len(deep)
    assert sum(bool(member.skip) for member in unpacked.members) == len(pages)


@pytest.mark.parametrize("method", [8, 12, 14])
def test_memory_stays_small_whatever_comes_out(unpack: Unpack, method: int) -> None:
    content = bytes(64 * 1024 * 1024)
    if method == 8:
        packed = deflated(content)
    elif method == 12:
        packed = bz2.compress(content)
    else:
        filters = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 20, "lc": 3, "lp": 0, "pb": 2}]
        packed = struct.pack("<HHBL", 0, 5, 93, 1 << 20) + lzma.compress(
            content, lzma.FORMAT_RAW, filters=filters
        )
    zipped = raw_zip(Raw(b"a.bin", content, method=method, packed=packed))
    del packed
    tracemalloc.start()
    unpacked = unpack(zipped)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert unpacked.members[0].source.stat().st_size == len(content)
    assert peak < 8 * 1024 * 1024


def test_a_dictionary_that_takes_all_of_the_memory_is_refused(unpack: Unpack) -> None:
    packed = struct.pack("<HHBL", 0, 5, 93, 0xFFFFFFFF) + b"\0" * 40
    unpacked = unpack(raw_zip(Raw(b"a.bin", method=14, packed=packed), Raw(b"b.txt")))
    assert told(unpacked) == {"a.bin": zip_content.UNKNOWN_METHOD}


def test_a_directory_that_says_it_is_endless_is_not_read(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "a.zip"
    with path.open("wb") as stream:
        stream.truncate(zip_directory.MOST_DIRECTORY_BYTES + 100)
        stream.seek(0)
        stream.write(b"PK\x03\x04")
        stream.seek(0, os.SEEK_END)
        size = stream.tell()
        stream.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, size, 0, 0))
    tracemalloc.start()
    with Unpacking(home) as opened, pytest.raises(ZipError, match="more than"):
        opened.unpack(path)
    assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    tracemalloc.stop()
