"""The members of a zip whose directory is gone, as when only its beginning was copied, and what they hold.

Every member has a header of its own before its bytes. Members are passed over by the length that it tells, or
by unpacking them where it tells none; where neither leads to another header, the next one is sought. So what
is packed inside of a member is not taken for one.

Source: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local file header) and 4.3.9 (data descriptor).
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from ingest.zip_directory import extra_field

SIGNATURE = b"PK\x03\x04"
_DIRECTORY = b"PK\x01\x02"
_STORED, _DEFLATED = METHODS = (0, 8)
"""Stored and deflated: packages of Office know no other."""

_HEADER = struct.Struct("<4s5H3L2H")
ENCRYPTED = 0x0001
"""The flag of a member that needs a password."""

_DESCRIBED_LATER = 0x0008
_ZIP64, _ALL_ONES = 0x0001, 0xFFFFFFFF
_LONGEST_NAME_BYTES = 512
_LONGEST_DESCRIPTOR_BYTES = 24
_PIECE_BYTES = 1 << 20
_SOUGHT_BYTES = 1 << 14
_SMALL_BYTES = 256
"""So many bytes are lost at most before the place where unpacking fails."""

MAX_MEASURED_BYTES = 1 << 30
"""No more than this is unpacked to find where members end."""


@dataclass(frozen=True, slots=True)
class Member:
    """Where the bytes of a member begin, how many there are at most, and how they are compressed.

    `crc` is what they come to when they are whole; None: not known.
    """

    name: str
    method: int
    offset: int
    length: int
    crc: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A member as the directory tells of it: where its header begins, how long it is packed, its checksum."""

    name: str
    position: int
    length: int
    crc: int


def member_at(
    stream: BinaryIO, position: int, length: int | None = None, crc: int | None = None
) -> Member | None:
    """Read the header at `position`; None where there is none of use.

    `length` is that of the bytes; without it, what the header says is taken, 0 where it says nothing.
    """
    if position < 0:
        return None  # so the standard library counts where the beginning of the file is missing
    stream.seek(position)
    head = stream.read(_HEADER.size)
    if len(head) < _HEADER.size:
        return None
    signature, _, flags, method, _, _, stated_crc, packed, _, name_bytes, extra_bytes = _HEADER.unpack(head)
    if signature != SIGNATURE or method not in METHODS or flags & ENCRYPTED:
        return None
    if not 0 < name_bytes <= _LONGEST_NAME_BYTES:
        return None
    name = stream.read(name_bytes).decode("utf-8", "replace")
    if length is None:
        if packed == _ALL_ONES:
            large = extra_field(stream.read(extra_bytes), _ZIP64)
            packed = struct.unpack_from("<Q", large, 8)[0] if len(large) >= 16 else 0
        length, crc = (0, None) if flags & _DESCRIBED_LATER else (packed, stated_crc)
    return Member(name, method, position + _HEADER.size + name_bytes + extra_bytes, length, crc)


def members(stream: BinaryIO, most: int) -> Iterator[Member]:
    """Yield the members that are found by their headers, in the order of the file, at most `most`."""
    end = stream.seek(0, os.SEEK_END)
    measured_bytes = 0
    position = _find(stream, 0)
    for _ in range(most):
        if position is None:
            return
        member = member_at(stream, position)
        if member is None or member.offset >= end:
            position = _find(stream, position + 1)
            continue
        length, crc = member.length, member.crc
        if not length and crc is None and member.method == _DEFLATED and measured_bytes < MAX_MEASURED_BYTES:
            length, crc, size = _measured(stream, member.offset, MAX_MEASURED_BYTES - measured_bytes)
            measured_bytes += size
        following = _following(stream, member.offset + length, end)
        if following is None:
            following = _find(stream, member.offset)
            length = (end if following is None else following) - member.offset
        yield replace(member, length=length, crc=crc)
        if following is None or following >= end or _bytes_at(stream, following) == _DIRECTORY:
            return
        position = following


def unpack(stream: BinaryIO, member: Member, most_bytes: int) -> tuple[bytes, bool]:
    """Return the bytes of a member as far as they can be had, and whether they are whole.

    One that has more than `most_bytes` gives nothing at all.
    """
    try:
        content, is_at_end = _unpacked(stream, member, most_bytes, most_bytes)
    except zlib.error:
        content, is_at_end = _unpacked(stream, member, most_bytes, _SMALL_BYTES)
    if len(content) > most_bytes:
        return b"", False
    is_whole = is_at_end and (member.crc is None or zlib.crc32(content) == member.crc)
    return bytes(content), is_whole or not (content or member.crc)


def _unpacked(stream: BinaryIO, member: Member, most_bytes: int, step_bytes: int) -> tuple[bytearray, bool]:
    """Unpack at most `step_bytes` at once, until the end or a little more than `most_bytes`.

    Raises:
        zlib.error: the bytes are damaged; of those before, only small steps give any.
    """
    stream.seek(member.offset)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if member.method else None
    content = bytearray()
    left = member.length
    try:
        while left > 0 and len(content) <= most_bytes and (piece := stream.read(min(_PIECE_BYTES, left))):
            left -= len(piece)
            if inflate is None:
                content += piece
                continue
            while piece and not inflate.eof and len(content) <= most_bytes:
                content += inflate.decompress(piece, min(step_bytes, most_bytes + 1 - len(content)))
                piece = inflate.unconsumed_tail
            if inflate.eof:
                break
        while inflate is not None and not inflate.eof and len(content) <= most_bytes:
            rest = inflate.decompress(b"", min(step_bytes, most_bytes + 1 - len(content)))
            if not rest:
                break
            content += rest
    except zlib.error:
        if step_bytes > _SMALL_BYTES:
            raise
    return content, not left if inflate is None else inflate.eof


def _measured(stream: BinaryIO, offset: int, most_bytes: int) -> tuple[int, int | None, int]:
    """Return how long a member is when packed, its checksum, and how long it is unpacked, if it ends."""
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    length, size, crc = 0, 0, 0
    stream.seek(offset)
    try:
        while not inflate.eof and size < most_bytes and (piece := stream.read(_SOUGHT_BYTES)):
            length += len(piece)
            while piece and not inflate.eof and size < most_bytes:
                given = inflate.decompress(piece, _PIECE_BYTES)
                size, crc = size + len(given), zlib.crc32(given, crc)
                piece = inflate.unconsumed_tail
    except zlib.error:
        return length, None, size
    return length - len(inflate.unused_data), crc if inflate.eof else None, size


def _following(stream: BinaryIO, position: int, end: int) -> int | None:
    """Return where the next header begins, if it is where a member ends; `end` where nothing follows."""
    if position >= end:
        return end if position == end else None
    stream.seek(position)
    near = stream.read(_LONGEST_DESCRIPTOR_BYTES + len(SIGNATURE))
    places = [place for sign in (SIGNATURE, _DIRECTORY) if (place := near.find(sign)) >= 0]
    return position + min(places) if places else None


def _find(stream: BinaryIO, position: int) -> int | None:
    overlap = len(SIGNATURE) - 1
    while True:
        stream.seek(position)
        piece = stream.read(_SOUGHT_BYTES)
        place = piece.find(SIGNATURE)
        if place >= 0:
            return position + place
        if len(piece) <= overlap:
            return None
        position += len(piece) - overlap


def _bytes_at(stream: BinaryIO, position: int) -> bytes:
    stream.seek(position)
    return stream.read(len(SIGNATURE))
