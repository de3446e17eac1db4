"""Where the words of a query stand in a text: in every way they were looked for, and whole phrases.

The same keys decide here as in the index, so what was found is what is marked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from index.concordance import Sums
from index.expansion import words
from index.filing import filed
from index.keys import spellings
from index.looking import Words
from index.phrase_places import PhraseFinder, Run, Span
from index.runs import chunks, places_of
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


class _Part(NamedTuple):
    """A part that stands in a piece of text, from where to where, and what it says; see `Matcher`."""

    start: int
    end: int
    number: int
    said: Said
    clearness: float


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
        self._ways = tuple(map(_ways_by_key, self._sought))
        self._of_keys: defaultdict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._sought):
            self._add_part(number, (word.exact, *self._ways[number]))
        tokens_of_phrases = dict.fromkeys(token for phrase in self._phrases for token in phrase.tokens)
        self._token_parts = {token: number for number, token in enumerate(tokens_of_phrases, self.size)}
        for token, number in self._token_parts.items():
            self._add_part(number, (token,))
        self._together: list[tuple[int, Way, tuple[int, ...]]] = []
        end = self.size + len(self._token_parts)
        for number, word in enumerate(self._sought):
            for way in word.ways:
                if len(way.slots) > 1:
                    begin, end = end, end + len(way.slots)
                    self._together.append((number, way, tuple(range(begin, end))))
                    for slot, keys in enumerate(way.slots, begin):
                        self._add_part(slot, keys)
        self._in_pieces: dict[str, tuple[_Part, ...]] = {}
        self._in_lines: dict[str, list[tuple[int, str]]] = {}

    @cached_property
    def sums(self) -> Sums:
        """The checksums of all keys that are looked for."""
        return Sums(self._of_keys.keys())

    @property
    def looks_far(self) -> bool:
        """Tell whether a phrase may have other words between its own."""
        return any(phrase.slop for phrase in self._phrases)

    def means(self, piece: str) -> bool:
        """Tell whether a piece of text has parts."""
        return bool(self._parts_in(piece))

    def words_in(self, text: str) -> Words:
        """Return the pieces of a text that have parts; most have none."""
        found = filter(self._parts_in, chunks(text)) if self.size else ()
        return Words(Counter(found), lambda: (chunks(text),))

    def count(self, text: str | Words) -> Counter[int]:
        """Count how often each word and phrase stands in a text."""
        looked_at = self.words_in(text) if isinstance(text, str) else text
        counts: dict[int, int] = {}
        for piece, often in looked_at.pieces.items():
            for part in self._parts_in(piece):
                counts[part.number] = counts.get(part.number, 0) + often
        if max(counts, default=0) >= self.size:
            if self._may_have_phrases(counts):
                for word, _ in self._say_phrases(looked_at):
                    counts[word] = counts.get(word, 0) + 1
            for word, _, slots in self._complete(counts):
                counts[word] = counts.get(word, 0) + sum(counts[slot] for slot in slots)
            counts = {number: often for number, often in counts.items() if number < self.size}
        return Counter(counts)

    def find(self, text: str, known: Words | None = None) -> list[Match]:
        """Return all places in order; a place may hold several words, and a phrase its own words.

        Where the text says a word plainly, faint translations of it are no places: they would mark what only
        now and then means the same.

        Args:
            known: the pieces of the text that have parts, if they are known.
        """
        if not self.size:
            return []
        pieces = (known or self.words_in(text)).pieces
        found = [(begin, part) for piece, begin in places_of(pieces, text) for part in self._parts_in(piece)]
        weighed = [
            (Match(begin + part.start, begin + part.end, part.number), part.clearness)
            for begin, part in found
            if part.number < self.size
        ]
        there = {part.number for _, part in found}
        for word, way, slots in self._complete(there):
            weighed += [
                (Match(begin + part.start, begin + part.end, word), _clearness(way))
                for begin, part in found
                if part.number in slots
            ]
        clearest: defaultdict[int, float] = defaultdict(float)
        for match, clearness in weighed:
            clearest[match.word] = max(clearest[match.word], clearness)
        marked = (match for match, clearness in weighed if clearness >= FAINT * clearest[match.word])
        return sorted({*marked, *(self._mark_phrases(text) if self._may_have_phrases(there) else ())})

    def explain(self, text: str | Words) -> Mapping[Said, int]:
        """Count in which ways a text says the words and phrases of the query."""
        looked_at = self.words_in(text) if isinstance(text, str) else text
        said: dict[Said, int] = {}
        apart: dict[int, Counter[str]] = {}
        for piece, often in looked_at.pieces.items():
            for part in self._parts_in(piece):
                if part.number < self.size:
                    said[part.said] = said.get(part.said, 0) + often
                else:
                    apart.setdefault(part.number, Counter())[part.said.surface] += often
        for word, way, slots in self._complete(apart) if apart else ():
            most = [apart[slot].most_common(1)[0][0] for slot in slots]
            said[Said(word, APART.join(most), way)] = min(apart[slot].total() for slot in slots)
        if self._may_have_phrases(apart):
            for word, surface in self._say_phrases(looked_at):
                phrase = Said(word, surface, None)
                said[phrase] = said.get(phrase, 0) + 1
        return said

    def _add_part(self, number: int, keys: Iterable[str]) -> None:
        for key in dict.fromkeys(keys):
            self._of_keys[key].append(number)

    def _parts_in(self, piece: str) -> tuple[_Part, ...]:
        known = self._in_pieces.get(piece)
        if known is None:
            self._in_pieces[piece] = known = tuple(self._find_parts(piece))
        return known

    def _find_parts(self, piece: str) -> Iterator[_Part]:
        for each in filed(piece):
            numbers = {number for key in each.keys for number in self._of_keys.get(key, ())}
            surface = _readable(piece[each.start : each.end], is_word=each.is_word) if numbers else ""
            for number in sorted(numbers):
                way = self._best_way(number, each.keys) if number < len(self._sought) else None
                yield _Part(each.start, each.end, number, Said(number, surface, way), _clearness(way))

    def _best_way(self, number: int, keys: tuple[str, ...]) -> Way | None:
        """Return the weightiest way in which a word of a text is the one sought; None for as typed.

        Args:
            keys: those of the word of the text. Of equal ways, one that is the word as it stands there.
        """
        word = self._sought[number]
        if word.exact == keys[0]:
            return None
        if word.exact in keys:
            reason = Reason.SPELLING if word.exact in spellings(keys[0]) else Reason.FORM
            return Way(((word.exact,),), 1.0, reason, word.surface)
        ways = {at: way for key in keys for at, way in self._ways[number].get(key, ())}
        in_order = (ways[at] for at in sorted(ways))
        return max(in_order, key=lambda way: (way.weight, keys[0] in way.keys), default=None)

    def _complete(self, there: Container[int]) -> Iterator[tuple[int, Way, tuple[int, ...]]]:
        """Yield the words that all slots of a way are there for, with that way and its slots."""
        for word, way, slots in self._together:
            if all(slot in there for slot in slots):
                yield word, way, slots

    def _may_have_phrases(self, there: Container[int]) -> bool:
        """Tell whether all words of a phrase are there."""
        for phrase in self._phrases:
            if all(self._token_parts[token] in there for token in phrase.tokens):
                return True
        return False

    def _say_phrases(self, looked_at: Words) -> Iterator[tuple[int, str]]:
        """Yield each place where a phrase stands: its number and what stands there."""
        for stretch in looked_at.stretches():
            line = " ".join(stretch)
            if line not in self._in_lines:
                there = {part.number for piece in {*stretch} for part in self._parts_in(piece)}
                self._in_lines[line] = [*self._phrases_in(line)] if self._may_have_phrases(there) else []
            yield from self._in_lines[line]

    def _phrases_in(self, line: str) -> Iterator[tuple[int, str]]:
        for word, found in self._find_phrases(line):
            spans = self._phrases[word - len(self._sought)].spans(found)
            yield word, APART.join(_readable(line[start:end], is_word=False) for start, end in spans)

    def _find_phrases(self, text: str) -> Iterator[tuple[int, list[Span]]]:
        """Yield each place where a phrase stands: its number and where its words are."""
        for number, spans in self._phrase_finder.find(text):
            yield len(self._sought) + number, spans

    def _mark_phrases(self, text: str) -> Iterator[Match]:
        for word, found in self._find_phrases(text):
            for start, end in self._phrases[word - len(self._sought)].spans(found):
                yield Match(start, end, word)


def _ways_by_key(word: Sought) -> dict[str, list[tuple[int, Way]]]:
    """Return the ways in one word that have a key, each with its place among all."""
    found: dict[str, list[tuple[int, Way]]] = {}
    for place, way in enumerate(word.ways):
        for key in way.keys:
            found.setdefault(key, []).append((place, way))
    return found


def _clearness(way: Way | None) -> float:
    """Return the weight of a translation; every other way says the word itself."""
    return way.weight if way is not None and way.reason is Reason.TRANSLATION else 1.0


def _readable(surface: str, *, is_word: bool) -> str:
    """Write what stands in a text on one line, a word that a line end breaks as one."""
    return clean(surface) if is_word else " ".join(surface.split())
