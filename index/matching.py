"""Where the words of a query stand in a text: in every way they were looked for, and whole phrases.

The same keys decide here as in the index, so what was found is what is marked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.expansion import words
from index.filing import filed, keys_in
from index.keys import spellings
from index.phrase_places import PhraseFinder, Run, Span
from index.runs import chunk_spans, chunks
from index.text import clean
from index.tree import APART, Node, Phrase, Reason, Sought, Way, Word

FAINT = 0.2
"""A translation is passed over that has less than this part of the weight of the best in the same text."""

PAGE_FIELDS = frozenset({"", "title"})
"""Fields whose words are marked; names of conferences and persons are not part of the text."""


class Match(NamedTuple):
    """A place where a word or phrase of the query stands; `word` counts them from 0."""

    start: int
    end: int
    word: int


class Said(NamedTuple):
    """How a text says a word or phrase of the query: as it stands there, in which way, None for as typed."""

    word: int
    surface: str
    way: Way | None


class Matcher:
    """Finds the words and phrases of one query, given as its expanded tree. For one thread.

    What stands in a text is counted by parts: a word is one part, and so is each word of a phrase and each
    slot of a way that has several; those count for their word where all of them stand in the text.
    """

    def __init__(self, node: Node | None, fields: Container[str] = PAGE_FIELDS) -> None:
        """`fields`: words that are asked for in one of these are looked for."""
        leaves = [leaf for field, leaf in words(node) if field in fields]
        self._sought = tuple(dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, Sought)))
        others = (leaf for leaf in leaves if not isinstance(leaf, Sought))
        phrases = {Run.of(leaf): leaf for leaf in others}
        self._phrases = tuple(phrases)
        self._phrase_finder = PhraseFinder(self._phrases)
        self.words: tuple[Sought | Word | Phrase, ...] = (*self._sought, *phrases.values())
        self.size = len(self.words)
        parts = [_keys(word) for word in self._sought] + [frozenset[str]()] * len(self._phrases)
        tokens_of_phrases = dict.fromkeys(token for phrase in self._phrases for token in phrase.tokens)
        self._token_parts = {token: number for number, token in enumerate(tokens_of_phrases, len(parts))}
        parts += [frozenset((token,)) for token in tokens_of_phrases]
        self._together: list[tuple[int, Way, tuple[int, ...]]] = []
        for number, word in enumerate(self._sought):
            for way in _in_several(word):
                self._together.append((number, way, tuple(range(len(parts), len(parts) + len(way.slots)))))
                parts += [frozenset(slot) for slot in way.slots]
        self._part_count = len(parts)
        self._parts: defaultdict[str, list[int]] = defaultdict(list)
        for number, keys in enumerate(parts):
            for key in keys:
                self._parts[key].append(number)
        self._ways = tuple(map(_by_key, self._sought))
        self._best_ways: dict[tuple[int, tuple[str, ...]], Way | None] = {}
        self._looked_at: set[str] = set()
        self._in_texts: dict[str, Sequence[str]] = {}
        self._in_chunks: dict[str, tuple[int, ...]] = {}
        self._phrases_in: dict[str, list[tuple[int, list[Span]]]] = {}

    def count(self, text: str) -> Counter[int]:
        """Count how often each word and phrase stands in a text."""
        counts: Counter[int] = Counter()
        for chunk in self._chunks_with_parts(text):
            counts.update(self._in_chunks[chunk])
        counts.update(word for word, _ in self._find_phrases(text))
        for word, _, slots in self._complete(counts):
            counts[word] += sum(counts[slot] for slot in slots)
        for part in range(self.size, self._part_count):
            counts.pop(part, None)
        return counts

    def find(self, text: str) -> list[Match]:
        """Return all places in order; a place may hold several words, and a phrase its own words.

        Where the text says a word plainly, faint translations of it are no places: they would mark what only
        now and then means the same.
        """
        if not self.size:
            return []
        places = [
            (Match(begin + each.start, begin + each.end, part), each.keys)
            for chunk, begin, _ in self._spans_with_parts(text)
            for each in filed(chunk)
            for part in self._said_by(each.keys)
        ]
        weighed = [
            (place, _clearness(self._best_way(place.word, keys)))
            for place, keys in places
            if place.word < self.size
        ]
        for word, way, slots in self._complete({place.word for place, _ in places}):
            said = (place for place, _ in places if place.word in slots)
            weighed += [(place._replace(word=word), _clearness(way)) for place in said]
        clearest: defaultdict[int, float] = defaultdict(float)
        for place, clearness in weighed:
            clearest[place.word] = max(clearest[place.word], clearness)
        found = (place for place, clearness in weighed if clearness >= FAINT * clearest[place.word])
        return sorted({*found, *self._mark_phrases(text)})

    def explain(self, text: str) -> Counter[Said]:
        """Count in which ways a text says the words and phrases of the query."""
        said: Counter[Said] = Counter()
        apart: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for chunk in self._chunks_with_parts(text):
            for each in filed(chunk):
                surface = _readable(chunk[each.start : each.end], is_word=each.is_word)
                for part in self._said_by(each.keys):
                    if part < len(self._sought):
                        way = self._best_way(part, each.keys)
                        said[Said(part, surface, way)] += 1
                    else:
                        apart[part][surface] += 1
        for word, way, slots in self._complete(apart):
            most = [apart[slot].most_common(1)[0][0] for slot in slots]
            said[Said(word, APART.join(most), way)] = min(apart[slot].total() for slot in slots)
        for word, found in self._find_phrases(text):
            pieces = (text[start:end] for start, end in self._phrases[word - len(self._sought)].spans(found))
            said[Said(word, APART.join(_readable(piece, is_word=False) for piece in pieces), None)] += 1
        return said

    def _chunks_with_parts(self, text: str) -> Sequence[str]:
        """Return those pieces of a text that have parts; most have none."""
        known = self._in_texts.get(text)
        if known is None:
            found = chunks(text) if self.size else []
            self._look_at({*found})
            self._in_texts[text] = known = [*filter(self._in_chunks.__contains__, found)]
        return known

    def _spans_with_parts(self, text: str) -> Iterator[tuple[str, int, int]]:
        if self._chunks_with_parts(text):
            yield from (span for span in chunk_spans(text) if span[0] in self._in_chunks)

    def _look_at(self, found: set[str]) -> None:
        """Find out which parts pieces of text without white space have, and keep those that have some."""
        for chunk in found - self._looked_at:
            for keys in keys_in(chunk):
                if not self._parts.keys().isdisjoint(keys):
                    self._in_chunks[chunk] = (*self._in_chunks.get(chunk, ()), *self._said_by(keys))
        self._looked_at |= found

    def _said_by(self, keys: tuple[str, ...]) -> list[int]:
        return sorted({number for key in keys for number in self._parts.get(key, ())})

    def _best_way(self, word: int, keys: tuple[str, ...]) -> Way | None:
        """Return the weightiest way in which a word of a text with some keys is the one sought."""
        asked = (word, keys)
        if asked not in self._best_ways:
            self._best_ways[asked] = _best_way(self._sought[word], keys, self._ways[word])
        return self._best_ways[asked]

    def _complete(self, there: Container[int]) -> Iterator[tuple[int, Way, tuple[int, ...]]]:
        """Yield the words that all slots of a way are there for, with that way and its slots."""
        for word, way, slots in self._together:
            if all(slot in there for slot in slots):
                yield word, way, slots

    def _find_phrases(self, text: str) -> list[tuple[int, list[Span]]]:
        """Return each place where a phrase stands: its number and where its words are."""
        if not self._phrases:
            return []
        known = self._phrases_in.get(text)
        if known is None:
            there = {part for chunk in self._chunks_with_parts(text) for part in self._in_chunks[chunk]}
            known = []
            if any(all(self._token_parts[token] in there for token in each.tokens) for each in self._phrases):
                found = self._phrase_finder.find(text)
                known = [(len(self._sought) + number, spans) for number, spans in found]
            self._phrases_in[text] = known
        return known

    def _mark_phrases(self, text: str) -> Iterator[Match]:
        for word, found in self._find_phrases(text):
            for start, end in self._phrases[word - len(self._sought)].spans(found):
                yield Match(start, end, word)


@lru_cache(maxsize=1 << 10)
def _keys(word: Sought) -> frozenset[str]:
    return frozenset((word.exact, *(key for way in word.ways for key in way.keys)))


def _in_several(word: Sought) -> Iterator[Way]:
    return (way for way in word.ways if len(way.slots) > 1)


def _by_key(word: Sought) -> dict[str, list[tuple[int, Way]]]:
    """Return the ways of a word by each of their keys, numbered in their order."""
    found: dict[str, list[tuple[int, Way]]] = {}
    for number, way in enumerate(word.ways):
        for key in dict.fromkeys(way.keys):
            found.setdefault(key, []).append((number, way))
    return found


def _best_way(
    word: Sought, keys: tuple[str, ...], by_key: Mapping[str, Sequence[tuple[int, Way]]]
) -> Way | None:
    """Return the weightiest way in which a word of a text is the one sought; None for as typed.

    Args:
        keys: those of the word of the text. Of equal ways, one that is the word as it stands there.
        by_key: the ways of the word sought.
    """
    if word.exact == keys[0]:
        return None
    if word.exact in keys:
        reason = Reason.SPELLING if word.exact in spellings(keys[0]) else Reason.FORM
        return Way(((word.exact,),), 1.0, reason, word.surface)
    ways = {number: way for key in keys for number, way in by_key.get(key, ())}
    in_order = (ways[number] for number in sorted(ways))
    return max(in_order, key=lambda way: (way.weight, keys[0] in way.keys), default=None)


def _clearness(way: Way | None) -> float:
    """Return the weight of a translation; every other way says the word itself."""
    return way.weight if way is not None and way.reason is Reason.TRANSLATION else 1.0


def _readable(surface: str, *, is_word: bool) -> str:
    """Write what stands in a text on one line, a word that a line end breaks as one."""
    return clean(surface) if is_word else " ".join(surface.split())
