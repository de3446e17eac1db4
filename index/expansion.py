"""From the words of a query to everything they are looked for under, each with its reason.

What is looked for is decided here alone: `clauses.py` asks the
engine for it, `matching.py` marks it.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.keys import PART, dictionary_forms, query_keys, spellings
from index.query import Wishes
from index.text import fold, tokens
from index.tree import And, Either, Fielded, Node, Not, Or, Phrase, Reason, Sought, Way, Word

FORM_WEIGHT = 0.7
"""What a dictionary form or another spelling counts against the word as typed."""

PART_WEIGHT = 0.5
"""What a compound with the word in it counts against the word itself."""

AS_TYPED = frozenset(("kind", "language", "year"))
"""Fields whose values are no words."""


class Expander:
    """Expands queries. Threads may share it."""

    def expand(self, node: Node | None, wishes: Wishes) -> Node | None:
        """Return the tree with a `Sought` in the place of each word; a word that is meant exactly stays."""
        return node if node is None or wishes.exact else self._node(node)

    def _node(self, node: Node) -> Node:
        match node:
            case And(items):
                return And(tuple(map(self._node, items)))
            case Or(items):
                return Or(tuple(map(self._node, items)))
            case Not(item):
                return Not(self._node(item))
            case Fielded(field, item) if field not in AS_TYPED:
                return Fielded(field, self._node(item))
            case Word(text):
                return self._word(text)
            case _:
                return node

    def _word(self, text: str) -> Node:
        """Expand a word, which may hold several: „Ost-West“."""
        found = tuple(self._sought(token.surface) for token in tokens(text))
        return found[0] if len(found) == 1 else And(found)

    def _sought(self, surface: str) -> Sought:
        ways: dict[tuple[tuple[str, ...], ...], Way] = {}
        for way in self._ways(surface):
            ways.setdefault(way.slots, way)
        exact = fold(surface)
        ways.pop(((exact,),), None)
        return Sought(surface, exact, tuple(ways.values()))

    def _ways(self, surface: str) -> Iterator[Way]:
        for form in dictionary_forms(surface):
            yield _one(fold(form), FORM_WEIGHT, Reason.FORM, form)
        for spelling in spellings(fold(surface)):
            yield _one(spelling, FORM_WEIGHT, Reason.SPELLING, spelling)
        for key in query_keys(surface):
            yield _one(PART + key, PART_WEIGHT, Reason.COMPOUND, f"…{key}")


def words(node: Node | None, field: str = "") -> Iterator[tuple[str, Sought | Word | Phrase]]:
    """Yield the words and phrases that a text should have, with the field they are asked in ("" any)."""
    match node:
        case Sought() | Word() | Phrase():
            yield field, node
        case And(items) | Or(items) | Either(items):
            for item in items:
                yield from words(item, field)
        case Fielded(name, item):
            yield from words(item, name)


def _one(key: str, weight: float, reason: Reason, form: str, language: str = "") -> Way:
    return Way(((key,),), weight, reason, form, language)
