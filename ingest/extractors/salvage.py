"""The members of a zip whose directory is gone, as when only its beginning was copied.

Every member has a header of its own before its bytes; these are looked for from the start of the file. Not
trusted is what such a header says about lengths: a member ends where its compression ends, at the next
header, or with the file.

Source: PKWARE APPNOTE 6.3.10, section 4.3.7 (local file header).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import BinaryIO

SIGNATURE = b"PK\x03\x04"
METHODS = (0, 8)
"""Stored and deflated: packages of Office know no other."""

_HEADER = struct.Struct("<4s5H3L2H")
ENCRYPTED = 0x0001
"""The flag of a member that needs a password."""

_LONGEST_NAME_BYTES = 512
_PIECE_BYTES = 1 << 20


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


def member_at(stream: BinaryIO, position: int, length: int, crc: int | None = None) -> Member | None:
    """Read the header at `position`; None where there is none of use. `length` is that of the bytes."""
    if position < 0:
        return None  # so the standard library counts where the beginning of the file is missing
    stream.seek(position)
    head = stream.read(_HEADER.size)
    if len(head) < _HEADER.size:
        return None
    signature, _, flags, method, *_, name_bytes, extra_bytes = _HEADER.unpack(head)
    if signature != SIGNATURE or method not in METHODS or flags & ENCRYPTED:
        return None
    if not 0 < name_bytes <= _LONGEST_NAME_BYTES:
        return None
    name = stream.read(name_bytes).decode("utf-8", "replace")
    return Member(name, method, position + _HEADER.size + name_bytes + extra_bytes, length, crc)


def members(stream: BinaryIO, most: int) -> Iterator[Member]:
    """Yield the members that are found by their headers, in the order of the file, at most `most`."""
    positions = _positions(stream, most)
    end = stream.seek(0, 2)
    for position, following in zip(positions, [*positions[1:], end], strict=False):
        member = member_at(stream, position, 0)
        if member is not None and member.offset < following:
            yield replace(member, length=following - member.offset)


def unpack(stream: BinaryIO, member: Member, most_bytes: int) -> tuple[bytes, bool]:
    """Return the bytes of a member as far as they can be had, and whether they are whole.

    One that has more than `most_bytes` gives nothing at all.
    """
    stream.seek(member.offset)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if member.method else None
    content = bytearray()
    left = member.length
    is_at_end = False
    with suppress(zlib.error):
        while left and not is_at_end and (piece := stream.read(min(_PIECE_BYTES, left))):
            left -= len(piece)
            if inflate is None:
                content += piece
                is_at_end = not left
            else:
                content += inflate.decompress(piece, most_bytes + 1 - len(content))
                is_at_end = inflate.eof
            if len(content) > most_bytes:
                return b"", False
    is_whole = is_at_end and (member.crc is None or zlib.crc32(content) == member.crc)
    return bytes(content), is_whole or not (content or member.crc)


def _positions(stream: BinaryIO, most: int) -> list[int]:
    found: list[int] = []
    stream.seek(0)
    start, kept = 0, b""
    while len(found) < most and (piece := stream.read(_PIECE_BYTES)):
        window = kept + piece
        place = window.find(SIGNATURE)
        while place >= 0 and len(found) < most:
            found.append(start + place)
            place = window.find(SIGNATURE, place + len(SIGNATURE))
        kept = window[1 - len(SIGNATURE) :]
        start += len(window) - len(kept)
    return found
