"""Zips for tests: such as people make, and byte by byte such as somebody with bad intent would."""

from __future__ import annotations

import io
import struct
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ingest.unpacking import Unpacked, Unpacking
from ingest.unpacking_folder import FOLDER

UTF8 = 0x0800
ENCRYPTED = 0x0001
ZEROS = bytes(1024 * 1024)

Unpack: TypeAlias = Callable[[bytes], Unpacked]


def zip_bytes(members: Mapping[str, bytes | str]) -> bytes:
    """Make a zip as Python does."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return file.getvalue()


def write_zip(path: Path, members: Mapping[str, bytes | str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zip_bytes(members))
    return path


@dataclass(frozen=True, slots=True)
class Raw:
    """A member as it is to be written; what is None is what it should be."""

    name: bytes
    content: bytes = b"text"
    method: int = 8
    flags: int = 0
    mode: int = 0o100644
    extra: bytes = b""
    crc: int | None = None
    size: int | None = None
    packed: bytes | None = None
    at: int | None = None


def raw_zip(*members: Raw, before: bytes = b"", comment: bytes = b"", count: int | None = None) -> bytes:
    """Write a zip byte by byte. `at` of a member: its header is not written, and is said to be there."""
    body, directory = bytearray(before), bytearray()
    for each in members:
        packed = each.packed
        if packed is None:
            packed = deflated(each.content) if each.method == 8 else each.content
        crc = zlib.crc32(each.content) if each.crc is None else each.crc
        size = len(each.content) if each.size is None else each.size
        facts = struct.pack("<4H3L", each.flags, each.method, 0, 33, crc, len(packed), size)
        offset = len(body) if each.at is None else each.at
        if each.at is None:
            body += b"PK\x03\x04\x14\0" + facts + struct.pack("<2H", len(each.name), 0) + each.name + packed
        directory += (
            b"PK\x01\x02\x14\x03\x14\0"
            + facts
            + struct.pack("<5H2L", len(each.name), len(each.extra), 0, 0, 0, each.mode << 16, offset)
            + each.name
            + each.extra
        )
    written = len(members) if count is None else count
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, written, written, len(directory), len(body), len(comment)
    )
    return bytes(body + directory + end + comment)


def deflated(content: bytes) -> bytes:
    compress = zlib.compressobj(9, zlib.DEFLATED, -15)
    return compress.compress(content) + compress.flush()


def unicode_path(name: bytes, text: str) -> bytes:
    """The field in which Info-ZIP keeps a name in UTF-8 beside the one in a code page."""
    body = struct.pack("<BL", 1, zlib.crc32(name)) + text.encode()
    return struct.pack("<2H", 0x7075, len(body)) + body


@contextmanager
def unpacking_in(folder: Path) -> Iterator[Unpack]:
    """Unpack zips below a folder, and look that nothing is left there and nothing lies anywhere else."""
    home = folder / "home"
    with Unpacking(home) as opened:

        def unpack(content: bytes) -> Unpacked:
            path = folder / f"in-{uuid.uuid4().hex}.zip"
            path.write_bytes(content)
            return opened.unpack(path)

        yield unpack
    assert list((home / FOLDER).iterdir()) == []
    assert {path.name for path in folder.iterdir() if not path.name.startswith("in-")} == {"home"}


def contents(unpacked: Unpacked) -> dict[str, bytes]:
    return {member.path: member.source.read_bytes() for member in unpacked.members if member.is_taken}


def told(unpacked: Unpacked) -> dict[str, str]:
    return {member.path: member.skip or member.problem for member in unpacked.members if not member.is_taken}


def files_below(home: Path) -> list[Path]:
    return [path for path in (home / FOLDER).rglob("*") if path.is_file() and path.suffix != ".lock"]
