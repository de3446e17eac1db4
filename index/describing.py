"""A query's tree written as a query: what was understood of it, in the words as typed."""

from __future__ import annotations

from collections.abc import Iterable

from index.tree import (
    And,
    Between,
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
    Word,
)


def describe(node: Node | None) -> str:
    """Write a tree as somebody may type it; empty where everything is asked for."""
    match node:
        case None:
            return ""
        case Sought(surface):
            return surface
        case Word(text):
            return text
        case Pattern(text):
            return text
        case Fuzzy(text, edits):
            return f"{text}~{edits}"
        case Phrase(text, slop):
            return f'"{text}"~{slop}' if slop else f'"{text}"'
        case Boosted(item, factor):
            return f"{_grouped(item)}^{factor:g}"
        case Between(low, high):
            return f"[{'*' if low is None else low} TO {'*' if high is None else high}]"
        case And(items):
            return " ".join(map(_grouped, items))
        case Or(items):
            return " OR ".join(map(_grouped, items))
        case Either((Sought() as unit, _)) if unit.is_unit:
            return describe(unit)
        case Either(items):
            return "-".join(map(describe, _pieces(items[-1])))
        case Not(item):
            return f"-({describe(item)})" if isinstance(item, Not) else f"-{_grouped(item)}"
        case Fielded(field, item):
            return f"{field}:{_grouped(item)}"


def describe_all(nodes: Iterable[Node]) -> tuple[str, ...]:
    """Write several, each once."""
    return tuple(dict.fromkeys(map(describe, nodes)))


def _pieces(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, And) else (node,)


def _grouped(node: Node) -> str:
    return f"({describe(node)})" if isinstance(node, And | Or) else describe(node)
