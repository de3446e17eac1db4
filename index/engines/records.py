"""What stands in each entry: for engines that find entries, but hand out no posting lists of them.

A file holds one record behind the other and only grows. A record tells which tokens an entry has in which
field and where, so that a few entries can be looked into at once. A token is one number of 64 bits, of its
bytes as the digits of a polynomial, so that all tokens of a text are numbered at once: of ten million
different ones two have the same number with a probability of some millionths.

Source: Karp and Rabin 1987, Efficient randomized pattern-matching algorithms; numpy, numpy.memmap.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from index.engine import Entry, Schema
from index.engines.spots import NOWHERE, PLACE_MASK, WORD, Spots, Words, runs, spot

Longs: TypeAlias = npt.NDArray[np.uint64]

LONG = np.dtype("<u8")
_HALVES = LONG.itemsize // WORD.itemsize
_BEGIN = 0x4B41_5245_434F_5244
"""Begins each record. Then: how many numbers it has, tokens, places, and bytes of its two texts.

The first is two lines of JSON: the identifiers of document and entry, its keywords and sort values.
"""

_HEAD = 6
_BETWEEN = "\n"
_SPACE = ord(" ")
_ALL_BITS = (1 << 64) - 1
_BASE = 0x9E37_79B9_7F4A_7C15
"""An odd number."""

_AT_ONCE = 1 << 16
"""Of so many bytes, and the token there, the tokens are numbered at once."""


class Record(NamedTuple):
    """What is written into the file for an entry, and how many tokens its fields have."""

    content: bytes
    lengths: tuple[int, ...]

    @property
    def length(self) -> int:
        """In numbers of 64 bits."""
        return len(self.content) // LONG.itemsize


def record_of(entry: Entry, schema: Schema) -> Record:
    """Return the record of an entry."""
    keys, lengths = _keys([(field, entry.tokens.get(field, "")) for field in fields_of(schema)])
    order = np.argsort(keys)
    keys = keys[order]
    firsts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else order[:0]
    places = np.concatenate([*map(np.arange, lengths)])
    runs_of = np.repeat(np.arange(len(firsts)), np.diff(firsts, append=len(keys)))
    places = np.sort(spot(runs_of, places[order])) & PLACE_MASK
    words = np.concatenate((np.append(firsts, len(keys)), places)).astype(WORD)
    lines = (entry.document, entry.id), ({**entry.keywords}, {**entry.sorts})
    about = _BETWEEN.join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
    body = keys[firsts].tobytes() + b"".join(map(_filled, (words.tobytes(), about, entry.stored)))
    length = _HEAD + len(lengths) + len(body) // LONG.itemsize
    head = np.array([_BEGIN, length, len(firsts), len(places), len(about), len(entry.stored), *lengths], LONG)
    return Record(head.tobytes() + body, tuple(lengths))


def _filled(content: bytes) -> bytes:
    return content.ljust(_longs(len(content)) * LONG.itemsize, b"\0")


def _longs(length: int) -> int:
    """Return how many numbers so many bytes fill."""
    return -(-length // LONG.itemsize)


def fields_of(schema: Schema) -> tuple[str, ...]:
    """Return the fields whose tokens are in records, in order."""
    return (*schema.positions, *schema.bags)


def wiped(length: int) -> bytes:
    """Return a record of nothing, so many numbers long."""
    return np.array([_BEGIN, length], LONG).tobytes().ljust(length * LONG.itemsize, b"\0")


class Records:
    """A file of records, mapped into memory as long as it was when it was opened."""

    def __init__(self, path: Path, schema: Schema, length: int) -> None:
        """Map so many numbers of 8 bytes. Raises OSError or ValueError where there are not so many."""
        self.fields = fields_of(schema)
        self.length = length
        self._longs: Longs = np.zeros(0, LONG)
        if self.length:
            self._longs = np.asarray(np.memmap(path, LONG, "r", shape=(self.length,)))
        self._words: Words = self._longs.view(WORD)

    def all_starts(self) -> list[int]:
        """Return where records start, of deleted entries too, up to one that was cut off.

        Raises:
            ValueError: one has no length.
        """
        starts, at = [], 0
        while at + _HEAD <= self.length and self._longs[at] == _BEGIN:
            starts.append(at)
            length = int(self._longs[at + 1])
            if length < _HEAD:
                raise ValueError("a record has no length")
            at += length
        return starts

    def length_at(self, start: int) -> int:
        """Return how many numbers the record has that starts there."""
        return int(self._longs[start + 1])

    def length_of(self, starts: Sequence[int]) -> int:
        """Return how many numbers the records have together that start there."""
        return int(self._longs[np.array(starts, np.int64) + 1].sum())

    def content(self, begin: int, end: int) -> bytes:
        """Return what stands in the file from one place to another."""
        return self._longs[begin:end].tobytes()

    def some(self, starts: Sequence[int], wanted: Iterable[tuple[str, str]] = ()) -> SomeRecords:
        """Look into the records that start there, for pairs of field and token.

        Raises:
            ValueError, IndexError: the file does not hold records there.
        """
        return SomeRecords(self._longs, self._words, self.fields, np.array(starts, np.int64), wanted)


class SomeRecords:
    """A few records, numbered from 0, in which tokens are found that were named before."""

    def __init__(
        self,
        longs: Longs,
        words: Words,
        fields: tuple[str, ...],
        starts: npt.NDArray[np.int64],
        wanted: Iterable[tuple[str, str]],
    ) -> None:
        self._longs, self._words, self._fields = longs, words, fields
        heads = longs[starts[:, None] + np.arange(_HEAD + len(fields))].astype(np.int64)
        if not np.array_equal(heads[:, 0], np.full(len(starts), _BEGIN)):
            raise ValueError("no record begins there")
        self._ends = starts + heads[:, 1]
        self._texts = heads[:, 4:6]
        self._lengths = heads[:, _HEAD:].astype(np.float64)
        known = {pair: key_of(*pair) for pair in wanted if pair[0] in fields}
        keys = {pair: key for pair, key in known.items() if key is not None}
        sought = sorted({*keys.values()})
        columns = {key: column for column, key in enumerate(sought)}
        self._columns = {pair: columns[key] for pair, key in keys.items()}
        self._find(starts + _HEAD + len(fields), heads[:, 2], heads[:, 3], np.array(sought, LONG))

    def _find(self, begins: Spots, keys: Spots, places: Spots, sought: Longs) -> None:
        """Find of each record and token where the record's places of it begin, and how many there are."""
        at = np.array(
            [
                self._longs[begin:end].searchsorted(sought)
                for begin, end in zip(begins, begins + keys, strict=True)
            ],
            np.int64,
        ).reshape(len(begins), len(sought))
        there = at < keys[:, None]
        at[~there] = 0
        there &= self._longs[begins[:, None] + at] == sought
        firsts = (begins + keys)[:, None] * _HALVES + at
        first, end = self._words[firsts].astype(np.int64), self._words[firsts + 1].astype(np.int64)
        if (there & ((end <= first) | (end > places[:, None]))).any():
            raise ValueError("a record contradicts itself")
        self._counts = np.where(there, end - first, 0)
        self._there = {column for column in range(len(sought)) if there[:, column].any()}
        self._begins = ((begins + keys) * _HALVES + keys + 1)[:, None] + first

    def __len__(self) -> int:
        return len(self._ends)

    def lengths(self, field: str) -> npt.NDArray[np.float64]:
        """Return how many tokens each has in a field."""
        lengths: npt.NDArray[np.float64] = self._lengths[:, self._fields.index(field)]
        return lengths

    def have(self, field: str, token: str) -> bool:
        """Tell whether any has a token."""
        column = self._columns.get((field, token))
        return column in self._there

    def counts(self, field: str, token: str) -> npt.NDArray[np.int64]:
        """Return how often each has a token, which some have."""
        counts: npt.NDArray[np.int64] = self._counts[:, self._columns[field, token]]
        return counts

    def spots(self, field: str, token: str, chosen: npt.NDArray[np.bool_] | None = None) -> Spots:
        """Return where a token stands in those that are chosen, in order; without an argument in all."""
        return self.spots_of(field, (token,), chosen)[0]

    def spots_of(
        self, field: str, tokens: Sequence[str], chosen: npt.NDArray[np.bool_] | None = None
    ) -> tuple[Spots, Spots]:
        """Return where tokens stand in those that are chosen, one token after the other, and which it is."""
        there = [(number, token) for number, token in enumerate(tokens) if self.have(field, token)]
        if not there:
            return NOWHERE, NOWHERE
        numbers = np.array([number for number, _ in there])
        columns = np.array([self._columns[field, token] for _, token in there])
        counts = self._counts[:, columns].T
        which, entries = np.nonzero(counts if chosen is None else counts * chosen)
        begins, lengths = self._begins[entries, columns[which]], counts[which, entries]
        places = self._words[runs(begins, lengths)].astype(np.int64)
        return spot(np.repeat(entries, lengths), places), np.repeat(numbers[which], lengths)

    def name(self, number: int) -> tuple[str, str]:
        """Return the identifiers of the document and of the entry that one is of; "" where it was wiped."""
        document, entry = json.loads(self._about(number)[0] or '["", ""]')
        return document, entry

    def keywords(self, number: int) -> dict[str, list[str]]:
        """Return the values of keyword fields of one."""
        keywords: dict[str, list[str]] = json.loads(self._about(number)[1])[0]
        return keywords

    def sorts(self, number: int) -> dict[str, str]:
        """Return the sort values of one."""
        sorts: dict[str, str] = json.loads(self._about(number)[1])[1]
        return sorts

    def stored(self, number: int) -> bytes:
        """Return what is stored with one."""
        return self._text(number, 1)

    def _about(self, number: int) -> list[str]:
        return self._text(number, 0).decode().split(_BETWEEN)

    def _text(self, number: int, which: int) -> bytes:
        lengths = self._texts[number, which:].tolist()
        begin = int(self._ends[number]) - sum(_longs(length) for length in lengths)
        return self._longs[begin : begin + _longs(lengths[0])].tobytes()[: lengths[0]]


@lru_cache(1 << 14)
def key_of(field: str, token: str) -> int | None:
    """Return the number of a token in a field as records have it, None where it is none."""
    if not token or " " in token:
        return None
    number, power = 0, 1
    for byte in token.encode(errors="surrogatepass"):
        number += byte * power
        power = power * _BASE & _ALL_BITS
    return number & _ALL_BITS ^ _salt(field)


def _keys(texts: Sequence[tuple[str, str]]) -> tuple[Longs, list[int]]:
    """Return the numbers of all tokens of the texts of fields, in order, and how many tokens each has."""
    contents = [text.encode() for _, text in texts]
    content, begin = b" ".join(contents), 0
    numbers, begins = [np.zeros(0, LONG)], [NOWHERE]
    while begin < len(content):
        found = content.find(_SPACE, begin + _AT_ONCE)
        end = found if found >= 0 else len(content)
        of_some, at = _numbers(np.frombuffer(content[begin:end], np.uint8))
        numbers.append(of_some)
        begins.append(at + begin)
        begin = end
    ends_of_texts = np.cumsum([len(each) + 1 for each in contents])
    lengths = np.diff(np.searchsorted(np.concatenate(begins), ends_of_texts), prepend=0)
    salts = np.array([_salt(field) for field, _ in texts], LONG)
    return np.concatenate(numbers) ^ np.repeat(salts, lengths), lengths.tolist()


def _numbers(content: npt.NDArray[np.uint8]) -> tuple[Longs, Spots]:
    """Return the numbers of tokens, and where they begin."""
    powers, inverses = _powers(len(content).bit_length())
    sums = np.concatenate((np.zeros(1, LONG), np.cumsum(content * powers[: len(content)], dtype=LONG)))
    spaces = np.flatnonzero(content == _SPACE)
    begins, ends = np.append(0, spaces + 1), np.append(spaces, len(content))
    filled = begins < ends
    begins, ends = begins[filled], ends[filled]
    return (sums[ends] - sums[begins]) * inverses[begins], begins


@lru_cache
def _powers(bits: int) -> tuple[Longs, Longs]:
    """Return the powers of the base, and of its inverse, for texts of so many bytes."""
    inverse = pow(_BASE, -1, _ALL_BITS + 1)
    bases = (np.full(1 << bits, base, LONG) for base in (_BASE, inverse))
    powers, inverses = (np.concatenate((np.ones(1, LONG), np.cumprod(base, dtype=LONG))) for base in bases)
    return powers, inverses


@lru_cache
def _salt(field: str) -> int:
    return int.from_bytes(blake2b(field.encode(), digest_size=LONG.itemsize).digest(), "little")
