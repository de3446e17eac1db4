"""Segments of two languages as numbers: what `word_model.py` learns from.

Words are numbered in the order of the alphabet and segments put in an order that hangs on nothing but their
words, so that the same segments give the same numbers however they came.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

MOST_WORDS = 60
"""A longer segment, such as a page that could not be cut, is cut into parts of so many words."""

MOST_PARTS = 10
"""Of a segment without end the parts would not answer to one another; it teaches nothing."""

Integers: TypeAlias = NDArray[np.int32]
Longs: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Side:
    """The words of all segments in one language.

    `words`: the numbers of each segment's words, each once, ascending, one segment after the other; `times`:
    how often each stands there; `starts`: where each segment begins, and the end of the last.
    """

    vocabulary: tuple[str, ...]
    words: Integers
    times: Integers
    starts: Longs

    def lengths(self) -> Longs:
        """Return how many words each segment has."""
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments, each once; `number[i]`: which of those that were added the i-th is."""

    source: Side
    target: Side
    number: Longs

    def __len__(self) -> int:
        return len(self.number)


@dataclass(slots=True)
class _Gathered:
    """Words as they come, numbered as they come."""

    numbers: dict[str, int] = field(default_factory=dict)
    words: array[int] = field(default_factory=lambda: array("i"))
    starts: array[int] = field(default_factory=lambda: array("q", [0]))

    def add(self, keys: Sequence[str]) -> None:
        numbers = self.numbers
        self.words.extend([numbers.setdefault(key, len(numbers)) for key in keys])
        self.starts.append(len(self.words))

    def side(self) -> Side:
        """Number words by the alphabet, and count them in each segment."""
        vocabulary = tuple(sorted(self.numbers))
        by_alphabet = np.empty(len(vocabulary), np.int64)
        by_alphabet[[self.numbers[word] for word in vocabulary]] = np.arange(len(vocabulary))
        starts = np.array(self.starts, np.int64)
        segment = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        codes = segment * max(len(vocabulary), 1) + by_alphabet[np.array(self.words, np.int64)]
        found, times = np.unique(codes, return_counts=True)
        of_segment, words = np.divmod(found, max(len(vocabulary), 1))
        return Side(
            vocabulary,
            words.astype(np.int32),
            times.astype(np.int32),
            np.searchsorted(of_segment, np.arange(len(starts))),
        )


class Gathering:
    """Takes segments one by one."""

    def __init__(self) -> None:
        self._source, self._target = _Gathered(), _Gathered()
        self._of: array[int] = array("q")
        self._added = 0

    def add(self, source: Sequence[str], target: Sequence[str]) -> None:
        """Add a segment by its keys in each language; one without keys on a side teaches nothing."""
        number = self._added
        self._added += 1
        parts = -(-max(len(source), len(target)) // MOST_WORDS)
        if not source or not target or parts > MOST_PARTS:
            return
        for part in range(parts):
            one, other = _part(source, part, parts), _part(target, part, parts)
            if one and other:
                self._source.add(one)
                self._target.add(other)
                self._of.append(number)

    def segments(self) -> Segments:
        """Return what was added, each once, in an order of its own."""
        source, target = self._source.side(), self._target.side()
        first: dict[bytes, int] = {}
        for index in range(len(self._of)):
            first.setdefault(_digest(index, source, target), index)
        order = np.array([first[digest] for digest in sorted(first)], np.int64)
        number = np.array(self._of, np.int64)[order] if len(order) else order
        return Segments(_ordered(source, order), _ordered(target, order), number)


def _part(keys: Sequence[str], part: int, parts: int) -> Sequence[str]:
    return keys[part * len(keys) // parts : (part + 1) * len(keys) // parts]


def _digest(index: int, *sides: Side) -> bytes:
    digest = blake2b(digest_size=16)
    for side in sides:
        here = slice(side.starts[index], side.starts[index + 1])
        digest.update(side.words[here].tobytes())
        digest.update(b"|")
        digest.update(side.times[here].tobytes())
        digest.update(b"|")
    return digest.digest()


def _ordered(side: Side, order: Longs) -> Side:
    """Put segments in this order."""
    lengths = side.lengths()[order]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
    places = np.repeat(side.starts[:-1][order], lengths) + within
    return Side(side.vocabulary, side.words[places], side.times[places], starts)
