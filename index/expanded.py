"""What else was searched for the words of a query, as a reader is told: each form once, with its reason."""

from __future__ import annotations

from index.expansion import words
from index.results import Alternative, Expansion
from index.tree import Node, Sought


def expansions(node: Node | None) -> tuple[Expansion, ...]:
    """Return the words of an expanded tree that are looked for in other ways, with the weightiest first."""
    found = dict.fromkeys(leaf for _, leaf in words(node) if isinstance(leaf, Sought))
    return tuple(Expansion(word.surface, _alternatives(word)) for word in found if word.ways)


def _alternatives(word: Sought) -> tuple[Alternative, ...]:
    by_form: dict[str, Alternative] = {}
    for way in sorted(word.ways, key=lambda way: -way.weight):
        other = Alternative(way.form, way.reason.value, way.language, round(way.weight, 4))
        by_form.setdefault(way.form, other)
    return tuple(by_form.values())
