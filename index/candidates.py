"""The pairs of words that may stand for one another: those that are together more often than by chance.

Most pairs of a large archive are together once and are nothing; to count them all exactly would take most of
the memory. So they are counted in a table first in which some share a place, which never says too little.

Source: Charikar, Chen and Farach-Colton 2002 and Cormode and Muthukrishnan 2005 (sketches of counts), with a
single row.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.chunks import Chunk, chunks
from index.segments import Longs, Segments, Side

LEAST_SHARE = 1e-3
"""A pair is kept if the number of segments with both, squared, is at least this share of the number with one
times the number with the other."""

FEW = 10.0
DEVIATIONS = 2.0
"""Of frequent words, which are together so often by chance, those are kept that are together so many standard
deviations more often."""

MOST_PLACES = 1 << 25
"""Of the table, 4 bytes each."""

MERGED_AT_ONCE = 1 << 22
"""So many pairs wait before they are counted together."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""Knuth's multiplicative hashing: 2 to the 64th by the golden ratio."""


def candidates(segments: Segments) -> tuple[Longs, Longs]:
    """Return the codes of pairs that may be links, ascending, and how many segments have both."""
    seen = segments_with(segments.source), segments_with(segments.target)
    width = len(segments.target.vocabulary)
    bits = max(10, min(int(MOST_PLACES).bit_length() - 1, _pairs(segments).bit_length() + 1))
    table = np.zeros(1 << bits, np.uint32)
    for chunk in chunks(segments):
        np.add.at(table, _place(codes_of(chunk, width), bits), 1)

    def likely(codes: Longs, counts: Longs | NDArray[np.uint32]) -> NDArray[np.bool_]:
        source, target = np.divmod(codes, width)
        product = seen[0][source].astype(np.float64) * seen[1][target]
        by_chance = product / len(segments)
        together = counts.astype(np.float64)
        return (together**2 >= LEAST_SHARE * product) & (
            (by_chance < FEW) | (together >= by_chance + DEVIATIONS * np.sqrt(by_chance))
        )

    def kept() -> Iterable[Longs]:
        for chunk in chunks(segments):
            codes = codes_of(chunk, width)
            yield codes[likely(codes, table[_place(codes, bits)])]

    codes, counts = _counted(kept())
    chosen = likely(codes, counts)
    return codes[chosen], counts[chosen]


def codes_of(chunk: Chunk, width: int) -> Longs:
    """Return a number for each pair of a chunk, ascending by source and then target."""
    source = chunk.source.word.astype(np.int64)[chunk.source_place]
    return source * width + chunk.target.word[chunk.target_place]


def segments_with(side: Side) -> Longs:
    """Return for each word how many segments have it."""
    return np.bincount(side.words, minlength=len(side.vocabulary))


def _pairs(segments: Segments) -> int:
    return int((segments.source.lengths() * segments.target.lengths()).sum())


def _place(codes: Longs, bits: int) -> NDArray[np.uint64]:
    return (codes.astype(np.uint64) * _SPREAD) >> np.uint64(64 - bits)


def _counted(parts: Iterable[Longs]) -> tuple[Longs, Longs]:
    """Count equal numbers; return each once, ascending, with its count."""
    codes, counts = np.empty(0, np.int64), np.empty(0, np.int64)
    waiting: list[Longs] = []
    for part in parts:
        waiting.append(part)
        if sum(map(len, waiting)) >= max(MERGED_AT_ONCE, len(codes)):
            codes, counts = _merged(codes, counts, waiting)
            waiting = []
    return _merged(codes, counts, waiting)


def _merged(codes: Longs, counts: Longs, waiting: list[Longs]) -> tuple[Longs, Longs]:
    found, times = np.unique(np.concatenate([np.empty(0, np.int64), *waiting]), return_counts=True)
    fresh = np.ones(len(found), np.bool_)
    if len(codes):
        places = np.minimum(np.searchsorted(codes, found), len(codes) - 1)
        fresh = codes[places] != found
        counts[places[~fresh]] += times[~fresh]
    joined = np.concatenate([codes, found[fresh]])
    order = np.argsort(joined, kind="stable")
    return joined[order], np.concatenate([counts, times[fresh]])[order]
