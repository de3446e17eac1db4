"""Where the words of a query stand in a text: every form they were searched under, and whole phrases.

The same keys decide here as in the index, so what was found is what is marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from index.keys import document_keys, part_keys, query_keys
from index.syntax import And, Fielded, Node, Not, Or, Phrase, Word
from index.text import Token, is_broken, spans, surfaces, tokens

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
                words.extend(frozenset((*query_keys(t.surface), *part_keys(t.surface))) for t in found)
        self._words = tuple(dict.fromkeys(words))
        self._phrases = tuple(dict.fromkeys(phrases))
        self.size = len(self._words) + len(self._phrases)
        parts = dict.fromkeys(token for phrase in self._phrases for token in phrase)
        self._part_numbers = {token: number for number, token in enumerate(parts, self.size)}
        self._in_chunks: dict[str, tuple[int, ...]] = {}

    def count(self, text: str) -> Counter[int]:
        """Count how often each word and phrase stands in a text."""
        counts: Counter[int] = Counter()
        chunks = surfaces(text) if is_broken(text) else text.split()
        known = self._in_chunks
        for chunk in chunks if self.size else ():
            words = known.get(chunk)
            if words is None:
                words = self._in_chunk(chunk)
            if words:
                counts.update(words)
        if any(all(self._part_numbers[token] in counts for token in phrase) for phrase in self._phrases):
            counts.update(match.word for match in self._find_phrases(text))
        for part in self._part_numbers.values():
            counts.pop(part, None)
        return counts

    def find(self, text: str) -> list[Match]:
        """Return all places in order; a place may hold several words, and a phrase its own words."""
        if not self.size:
            return []
        found = [
            Match(start, end, word)
            for surface, start, end in spans(text)
            for word in self._in_chunk(surface)
            if word < self.size
        ]
        return sorted([*found, *self._find_phrases(text)])

    def _in_chunk(self, chunk: str) -> tuple[int, ...]:
        """Return the words that a piece of text without white space has, and the parts of phrases.

        Remembers them, since most come again.
        """
        words = self._in_chunks.get(chunk)
        if words is None:
            found = [word for keys in _keys_in(chunk) for word in self._with_keys(keys)]
            self._in_chunks[chunk] = words = tuple(found)
        return words

    def _with_keys(self, keys: tuple[str, ...]) -> Iterator[int]:
        for word, any_of in enumerate(self._words):
            if not any_of.isdisjoint(keys):
                yield word
        for token, part in self._part_numbers.items():
            if token in keys:
                yield part

    def _find_phrases(self, text: str) -> Iterator[Match]:
        found: list[Token] = list(tokens(text)) if self._phrases else []
        folded = [token.folded for token in found]
        for word, phrase in enumerate(self._phrases, len(self._words)):
            for at in range(len(folded) - len(phrase) + 1):
                if folded[at] == phrase[0] and tuple(folded[at : at + len(phrase)]) == phrase:
                    yield Match(found[at].start, found[at + len(phrase) - 1].end, word)


@lru_cache(maxsize=1 << 16)
def _keys_in(chunk: str) -> tuple[tuple[str, ...], ...]:
    return tuple([document_keys(surface) for surface in surfaces(chunk)])


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
