"""All pairs of words of a segment and its translation, some segments at a time, as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.segments import Integers, Longs, Segments, Side

PAIRS = 1 << 20
"""So many pairs of words are in a chunk at most, unless one segment has more."""

Floats: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a chunk in one language, segment by segment.

    `times`: how often each stands in its segment; `share`: what share of the segment that is; `segment`:
    which of all segments it is.
    """

    word: Integers
    times: Integers
    share: Floats
    segment: Longs


@dataclass(frozen=True, slots=True)
class Chunk:
    """Segments that follow one another. `source_place`, `target_place`: of which words each pair is."""

    source: Words
    target: Words
    source_place: Places
    target_place: Places


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
    source_count = segments.source.lengths()[first:last]
    target_count = segments.target.lengths()[first:last]
    # A row is one word of the source with all words of the target.
    row_length = np.repeat(target_count, source_count)
    row_start = np.cumsum(row_length) - row_length
    target_start = np.repeat(np.cumsum(target_count) - target_count, source_count)
    source_place = np.repeat(np.arange(len(row_length), dtype=np.int32), row_length)
    target_place = np.arange(len(source_place)) + np.repeat(target_start - row_start, row_length)
    return Chunk(
        _words(segments.source, first, last),
        _words(segments.target, first, last),
        source_place,
        target_place.astype(np.int32),
    )


def _words(side: Side, first: int, last: int) -> Words:
    here = slice(side.starts[first], side.starts[last])
    counts = np.diff(side.starts[first : last + 1])
    times = side.times[here]
    lengths = np.add.reduceat(times, np.cumsum(counts) - counts, dtype=np.int64)
    within = np.repeat(np.arange(last - first), counts)
    return Words(side.words[here], times, times / lengths[within], within + first)
