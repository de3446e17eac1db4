"""What is to be known of a Tantivy index at one commit to ask it and to score what it finds.

Everything but `documents_with` and `all_documents` counts live entries only.

Source: tantivy-py 0.27, Searcher.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
import tantivy
from tantivy import Occur, Query

from index import engine as ask
from index.engine import Schema
from index.engines.bm25 import Saying
from index.engines.chosen import Chosen, tokens_of
from index.engines.records import Records
from index.engines.spots import entry_of
from index.engines.tantivy_fields import A_STATE, AN_ENTRY, KIND, RECORD, length_field
from index.engines.tantivy_queries import Queries, share_of, union

T = TypeVar("T")

_MOST_KNOWN, _MOST_NEAR = 10_000, 1_000_000
"""So many answers are remembered, and phrases near so many entries, then all forgotten."""

_AT_ONCE = 1000
"""So many records are looked into at once."""


class TantivyFigures:
    """See `tantivy_queries.Figures` and `bm25.Collection`. Threads may share it."""

    def __init__(
        self, schema: Schema, fields: tantivy.Schema, searcher: tantivy.Searcher, records: Records
    ) -> None:
        self._schema = schema
        self._tantivy_fields = fields
        self._searcher = searcher
        self._records = records
        self._known: dict[Any, Any] = {}
        self._known_near = 0
        self._all_documents = sum(searcher.doc_freq(KIND, kind) for kind in (AN_ENTRY, A_STATE))

    @property
    def queries(self) -> Queries:
        """What makes queries by these figures; not kept, or nothing would go before garbage is collected."""
        return Queries(self._schema, self._tantivy_fields, self)

    def documents_with(self, field: str, token: str) -> int:
        return self._searcher.doc_freq(field, token)

    def all_documents(self) -> int:
        return self._all_documents

    def size(self) -> int:
        return self._searcher.num_docs - 1  # without the one that holds the state

    def mean_length(self, field: str) -> float:
        return self.remembered((field,), lambda: self._mean_length(field))

    def _mean_length(self, field: str) -> float:
        stats = self._searcher.aggregate(
            Query.all_query(), {"length": {"stats": {"field": length_field(field)}}}
        )["length"]
        return float(stats["sum"] / stats["count"]) if stats["count"] else 1.0

    def having(self, group: ask.Group) -> float:
        return self.remembered(group.terms, lambda: self._having(group.terms))

    def _having(self, terms: Sequence[Saying]) -> float:
        """Add up the greatest shares that entries have: level by level, from the greatest one on."""
        there = [(share_of(term), query) for term, query in self.queries.there(terms)]
        total, counted = 0.0, 0
        for level in sorted({share for share, _ in there}, reverse=True):
            count = self.count(union([query for share, query in there if share >= level]))
            total += level * (count - counted)
            counted = count
        return total

    def count(self, query: Query) -> int:
        """Return how many entries match."""
        found: Any = self._searcher.search(query, 1)
        return int(found.count)

    def values(self, field: str) -> Sequence[str]:
        if field not in self._schema.keywords:
            return ()
        return self.remembered(("values", field), lambda: self._values(field))

    def _values(self, field: str) -> list[str]:
        return [value for value, _ in self._searcher.terms_with_prefix(field, "")]

    def near(self, phrase: ask.Phrase) -> Sequence[int]:
        terms = [
            Query.term_query(self._tantivy_fields, phrase.field, token, "freq") for token in {*phrase.tokens}
        ]
        starts = self.starts(Query.boolean_query([(Occur.Must, term) for term in terms]))
        found: list[int] = []
        for begin in range(0, len(starts), _AT_ONCE):
            some = starts[begin : begin + _AT_ONCE]
            chosen = Chosen(self._schema, self._records, some, tokens_of(phrase))
            found += [some[entry] for entry in np.unique(entry_of(chosen.phrase_spots(phrase))).tolist()]
        self._known_near += len(found)
        return found

    def starts(self, query: Query) -> list[int]:
        """Return where the records of all entries that match start, in order."""
        entries = Query.boolean_query([(Occur.Must, query), (Occur.Must, self.queries.entries())])
        hits = self._searcher.search(entries, max(1, self.size()), count=False).hits
        return sorted(self.records_at([address for _, address in hits]))

    def records_at(self, addresses: list[tantivy.DocAddress]) -> list[int]:
        """Return where the records of some entries start."""
        return [int(start or 0) for start in self._searcher.fast_field_values(RECORD, addresses)]

    def remembered(self, key: object, make: Callable[[], T]) -> T:
        """Return what was made before under a key, or make it."""
        known: T | None = self._known.get(key)
        if known is None:
            known = make()
            if len(self._known) > _MOST_KNOWN or self._known_near > _MOST_NEAR:
                self._known, self._known_near = {}, 0
            self._known[key] = known
        return known
