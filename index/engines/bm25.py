"""BM25F over posting lists in memory: what clauses match, what they score, how facets count.

Engine-free: an embedded engine that can hand out posting lists gets scoring, filters, facets and order from
here. Everything is counted over live entries only, so that nothing deleted shows in a score. Arrays have one
place for each entry of the snapshot.

Source: Robertson and Zaragoza 2009, The Probabilistic Relevance Framework: BM25 and Beyond, section 3.6
(fields); Pirkola 1998 (words that count as one).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from index import engine as ask
from index.engine import Clause, Found, Request, Response
from index.engines.passages import frequencies
from index.engines.spots import entry_of

K1 = 1.6
"""How soon more occurrences of a word stop to count."""

B = 0.75
"""How much a long field counts against an entry."""

Ids: TypeAlias = npt.NDArray[np.int64]
Numbers: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]


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

    def spots_in(self, field: str, token: str, chosen: Mask) -> Iterator[Ids]:
        """Yield where a token stands in those of the entries that are chosen, as `postings.spot` writes it.

        Nothing for a field without positions.
        """

    def lengths(self, field: str) -> Numbers:
        """Return how many tokens each entry has in a field."""

    def keyword(self, field: str) -> Values | None:
        """Return the values of a keyword field, None if there is no such field."""

    def sort_ranks(self, field: str) -> Numbers:
        """Return the rank of each entry's sort value, the same for equal values, NaN for an empty one."""

    def document_ranks(self) -> Numbers:
        """Return the rank of each entry's document by identifier."""

    def entry(self, number: int) -> tuple[str, str]:
        """Return the identifiers of an entry and of its document."""


def respond(request: Request, snapshot: Snapshot) -> Response:
    """Answer a request from one snapshot."""
    evaluation = _Evaluation(snapshot)
    matched, scores = evaluation.of(request.clause)
    allowed = {field: _any_of(snapshot, field, values) for field, values in request.filters.items() if values}
    matched = matched & snapshot.live
    hits = _intersection(matched, allowed.values())
    facets = {}
    for field in request.facets:
        others = (mask for name, mask in allowed.items() if name != field)
        facets[field] = _count(snapshot, field, _intersection(matched, others))
    numbers = np.flatnonzero(hits)
    if request.together is not None and request.limit and not request.sort:
        best = _ordered(numbers, scores, request, snapshot)[: request.together.most]
        scores[best] += evaluation.passages(request.together, best)
    page = _ordered(numbers, scores, request, snapshot)[request.offset : request.offset + request.limit]
    found = tuple(Found(*snapshot.entry(int(number)), float(scores[number])) for number in page)
    return Response(len(numbers), found, facets)


def matching(clause: Clause, snapshot: Snapshot) -> Mask:
    """Return which live entries a clause matches."""
    mask: Mask = _Evaluation(snapshot).of(clause)[0] & snapshot.live
    return mask


def _ordered(numbers: Ids, scores: Numbers, request: Request, snapshot: Snapshot) -> Ids:
    if not request.limit or not len(numbers):
        return numbers[:0]
    if request.sort:
        ranks = snapshot.sort_ranks(request.sort.removeprefix("-"))[numbers]
        first = -ranks if request.sort.startswith("-") else ranks
    else:
        first = -scores[numbers]
    return numbers[np.lexsort((snapshot.document_ranks()[numbers], first))]


class _Evaluation:
    """Evaluates clauses: which entries match (of deleted ones nothing is said), and their scores, else 0."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._size = len(snapshot.live)
        self._live_count = int(snapshot.live.sum())
        self._norms: dict[str, Numbers] = {}
        self._rarities: dict[tuple[ask.Term | ask.Phrase, ...], float] = {}

    def of(self, clause: Clause) -> tuple[Mask, Numbers]:
        """Evaluate one clause."""
        match clause:
            case ask.Term(field, token) if self._snapshot.keyword(field) is not None:
                return _any_of(self._snapshot, field, (token,)), np.zeros(self._size)
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
        for term in group.terms:
            if isinstance(term, ask.Phrase):
                entries, counts = self._snapshot.phrase_counts(term)
            else:
                entries, counts = self._snapshot.postings(term.field, term.token)
            if len(entries):
                frequency[entries] += term.boost * counts / self._norm(term.field)[entries]
                share = term.share if isinstance(term, ask.Term) else 1.0
                having[entries] = np.maximum(having[entries], share)
        matched = (frequency > 0) & (having >= group.least_share)
        in_entries = having.sum()
        rarity = float(np.log1p((self._live_count - in_entries + 0.5) / (in_entries + 0.5)))
        self._rarities[group.terms] = rarity
        return matched, rarity * _saturated(frequency)

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
            scores = np.concatenate((scores, self._rarities[group.terms] * _saturated(frequency)))
        known, places = np.unique(passages, return_inverse=True)
        np.maximum.at(best, entry_of(known), np.bincount(places, scores, len(known)))
        return together.factor * best

    def _norm(self, field: str) -> Numbers:
        if field not in self._norms:
            lengths = self._snapshot.lengths(field)
            filled = lengths[self._snapshot.live & (lengths > 0)]
            mean = filled.mean() if len(filled) else 1.0
            self._norms[field] = 1 - B + B * lengths / mean
        return self._norms[field]


def _saturated(frequency: Numbers) -> Numbers:
    return (K1 + 1) * frequency / (K1 + frequency)


def _any_of(snapshot: Snapshot, field: str, values: Collection[str]) -> Mask:
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
    inside = frozenset(
        value
        for value in known.values
        if value.isdecimal()
        and (clause.low is None or int(value) >= clause.low)
        and (clause.high is None or int(value) <= clause.high)
    )
    return _any_of(snapshot, clause.field, inside)


def _intersection(matched: Mask, masks: Iterable[Mask]) -> Mask:
    for mask in masks:
        matched = matched & mask
    return matched


def _count(snapshot: Snapshot, field: str, matched: Mask) -> Mapping[str, int]:
    known = snapshot.keyword(field)
    if known is None:
        return {}
    counts = np.bincount(known.value_ids[matched[known.entries]], minlength=len(known.values))
    there = np.flatnonzero(counts)
    pairs = zip(there.tolist(), counts[there].tolist(), strict=True)
    return {known.values[number]: count for number, count in pairs}
