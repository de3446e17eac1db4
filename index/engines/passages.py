"""How often each word of a query stands in each passage of a few entries.

What that adds to a score is said in `bm25.py`, what a passage is in `index.engine.Together`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from index.engine import Apart, Phrase, Term, Together
from index.engines.spots import entry_of, spot

Ids: TypeAlias = npt.NDArray[np.int64]
Numbers: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]

_NO_IDS: Ids = np.zeros(0, np.int64)
_NO_NUMBERS: Numbers = np.zeros(0)


class Places(Protocol):
    """What has to be known of an index: see `bm25.Snapshot`."""

    @property
    def live(self) -> Mask:
        """Which entries are not deleted."""

    def postings(self, field: str, token: str) -> tuple[Ids, Numbers]:
        """Return the live entries that have a token, and how often."""

    def spots_in(self, field: str, tokens: Sequence[str], chosen: Mask) -> Iterator[tuple[Ids, Ids]]:
        """Yield where tokens stand in those of the entries that are chosen, and which of them."""


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
        self._breaks = {name: np.sort(self._spots(name, (together.apart,))[0]) for name in together.fields}

    def of(self, ways: Iterable[Term | Phrase | Apart]) -> tuple[Ids, Numbers]:
        passages, often = [_NO_IDS], [_NO_NUMBERS]
        terms: dict[str, list[Term]] = {}
        for way in ways:
            if isinstance(way, Term):
                terms.setdefault(way.field, []).append(way)
            elif isinstance(way, Apart) and way.slots:
                found, counts = self._in_one(way.slots)
                passages.append(found)
                often.append(way.boost * counts)
        for field, some in terms.items():
            found, counts = self._occurrences(field, some)
            passages.append(found)
            often.append(counts)
        known, places = np.unique(np.concatenate(passages), return_inverse=True)
        frequency: Numbers = np.bincount(places, np.concatenate(often), len(known)).astype(np.float64)
        return known, frequency

    def _occurrences(self, field: str, terms: Sequence[Term]) -> tuple[Ids, Numbers]:
        """Return the passages in which terms of a field occur, and how often, weighed; the same may be there
        several times."""
        if field in self._together.whole:
            return self._in_whole(terms)
        if field not in self._breaks:
            return _NO_IDS, _NO_NUMBERS
        spots, which = self._spots(field, [term.token for term in terms])
        entries = entry_of(spots)
        breaks = self._breaks[field]
        before = np.searchsorted(breaks, spots) - np.searchsorted(breaks, spot(entries))
        boosts = np.array([term.boost for term in terms])
        return spot(self._numbers[entries], 1) + before, boosts[which]

    def _in_whole(self, terms: Sequence[Term]) -> tuple[Ids, Numbers]:
        passages, often = [_NO_IDS], [_NO_NUMBERS]
        for term in terms:
            entries, counts = self._index.postings(term.field, term.token)
            if len(entries):
                chosen = self._chosen[entries]
                passages.append(spot(self._numbers[entries[chosen]]))
                often.append(term.boost * counts[chosen])
        return np.concatenate(passages), np.concatenate(often)

    def _in_one(self, slots: Iterable[Iterable[Term]]) -> tuple[Ids, Numbers]:
        """Return the passages that have all slots, as often as the rarest of them."""
        found = [*map(self.of, slots)]
        common = reduce(np.intersect1d, (passages for passages, _ in found))
        counts = [often[np.searchsorted(passages, common)] for passages, often in found]
        return common, np.minimum.reduce(counts)

    def _spots(self, field: str, tokens: Sequence[str]) -> tuple[Ids, Ids]:
        """Return where tokens stand in the chosen entries, and which of them."""
        spots, which = [_NO_IDS], [_NO_IDS]
        for some, numbers in self._index.spots_in(field, tokens, self._chosen):
            spots.append(some)
            which.append(numbers)
        return np.concatenate(spots), np.concatenate(which)
