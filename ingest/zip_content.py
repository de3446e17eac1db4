"""The bytes of one member of a zip, piece by piece: never more than its directory says, none of it in vain.

The decompressors are those of the standard library, each told how much it may give at a time.

Source: PKWARE APPNOTE 6.3.10, sections 4.4.5 and 5.8.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from ingest.zip_directory import ZipEntry

PIECE_BYTES = 256 * 1024
MOST_DICTIONARY_BYTES = 64 * 1024 * 1024
"""Memory that LZMA may ask for; its own largest preset takes as much."""

DAMAGED = "It is damaged in the zip. Make the zip anew, or hand in the file by itself."
LONGER = "It is longer in the zip than the zip says. Make the zip anew, or hand in the file by itself."
UNKNOWN_METHOD = (
    "It is compressed in a way that is not known here. Unpack the zip and hand in the file by itself."
)


class MemberError(Exception):
    """A member of a zip is not taken; the message says why and what to do."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


def pieces(stream: BinaryIO, entry: ZipEntry) -> Iterator[bytes]:
    """Yield the bytes of a member.

    Raises:
        MemberError: they cannot be read, or are not those that the directory tells of; before that, some of
            them may have been yielded.
    """
    make = _METHODS.get(entry.method)
    if make is None:
        raise MemberError(UNKNOWN_METHOD)
    if entry.data_offset is None:
        raise MemberError(DAMAGED)
    size, crc = 0, 0
    try:
        for piece in make(stream, entry.data_offset, entry.compressed_bytes):
            size += len(piece)
            if size > entry.size_bytes:
                raise MemberError(LONGER)
            crc = zlib.crc32(piece, crc)
            yield piece
    except (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error) as exc:
        raise MemberError(DAMAGED) from exc
    if size != entry.size_bytes or crc != entry.crc:
        raise MemberError(DAMAGED)


def _raw(stream: BinaryIO, offset: int, length: int) -> Iterator[bytes]:
    while length:
        stream.seek(offset)
        piece = stream.read(min(PIECE_BYTES, length))
        if not piece:
            raise EOFError
        offset += len(piece)
        length -= len(piece)
        yield piece


def _inflated(stream: BinaryIO, offset: int, length: int) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in _raw(stream, offset, length):
        while piece and not inflate.eof:
            yield inflate.decompress(piece, PIECE_BYTES)
            piece = inflate.unconsumed_tail
        if inflate.eof:
            return
    while not inflate.eof:
        rest = inflate.decompress(inflate.unconsumed_tail, PIECE_BYTES)
        if not rest:
            raise EOFError
        yield rest


def _with_bzip2(stream: BinaryIO, offset: int, length: int) -> Iterator[bytes]:
    return _decompressed(bz2.BZ2Decompressor(), stream, offset, length)


def _with_lzma(stream: BinaryIO, offset: int, length: int) -> Iterator[bytes]:
    stream.seek(offset)
    head = stream.read(9)
    _, properties_length, numbers, dictionary = struct.unpack("<HHBL", head)
    if properties_length != 5 or length < len(head):
        raise EOFError
    if dictionary > MOST_DICTIONARY_BYTES:
        raise MemberError(UNKNOWN_METHOD)
    coder = lzma.LZMADecompressor(
        lzma.FORMAT_RAW,
        filters=[
            {
                "id": lzma.FILTER_LZMA1,
                "lc": numbers % 9,
                "lp": numbers // 9 % 5,
                "pb": numbers // 45,
                "dict_size": max(dictionary, 4096),
            }
        ],
    )
    return _decompressed(coder, stream, offset + len(head), length - len(head), has_end=False)


def _decompressed(
    coder: _Decompressor, stream: BinaryIO, offset: int, length: int, *, has_end: bool = True
) -> Iterator[bytes]:
    for piece in _raw(stream, offset, length):
        while not coder.eof:
            given = coder.decompress(piece, PIECE_BYTES)
            piece = b""
            if not given:
                break
            yield given
        if coder.eof:
            return
    if has_end:
        raise EOFError


_METHODS: dict[int, Callable[[BinaryIO, int, int], Iterator[bytes]]] = {
    0: _raw,
    8: _inflated,
    12: _with_bzip2,
    14: _with_lzma,
}
