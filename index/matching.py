"""Where the words of a query stand in a text: every form they were searched under, and whole phrases.

The same keys decide here as in the index, so what was found is what is marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from index.keys import document_keys, query_keys
from index.syntax import And, Fielded, Node, Not, Or, Phrase, Word
from index.text import Token, spans, surfaces, tokens

PAGE_FIELDS = frozenset({"", "title"})
"""Fields whose words are marked; names of conferences and persons are not part of the text."""


class Match(NamedTuple):
    """A place where a word or phrase of the query stands; `word` counts them from 0."""

    start: int
    end: int
    word: int


class Matcher:
    """Finds the words and phrases of one query. For one thread."""

    def __init__(self, node: Node | None) -> None:
        words: list[frozenset[str]] = []
        phrases: list[tuple[str, ...]] = []
        for leaf in _leaves(node):
            found = list(tokens(leaf.text))
            if isinstance(leaf, Phrase):
                phrases.append(tuple(token.folded for token in found))
            else:
                words.extend(frozenset(query_keys(token.surface)) for token in found)
        self._keys = tuple(dict.fromkeys(words))
        self._phrases = tuple(dict.fromkeys(phrases))
        self._known: dict[str, tuple[int, ...]] = {}
        self.size = len(self._keys) + len(self._phrases)

    def count(self, text: str) -> Counter[int]:
        """Count how often each word and phrase stands in a text."""
        counts: Counter[int] = Counter()
        if self.size:
            known = self._known
            for surface in surfaces(text):
                words = known.get(surface)
                if words is None:
                    words = self._words_of(surface)
                if words:
                    counts.update(words)
        if self._phrases:
            counts.update(match.word for match in self._find_phrases(text))
        return counts

    def find(self, text: str) -> list[Match]:
        """Return all places in order; a place may hold several words, and a phrase its own words."""
        if not self.size:
            return []
        known = self._known
        found = []
        for surface, start, end in spans(text):
            words = known.get(surface)
            if words is None:
                words = self._words_of(surface)
            for word in words:
                found.append(Match(start, end, word))
        return sorted([*found, *self._find_phrases(text)])

    def _words_of(self, surface: str) -> tuple[int, ...]:
        keys = document_keys(surface)
        words = tuple(word for word, wanted in enumerate(self._keys) if not wanted.isdisjoint(keys))
        self._known[surface] = words
        return words

    def _find_phrases(self, text: str) -> Iterator[Match]:
        found: list[Token] = list(tokens(text)) if self._phrases else []
        folded = [token.folded for token in found]
        for word, phrase in enumerate(self._phrases, len(self._keys)):
            for at in range(len(folded) - len(phrase) + 1):
                if folded[at] == phrase[0] and tuple(folded[at : at + len(phrase)]) == phrase:
                    yield Match(found[at].start, found[at + len(phrase) - 1].end, word)


def _leaves(node: Node | None, field: str = "") -> Iterator[Word | Phrase]:
    match node:
        case Word() | Phrase() if field in PAGE_FIELDS:
            yield node
        case And(items) | Or(items):
            for item in items:
                yield from _leaves(item, field)
        case Fielded(name, item):
            yield from _leaves(item, name)
        case Not() | None:
            return
