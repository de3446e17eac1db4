"""From a query's expanded tree to clauses for the engine: what each word, phrase and field looks for.

A word is looked for in the text, the title and the creators at once, in all its ways; these count as one
word, its exact form a little more. A phrase, and a word that was not expanded, is looked for as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from index import engine as ask
from index.engine import Clause
from index.entries import PAGE_BREAK
from index.text import tokens
from index.tree import (
    AS_TYPED,
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
    Way,
    Word,
    all_of,
)

TITLE_BOOST = 2.0
"""How much a word in the title counts against one on a page; its field is short, which counts by itself."""

HEADING_BOOST = 6.0
"""How much a word in the title of a page counts besides standing on it."""

LEAST_SHARE = 0.5
"""What is less likely to mean the word adds to the score, but is not enough to have it."""

LEAST_SHARE_ALONE = 0.2
"""The same where nothing else is asked, so that no other word can be had by chance."""

CREATOR_BOOST = 1.0

EXACT_BOOST = 0.25
"""What the exact form of a word adds to it."""

TOGETHER_FACTOR, MOST_TOGETHER = 0.5, 100
"""What the best passage adds to a score, and of how many documents at most: see `index.engine.Together`."""

_ANYWHERE = (
    ("", 1.0), ("heading_", HEADING_BOOST), ("title_", TITLE_BOOST), ("creator_", CREATOR_BOOST),
)  # fmt: skip
_TEXT_FIELDS = {"": _ANYWHERE} | {
    field: ((f"{field}_", 1.0),) for field in ("title", "creator", "conference", "panel")
}
"""Beginnings of the names of the fields that a field of the query means, with their boosts."""

_PASSAGES, _ONE_PASSAGE = ("keys", "heading_keys"), ("title_keys", "creator_keys")

_WITHOUT_POSITIONS = ("heading_", "conference_", "panel_")

_KINDS = {
    "presentation": "presentation präsentation vortrag презентация доклад talk slides folien",
    "programme": "programme program programm программа",
    "paper": "paper beitrag aufsatz статья",
    "minutes": "minutes protokoll протокол",
    "other": "other anderes sonstiges другое прочее",
}
KIND_NAMES = {name: kind for kind, names in _KINDS.items() for name in names.split()}
"""Kinds of documents by the names they have in a query."""

_LANGUAGES = {
    "de": "de german deutsch немецкий",
    "ru": "ru russian russisch русский",
    "en": "en english englisch английский",
    "other": "other andere другой другие",
}
LANGUAGE_NAMES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}
"""Languages by the names they have in a query."""


def to_clause(node: Node | None) -> Clause:
    """Return what a query asks of the engine."""
    return ask.Everything() if node is None else _clause(node, "", enough_share(node))


def relax(node: Node | None) -> Clause | None:
    """Return a clause for documents with some of the words, or with what only may mean them.

    None where there is nothing to choose from. Fields and exclusions stay required.
    """
    items = _split_words(_items(node))
    wanted = [item for item in items if not isinstance(item, Not | Fielded)]
    enough = enough_share(node)
    if len(wanted) < 2 and not any(_may_be_less_sure(item, enough) for item in wanted):
        return None
    required = tuple(_clause(item, "", LEAST_SHARE) for item in items if isinstance(item, Not | Fielded))
    return ask.All((ask.Any(tuple(_clause(item, "", 0.0) for item in wanted)), *required))


def parts(node: Node | None) -> tuple[tuple[Node, Clause], ...]:
    """Return what `to_clause` asks for one by one: the scores add up to that of the whole."""
    items = (item for item in _items(node) if not isinstance(item, Not))
    return tuple((item, _clause(item, "", enough_share(node))) for item in items)


def relaxed_parts(node: Node | None) -> tuple[tuple[Node, Clause], ...]:
    """Return the same of what `relax` asks for."""
    items = (item for item in _split_words(_items(node)) if not isinstance(item, Not))
    return tuple(
        (item, _clause(item, "", LEAST_SHARE if isinstance(item, Fielded) else 0.0)) for item in items
    )


def together(node: Node | None) -> ask.Together | None:
    """Return what ranks documents higher that have several words in one passage; None where one is asked."""
    required = (item for item in _split_words(_items(node)) if not isinstance(item, Not | Fielded))
    words = tuple(dict.fromkeys(group for item in required for group in _groups(_clause(item, "", 0.0))))
    if len(words) < 2:
        return None
    return ask.Together(words, _PASSAGES, _ONE_PASSAGE, PAGE_BREAK, TOGETHER_FACTOR, MOST_TOGETHER)


def _groups(clause: Clause) -> Iterator[ask.Group]:
    """Yield the words of a clause; of what is said in two ways, the first."""
    match clause:
        case ask.Group(terms) if any(isinstance(term, ask.Term) for term in terms):
            yield clause
        case ask.All(clauses) | ask.Any(clauses):
            for each in clauses:
                yield from _groups(each)
        case ask.Best(clauses):
            yield from _groups(clauses[0])
        case ask.Boost(inner, _):
            yield from _groups(inner)


def enough_share(node: Node | None) -> float:
    """Return how sure a way has to be to stand for a word of a query: less so for the only word of one."""
    wanted = [item for item in _items(node) if not isinstance(item, Not) and not _is_filter(item)]
    return LEAST_SHARE_ALONE if len(wanted) == 1 else LEAST_SHARE


def _is_filter(node: Node) -> bool:
    return isinstance(node, Fielded) and node.field in AS_TYPED


def _may_be_less_sure(node: Node, enough: float) -> bool:
    """Tell whether a word has ways that are not enough to have it."""
    if isinstance(node, Boosted):
        return _may_be_less_sure(node.item, enough)
    return isinstance(node, Sought) and any(way.weight < enough for way in node.ways)


def split_languages(node: Node | None) -> tuple[tuple[str, ...], Node | None]:
    """Take `language:` out of what is required: it is a filter on pages, and the rest is asked of those."""
    items = _items(node)
    codes = [_language(item) for item in items]
    rest = tuple(item for item, code in zip(items, codes, strict=True) if code is None)
    found = tuple(dict.fromkeys(code for code in codes if code is not None))
    return found, all_of(rest)


def _language(item: Node) -> str | None:
    match item:
        case Fielded("language", Word(text) | Phrase(text)):
            return value_of("language", text)
    return None


def _items(node: Node | None) -> tuple[Node, ...]:
    """Return what a query requires, one by one; nothing where it asks for everything."""
    return node.items if isinstance(node, And) else (node,) if node else ()


def _split_words(items: tuple[Node, ...]) -> list[Node]:
    """Take words in brackets one by one, and „Ost-West“ as its two words and as what they are when joined."""
    return [
        part
        for item in items
        for part in (_split_words(item.items) if isinstance(item, And | Either) else [item])
    ]


def _clause(node: Node, field: str, least_share: float) -> Clause:
    match node:
        case And(items):
            return ask.All(tuple(_clause(item, field, least_share) for item in items))
        case Or(items):
            return ask.Any(tuple(_clause(item, field, least_share) for item in items))
        case Either(items):
            return ask.Best(tuple(_clause(item, field, least_share) for item in items))
        case Boosted(item, factor):
            return ask.Boost(_clause(item, field, least_share), factor)
        case Not(item):
            return ask.Not(_clause(item, field, least_share))
        case Fielded(inner, item):
            return _clause(item, inner, least_share)
        case Between(low, high):
            return ask.Range("year", low, high)
        case Word(text) | Phrase(text) | Pattern(text) | Fuzzy(text) if field in AS_TYPED:
            return ask.Term("languages" if field == "language" else field, value_of(field, text))
        case Sought():
            return ask.Group(_said(node, field), least_share)
        case Phrase(text, slop):
            return _phrase(_folded(text), field, slop)
        case Word(text):
            return _phrase(_folded(text), field)
        case Pattern() | Fuzzy():
            return ask.Any(())  # only what the expander makes of them is looked for


def value_of(field: str, text: str) -> str:
    """Return the value that is meant in a field whose values are no words."""
    value = text.strip().lower()
    names = {"kind": KIND_NAMES, "language": LANGUAGE_NAMES}.get(field, {})
    return names.get(value, value)


@lru_cache(maxsize=1 << 7)
def _said(word: Sought, field: str) -> tuple[ask.Term | ask.Phrase | ask.Apart, ...]:
    """Return the word and all that says it, in one word or in several; asked for more than once a query."""
    found: list[ask.Term | ask.Phrase | ask.Apart] = []
    said = [(key, way.weight) for way in word.ways for key in way.keys]
    for prefix, boost in _TEXT_FIELDS[field]:
        keys = f"{prefix}keys"
        found.append(ask.Term(keys, word.exact, boost))
        found += [ask.Term(keys, key, boost * weight, weight) for key, weight in said]
        if prefix not in _WITHOUT_POSITIONS:
            found.append(ask.Term(f"{prefix}text", word.exact, boost * EXACT_BOOST))
    found.extend(_apart(way, field) for way in word.ways if len(way.slots) > 1)
    return tuple(found)


def _apart(way: Way, field: str) -> ask.Apart:
    slots = (
        tuple(ask.Term(f"{prefix}keys", key, boost) for prefix, boost in _TEXT_FIELDS[field] for key in slot)
        for slot in way.slots
    )
    return ask.Apart(tuple(slots), way.weight, way.weight)


def _folded(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(text))


def _phrase(folded: tuple[str, ...], field: str, slop: int = 0) -> Clause:
    places = _TEXT_FIELDS[field]
    ordered = tuple((prefix, boost) for prefix, boost in places if prefix not in _WITHOUT_POSITIONS)
    if not ordered:
        return ask.All(tuple(ask.Term(f"{prefix}keys", token) for prefix, _ in places for token in folded))
    return ask.Group(
        tuple(ask.Phrase(f"{prefix}text", folded, boost, slop, PAGE_BREAK) for prefix, boost in ordered)
    )
