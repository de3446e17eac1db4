"""The directory of a zip, of which nothing is trusted: which members it has, and where their bytes lie.

Names stay bytes here (see `zip_names.py`), and no member is opened (see `zip_content.py`). How much is read
is bounded before it is read. Members whose bytes overlap are found: the same bytes would be unpacked many
times.

Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5.3.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from ingest.errors import ZipError

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")
"""How a zip begins: with a member, empty, or as a part of several."""

MOST_MEMBERS = 50_000
"""A conference has hundreds of files, a saved web page thousands."""

MOST_DIRECTORY_BYTES = 32 * 1024 * 1024
"""More than 600 bytes a member; a name and what belongs to it take a hundred."""

DAMAGED = (
    "The zip is damaged, or not all of it was copied: its directory cannot be read. Make it anew and hand it "
    "in again, or unpack it and hand in the folder."
)
IN_PARTS = "It is one part of a zip in several. Put them together, and hand in the whole."
TOO_MANY = f"The zip has more than {MOST_MEMBERS} files. Unpack it and hand in the folder."
OVERLAPPING = (
    "Files in the zip share their bytes, as in one that is damaged, or was made to fill the disk. Make it "
    "anew from the files themselves and hand that in."
)

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 0xFFFF
_ALL_ONES, _ALL_ONES_SHORT = 0xFFFFFFFF, 0xFFFF
_ZIP64 = 0x0001
_UTF8_FLAG = 0x0800
_ENCRYPTED_FLAGS = 0x0001 | 0x0040 | 0x2000
_AES = 99


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """A member as the directory describes it, which may be wrong in any way.

    `offset` is where its own header begins in the file, `data_offset` where its bytes do; None: not known,
    or not within the file. `mode` are the bits that Unix keeps with a file, 0 where there are none.
    """

    raw_name: bytes
    is_utf8: bool
    extra: bytes
    method: int
    crc: int
    compressed_bytes: int
    size_bytes: int
    offset: int
    mode: int
    is_encrypted: bool
    data_offset: int | None = None

    @property
    def is_folder(self) -> bool:
        """Tell whether it only says that there is a folder."""
        says_so = self.raw_name.endswith((b"/", b"\\")) or stat.S_ISDIR(self.mode)
        return says_so and not self.size_bytes

    @property
    def is_link(self) -> bool:
        """Tell whether unpacking it would make a link."""
        return stat.S_ISLNK(self.mode)

    @property
    def is_ordinary(self) -> bool:
        """Tell whether it is no device, socket or the like."""
        return stat.S_IFMT(self.mode) in (0, stat.S_IFREG, stat.S_IFDIR)


def is_zip_start(head: bytes) -> bool:
    """Tell whether a file that begins like this may be a zip."""
    return head.startswith(SIGNATURES)


def read_directory(stream: BinaryIO, most: int = MOST_MEMBERS) -> tuple[ZipEntry, ...]:
    """Read the directory of a zip, in its own order.

    Raises:
        ZipError: it cannot be read, or has more than `most` members.
    """
    return tuple(entry for entry, _ in _read(stream, most))


def read_located_directory(stream: BinaryIO, most: int = MOST_MEMBERS) -> tuple[ZipEntry, ...]:
    """Read the directory and find where the bytes of each member lie.

    Raises:
        ZipError: it cannot be read, has more than `most` members, or some share their bytes.
    """
    found = _read(stream, most)
    entries = tuple(located(stream, entry, limit) for entry, limit in found)
    _refuse_overlap(entries)
    return entries


def _read(stream: BinaryIO, most: int) -> list[tuple[ZipEntry, int]]:
    """Return the entries, each with where the directory begins: no member reaches beyond."""
    try:
        end = _end(stream)
        if end.count > most or end.size_bytes > MOST_DIRECTORY_BYTES:
            raise ZipError(TOO_MANY)
        stream.seek(end.position - end.size_bytes)
        directory = stream.read(end.size_bytes)
        found = list(_entries(directory, end))
    except (struct.error, OSError, ValueError) as exc:
        raise ZipError(DAMAGED) from exc
    if len(found) != end.count:
        raise ZipError(DAMAGED)
    return [(entry, end.position - end.size_bytes) for entry in found]


@dataclass(frozen=True, slots=True)
class _End:
    """What the end of a zip says: how many members, and the directory, which ends at `position`."""

    position: int
    count: int
    size_bytes: int
    begin: int

    @property
    def shift(self) -> int:
        """How far all offsets are off, where something stands before the zip."""
        return self.position - self.size_bytes - self.begin


def _end(stream: BinaryIO) -> _End:
    size = stream.seek(0, os.SEEK_END)
    start = max(0, size - _END.size - _LONGEST_COMMENT)
    stream.seek(start)
    tail = stream.read(size - start)
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        if len(tail) - at >= _END.size:
            end = _end_at(stream, tail, at, start)
            if end is not None and end.size_bytes <= end.position and end.shift >= 0:
                return end
        at = tail.rfind(b"PK\x05\x06", 0, at)
    raise ZipError(DAMAGED)


def _end_at(stream: BinaryIO, tail: bytes, at: int, start: int) -> _End | None:
    _, disk, first_disk, _, count, size_bytes, begin, _ = _END.unpack_from(tail, at)
    position = start + at
    locator_at = position - _LOCATOR.size
    if locator_at >= 0:
        stream.seek(locator_at)
        signature, _, end64_at, disks = _LOCATOR.unpack(stream.read(_LOCATOR.size))
        if signature == b"PK\x06\x07":
            if disks > 1:
                raise ZipError(IN_PARTS)
            return _end64(stream, (end64_at, locator_at - _END64.size))
    if disk not in (0, _ALL_ONES_SHORT) or disk != first_disk:
        raise ZipError(IN_PARTS)
    return _End(position, count, size_bytes, begin)


def _end64(stream: BinaryIO, places: Sequence[int]) -> _End | None:
    for place in places:
        if place < 0:
            continue
        stream.seek(place)
        record = stream.read(_END64.size)
        if len(record) == _END64.size and record.startswith(b"PK\x06\x06"):
            *_, count, size_bytes, begin = _END64.unpack(record)
            return _End(place, count, size_bytes, begin)
    return None


def _entries(directory: bytes, end: _End) -> Iterator[ZipEntry]:
    at = 0
    for _ in range(end.count):
        if directory[at : at + 4] != b"PK\x01\x02":
            return
        (
            *_,
            flags,
            method,
            _,
            _,
            crc,
            compressed,
            size,
            name_length,
            extra_length,
            comment_length,
            _,
            _,
            attributes,
            offset,
        ) = _CENTRAL.unpack_from(directory, at)
        at += _CENTRAL.size
        name = directory[at : at + name_length]
        extra = directory[at + name_length : at + name_length + extra_length]
        if len(name) + len(extra) != name_length + extra_length:
            return
        at += name_length + extra_length + comment_length
        size, compressed, offset = _large(extra, size, compressed, offset)
        yield ZipEntry(
            name,
            bool(flags & _UTF8_FLAG),
            extra,
            method,
            crc,
            compressed,
            size,
            offset + end.shift,
            attributes >> 16,
            bool(flags & _ENCRYPTED_FLAGS) or method == _AES,
        )


def _large(extra: bytes, *numbers: int) -> tuple[int, int, int]:
    """Put in numbers of 64 bits where those of 32 say that there are any."""
    there = extra_field(extra, _ZIP64)
    written = [number for (number,) in struct.iter_unpack("<Q", there[: len(there) // 8 * 8])]
    size, compressed, offset = (
        written.pop(0) if number == _ALL_ONES and written else number for number in numbers
    )
    return size, compressed, offset


def extra_field(extra: bytes, wanted: int) -> bytes:
    """Return what a field holds of the further data of a member; empty where there is no such field."""
    at = 0
    while at + 4 <= len(extra):
        identifier, length = struct.unpack_from("<2H", extra, at)
        if identifier == wanted:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def located(stream: BinaryIO, entry: ZipEntry, limit: int | None = None) -> ZipEntry:
    """Find where the bytes of a member lie. `limit`: no member reaches beyond that place."""
    try:
        stream.seek(entry.offset)
        header = stream.read(_LOCAL.size)
    except (OSError, ValueError, OverflowError):
        return entry
    if len(header) != _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        return entry
    *_, name_length, extra_length = _LOCAL.unpack(header)
    begin = entry.offset + _LOCAL.size + name_length + extra_length
    is_inside = limit is None or begin + entry.compressed_bytes <= limit
    return replace(entry, data_offset=begin) if is_inside else entry


def _refuse_overlap(entries: Sequence[ZipEntry]) -> None:
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.offset):
        if entry.data_offset is None:
            continue
        if entry.offset < reached:
            raise ZipError(OVERLAPPING)
        reached = entry.data_offset + entry.compressed_bytes
