"""How often each word of a query stands in each passage of a few entries.

What that adds to a score is said in `bm25.py`, what a passage is in `index.engine.Together`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from index.engine import Apart, Phrase, Term, Together
from index.engines.spots import entry_of, spot

Ids: TypeAlias = npt.NDArray[np.int64]
Numbers: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]


class Places(Protocol):
    """What has to be known of an index: see `bm25.Snapshot`."""

    @property
    def live(self) -> Mask:
        """Which entries are not deleted."""

    def postings(self, field: str, token: str) -> tuple[Ids, Numbers]:
        """Return the live entries that have a token, and how often."""

    def spots_in(self, field: str, token: str, chosen: Mask) -> Iterator[Ids]:
        """Yield where a token stands in those of the entries that are chosen."""


def frequencies(together: Together, entries: Ids, index: Places) -> Iterator[tuple[Ids, Numbers]]:
    """Yield for each word the passages that have it, in order, and how often, by the boosts of its terms.

    A passage is written as a spot: which of the entries, from 0, and which of its passages, from 1; the whole
    fields are 0.
    """
    counting = _Counting(together, entries, index)
    return (counting.of(word.terms) for word in together.words)


class _Counting:
    def __init__(self, together: Together, entries: Ids, index: Places) -> None:
        self._together = together
        self._index = index
        self._chosen: Mask = np.zeros(len(index.live), dtype=np.bool_)
        self._chosen[entries] = True
        self._numbers = np.zeros(len(index.live), dtype=np.int64)
        self._numbers[entries] = np.arange(len(entries))
        self._breaks = {name: self._spots(name, together.apart) for name in together.fields}

    def of(self, ways: Iterable[Term | Phrase | Apart]) -> tuple[Ids, Numbers]:
        passages, often = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
        for way in ways:
            found, counts = self._occurrences(way)
            if len(found):
                passages.append(found)
                often.append(way.boost * counts)
        known, places = np.unique(np.concatenate(passages), return_inverse=True)
        frequency: Numbers = np.bincount(places, np.concatenate(often), len(known)).astype(np.float64)
        return known, frequency

    def _occurrences(self, way: Term | Phrase | Apart) -> tuple[Ids, Numbers]:
        match way:
            case Apart(slots) if slots:
                return self._in_one(slots)
            case Term(field) if field in self._together.whole:
                entries, counts = self._in_chosen(way)
                return spot(self._numbers[entries]), counts
            case Term(field) if field in self._breaks and len(self._in_chosen(way)[0]):
                found = self._passages(way)
                return found, np.ones(len(found))
            case _:
                return np.zeros(0, dtype=np.int64), np.zeros(0)

    def _in_one(self, slots: Iterable[Iterable[Term]]) -> tuple[Ids, Numbers]:
        """Return the passages that have all slots, as often as the rarest of them."""
        found = [*map(self.of, slots)]
        common = reduce(np.intersect1d, (passages for passages, _ in found))
        counts = [often[np.searchsorted(passages, common)] for passages, often in found]
        return common, np.minimum.reduce(counts)

    def _in_chosen(self, term: Term) -> tuple[Ids, Numbers]:
        entries, counts = self._index.postings(term.field, term.token)
        if not len(entries):
            return entries, counts
        chosen = self._chosen[entries]
        return entries[chosen], counts[chosen]

    def _passages(self, term: Term) -> Ids:
        """Return of each place of a token the passage it is in."""
        spots, breaks = self._spots(term.field, term.token), self._breaks[term.field]
        entries = entry_of(spots)
        before = np.searchsorted(breaks, spots) - np.searchsorted(breaks, spot(entries))
        return spot(self._numbers[entries], 1) + before

    def _spots(self, field: str, token: str) -> Ids:
        found = [*self._index.spots_in(field, token, self._chosen)]
        return np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *found]))
