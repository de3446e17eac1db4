"""From counted pairs of words to translation probabilities, with what a third language adds.

Where a way through the third language leads to the same translation, that translation is the surer one:
„Vertrag“ is `contract`, договор and контракт, not `imply`. Where no dictionary leads from one language to
the other, the way through the third is all there is, at less weight.

Source: Tanaka and Umemura 1994, Construction of a Bilingual Dictionary Intermediated by a Third Language, for
the idea; the weights were measured, see ADR 19.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.dictionary_pairs import HALF, Codes, Weights

MOST_TRANSLATIONS = 10
LEAST_PROBABILITY = 0.02

THIRD_LANGUAGE = 0.5
"""What a translation counts that only the third language leads to."""

UNCONFIRMED = 0.1
"""What a translation counts that the third language does not lead to, where it leads to others."""

_CHUNK_KEYS = 1 << 12
_LOWER = (1 << HALF) - 1


@dataclass(frozen=True, slots=True)
class Table:
    """For each source key, by its number, the place of its first translation; all translations, best first.

    `starts` has one value more than there are keys: where the translations of the last one end.
    """

    starts: NDArray[np.int64]
    target: NDArray[np.int32]
    probability: NDArray[np.float32]


def table(codes: Codes, weights: Weights, keys: int) -> Table:
    """Make a table of the best translations out of counted pairs."""
    source = codes >> HALF
    return _best(codes, weights / np.bincount(source, weights, keys)[source], keys)


def table_with_third(codes: Codes, weights: Weights, to_third: Table, from_third: Table, keys: int) -> Table:
    """Make a table out of counted pairs, confirmed and completed by the way through a third language."""
    parts: list[Table] = []
    for first, last, way_codes, way in _ways(to_third, from_third, keys):
        begin, end = np.searchsorted(codes, [first << HALF, last << HALF])
        own_codes, own = codes[begin:end], weights[begin:end]
        places = np.searchsorted(way_codes, own_codes)
        there = np.append(way_codes, -1)[places] == own_codes
        confirmed = np.where(there, np.append(way, 0)[places], 0)
        leads_somewhere = np.isin(own_codes >> HALF, way_codes >> HALF)
        own = np.where(leads_somewhere, own * (UNCONFIRMED + confirmed), own)
        source = (own_codes >> HALF) - first
        own = own / np.bincount(source, own, last - first)[source]
        only_way = ~np.isin(way_codes >> HALF, own_codes >> HALF)
        part_codes = np.concatenate([own_codes, way_codes[only_way]]) - (first << HALF)
        part_chances = np.concatenate([own, way[only_way] * THIRD_LANGUAGE])
        parts.append(_best(part_codes, part_chances, last - first))
    return _joined(parts)


def _ways(to_third: Table, from_third: Table, keys: int) -> Iterator[tuple[int, int, Codes, Weights]]:
    """Yield the ways of some keys at a time, from the first up to before the last: pairs, ascending."""
    for first in range(0, keys, _CHUNK_KEYS):
        last = min(first + _CHUNK_KEYS, keys)
        begin, end = to_third.starts[first], to_third.starts[last]
        middle, chance = to_third.target[begin:end], to_third.probability[begin:end].astype(np.float64)
        source = np.repeat(np.arange(first, last), np.diff(to_third.starts[first : last + 1]))
        length = from_third.starts[middle + 1] - from_third.starts[middle]
        place = np.arange(length.sum()) + np.repeat(
            from_third.starts[middle] - np.cumsum(length) + length, length
        )
        codes = np.repeat(source, length) << HALF | from_third.target[place]
        found, where = np.unique(codes, return_inverse=True)
        chances = np.bincount(where, np.repeat(chance, length) * from_third.probability[place], len(found))
        yield first, last, found, np.asarray(chances, np.float64)


def _best(codes: Codes, chances: Weights, keys: int) -> Table:
    order = np.lexsort((codes & _LOWER, -chances, codes >> HALF))
    codes, chances = codes[order], chances[order]
    source = codes >> HALF
    rank = np.arange(len(source)) - np.searchsorted(source, source)
    kept = np.flatnonzero((rank < MOST_TRANSLATIONS) & (chances >= LEAST_PROBABILITY))
    starts = np.zeros(keys + 1, np.int64)
    np.cumsum(np.bincount(source[kept], minlength=keys), out=starts[1:])
    return Table(starts, (codes[kept] & _LOWER).astype(np.int32), chances[kept].astype(np.float32))


def _joined(parts: list[Table]) -> Table:
    lengths = [np.diff(part.starts) for part in parts]
    return Table(
        np.concatenate([[0], np.cumsum(np.concatenate([np.empty(0, np.int64), *lengths]))]).astype(np.int64),
        np.concatenate([np.empty(0, np.int32), *(part.target for part in parts)]),
        np.concatenate([np.empty(0, np.float32), *(part.probability for part in parts)]),
    )
