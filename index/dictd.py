"""Dictionaries in the format of dictd: a file of articles, and an index of where each of them stands.

Says nothing of what an article means. Articles are read in one pass from the first to the last, so that a
dictionary of a hundred megabytes takes no more memory than its index.

Source: dictd(8), dictfmt(1), dictzip(1); a .dict.dz is a gzip file (RFC 1952) with a table for random access.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MAX_INDEX_BYTES = 128 << 20
"""The largest index that is read; that of 500,000 head words has 13 MB."""

MAX_UNPACKED_BYTES = 1 << 30
"""Articles beyond are not read, whatever a packed file would swell to."""

MAX_ARTICLE_BYTES = 1 << 18
"""The longest article of Mueller's dictionary has 18 kB."""

_DIGITS = {
    digit: value
    for value, digit in enumerate(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}
_MAX_DIGITS = 6
_LENGTH_BITS = 18
_BLOCK_BYTES = 1 << 20


class DictdError(Exception):
    """A dictionary, or a part of it, cannot be read; the message says which and why."""


def read_articles(index: Path, articles: Path) -> Iterator[str]:
    """Yield the articles in the order in which they stand, each once, however many head words lead to it.

    Raises:
        DictdError: after the last article that could be read, if there are others that could not.
    """
    places, unusable = _places(index)
    try:
        with gzip.open(articles) as stream:
            yield from _at(stream, places)  # type: ignore[arg-type]
    except (OSError, EOFError, zlib.error) as exc:
        raise DictdError(f"{articles.name} could not be read to its end: {exc}.") from exc
    if unusable:
        raise DictdError(f"{unusable} lines of {index.name} lead to no article.")


def _places(index: Path) -> tuple[list[int], int]:
    """Return offset and length of each article as one number, in order, and how many lines have none."""
    try:
        with index.open("rb") as stream:
            lines = [_place(line) for line in _lines(stream)]
    except OSError as exc:
        raise DictdError(f"{index.name} could not be read: {exc}.") from exc
    apart: list[int] = []
    overlapping = end = 0
    for place in sorted({place for place in lines if place is not None}):
        if place >> _LENGTH_BITS >= end:
            apart.append(place)
            end = _end(place)
        else:
            overlapping += 1
    return apart, lines.count(None) + overlapping


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    size = 0
    while line := stream.readline(_BLOCK_BYTES):
        size += len(line)
        if size > MAX_INDEX_BYTES:
            raise OSError(f"it is larger than {MAX_INDEX_BYTES >> 20} MB")
        yield line.rstrip(b"\r\n")


def _place(line: bytes) -> int | None:
    fields = line.split(b"\t")
    if len(fields) < 3:
        return None
    offset, length = _number(fields[1]), _number(fields[2])
    if (
        offset is None
        or length is None
        or length >= MAX_ARTICLE_BYTES
        or offset + length > MAX_UNPACKED_BYTES
    ):
        return None
    return offset << _LENGTH_BITS | length


def _number(digits: bytes) -> int | None:
    """Return the number that stands in digits to the base of 64, the highest first."""
    if not 0 < len(digits) <= _MAX_DIGITS:
        return None
    number = 0
    for digit in digits:
        value = _DIGITS.get(digit)
        if value is None:
            return None
        number = number << 6 | value
    return number


def _end(place: int) -> int:
    return (place >> _LENGTH_BITS) + (place & (1 << _LENGTH_BITS) - 1)


def _at(stream: BinaryIO, places: list[int]) -> Iterator[str]:
    position = 0
    for place in places:
        offset = place >> _LENGTH_BITS
        while position < offset:
            position += len(_read(stream, min(offset - position, _BLOCK_BYTES)))
        article = _read(stream, _end(place) - offset)
        position = _end(place)
        yield article.decode("utf-8", "replace")


def _read(stream: BinaryIO, size: int) -> bytes:
    """Read exactly so many bytes."""
    content = stream.read(size)
    if len(content) < size:
        raise EOFError("it ends before its last article")
    return content
