"""BM25F over posting lists in memory: what clauses match and what they score.

Engine-free: an engine that can hand out posting lists, of all its entries or of those that are to be ranked,
gets its scores from here. Everything is counted over live entries only, so that nothing deleted shows in a
score. Arrays have one place for each entry of the snapshot.

Source: Robertson and Zaragoza 2009, The Probabilistic Relevance Framework: BM25 and Beyond, section 3.6
(fields); Pirkola 1998 (words that count as one).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from index import engine as ask
from index.engine import Clause
from index.engines.passages import frequencies
from index.engines.spots import entry_of

MOST_DIGITS = 4000
"""What has more digits is no number: Python reads no longer ones."""

K1 = 1.6
"""How soon more occurrences of a word stop to count."""

B = 0.75
"""How much a long field counts against an entry."""

Ids: TypeAlias = npt.NDArray[np.int64]
Numbers: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Saying: TypeAlias = ask.Term | ask.Phrase | ask.Apart


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a keyword field: `value_ids[i]` is the place in `values` of one value of `entries[i]`."""

    values: tuple[str, ...]
    entries: Ids
    value_ids: Ids


class Snapshot(Protocol):
    """An index as it was at one commit."""

    @property
    def live(self) -> Mask:
        """Which entries are not deleted."""

    def postings(self, field: str, token: str) -> tuple[Ids, Numbers]:
        """Return the live entries that have a token, and how often."""

    def phrase_counts(self, phrase: ask.Phrase) -> tuple[Ids, Numbers]:
        """Return the live entries that have a phrase, and how often."""

    def spots_in(self, field: str, tokens: Sequence[str], chosen: Mask) -> Iterator[tuple[Ids, Ids]]:
        """Yield where tokens stand in those of the entries that are chosen, as `spots.spot` writes it.

        One token after the other, each spot with which of them it is; nothing for a field without positions.
        """

    def lengths(self, field: str) -> Numbers:
        """Return how many tokens each entry has in a field."""

    def keyword(self, field: str) -> Values | None:
        """Return the values of a keyword field, None if there is no such field."""


class Collection(Protocol):
    """What scores depend on besides the entries that are scored: all entries of an index."""

    def size(self) -> int:
        """Return how many entries there are."""

    def mean_length(self, field: str) -> float:
        """Return how many tokens a field has on average where it has some; 1 where none has."""

    def having(self, group: ask.Group) -> float:
        """Return how many entries have a word, each counted by the greatest share it has of it."""


class Evaluation:
    """Evaluates clauses: which entries match (of deleted ones nothing is said), and their scores, else 0."""

    def __init__(self, snapshot: Snapshot, collection: Collection | None = None) -> None:
        """`collection`: what the snapshot is a part of; without, it holds all entries."""
        self._snapshot = snapshot
        self._collection = collection
        self._size = len(snapshot.live)
        self._norms: dict[str, Numbers] = {}
        self._rarities: dict[tuple[Saying, ...], float] = {}

    def of(self, clause: Clause) -> tuple[Mask, Numbers]:
        """Evaluate one clause."""
        match clause:
            case ask.Term(field, token) if self._snapshot.keyword(field) is not None:
                return any_of(self._snapshot, field, (token,)), np.zeros(self._size)
            case ask.Term() | ask.Phrase():
                return self._group(ask.Group((clause,)))
            case ask.Group():
                return self._group(clause)
            case ask.Range():
                return _between(self._snapshot, clause), np.zeros(self._size)
            case ask.All(clauses):
                return self._all(clauses)
            case ask.Any(clauses):
                return self._any(clauses)
            case ask.Best(clauses):
                return self._any(clauses, np.maximum)
            case ask.Boost(inner, factor):
                matched, scores = self.of(inner)
                return matched, scores * factor
            case ask.Not(inner):
                return ~self.of(inner)[0], np.zeros(self._size)
            case ask.Everything():
                return np.ones(self._size, dtype=np.bool_), np.zeros(self._size)

    def _all(self, clauses: tuple[Clause, ...]) -> tuple[Mask, Numbers]:
        matched, scores = np.ones(self._size, dtype=np.bool_), np.zeros(self._size)
        for clause in clauses:
            also, more = self.of(clause)
            matched &= also
            scores += more
        return matched, np.where(matched, scores, 0.0)

    def _any(self, clauses: tuple[Clause, ...], join: np.ufunc = np.add) -> tuple[Mask, Numbers]:
        matched, scores = np.zeros(self._size, dtype=np.bool_), np.zeros(self._size)
        for clause in clauses:
            also, more = self.of(clause)
            matched |= also
            scores = join(scores, more)
        return matched, scores

    def _group(self, group: ask.Group) -> tuple[Mask, Numbers]:
        frequency, having = np.zeros(self._size), np.zeros(self._size)
        enough = np.zeros(self._size, dtype=np.bool_)
        for term in group.terms:
            entries, often = self._occurrences(term)
            if not len(entries) or term.boost <= 0:
                continue
            share = 1.0 if isinstance(term, ask.Phrase) else term.share
            frequency[entries] += often
            having[entries] = np.maximum(having[entries], share)
            enough[entries] |= isinstance(term, ask.Apart) or share >= group.least_share
        matched = (frequency > 0) & enough
        rarity = self._rarity(group, having)
        self._rarities[group.terms] = rarity
        return matched, rarity * saturated(frequency)

    def _rarity(self, group: ask.Group, having: Numbers) -> float:
        if self._collection is None:
            return rarity_of(float(having.sum()), int(self._snapshot.live.sum()))
        return rarity_of(self._collection.having(group), self._collection.size())

    def _occurrences(self, term: Saying) -> tuple[Ids, Numbers]:
        """Return the entries that have something, and how often against their length, as it is weighed."""
        match term:
            case ask.Apart(slots, boost):
                least = np.minimum.reduce([self._frequency(slot) for slot in slots]) if slots else np.zeros(0)
                entries: Ids = np.flatnonzero(least)
                return entries, boost * least[entries]
            case ask.Phrase():
                entries, counts = self._snapshot.phrase_counts(term)
            case ask.Term(field, token):
                entries, counts = self._snapshot.postings(field, token)
        return entries, term.boost * counts / self._norm(term.field)[entries] if len(entries) else counts

    def _frequency(self, terms: Iterable[ask.Term]) -> Numbers:
        frequency = np.zeros(self._size)
        for term in terms:
            entries, often = self._occurrences(term)
            frequency[entries] += often
        return frequency

    def passages(self, together: ask.Together, entries: Ids) -> Numbers:
        """Return what having the words together adds to the scores of some entries."""
        best = np.zeros(len(entries))
        passages, scores = np.zeros(0, dtype=np.int64), np.zeros(0)
        for group, (found, frequency) in zip(
            together.words, frequencies(together, entries, self._snapshot), strict=True
        ):
            if group.terms not in self._rarities:
                self._group(group)
            passages = np.concatenate((passages, found))
            scores = np.concatenate((scores, self._rarities[group.terms] * saturated(frequency)))
        known, places = np.unique(passages, return_inverse=True)
        np.maximum.at(best, entry_of(known), np.bincount(places, scores, len(known)))
        return together.factor * best

    def _norm(self, field: str) -> Numbers:
        if field not in self._norms:
            lengths = self._snapshot.lengths(field)
            self._norms[field] = 1 - B + B * lengths / self._mean_length(field, lengths)
        return self._norms[field]

    def _mean_length(self, field: str, lengths: Numbers) -> float:
        if self._collection is not None:
            return self._collection.mean_length(field)
        filled = lengths[self._snapshot.live & (lengths > 0)]
        return float(filled.mean()) if len(filled) else 1.0


def rarity_of(in_entries: float, of_entries: int) -> float:
    """Return how much a word counts that so many of the entries have."""
    return float(np.log1p((of_entries - in_entries + 0.5) / (in_entries + 0.5)))


def saturated(frequency: Numbers) -> Numbers:
    """Return how much words count that occur so often."""
    return (K1 + 1) * frequency / (K1 + frequency)


def any_of(snapshot: Snapshot, field: str, values: Container[str]) -> Mask:
    """Return which entries have one of the values in a keyword field."""
    mask = np.zeros(len(snapshot.live), dtype=np.bool_)
    known = snapshot.keyword(field)
    if known is not None:
        wanted = np.array([value in values for value in known.values], dtype=np.bool_)
        mask[known.entries[wanted[known.value_ids]]] = True
    return mask


def _between(snapshot: Snapshot, clause: ask.Range) -> Mask:
    known = snapshot.keyword(clause.field)
    if known is None:
        return np.zeros(len(snapshot.live), dtype=np.bool_)
    inside = frozenset(value for value in known.values if is_between(value, clause))
    return any_of(snapshot, clause.field, inside)


def is_between(value: str, clause: ask.Range) -> bool:
    """Tell whether a keyword value is a number in a range."""
    return (
        value.isdecimal()
        and len(value) <= MOST_DIGITS
        and (clause.low is None or int(value) >= clause.low)
        and (clause.high is None or int(value) <= clause.high)
    )
