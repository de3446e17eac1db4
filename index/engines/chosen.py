"""A few entries of an index, by their records, as `bm25.py` reads them: those that are ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from index import engine as ask
from index.engine import Clause, Entry, Schema
from index.engines.bm25 import Ids, Mask, Numbers, Values
from index.engines.records import Records
from index.engines.spots import NOWHERE, Spots, close_together, counted, side_by_side

NOBODY: tuple[Ids, Numbers] = np.zeros(0, np.int64), np.zeros(0)


class Chosen:
    """Entries, numbered from 0. See `bm25.Snapshot`."""

    def __init__(
        self, schema: Schema, records: Records, starts: Sequence[int], wanted: Iterable[tuple[str, str]]
    ) -> None:
        """`wanted`: pairs of field and token that will be asked for.

        Raises:
            ValueError, IndexError: the records cannot be read.
        """
        self._schema = schema
        self._some = records.some(starts, wanted)
        self.live: Mask = np.ones(len(starts), dtype=np.bool_)

    def postings(self, field: str, token: str) -> tuple[Ids, Numbers]:
        if not self._some.have(field, token):
            return NOBODY
        counts = self._some.counts(field, token)
        entries = np.flatnonzero(counts)
        return entries, counts[entries].astype(np.float64)

    def phrase_counts(self, phrase: ask.Phrase) -> tuple[Ids, Numbers]:
        entries, counts = counted(self.phrase_spots(phrase))
        return entries.astype(np.int64), counts.astype(np.float64)

    def phrase_spots(self, phrase: ask.Phrase) -> Spots:
        """Return where a phrase stands: see `index.engine.Phrase`."""
        if phrase.field not in self._schema.positions or not phrase.tokens:
            return NOWHERE
        if not phrase.slop:
            return side_by_side([self._some.spots(phrase.field, token) for token in phrase.tokens])
        wanted = Counter(phrase.tokens)
        spots = [self._some.spots(phrase.field, token) for token in wanted]
        apart = self._some.spots(phrase.field, phrase.apart)
        return close_together(spots, [*wanted.values()], len(phrase.tokens) + phrase.slop, apart)

    def spots_in(self, field: str, tokens: Sequence[str], chosen: Mask) -> Iterator[tuple[Ids, Ids]]:
        if field in self._schema.positions:
            yield self._some.spots_of(field, tokens, chosen)

    def lengths(self, field: str) -> Numbers:
        return self._some.lengths(field)

    def keyword(self, field: str) -> Values | None:
        if field not in self._schema.keywords:
            return None
        places: dict[str, int] = {}
        pairs = [
            (number, places.setdefault(value, len(places)))
            for number, keywords in enumerate(self._keywords)
            for value in keywords.get(field, ())
        ]
        entries, value_ids = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return Values(tuple(places), entries, value_ids)

    def name(self, number: int) -> tuple[str, str]:
        """Return the identifiers of an entry's document and of itself."""
        return self._some.name(number)

    def entry(self, number: int, tokens: Mapping[str, str]) -> Entry:
        """Return an entry, whose tokens are known, as it was written."""
        document, name = self.name(number)
        keywords = {field: tuple(values) for field, values in self._some.keywords(number).items()}
        return Entry(name, document, tokens, keywords, self._some.sorts(number), self.stored(number))

    def stored(self, number: int) -> bytes:
        """Return what is stored with an entry."""
        return self._some.stored(number)

    @cached_property
    def _keywords(self) -> list[dict[str, list[str]]]:
        return [self._some.keywords(number) for number in range(len(self._some))]


def tokens_of(clause: Clause | ask.Apart) -> Iterator[tuple[str, str]]:
    """Yield the tokens that are looked for by a clause, each with its field."""
    match clause:
        case ask.Term(field, token):
            yield field, token
        case ask.Phrase(field, tokens):
            yield from ((field, token) for token in (*tokens, clause.apart))
        case ask.Group(terms):
            for term in terms:
                yield from tokens_of(term)
        case ask.Apart(slots):
            for slot in slots:
                yield from ((term.field, term.token) for term in slot)
        case ask.All(clauses) | ask.Any(clauses) | ask.Best(clauses):
            for each in clauses:
                yield from tokens_of(each)
        case ask.Boost(inner) | ask.Not(inner):
            yield from tokens_of(inner)
