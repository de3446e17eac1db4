"""Where tokens stand, entry and place as one number, and which of them stand together.

Spots of a token are in order: by entry, then by place. What tokens there are is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Words: TypeAlias = npt.NDArray[np.uint32]
Spots: TypeAlias = npt.NDArray[np.int64]

WORD = np.dtype("<u4")
NOWHERE: Spots = np.zeros(0, np.int64)
_PLACE_BITS = 32
PLACE_MASK = (1 << _PLACE_BITS) - 1


def spot(entries: npt.NDArray[np.int64], places: Words | Spots | int = 0) -> Spots:
    """Write entry and place as one number, so that their order is that of the numbers."""
    spots: Spots = entries << _PLACE_BITS | places
    return spots


def entry_of(spots: Spots) -> npt.NDArray[np.int64]:
    """Return the entries of such numbers."""
    return spots >> _PLACE_BITS


def side_by_side(tokens: Sequence[Spots]) -> Spots:
    """Return where tokens stand one behind the other: the spots of the first."""
    starts = tokens[0]
    for step, spots in enumerate(tokens[1:], 1):
        before = spots - step
        starts = starts[np.searchsorted(before, starts) < np.searchsorted(before, starts, side="right")]
    return starts


def close_together(tokens: Sequence[Spots], often: Sequence[int], width: int, apart: Spots) -> Spots:
    """Return where different tokens stand near each other in whatever order: the first spot of each place.

    Args:
        often: how often each token has to stand there.
        width: how many places it may all take.
        apart: what must not stand between them. See `index.engine.Phrase`.
    """
    places = np.concatenate(tokens)
    order = np.argsort(places, kind="stable")
    places = places[order]
    which = np.repeat(np.arange(len(tokens)), [*map(len, tokens)])[order]
    begins = np.arange(len(places))
    ends = begins
    for number, count in enumerate(often):
        own = np.flatnonzero(which == number)
        nth = np.searchsorted(own, begins) + count - 1
        there = nth < len(own)
        begins, ends, nth = begins[there], ends[there], nth[there]
        ends = np.maximum(ends, own[nth])
    close = places[ends] - places[begins] < width
    first, last = places[begins[close]], places[ends[close]]
    together = np.searchsorted(apart, first) == np.searchsorted(apart, last)
    found: Spots = first[together & (entry_of(first) == entry_of(last))]
    return found


def counted(spots: Spots) -> tuple[Words, Words]:
    """Return the entries that spots are in, in order, and how many are in each."""
    entries, counts = np.unique(entry_of(spots), return_counts=True)
    return entries.astype(WORD), counts.astype(WORD)


def runs(begins: npt.NDArray[np.int64], lengths: Words | npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the numbers from each beginning on, one run behind the other."""
    before = np.cumsum(lengths, dtype=np.int64) - lengths
    numbers: npt.NDArray[np.int64] = np.repeat(begins - before, lengths)
    return numbers + np.arange(len(numbers))
