"""Posting lists as arrays in a file, which readers map into memory: which entries have a token, and where.

A file holds the lists of several fields and never changes. Nothing is said here of commits and of what was
deleted since.

Source: numpy, numpy.memmap; Manning, Raghavan and Schütze 2008, Introduction to Information Retrieval,
section 2.4.2 (positional indexes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.engines.spots import NOWHERE, WORD, Words, close_together, counted, runs, side_by_side, spot

T = TypeVar("T", bound=np.generic)

_END = b"\n"


class Lists(NamedTuple):
    """The posting lists of a field, in the order of their tokens.

    `tokens` are their bytes with a line end behind each, `ends` where each line end stands. The list of token
    n has `entries[firsts[n]:firsts[n + 1]]`, with `counts` of how often each has it, and the `places` where,
    of which `befores[n]` belong to the lists before. A field without order has no places. `sums` are the
    checksums of the tokens, in order, and `numbers` the tokens they are of: a list is found by them.
    """

    tokens: Words
    ends: Words
    firsts: Words
    befores: Words
    entries: Words
    counts: Words
    places: Words
    sums: Words
    numbers: Words

    def postings(self, token: str) -> tuple[Words, Words]:
        """Return the entries that have a token, in order, and how often."""
        number = self._number(token)
        return self._list(number) if number is not None else (self.entries[:0], self.counts[:0])

    def phrase(self, tokens: Sequence[str]) -> tuple[Words, Words]:
        """Return the entries that have tokens side by side, in order, and how often."""
        return counted(side_by_side([*map(self._spots, tokens)]))

    def near(self, tokens: Sequence[str], slop: int, apart: str) -> tuple[Words, Words]:
        """Return the entries that have tokens near each other in whatever order, and at how many places.

        A token that comes twice has to stand there twice. See `index.engine.Phrase`.
        """
        wanted = Counter(tokens)
        spots = [*map(self._spots, wanted)]
        return counted(close_together(spots, [*wanted.values()], len(tokens) + slop, self._spots(apart)))

    def _spots(self, token: str) -> npt.NDArray[np.int64]:
        """Return where a token stands, in order: entry and place as one number."""
        number = self._number(token)
        if number is None:
            return NOWHERE
        entries, counts = self._list(number)
        places = self.places[self.befores[number] : self.befores[number + 1]]
        return spot(_repeat(entries.astype(np.int64), counts, len(places)), places)

    def spots_in(self, token: str, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """Return where a token stands in those entries that are chosen, in order, as `spot` writes it."""
        number = self._number(token)
        if number is None or not len(self.places):
            return NOWHERE
        entries, counts = self._list(number)
        kept = chosen[entries]
        if not kept.any():
            return NOWHERE
        begins = np.cumsum(counts, dtype=np.int64) - counts + self.befores[number]
        places = self.places[runs(begins[kept], counts[kept])]
        return spot(_repeat(entries[kept].astype(np.int64), counts[kept], len(places)), places)

    def _list(self, number: int) -> tuple[Words, Words]:
        part = slice(self.firsts[number], self.firsts[number + 1])
        return self.entries[part], self.counts[part]

    def frequencies(self, counted: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """Return of each token how many of the entries that count have it."""
        before = np.concatenate(([0], np.cumsum(counted[self.entries], dtype=np.int64)))
        numbers: npt.NDArray[np.int64] = np.diff(before[self.firsts])
        return numbers

    def all_tokens(self) -> list[bytes]:
        """Return all tokens, in order."""
        found = self.tokens.tobytes().split(_END)
        return found[: len(self.ends)]

    def _number(self, text: str) -> int | None:
        token = text.encode(errors="surrogatepass")
        sought = WORD.type(crc32(token))
        first = int(self.sums.searchsorted(sought))
        for at in range(first, len(self.sums)):
            if self.sums[at] != sought:
                break
            number = int(self.numbers[at])
            if self._token(number) == token:
                return number
        return None

    def _token(self, number: int) -> bytes:
        begin = int(self.ends[number - 1]) + 1 if number else 0
        return self.tokens.view(np.uint8)[begin : self.ends[number]].tobytes()


class Gathering:
    """Takes the postings of a field entry by entry, and makes lists of them."""

    def __init__(self, *, places: bool) -> None:
        self._keeps_places = places
        self._numbers = _Numbers()
        self._parts: list[tuple[Words, Words, Words, Words]] = []

    def add(self, entry: int, tokens: Sequence[str]) -> None:
        """Take the tokens of an entry, in order; entries come in order, too."""
        numbers = np.fromiter(map(self._numbers.__getitem__, tokens), WORD, len(tokens))
        places = np.argsort(numbers, kind="stable").astype(WORD)
        ordered = numbers[places]
        firsts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
        counts = np.diff(firsts, append=len(ordered)).astype(WORD)
        entries = np.full(len(firsts), entry, WORD)
        self._parts.append((ordered[firsts], entries, counts, places if self._keeps_places else places[:0]))

    def add_lists(self, lists: Lists, renumbered: npt.NDArray[np.int64]) -> None:
        """Take all lists of another file, with entries as renumbered; those with -1 are left out."""
        numbers = np.fromiter(
            (self._numbers[token.decode()] for token in lists.all_tokens()), WORD, len(lists.ends)
        )
        entries = renumbered[lists.entries]
        kept = entries >= 0
        places = lists.places
        if len(places):
            places = places[_repeat(kept, lists.counts, len(places))]
        of_lists = _repeat(numbers, np.diff(lists.firsts), len(entries))
        self._parts.append((of_lists[kept], entries[kept].astype(WORD), lists.counts[kept], places))

    def lists(self) -> Lists:
        """Return what was taken, without tokens that nothing has."""
        nothing = (np.zeros(0, WORD),) * 4
        numbers, entries, counts, places = map(np.concatenate, zip(nothing, *self._parts, strict=True))
        tokens = list(self._numbers)
        used = np.flatnonzero(np.bincount(numbers, minlength=len(tokens))).tolist()
        used.sort(key=tokens.__getitem__)
        ranks = np.zeros(len(tokens), WORD)
        ranks[used] = np.arange(len(used), dtype=WORD)
        numbers = ranks[numbers]
        order = np.argsort(numbers, kind="stable")
        if len(places):
            begins = np.cumsum(counts, dtype=np.int64) - counts
            places = places[runs(begins[order], counts[order])]
        entries, counts = entries[order], counts[order]
        firsts = np.searchsorted(numbers[order], np.arange(len(used) + 1))
        befores = np.concatenate(([0], np.cumsum(counts)))[firsts]
        lines = [tokens[number].encode() + _END for number in used]
        ends = np.cumsum(np.fromiter(map(len, lines), WORD, len(lines))) - 1
        text = b"".join(lines)
        filled = np.frombuffer(text.ljust(-(-len(text) // WORD.itemsize) * WORD.itemsize, _END), WORD)
        sums = np.fromiter((crc32(line.removesuffix(_END)) for line in lines), WORD, len(lines))
        by_sum = np.argsort(sums, kind="stable")
        arrays = (filled, ends, firsts, befores, entries, counts, places, sums[by_sum], by_sum)
        return Lists(*(array.astype(WORD, copy=False) for array in arrays))


class _Numbers(dict[str, int]):
    """Tokens with numbers in the order in which they are first met."""

    def __missing__(self, token: str) -> int:
        self[token] = len(self)
        return self[token]


def _repeat(values: npt.NDArray[T], counts: Words, length: int) -> npt.NDArray[T]:
    """Repeat each value as often as counted; damage must not make that more than there is."""
    if counts.sum(dtype=np.int64) != length:
        raise ValueError("posting lists contradict each other")
    return np.repeat(values, counts)


def save(path: Path, fields: Iterable[Lists]) -> None:
    """Write the lists of several fields to a file, behind the sizes of their arrays."""
    arrays = [array for lists in fields for array in lists]
    with path.open("wb") as file:
        for array in (np.array([*map(len, arrays)], WORD), *arrays):
            array.tofile(file)


def load(path: Path, offset: int, length: int, fields: int) -> list[Lists]:
    """Map the lists of so many fields from a part of a file into memory.

    Raises:
        ValueError: the file is not what `save` wrote.
    """
    if length % WORD.itemsize:
        raise ValueError(path)
    words = np.asarray(np.memmap(path, WORD, "r", offset, (length // WORD.itemsize,)))
    sizes = len(Lists._fields) * fields
    ends = np.cumsum(np.append(sizes, words[:sizes]), dtype=np.int64)
    if ends[-1] != len(words):
        raise ValueError(path)
    arrays = [words[begin:end] for begin, end in pairwise(ends)]
    return [Lists(*arrays[at : at + len(Lists._fields)]) for at in range(0, sizes, len(Lists._fields))]
