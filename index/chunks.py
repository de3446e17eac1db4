"""All pairs of words of a segment and its translation, some segments at a time, as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.segments import Integers, Longs, Segments, Side

PAIRS = 1 << 20
"""So many pairs of words are in a chunk at most, unless one segment has more."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Segments that follow one another; every array but `source_words` and `target_words` has a value a pair.

    `source_place`, `target_place`: which of the words of the chunk the pair is of; `segment`: of all there
    are; `source_length`: how many words the segment has, repeated ones as often as they stand there.
    """

    source_words: Integers
    target_words: Integers
    source_place: Longs
    target_place: Longs
    source_times: Integers
    target_times: Integers
    source_length: Longs
    target_length: Longs
    segment: Longs


def chunks(segments: Segments) -> Iterator[Chunk]:
    """Yield all segments, in order."""
    pairs = np.cumsum(segments.source.lengths() * segments.target.lengths())
    first = 0
    while first < len(segments):
        before = pairs[first - 1] if first else 0
        last = max(int(np.searchsorted(pairs, before + PAIRS, "right")), first + 1)
        yield _chunk(segments, first, last)
        first = last


def _chunk(segments: Segments, first: int, last: int) -> Chunk:
    source_words, source_times, source_count = _cut(segments.source, first, last)
    target_words, target_times, target_count = _cut(segments.target, first, last)
    # A row is one word of the source with all words of the target.
    row_length = np.repeat(target_count, source_count)
    row_end = np.cumsum(row_length)
    target_start = np.repeat(np.cumsum(target_count) - target_count, source_count)
    source_place = np.repeat(np.arange(len(source_words)), row_length)
    target_place = np.arange(len(source_place)) + np.repeat(target_start - row_end + row_length, row_length)
    within = np.repeat(np.arange(last - first), source_count * target_count)
    return Chunk(
        source_words,
        target_words,
        source_place,
        target_place,
        source_times[source_place],
        target_times[target_place],
        _sums(source_times, source_count)[within],
        _sums(target_times, target_count)[within],
        within + first,
    )


def _cut(side: Side, first: int, last: int) -> tuple[Integers, Integers, Longs]:
    here = slice(side.starts[first], side.starts[last])
    return side.words[here], side.times[here], np.diff(side.starts[first : last + 1])


def _sums(times: Integers, counts: Longs) -> Longs:
    """Return how many words each segment has; none is empty."""
    return np.add.reduceat(times, np.cumsum(counts) - counts, dtype=np.int64)
