"""Clauses as queries of Tantivy: what they match exactly, what it scores about as `bm25.py` does.

Tantivy cannot add up how often words occur before it scores, nor does it count without what was deleted. So
of a word the best term counts, with a little of the others, and each as often as the word is rare; which is
enough to find those entries among which the best are. `tantivy_reading.py` ranks these.

Source: tantivy-py 0.27, Query; Tantivy's Bm25Weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from tantivy import FieldType, Occur, Query
from tantivy import Schema as TantivySchema

from index import engine as ask
from index.engine import Clause, Schema
from index.engines.bm25 import K1, Saying, is_between, rarity_of
from index.engines.records import fields_of
from index.engines.tantivy_fields import AN_ENTRY, KIND, RECORD

T = TypeVar("T")

OTHERS = 0.1
"""So much of what its other terms score is added to the best term of a word."""


class Figures(Protocol):
    """What has to be known of an index to ask it."""

    def documents_with(self, field: str, token: str) -> int:
        """Return how many entries have a token, deleted ones that are still there included."""

    def all_documents(self) -> int:
        """Return how many entries there are, deleted ones that are still there included."""

    def size(self) -> int:
        """Return how many entries there are."""

    def having(self, group: ask.Group) -> float:
        """Return how many entries have a word, each counted by the greatest share it has of it."""

    def values(self, field: str) -> Iterable[str]:
        """Return the values of a keyword field."""

    def remembered(self, key: object, make: Callable[[], T]) -> T:
        """Return what was made before under a key, or make it."""

    def near(self, phrase: ask.Phrase) -> Sequence[int]:
        """Return the records of the entries that have the tokens of a phrase near each other."""


class Queries:
    """Makes queries for one index at one commit."""

    def __init__(self, schema: Schema, fields: TantivySchema, figures: Figures) -> None:
        self._schema = schema
        self._fields = fields
        self._figures = figures
        self._scored = fields_of(schema)

    def scored(self, clause: Clause) -> Query:
        """Return what a clause matches, scored."""
        return self._of(clause, self._scored_word)

    def matching(self, clause: Clause) -> Query:
        """Return what a clause matches, without scores that mean anything."""
        return self._of(clause, self._word)

    def _of(self, clause: Clause, word: Callable[[ask.Group], Query]) -> Query:
        match clause:
            case ask.Term(field, token) if field in self._schema.keywords:
                return _unscored(self.any_of(field, (token,)))
            case ask.Term() | ask.Phrase():
                return word(ask.Group((clause,)))
            case ask.Group():
                return word(clause)
            case ask.Range():
                return _unscored(self._between(clause))
            case ask.All(clauses):
                return _all([self._of(each, word) for each in clauses])
            case ask.Any(clauses):
                return _any([self._of(each, word) for each in clauses])
            case ask.Best(clauses):
                return Query.disjunction_max_query([self._of(each, word) for each in clauses])
            case ask.Boost(inner, factor):
                return Query.boost_query(self._of(inner, word), factor)
            case ask.Not(inner):
                others = [(Occur.Must, Query.all_query()), (Occur.MustNot, self.matching(inner))]
                return _unscored(Query.boolean_query(others))
            case ask.Everything():
                return _unscored(Query.all_query())

    def filtered(self, query: Query, filters: Iterable[tuple[str, Sequence[str]]]) -> Query:
        """Return the entries that match a query and filters together."""
        narrowed = [(Occur.Must, _unscored(self.any_of(field, values))) for field, values in filters]
        return Query.boolean_query([(Occur.Must, query), *narrowed, (Occur.Must, self.entries())])

    def entries(self) -> Query:
        """Return all entries."""
        return _unscored(Query.term_query(self._fields, KIND, AN_ENTRY, "basic"))

    def at(self, records: Sequence[int]) -> Query:
        """Return the entries whose records start there."""
        return Query.term_set_query(self._fields, RECORD, list(records))

    def since(self, record: int) -> Query:
        """Return the entries whose records start there or later."""
        return Query.range_query(self._fields, RECORD, FieldType.Unsigned, lower_bound=record)

    def any_of(self, field: str, values: Sequence[str]) -> Query:
        """Return which entries have one of the values in a keyword field."""
        values = [*filter(_is_text, values)]
        if field not in self._schema.keywords or not values:
            return Query.empty_query()
        return Query.term_set_query(self._fields, field, values)

    def known(self, clause: Clause) -> Clause:
        """Return a clause without those terms of its words that no entry has; most of them are such."""
        match clause:
            case ask.Group():
                return self.known_word(clause)
            case ask.All(clauses):
                return ask.All(tuple(map(self.known, clauses)))
            case ask.Any(clauses):
                return ask.Any(tuple(map(self.known, clauses)))
            case ask.Best(clauses):
                return ask.Best(tuple(map(self.known, clauses)))
            case ask.Boost(inner, factor):
                return ask.Boost(self.known(inner), factor)
            case ask.Not(inner):
                return ask.Not(self.known(inner))
            case _:
                return clause

    def known_word(self, group: ask.Group) -> ask.Group:
        """Return a word without those of its terms that no entry has."""
        return self._figures.remembered(("known", group), lambda: self._known_word(group))

    def _known_word(self, group: ask.Group) -> ask.Group:
        there = {term for term, _ in self.there(group.terms)}
        return replace(group, terms=tuple(term for term in group.terms if term in there))

    def there(self, terms: Sequence[Saying]) -> list[tuple[Saying, Query]]:
        """Return those terms of a word that entries have, with their queries."""
        return self._figures.remembered(("there", terms), lambda: self._there(terms))

    def _there(self, terms: Sequence[Saying]) -> list[tuple[Saying, Query]]:
        queries = ((term, self._term(term)) for term in dict.fromkeys(terms) if term.boost > 0)
        return [(term, query) for term, query in queries if query is not None]

    def _word(self, group: ask.Group) -> Query:
        return union([each for term, each in self.there(group.terms) if _is_enough(term, group)])

    def _scored_word(self, group: ask.Group) -> Query:
        rarity = rarity_of(self._figures.having(group), self._figures.size())
        found = self.there(group.terms)
        best = Query.disjunction_max_query(
            [Query.boost_query(each, self._weight(term, rarity)) for term, each in found], OTHERS
        )
        if all(_is_enough(term, group) for term, _ in found):
            return best
        return Query.boolean_query([(Occur.Must, self._word(group)), (Occur.Should, best)])

    def _term(self, term: Saying) -> Query | None:
        """Return the query for a term, None where no entry can have it."""
        match term:
            case ask.Phrase():
                return self._phrase(term)
            case ask.Apart(slots):
                found = [[query for _, query in self._there(slot)] for slot in slots]
                if not slots or not all(found):
                    return None
                return Query.const_score_query(_all([*map(union, found)]), 1.0)
            case ask.Term(field, token):
                if not self._has(field, token):
                    return None
                return Query.term_query(self._fields, field, token, "freq")

    def _has(self, field: str, token: str) -> bool:
        return field in self._scored and _is_text(token) and self._figures.documents_with(field, token) > 0

    def _phrase(self, phrase: ask.Phrase) -> Query | None:
        field, tokens = phrase.field, phrase.tokens
        if field not in self._schema.positions or not tokens:
            return None
        if not all(self._has(field, token) for token in tokens):
            return None
        if phrase.slop:
            return self.at(self._figures.near(phrase))
        if len(tokens) == 1:
            return Query.term_query(self._fields, field, tokens[0], "freq")
        return Query.phrase_query(self._fields, field, list(tokens))

    def _weight(self, term: Saying, rarity: float) -> float:
        """Return what makes of Tantivy's score of a term that of its word."""
        return rarity * (K1 + 1) * term.boost / (K1 + term.boost) / self._own_rarity(term)

    def _own_rarity(self, term: Saying) -> float:
        """Return how much a term counts for Tantivy by what it finds it in; 1 for a mere set of entries."""
        match term:
            case ask.Term(field, token):
                tokens: tuple[str, ...] = (token,)
            case ask.Phrase(field, tokens, _, 0):
                pass
            case _:
                return 1.0
        documents = self._figures.all_documents()
        return sum(rarity_of(self._figures.documents_with(field, token), documents) for token in tokens)

    def _between(self, clause: ask.Range) -> Query:
        values = self._figures.values(clause.field)
        return self.any_of(clause.field, [value for value in values if is_between(value, clause)])


def share_of(term: Saying) -> float:
    """Return how much an entry that has a term counts among those that have its word."""
    return 1.0 if isinstance(term, ask.Phrase) else term.share


def _is_enough(term: Saying, group: ask.Group) -> bool:
    """Tell whether who has a term has its word."""
    return isinstance(term, ask.Apart) or share_of(term) >= group.least_share


def _is_text(value: str) -> bool:
    """Tell whether a value can be written: nothing has it that is half of a pair of surrogates."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def union(queries: Sequence[Query]) -> Query:
    """Return what one of the queries matches, unscored."""
    return _unscored(_any(queries))


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _all(queries: Sequence[Query]) -> Query:
    if not queries:
        return _unscored(Query.all_query())
    return Query.boolean_query([(Occur.Must, each) for each in queries])


def _any(queries: Sequence[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    return Query.boolean_query([(Occur.Should, each) for each in queries])
