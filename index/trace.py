"""What a search did with a query, told whole: for whoever wants to know why something was found or was not.

Values of the query's tree, made only where they are asked for. What the scores are made of is counted in
`score_parts.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.clauses import enough_share, value_of
from index.describing import describe
from index.expansion import Expander
from index.query import FACETS, Query
from index.score_parts import ScoreParts
from index.syntax import Notice, parse
from index.text import tokens
from index.tree import (
    AS_TYPED,
    And,
    Boosted,
    Either,
    Fielded,
    Fuzzy,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Sought,
    Way,
    Word,
)

TYPED = "typed"
"""The reason of a word that is looked for as it was typed."""


@dataclass(frozen=True, slots=True)
class SoughtTerm:
    """One thing that a word is looked for as.

    `keys` are what stands for it in the index: of several slots each has to occur, of a slot any key will do.
    `reason` is `typed` or one of `tree.Reason`, `weight` what it counts against the word as typed; with
    `is_enough` it is enough to have the word, else it only adds to the score. `sources` and `via` of a
    translation as in `tree.Way`.
    """

    form: str
    keys: tuple[tuple[str, ...], ...]
    reason: str = TYPED
    weight: float = 1.0
    is_enough: bool = True
    language: str = ""
    sources: tuple[str, ...] = ()
    via: str = ""


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """A word, phrase or value of the query with everything that it is looked for as.

    `field` is the one it is asked in, "" for any; with `is_excluded` no document may have it; `cut`: it fits
    more words than are looked for.
    """

    word: str
    field: str
    is_excluded: bool
    cut: bool
    terms: tuple[SoughtTerm, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What a search did.

    `parsed` is the query as it was parsed, None where it asks for everything; `left_out` are its words
    without content beside those that have some, and `notices` say what else was left out or not understood.
    `filters` are those that hold, of the language also as typed. `scores` are by document.
    """

    query: Query
    parsed: Node | None
    words: tuple[SoughtWord, ...]
    left_out: tuple[str, ...]
    notices: tuple[Notice, ...]
    filters: Mapping[str, tuple[str, ...]]
    scores: Mapping[str, ScoreParts]


def trace(
    query: Query,
    languages: tuple[str, ...],
    node: Node | None,
    notices: tuple[Notice, ...],
    scores: Mapping[str, ScoreParts],
    expander: Expander,
) -> Trace:
    """Tell what a search did.

    Args:
        languages: those that the pages were asked for in.
        node: what was asked besides, expanded.
    """
    parsed = parse(query.text).node
    filters = {field: getattr(query, field) for field in FACETS} | {"language": languages}
    return Trace(
        query,
        parsed,
        sought_words(node),
        expander.without_content(parsed, query.wishes),
        notices,
        {field: values for field, values in filters.items() if values},
        scores,
    )


def sought_words(node: Node | None) -> tuple[SoughtWord, ...]:
    """Return the words of an expanded tree, in order, each once."""
    enough = enough_share(node)
    found = (
        SoughtWord(
            describe(leaf),
            field,
            is_excluded,
            isinstance(leaf, Sought) and leaf.cut,
            tuple(_terms(leaf, field, enough)),
        )
        for leaf, field, is_excluded in _leaves(node, "", is_excluded=False)
    )
    return tuple(dict.fromkeys(found))


def _leaves(node: Node | None, field: str, *, is_excluded: bool) -> Iterator[tuple[Node, str, bool]]:
    match node:
        case And(items) | Or(items) | Either(items):
            for item in items:
                yield from _leaves(item, field, is_excluded=is_excluded)
        case Boosted(item):
            yield from _leaves(item, field, is_excluded=is_excluded)
        case Fielded(name, item):
            yield from _leaves(item, name, is_excluded=is_excluded)
        case Not(item):
            yield from _leaves(item, field, is_excluded=not is_excluded)
        case Sought() | Word() | Phrase() | Pattern() | Fuzzy():
            yield node, field, is_excluded


def _terms(leaf: Node, field: str, enough: float) -> Iterator[SoughtTerm]:
    match leaf:
        case Word(text) | Phrase(text) | Pattern(text) | Fuzzy(text) if field in AS_TYPED:
            yield SoughtTerm(text, ((value_of(field, text),),))
        case Word(text) | Phrase(text):
            yield SoughtTerm(text, tuple((token.folded,) for token in tokens(text)))
        case Sought():
            if leaf.exact and not leaf.is_unit:
                yield SoughtTerm(leaf.surface, ((leaf.exact,),))
            yield from (_term(way, enough) for way in _weightiest_first(leaf.ways))


def _term(way: Way, enough: float) -> SoughtTerm:
    return SoughtTerm(
        way.form,
        way.slots,
        way.reason.value,
        round(way.weight, 4),
        len(way.slots) > 1 or way.weight >= enough,
        way.language,
        way.sources,
        way.via,
    )


def _weightiest_first(ways: Sequence[Way]) -> Sequence[Way]:
    return sorted(ways, key=lambda way: -way.weight)
