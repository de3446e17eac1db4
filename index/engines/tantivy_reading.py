"""Answers from a Tantivy index at one commit.

Tantivy says what matches, counts facets and sorts by fields. Where the best are wanted, those that it scores
highest are scored once more by `bm25.py` from their records, a hundred at a time: so scores are those of
every engine, and after the best hundred comes the next hundred.

Source: tantivy-py 0.27, Searcher; docs/adr/0030-tantivy.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, TypeAlias

import numpy as np
import tantivy
from tantivy import Query

from index import engine as ask
from index.engine import Clause, Entry, Found, Request, Response, Schema, Together
from index.engines.bm25 import Evaluation, Numbers
from index.engines.chosen import Chosen, tokens_of
from index.engines.records import LONG, Records, fields_of
from index.engines.tantivy_fields import State, order_field, tokens_in
from index.engines.tantivy_figures import TantivyFigures

Hit: TypeAlias = tuple[float, tantivy.DocAddress]

RANKED = 100
"""So many entries are ranked at once, unless a request says how many."""

JOINED = 8
"""Of so many segments, all of less than 10,000 entries, Tantivy makes one, however large some of them are."""

MANY, SCATTERED = JOINED - 2, JOINED - 3
"""So many segments are soon joined, and ask for being joined beside the index before that."""

MOST_SINCE = 16 << 20
"""Joining takes as long as there are entries, so records of so many bytes come first."""

AT_ONCE = 100
"""So many entries are read again at once."""

WORTH_IT = 4 << 20
"""Fewer bytes of records are not written anew for those that are deleted."""

MOST_VALUES = 5000
"""So many values of a facet are counted by aggregation, more by walking through them."""


class TantivySnapshot:
    """An index at one commit. Threads may share it."""

    def __init__(
        self,
        state: State,
        schema: Schema,
        fields: tantivy.Schema,
        searcher: tantivy.Searcher,
        records: Records,
    ) -> None:
        self.state = state
        self._schema = schema
        self._searcher = searcher
        self.records = records
        self.figures = TantivyFigures(schema, fields, searcher, records)
        self._queries = self.figures.queries

    def respond(self, request: Request) -> Response:
        """Answer a request. Tantivy makes room for all places before the last one that is asked for."""
        entries, together = self.figures.size(), request.together
        if together is not None:
            together = replace(together, words=tuple(map(self._queries.known_word, together.words)))
        request = replace(request, clause=self._queries.known(request.clause), together=together)
        filters = {field: values for field, values in request.filters.items() if values}
        matching = self._queries.matching(request.clause)
        facets = self._facets(request.facets, filters, matching)
        last = min(request.offset + request.limit, entries)
        query = self._queries.filtered(matching, filters.items())
        if request.offset >= last:
            return Response(self.figures.count(query), (), facets)
        is_ranked = request.together is not None or _is_scored(request.clause, self._schema)
        if request.sort or not is_ranked:
            total, found = self._sorted(query, request, last - request.offset)
            return Response(total, found, facets)
        query = self._queries.filtered(self._queries.scored(request.clause), filters.items())
        most = request.together.most if request.together is not None else 0
        size = min(most or RANKED, entries)
        first, end = request.offset // size * size, -(-last // size) * size
        total, hits = self._best(query, range(first, end + 1, size))
        page: list[Found] = []
        for begin in range(first, end, size):
            together = request.together if begin == 0 else None
            some = hits[begin - first : begin - first + size]
            wanted = slice(max(0, request.offset - begin), max(0, last - begin))
            page += self._ranked(some, request.clause, together, wanted)
        return Response(total, tuple(page), facets)

    def vocabulary(self, field: str, within: Clause) -> dict[str, int]:
        """Return the tokens of a field in entries that a clause matches, with how many of those have each."""
        if field not in fields_of(self._schema):
            return {}
        return dict(
            self._searcher.terms_with_prefix(
                field, "", self._queries.filtered(self._queries.matching(within), ())
            )
        )

    def starts(self) -> list[int]:
        """Return where the records of all entries start, in order."""
        return self.figures.starts(Query.all_query())

    def recent(self) -> list[int]:
        """Return where the records start of the entries that were written last; in order."""
        return self.figures.starts(self._queries.since(self.state.recent))

    def segments(self) -> int:
        """Return how many segments there are."""
        return int(self._searcher.num_segments)

    def is_scattered(self) -> bool:
        """Tell whether it is time to join all segments, before Tantivy does while somebody waits for it."""
        since = (self.state.records_end - self.state.joined) * LONG.itemsize
        least = JOINED - 1 if since < MOST_SINCE else SCATTERED
        return since > 0 and self.segments() >= least

    def entries(self, starts: Sequence[int]) -> Iterator[Entry]:
        """Yield entries, given by their records, as they were written."""
        for _, entry in self.placed(starts):
            yield entry

    def placed(self, starts: Sequence[int]) -> Iterator[tuple[int, Entry]]:
        """Yield the same, each with where its record starts."""
        for begin in range(0, len(starts), AT_ONCE):
            some = starts[begin : begin + AT_ONCE]
            hits = self._searcher.search(self._queries.at(some), len(some), count=False).hits
            chosen = self._chosen(hits, ())
            places = self.figures.records_at([address for _, address in hits])
            for number, (_, address) in enumerate(hits):
                tokens = tokens_in(self._searcher.doc(address), self._schema)
                yield places[number], chosen.entry(number, tokens)

    def documents(self, starts: Sequence[int]) -> set[str]:
        """Return whose records start there, those of deleted entries included."""
        some = self.records.some(starts)
        return {some.name(number)[0] for number in range(len(starts))}

    def has_much_deleted(self) -> bool:
        """Tell whether more is deleted than not, in entries or, of what is worth it, in bytes of records."""
        return self.figures.remembered(("sparse",), self._has_much_deleted)

    def _has_much_deleted(self) -> bool:
        if len(self.records.all_starts()) > 2 * self.figures.size():
            return True
        end = self.state.records_end
        return end * LONG.itemsize > WORTH_IT and 2 * self.records.length_of(self.starts()) < end

    def deleted_of(self, documents: Collection[str]) -> list[int]:
        """Return where the records start that are left of deleted entries of some documents."""
        if not documents:
            return []
        deleted = sorted({*self.records.all_starts()} - {*self.starts()})
        some = self.records.some(deleted)
        return [start for number, start in enumerate(deleted) if some.name(number)[0] in documents]

    def _sorted(self, query: Query, request: Request, limit: int) -> tuple[int, tuple[Found, ...]]:
        """Return how many entries match, and a page of them by a field, else by identifier."""
        field, descending = request.sort.removeprefix("-"), request.sort.startswith("-")
        field, descending = (field, descending) if field in self._schema.sorts else ("", False)
        found: Any = self._searcher.search(
            query,
            limit,
            order_by_field=order_field(field, descending=descending),
            offset=request.offset,
            order=tantivy.Order.Desc if descending else tantivy.Order.Asc,
        )
        chosen, scores = self._scored(found.hits, request.clause, None)
        return found.count, tuple(_found(chosen, scores, range(len(scores))))

    def _best(self, query: Query, borders: range) -> tuple[int, list[Hit]]:
        """Return how many entries match, and those from the first to the last border by Tantivy's score.

        Where entries score alike on both sides of a border, identifiers say who is on which.
        """
        first, end = borders[0], borders[-1]
        found: Any = self._searcher.search(query, end + 1)
        hits: list[Hit] = found.hits
        if len(hits) > end and hits[end - 1][0] == hits[end][0]:
            hits = self._searcher.search(query, found.count, count=False).hits
        for equal in _across(hits, borders):
            hits[equal] = self._by_identifier(hits[equal])
        return found.count, hits[first:end]

    def _by_identifier(self, hits: Sequence[Hit]) -> list[Hit]:
        """Bring hits into the order of their identifiers, which stays the same."""
        chosen = self._chosen(hits, ())
        return [hits[at] for at in sorted(range(len(hits)), key=chosen.name)]

    def _ranked(
        self, hits: Sequence[Hit], clause: Clause, together: Together | None, wanted: slice
    ) -> list[Found]:
        """Return a part of some hits in their order, the best first, of equal ones by identifier."""
        chosen, scores = self._scored(hits, clause, together)
        order: list[int] = []
        for _, equal in groupby(np.argsort(-scores, kind="stable").tolist(), key=scores.tolist().__getitem__):
            some = [*equal]
            order += sorted(some, key=chosen.name) if len(some) > 1 else some
        return _found(chosen, scores, order[wanted])

    def _scored(
        self, hits: Sequence[Hit], clause: Clause, together: Together | None
    ) -> tuple[Chosen, Numbers]:
        words = together.words if together is not None else ()
        breaks = [(field, together.apart) for field in together.fields] if together is not None else []
        wanted = {*tokens_of(clause), *breaks, *(pair for word in words for pair in tokens_of(word))}
        chosen = self._chosen(hits, wanted)
        evaluation = Evaluation(chosen, self.figures)
        scores = evaluation.of(clause)[1]
        if together is not None:
            scores = scores + evaluation.passages(together, np.arange(len(hits)))
        return chosen, scores

    def _chosen(self, hits: Sequence[Hit], wanted: Iterable[tuple[str, str]]) -> Chosen:
        starts = self.figures.records_at([address for _, address in hits])
        return Chosen(self._schema, self.records, starts, wanted)

    def _facets(
        self, fields: Sequence[str], filters: Mapping[str, tuple[str, ...]], matching: Query
    ) -> dict[str, Mapping[str, int]]:
        """Count the values of each facet among what the filters of the others leave."""
        counts: dict[str, Mapping[str, int]] = {field: {} for field in fields}
        known = [field for field in fields if field in self._schema.keywords]
        all_filtered = self._queries.filtered(matching, filters.items())
        counts |= self._counts([field for field in known if field not in filters], all_filtered)
        for field in known:
            if field in filters:
                others = [pair for pair in filters.items() if pair[0] != field]
                counts |= self._counts([field], self._queries.filtered(matching, others))
        return counts

    def _counts(self, fields: Sequence[str], query: Query) -> dict[str, Mapping[str, int]]:
        if not fields:
            return {}
        terms = {field: {"terms": {"field": field, "size": MOST_VALUES}} for field in fields}
        counted = self._searcher.aggregate(query, terms)
        return {
            field: dict(self._searcher.terms_with_prefix(field, "", query))
            if found["sum_other_doc_count"]
            else {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}
            for field, found in counted.items()
        }


def _across(hits: Sequence[Hit], borders: Iterable[int]) -> list[slice]:
    """Return where those hits are, in order of their scores, that score alike on both sides of a border."""
    found: list[slice] = []
    for place in borders:
        if 0 < place < len(hits) and hits[place - 1][0] == hits[place][0]:
            score = hits[place][0]
            begin, end = (
                bisect(hits, -score, key=lambda hit: -hit[0]) for bisect in (bisect_left, bisect_right)
            )
            if not found or found[-1].stop <= begin:
                found.append(slice(begin, end))
    return found


def _found(chosen: Chosen, scores: Numbers, numbers: Iterable[int]) -> list[Found]:
    found = []
    for number in numbers:
        document, entry = chosen.name(number)
        found.append(Found(entry, document, float(scores[number]), chosen.stored(number)))
    return found


def _is_scored(clause: Clause, schema: Schema) -> bool:
    """Tell whether anything of a clause is scored."""
    match clause:
        case ask.Term(field):
            return field not in schema.keywords
        case ask.Phrase() | ask.Group():
            return True
        case ask.All(clauses) | ask.Any(clauses) | ask.Best(clauses):
            return any(_is_scored(each, schema) for each in clauses)
        case ask.Boost(inner):
            return _is_scored(inner, schema)
        case ask.Not() | ask.Range() | ask.Everything():
            return False
