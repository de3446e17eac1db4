"""What a document may lack and yet be shown, where no or few documents have all the words.

Minimum should match is one: at least one of the words has to be there; those with more of them come first by
their score. Fields and exclusions stay required.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from index.clauses import to_clause
from index.describing import describe_all
from index.engine import Engine, Request
from index.tree import And, Boosted, Either, Fielded, Node, Not, Or, Sought

MOST_COUNTED = 12
"""Of so many words it is found out whether any document has them."""


def wanted(node: Node | None) -> Iterator[Node]:
    """Yield the words of which a document may have only some.

    Other than in `clauses.relax`, what is said in two ways is one.
    """
    return (each for each in _each(node) if not isinstance(each, Not | Fielded))


def share_of(node: Node, has: Mapping[Node, float]) -> float:
    """Return how much a document has of what is wanted; `has`: of each word, 1 for all of it."""
    match node:
        case And(items):
            return min((share_of(item, has) for item in items), default=1.0)
        case Or(items) | Either(items):
            return max((share_of(item, has) for item in items), default=1.0)
        case Boosted(item):
            return share_of(item, has)
        case Not() | Fielded():
            return 1.0
        case _:
            return has.get(node, 0.0)


def absent(node: Node | None, engine: Engine, request: Request) -> tuple[str, ...]:
    """Return which of several words no document has, under the filters of a request that found none with all.

    Fields and exclusions of the query hold for each of the words.
    """
    words = list(dict.fromkeys(wanted(node)))
    if len(words) < 2:
        return ()
    required = tuple(each for each in _each(node) if isinstance(each, Not | Fielded))
    alone = replace(request, facets=(), sort="", limit=0, offset=0)
    return describe_all(
        word
        for word in words[:MOST_COUNTED]
        if engine.search(replace(alone, clause=to_clause(And((word, *required))))).total == 0
    )


def _each(node: Node | None) -> Iterator[Node]:
    """Yield what is asked for, also in brackets, one by one."""
    match node:
        case None:
            return
        case And(items):
            for item in items:
                yield from _each(item)
        case Either((Sought() as unit, words)) if unit.is_unit:
            yield from _each(words)
        case _:
            yield node
