"""From the words of a query to everything they are looked for under, each with its reason.

What is looked for is decided here alone: `clauses.py` asks the engine for it, `matching.py` marks it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import replace

from index.query import Wishes
from index.query_language import content_words, languages_of, languages_of_word
from index.runs import are_initials, join, ordinal, pointed
from index.signs import signed_key
from index.text import fold, surfaces, tokens
from index.translation import Translator
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
    Reason,
    Sought,
    Way,
    Word,
)
from index.units import units, ways_in_others
from index.ways import Occurs, everything_occurs, one, own_ways
from index.words import Words, no_words

MOST_SPELT = 200
"""Of the words that fit a pattern, so many are looked for, the most frequent."""

FUZZY_WEIGHTS = (1.0, 0.8, 0.6)
"""What a word counts that is so many edits away."""

_WILDCARD = re.compile(r"([*?])")


class Expander:
    """Expands queries. Threads may share it."""

    def __init__(
        self,
        translator: Callable[[], Translator] | None = None,
        occurs: Callable[[], Occurs] = lambda: everything_occurs,
        words: Callable[[], Words] = no_words,
    ) -> None:
        """Make an expander.

        Args:
            translator: asked with every query for what is known of other languages.
            occurs: asked with every query for what tells whether there is a document with one of some keys.
            words: asked for the words of documents, where a query has a pattern.
        """
        self._translator = translator
        self._occurs = occurs
        self._words = words

    def without_content(self, node: Node | None, wishes: Wishes) -> tuple[str, ...]:
        """Return the words that `expand` leaves out beside those that have content."""
        if node is None or wishes.exact:
            return ()
        return tuple(_Expansion(node, wishes, None, self._occurs(), self._words).without_content(node))

    def expand(self, node: Node | None, wishes: Wishes) -> Node | None:
        """Return the tree with a `Sought` in the place of each word; a word that is meant exactly stays.

        Beside words that have content, those that have none are left out.
        """
        if node is None:
            return None
        is_translated = wishes.translate and not wishes.exact
        translator = self._translator() if self._translator is not None and is_translated else None
        return _Expansion(node, wishes, translator, self._occurs(), self._words).of(node)


class _Expansion:
    """Expands one query."""

    def __init__(
        self,
        node: Node,
        wishes: Wishes,
        translator: Translator | None,
        occurs: Occurs,
        known: Callable[[], Words],
    ) -> None:
        typed = _typed(node)
        self._without = frozenset(map(str.casefold, wishes.without))
        self._names = wishes.names
        self._exact = wishes.exact
        self._occurs = occurs
        self._known = known
        self._translator = translator
        self._latin = languages_of(typed)
        self._content = frozenset(content_words(typed, self._latin))

    def of(self, node: Node) -> Node:
        """Expand a node."""
        match node:
            case And(items) if self._exact:
                return And(tuple(map(self.of, items)))
            case And(items):
                kept = [*filter(self._has_content, items)] or items
                found = tuple(self._together([*_with_single_letters(kept)]))
                return And(found) if len(found) != 1 else found[0]
            case Or(items):
                return Or(tuple(map(self.of, items)))
            case Not(item):
                return Not(self._to_exclude(item).of(item))
            case Fielded(field, item) if field not in AS_TYPED:
                return Fielded(field, self.of(item))
            case Boosted(item, factor):
                return Boosted(self.of(item), factor)
            case Pattern(text):
                return self._fitting(text)
            case Fuzzy(text, edits):
                return self._near(text, edits)
            case Word(text) if key := signed_key(text):
                return Sought(text, key)
            case Word(text) if not self._exact:
                return self._word(text)
            case _:
                return node

    def without_content(self, node: Node) -> Iterator[str]:
        """Yield the words of a node that `of` leaves out."""
        match node:
            case And(items):
                empty = [item for item in items if not self._has_content(item)]
                if len(empty) < len(items):
                    yield from (item.text for item in empty if isinstance(item, Word))
                for item in items:
                    yield from self.without_content(item)
            case Or(items):
                for item in items:
                    yield from self.without_content(item)
            case Not(item):
                yield from self._to_exclude(item).without_content(item)
            case Fielded(_, item) | Boosted(item):
                yield from self.without_content(item)

    def _together(self, items: list[Node]) -> Iterator[Node]:
        """Expand what is required; beside words that belong together, look for what they are in one."""
        done = 0
        translator = self._translator
        for begin, end, unit in units(items, self._latin, translator, self._is_wanted) if translator else ():
            yield from map(self.of, items[done:begin])
            yield Either((unit, And(tuple(map(self.of, items[begin:end])))))
            done = end
        yield from map(self.of, items[done:])

    def _is_wanted(self, way: Way) -> bool:
        return way.form.casefold() not in self._without

    def _to_exclude(self, node: Node) -> _Expansion:
        """Return the same without translations: none is so sure that it may keep a document out.

        Which of its words have content is said among themselves.
        """
        without = copy(self)
        without._translator = None
        without._content = frozenset(content_words(_typed(node), self._latin))
        return without

    def _has_content(self, node: Node) -> bool:
        return not isinstance(node, Word) or any(
            token.surface in self._content for token in tokens(node.text)
        )

    def _word(self, text: str) -> Node:
        """Expand a word, which may hold several: „Ost-West“ is looked for as „Ostwest“, too."""
        if number := ordinal(text):
            return self._sought(surfaces(text)[0], number)
        words = tuple(map(self._sought, surfaces(text)))
        if len(words) == 1:
            return words[0]
        if short := pointed(text):
            whole = self._sought(short)
            return Either((whole, And(words))) if are_initials(short) else whole
        if not (joined := join(text)):
            return And(words)
        whole = self._sought(joined)
        in_one = tuple(way for way in whole.ways if len(way.slots) == 1)
        return Either((replace(whole, ways=in_one), And(words)))

    def _fitting(self, pattern: str) -> Sought:
        """Look for the words of documents that fit a pattern."""
        folded = "".join(piece if piece in ("*", "?") else fold(piece) for piece in _WILDCARD.split(pattern))
        found = self._known().fitting(folded, MOST_SPELT + 1)
        ways = tuple(one(token, 1.0, Reason.WILDCARD, token) for token in found[:MOST_SPELT])
        return Sought(pattern, "", self._wanted(ways), cut=len(found) > MOST_SPELT)

    def _near(self, text: str, edits: int) -> Node:
        """Look for a word, and for those of documents that are spelt like it."""
        surface, *others = surfaces(text)
        if others:
            return self.of(Word(text))
        itself = Sought(surface, fold(surface)) if self._exact else self._sought(surface)
        found = self._known().near(itself.exact, edits, MOST_SPELT + 1)
        have = {key for way in itself.ways for key in way.keys} | {itself.exact}
        ways = tuple(
            one(token, FUZZY_WEIGHTS[distance], Reason.FUZZY, token)
            for token, distance in found[:MOST_SPELT]
            if token not in have
        )
        return replace(itself, ways=(*itself.ways, *self._wanted(ways)), cut=len(found) > MOST_SPELT)

    def _wanted(self, ways: Iterable[Way]) -> tuple[Way, ...]:
        """Leave out what the reader does not want."""
        return tuple(filter(self._is_wanted, ways))

    def _sought(self, surface: str, number: int = 0) -> Sought:
        languages = languages_of_word(surface, self._latin)
        ways: dict[tuple[tuple[str, ...], ...], Way] = {}
        own = own_ways(surface, languages, number, self._occurs, names=self._names)
        found = ways_in_others(surface, languages, self._translator) if self._translator else ()
        for way in (*own, *found):
            ways.setdefault(way.slots, way)
        exact = fold(surface)
        ways.pop(((exact,),), None)
        return Sought(surface, exact, self._wanted(ways.values()))


def _typed(node: Node) -> list[str]:
    leaves = (leaf for _, leaf in words(node) if not isinstance(leaf, Sought))
    return [token.surface for leaf in leaves for token in tokens(leaf.text)]


def _with_single_letters(nodes: Iterable[Node]) -> Iterator[Node]:
    """Take a letter that stands alone with the word behind it: „E Mail“ is „E-Mail“."""
    before: Node | None = None
    for node in nodes:
        if isinstance(before, Word) and _is_letter(before) and isinstance(node, Word) and _is_long(node):
            node, before = Word(f"{before.text}-{node.text}"), None
        if before is not None:
            yield before
        before = node
    if before is not None:
        yield before


def _is_long(word: Word) -> bool:
    return len(word.text) > 2 and word.text.isalpha()


def _is_letter(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isalpha()


def words(node: Node | None, field: str = "") -> Iterator[tuple[str, Sought | Word | Phrase]]:
    """Yield the words and phrases that a text should have, with the field they are asked in ("" any)."""
    match node:
        case Sought() | Word() | Phrase():
            yield field, node
        case And(items) | Or(items) | Either(items):
            for item in items:
                yield from words(item, field)
        case Boosted(item):
            yield from words(item, field)
        case Fielded(name, item):
            yield from words(item, name)
