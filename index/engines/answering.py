"""Answers from an index whose posting lists are at hand: filters, facets, order and pages of results.

Engine-free, as `bm25.py`, which scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np

from index.engine import Clause, Found, Request, Response
from index.engines import bm25
from index.engines.bm25 import Evaluation, Ids, Mask, Numbers, any_of


class Snapshot(bm25.Snapshot, Protocol):
    """All of an index as it was at one commit."""

    def sort_ranks(self, field: str) -> Numbers:
        """Return the rank of each entry's sort value, the same for equal values, NaN for an empty one."""

    def document_ranks(self) -> Numbers:
        """Return the rank of each entry's document by identifier."""

    def entry(self, number: int) -> tuple[str, str]:
        """Return the identifiers of an entry and of its document."""

    def stored(self, number: int) -> bytes:
        """Return what is stored with an entry."""


def respond(request: Request, snapshot: Snapshot) -> Response:
    """Answer a request from one snapshot."""
    evaluation = Evaluation(snapshot)
    matched, scores = evaluation.of(request.clause)
    allowed = {field: any_of(snapshot, field, values) for field, values in request.filters.items() if values}
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
    found = tuple(
        Found(*snapshot.entry(number), float(scores[number]), snapshot.stored(number))
        for number in page.tolist()
    )
    return Response(len(numbers), found, facets)


def matching(clause: Clause, snapshot: Snapshot) -> Mask:
    """Return which live entries a clause matches."""
    mask: Mask = Evaluation(snapshot).of(clause)[0] & snapshot.live
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
