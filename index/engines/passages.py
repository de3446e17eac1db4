"""How often each word of a query stands in each passage of a few entries.

What that adds to a score is said in `bm25.py`, what a passage is in `index.engine.Together`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from index.engine import Group, Term, Together
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
    return map(counting.of, together.words)


class _Counting:
    def __init__(self, together: Together, entries: Ids, index: Places) -> None:
        self._together = together
        self._index = index
        self._chosen: Mask = np.zeros(len(index.live), dtype=np.bool_)
        self._chosen[entries] = True
        self._numbers = np.zeros(len(index.live), dtype=np.int64)
        self._numbers[entries] = np.arange(len(entries))
        self._breaks = {name: self._spots(name, together.apart) for name in together.fields}

    def of(self, word: Group) -> tuple[Ids, Numbers]:
        passages, often = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
        for term in word.terms:
            if not isinstance(term, Term):
                continue
            if term.field in self._together.whole:
                entries, counts = self._in_chosen(term)
                passages.append(spot(self._numbers[entries]))
                often.append(term.boost * counts)
            elif term.field in self._breaks and len(self._in_chosen(term)[0]):
                passages.append(self._passages(term))
                often.append(np.full(len(passages[-1]), term.boost))
        known, places = np.unique(np.concatenate(passages), return_inverse=True)
        frequency: Numbers = np.bincount(places, np.concatenate(often), len(known)).astype(np.float64)
        return known, frequency

    def _in_chosen(self, term: Term) -> tuple[Ids, Numbers]:
        entries, counts = self._index.postings(term.field, term.token)
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
