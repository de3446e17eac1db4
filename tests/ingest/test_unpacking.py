from __future__ import annotations

import bz2
import lzma
import os
import random
import signal
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.errors import StorageError
from ingest import partial, unpacking, zip_content, zip_directory
from ingest.errors import SwellingZipError, ZipError
from ingest.unpacking import MOST_DEPTH, Member, Unpacked, Unpacking, is_zip, unpacked_name
from ingest.unpacking_folder import FOLDER, sweep
from ingest.walk import LINK, ODD
from tests.ingest.zipped import ENCRYPTED, Raw, deflated, raw_zip, write_zip, zip_bytes

ZEROS = bytes(1024 * 1024)

Unpack: TypeAlias = Callable[[bytes], Unpacked]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def unpack(tmp_path: Path, home: Path) -> Iterator[Unpack]:
    with Unpacking(home) as opened:

        def unpack(content: bytes) -> Unpacked:
            path = tmp_path / f"in{random.random()}.zip"
            path.write_bytes(content)
            return opened.unpack(path)

        yield unpack
    assert list((home / FOLDER).iterdir()) == []
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith("in")} <= {"home", "more"}


def contents(unpacked: Unpacked) -> dict[str, bytes]:
    return {member.path: member.source.read_bytes() for member in unpacked.members if member.is_taken}


def told(unpacked: Unpacked) -> dict[str, str]:
    return {member.path: member.skip or member.problem for member in unpacked.members if not member.is_taken}


def files_below(home: Path) -> list[Path]:
    return [path for path in (home / FOLDER).rglob("*") if path.is_file() and path.suffix != ".lock"]


def test_files_come_out_with_their_paths_and_bytes(unpack: Unpack) -> None:
    members = {"Panel 1/a.txt": b"eins", "b.bin": os.urandom(700_000), "leer.txt": b""}
    unpacked = unpack(zip_bytes({**members, "Panel 2/": b""}))
    assert contents(unpacked) == members
    assert unpacked.summary == "Files taken out of the zip: 3."
    assert {member.source.name.isdecimal() for member in unpacked.members} == {True}


def test_one_folder_around_everything_is_the_root_whatever_a_mac_put_beside_it(unpack: Unpack) -> None:
    unpacked = unpack(
        zip_bytes({"K/P/a.txt": "a", "K/b.txt": "b", "__MACOSX/K/._b.txt": "x", "K/.DS_Store": ""})
    )
    assert (unpacked.top, set(contents(unpacked))) == ("K", {"P/a.txt", "b.txt"})
    assert set(told(unpacked)) == {"__MACOSX/K/._b.txt", ".DS_Store"}
    assert unpacked.summary == "Files taken out of the zip: 2. Left out: 2."


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_every_way_of_the_standard_library_is_read(tmp_path: Path, home: Path, method: int) -> None:
    content = random.Random(1).randbytes(300_000) + ZEROS
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as made:
        made.writestr("a.bin", content)
        made.writestr("leer.bin", b"")
    with Unpacking(home) as opened:
        assert contents(opened.unpack(tmp_path / "a.zip")) == {"a.bin": content, "leer.bin": b""}


def test_a_zip_with_large_numbers_and_something_before_it_is_read(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made, made.open("a.txt", "w", force_zip64=True) as member:
        member.write(b"text")
    path.write_bytes(b"#!/bin/sh\n" * 50 + path.read_bytes())
    with Unpacking(home) as opened:
        assert contents(opened.unpack(path)) == {"a.txt": b"text"}
    end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 0, 0)
    plain = raw_zip(Raw(b"a.txt"))
    at = plain.index(b"PK\x01\x02")
    directory, body = plain[at:-22], plain[:at]
    end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, len(directory), at)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(body + directory), 1)
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.with_suffix(".2").write_bytes(body + directory + end + locator + last)
    with Unpacking(home) as opened:
        assert contents(opened.unpack(path.with_suffix(".2"))) == {"a.txt": b"text"}


def test_zips_in_zips_are_folders_of_their_names(unpack: Unpack) -> None:
    inner = zip_bytes({"Panel 1/a.txt": "a", "Panel 1/b.txt": "b"})
    unpacked = unpack(
        zip_bytes({"K/Panel 1.ZIP": inner, "K/Panel 2.dat": zip_bytes({"c.txt": "c"}), "K/d.txt": "d"})
    )
    assert set(contents(unpacked)) == {"Panel 1/a.txt", "Panel 1/b.txt", "Panel 2.dat/c.txt", "d.txt"}
    assert told(unpacked)["Panel 1.ZIP"] == "Files taken out of the zip: 2."
    assert unpacked.summary == "Files taken out of the zip: 4."


def test_documents_that_are_zips_are_files(unpack: Unpack) -> None:
    odp = zip_bytes({"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": "<x/>"})
    drawing = zip_bytes({"mimetype": "application/vnd.unknown", "content.xml": "<x/>"})
    package = zip_bytes({"[Content_Types].xml": "<Types/>", "visio/document.xml": "<x/>"})
    members = {"a.odp": odp, "b.zip": odp, "c.zip": drawing, "d.zip": package}
    assert contents(unpack(zip_bytes(members))) == members


def test_a_zip_is_told_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(zip_bytes({"x.txt": "x"}))
    (tmp_path / "b").write_bytes(b"%PDF-1.4")
    (tmp_path / "c").write_bytes(b"")
    assert is_zip(tmp_path / "a", "vortrag.pdf")
    assert not is_zip(tmp_path / "b", "b.zip")
    assert not is_zip(tmp_path / "c", "c.zip")
    assert [unpacked_name(name) for name in ("Panel 1.zip", "P.ZIP", "a.dat", ".zip", "zip")] == [
        "Panel 1", "P", "a.dat", ".zip", "zip",
    ]  # fmt: skip


HOSTILE = [b"../../outside.txt", b"/outside.txt", b"C:\\outside.txt", b"..\\outside.txt", b"a\0.txt", b""]


def test_names_that_lead_out_are_told_and_the_rest_is_taken(unpack: Unpack, tmp_path: Path) -> None:
    unpacked = unpack(raw_zip(*(Raw(name) for name in HOSTILE), Raw(b"gut\\a.txt")))
    assert contents(unpacked) == {"a.txt": b"text"}
    assert sum(bool(member.problem) for member in unpacked.members) == len(HOSTILE)
    assert unpacked.summary.startswith("Files taken out of the zip: 1. Could not be taken out: 6 (")
    assert not list(tmp_path.parent.glob("outside*"))


def test_links_and_devices_are_left_out(unpack: Unpack) -> None:
    unpacked = unpack(
        raw_zip(
            Raw(b"link.txt", b"/etc/passwd", mode=0o120777),
            Raw(b"device", b"", mode=0o020666),
            Raw(b"pipe", b"", mode=0o010666),
            Raw(b"a.txt"),
            Raw(b"b.txt", mode=0),
        )
    )
    assert set(contents(unpacked)) == {"a.txt", "b.txt"}
    assert told(unpacked) == {"link.txt": LINK, "device": ODD, "pipe": ODD}


def test_damaged_members_are_told_and_the_others_taken(unpack: Unpack) -> None:
    unpacked = unpack(
        raw_zip(
            Raw(b"gut.txt"),
            Raw(b"crc.txt", crc=1),
            Raw(b"longer.txt", ZEROS, size=100),
            Raw(b"shorter.txt", size=100),
            Raw(b"cut.txt", ZEROS, packed=deflated(ZEROS)[:-20]),
            Raw(b"noise.txt", packed=b"\xff" * 40),
            Raw(b"deflate64.bin", method=9),
            Raw(b"zstd.bin", method=93),
            Raw(b"lost.txt", at=3),
        )
    )
    assert contents(unpacked) == {"gut.txt": b"text"}
    assert told(unpacked) == {
        "crc.txt": zip_content.DAMAGED,
        "longer.txt": zip_content.LONGER,
        "shorter.txt": zip_content.DAMAGED,
        "cut.txt": zip_content.DAMAGED,
        "noise.txt": zip_content.DAMAGED,
        "deflate64.bin": zip_content.UNKNOWN_METHOD,
        "zstd.bin": zip_content.UNKNOWN_METHOD,
        "lost.txt": zip_content.DAMAGED,
    }


def test_names_that_are_the_same_or_folder_and_file_at_once_are_all_taken(unpack: Unpack) -> None:
    names = [b"a.txt", b"a.txt", b"b", b"b/c.txt", "ä.txt".encode(), "a\u0308.txt".encode(), b"A.TXT"]
    unpacked = unpack(raw_zip(*(Raw(name, name + b"!", flags=0x800) for name in names)))
    assert sorted(member.source.read_bytes() for member in unpacked.members) == sorted(
        n + b"!" for n in names
    )
    assert len({member.source for member in unpacked.members}) == len(names)


@pytest.mark.parametrize("flags", [ENCRYPTED, 0x0041, 0x2000])
def test_a_zip_with_a_password_is_left_as_it_is(unpack: Unpack, flags: int) -> None:
    with pytest.raises(ZipError, match="password"):
        unpack(raw_zip(Raw(b"a.txt"), Raw(b"b.txt", flags=flags)))
    with pytest.raises(ZipError, match="password"):
        unpack(raw_zip(Raw(b"a.txt", method=99)))


GOOD = raw_zip(Raw(b"a.txt"), Raw(b"b.txt", os.urandom(2000)))


@pytest.mark.parametrize(
    "content",
    [
        GOOD[:-1],
        GOOD[: len(GOOD) // 2],
        GOOD[:-22],
        GOOD[:-12] + b"\xff" * 12,
        raw_zip(Raw(b"a.txt"), count=3),
        GOOD.replace(b"PK\x01\x02", b"PK\x01\x09"),
        b"PK\x03\x04 and then nothing",
        b"PK\x05\x06",
    ],
)
def test_a_damaged_directory_leaves_the_zip_as_it_is(unpack: Unpack, home: Path, content: bytes) -> None:
    with pytest.raises(ZipError) as caught:
        unpack(content)
    assert str(caught.value) == zip_directory.DAMAGED
    assert files_below(home) == []


def test_part_of_a_zip_in_several_is_told(unpack: Unpack) -> None:
    with pytest.raises(ZipError, match="several"):
        unpack(GOOD[:-18] + struct.pack("<H", 2) + GOOD[-16:])


def test_a_zip_of_which_nothing_can_be_taken_is_left_as_it_is(unpack: Unpack, home: Path) -> None:
    with pytest.raises(ZipError, match="No file could be taken out") as caught:
        unpack(raw_zip(Raw(b"a.bin", method=9), Raw(b"b.bin", method=9)))
    assert zip_content.UNKNOWN_METHOD in str(caught.value)
    assert files_below(home) == []


def test_a_comment_that_looks_like_an_end_does_not_hide_the_zip(unpack: Unpack) -> None:
    comment = b"PK\x05\x06" + b"\xff" * 30
    assert contents(unpack(raw_zip(Raw(b"a.txt"), comment=comment))) == {"a.txt": b"text"}


# Zips that swell


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


def test_zips_too_deep_in_one_another_leave_the_outermost_as_it_is(unpack: Unpack) -> None:
    assert len(contents(unpack(nested(MOST_DEPTH, 1, b"x")))) == 1
    with pytest.raises(SwellingZipError, match="deep"):
        unpack(nested(MOST_DEPTH + 1, 1, b"x"))


def test_members_that_share_their_bytes_leave_the_zip_as_it_is(unpack: Unpack, home: Path) -> None:
    kernel = Raw(b"kernel.bin", ZEROS)
    with pytest.raises(SwellingZipError) as caught:
        unpack(
            raw_zip(
                kernel,
                *(Raw(f"{number}.bin".encode(), ZEROS, packed=deflated(ZEROS), at=0) for number in range(50)),
            )
        )
    assert str(caught.value) == zip_directory.OVERLAPPING
    quoted = Raw(b"outer.bin", packed=b"\0" * 5 + raw_zip(Raw(b"inner.txt"))[:45], method=0)
    with pytest.raises(SwellingZipError):
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
    with pytest.raises(SwellingZipError, match="more than"):
        unpack(raw_zip(Raw(b"a.txt"), count=60_000))
    assert len(contents(unpack(zip_bytes({f"{number}.txt": "x" for number in range(50)})))) == 50


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
    with Unpacking(home) as opened, pytest.raises(SwellingZipError):
        opened.unpack(path)
    assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    tracemalloc.stop()


# Where it is unpacked


def test_a_full_disk_is_told_and_leaves_nothing(
    unpack: Unpack, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partial, "RESERVE_BYTES", 1 << 60)
    with pytest.raises(StorageError, match="nearly full"):
        unpack(GOOD)
    assert files_below(home) == []


UNPACK_AND_WAIT = """
import sys, pathlib
from ingest.unpacking import Unpacking
unpacking = Unpacking(pathlib.Path(sys.argv[1]))
unpacking.unpack(pathlib.Path(sys.argv[2]))
print("there", flush=True)
sys.stdin.read()
"""


def test_what_a_killed_process_left_is_removed_and_that_of_a_living_one_is_not(
    tmp_path: Path, home: Path
) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.txt": "a"})
    command = [sys.executable, "-c", UNPACK_AND_WAIT, str(home), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"there\n"
        sweep(home)
        with Unpacking(home) as opened:
            opened.unpack(path)
            assert len(files_below(home)) == 2
        assert len(files_below(home)) == 1
        other.send_signal(signal.SIGKILL)
        other.wait()
        sweep(home)
        assert list((home / FOLDER).iterdir()) == []


def test_the_same_zip_is_unpacked_once(tmp_path: Path, home: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.txt": "a"})
    with Unpacking(home) as opened:
        assert opened.unpack(path) is opened.unpack(path)


# Any bytes

CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=12)
SOUND = raw_zip(
    Raw("Panel 1/ä.txt".encode(), b"text" * 50, flags=0x800),
    Raw("Доклад.txt".encode("cp866"), b"more"),
    Raw(b"inner.zip", zip_bytes({"a.txt": "a", "b/c.txt": "c"}), method=0),
    Raw(b"b.bz2", b"text" * 9, method=12, packed=bz2.compress(b"text" * 9)),
)


@hypothesis_settings(max_examples=400, deadline=None)
@given(changes=CHANGES, cut=st.integers(0, len(SOUND)))
def test_no_bytes_do_more_than_be_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    content = bytearray(SOUND if cut % 3 else SOUND[:cut])
    for place, value in changes:
        if content:
            content[place % len(content)] = value
    (folder / "a.zip").write_bytes(content)
    with Unpacking(folder / "home") as opened:
        try:
            unpacked = opened.unpack(folder / "a.zip")
        except ZipError:
            unpacked = Unpacked(())
        assert all(isinstance(member, Member) and member.path for member in unpacked.members)
        for member in unpacked.members:
            assert member.source.parent.parent == folder / "home" / FOLDER
            assert member.source.exists() == member.is_taken
    assert sorted(path.name for path in folder.iterdir()) == ["a.zip", "home"]
