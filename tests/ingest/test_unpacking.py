from __future__ import annotations

import os
import random
import struct
import zipfile
from pathlib import Path

import pytest

from ingest import zip_content, zip_directory
from ingest.errors import ZipError
from ingest.unpacking import Unpacking, is_zip, unpacked_name
from ingest.walk import LINK, ODD
from tests.ingest.zipped import (
    ENCRYPTED,
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
