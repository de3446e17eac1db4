"""Where the words of a query stand in a text: in every way they were looked for, and whole phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from index.concordance import Sums
from index.expansion import words
from index.looking import Words
from index.phrase_places import PhraseFinder, Run, Span
from index.runs import chunks, places_of
from index.sayings import Said, Sayings, clearness, readable
from index.stretches import WholeText
from index.text import tokens
from index.tree import APART, Node, Phrase, Sought, Way, Word

FAINT = 0.2
"""A translation is passed over that has less than this part of the weight of the best in the same text."""

PAGE_FIELDS = frozenset({"", "title"})
"""Fields whose words are marked; names of conferences and persons are not part of the text."""


class Match(NamedTuple):
    """A place where a word or phrase of the query stands; `word` counts them from 0."""

    start: int
    end: int
    word: int


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
        self._sayings = Sayings(self._sought)
        tokens_of_phrases = dict.fromkeys(token for phrase in self._phrases for token in phrase.tokens)
        self._token_parts = {token: number for number, token in enumerate(tokens_of_phrases, self.size)}
        for token, number in self._token_parts.items():
            self._sayings.look_for(number, (token,))
        self._together: list[tuple[int, Way, tuple[int, ...]]] = []
        end = self.size + len(self._token_parts)
        for number, word in enumerate(self._sought):
            for way in word.ways:
                if len(way.slots) > 1:
                    begin, end = end, end + len(way.slots)
                    self._together.append((number, way, tuple(range(begin, end))))
                    for slot, keys in enumerate(way.slots, begin):
                        self._sayings.look_for(slot, keys)
        self._in_lines: dict[str, Sequence[tuple[Said, Sequence[Span]]]] = {}

    @property
    def sums(self) -> Sums:
        """The checksums of all keys that are looked for."""
        return self._sayings.sums

    @property
    def looks_far(self) -> bool:
        """Tell whether a phrase may have other words between its own."""
        return any(phrase.slop for phrase in self._phrases)

    def means(self, piece: str) -> bool:
        """Tell whether a piece of text has parts."""
        return bool(self._sayings[piece])

    def words_in(self, text: str) -> Words:
        """Return the pieces of a text that have parts; most have none."""
        found = filter(self._sayings.__getitem__, chunks(text)) if self.size else ()
        return Words(Counter(found), WholeText(text), 0, 1)

    def count(self, text: str | Words) -> Mapping[int, int]:
        """Count how often each word and phrase stands in a text."""
        looked_at = self.words_in(text) if isinstance(text, str) else text
        sayings = self._sayings
        counts: dict[int, int] = {}
        for piece, often in looked_at.pieces.items():
            for part in sayings[piece]:
                counts[part.number] = counts.get(part.number, 0) + often
        if counts and max(counts) >= self.size:
            if self._may_have_phrases(counts):
                for said in self._say_phrases(looked_at):
                    counts[said.word] = counts.get(said.word, 0) + 1
            for word, _, slots in self._complete(counts):
                counts[word] = counts.get(word, 0) + sum(counts[slot] for slot in slots)
            counts = {number: often for number, often in counts.items() if number < self.size}
        return counts

    def find(self, text: str, known: Words | None = None) -> list[Match]:
        """Return all places in order; a place may hold several words, and a phrase its own words.

        Where the text says a word plainly, faint translations of it are no places: they would mark what only
        now and then means the same.

        Args:
            known: the pieces of the text that have parts, if they are known.
        """
        pieces = (known or self.words_in(text)).pieces
        there = {part.number for piece in pieces for part in self._sayings[piece]}
        marked: dict[str, list[Match]] = {}
        for piece, match in self._clear(pieces, there):
            marked.setdefault(piece, []).append(match)
        found = {
            Match(begin + start, begin + end, word)
            for piece, begin in places_of(marked, text)
            for start, end, word in marked[piece]
        }
        if self._may_have_phrases(there):
            found.update(self._mark_phrases(text, pieces))
        return sorted(found)

    def explain(self, text: str | Words) -> Mapping[Said, int]:
        """Count in which ways a text says the words and phrases of the query."""
        looked_at = self.words_in(text) if isinstance(text, str) else text
        said: dict[Said, int] = {}
        apart: dict[int, Counter[str]] = {}
        for piece, often in looked_at.pieces.items():
            for part in self._sayings[piece]:
                if part.number < self.size:
                    said[part.said] = said.get(part.said, 0) + often
                else:
                    apart.setdefault(part.number, Counter())[part.said.surface] += often
        if not apart:
            return said
        for word, way, slots in self._complete(apart):
            most = [apart[slot].most_common(1)[0][0] for slot in slots]
            together = self._sayings.say(word, APART.join(most), way)
            said[together] = min(apart[slot].total() for slot in slots)
        if self._may_have_phrases(apart):
            for phrase in self._say_phrases(looked_at):
                said[phrase] = said.get(phrase, 0) + 1
        return said

    def _clear(self, pieces: Iterable[str], there: Container[int]) -> Iterator[tuple[str, Match]]:
        """Yield where pieces of a text say a word clearly enough, each with its piece.

        Args:
            there: the parts of all pieces.
        """
        stands_for: dict[int, list[tuple[int, float]]] = {}
        for word, way, slots in self._complete(there):
            for slot in slots:
                stands_for.setdefault(slot, []).append((word, clearness(way)))
        found: list[tuple[str, Match, float]] = []
        clearest: dict[int, float] = {}
        for piece in pieces:
            for part in self._sayings[piece]:
                is_word = part.number < self.size
                of_words = [(part.number, part.clearness)] if is_word else stands_for.get(part.number, ())
                for word, clear in of_words:
                    found.append((piece, Match(part.start, part.end, word), clear))
                    clearest[word] = max(clear, clearest.get(word, 0.0))
        for piece, match, clear in found:
            if clear >= FAINT * clearest[match.word]:
                yield piece, match

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

    def _say_phrases(self, looked_at: Words) -> Iterator[Said]:
        """Yield what stands at each place of a phrase."""
        for stretch in looked_at.stretches():
            for said, _ in self._phrases_in(" ".join(stretch)):
                yield said

    def _mark_phrases(self, text: str, pieces: Iterable[str]) -> Iterator[Match]:
        for begin, end in self._stretches(text, pieces):
            for said, spans in self._phrases_in(text[begin:end]):
                for start, stop in spans:
                    yield Match(begin + start, begin + stop, said.word)

    def _stretches(self, text: str, pieces: Iterable[str]) -> Iterator[Span]:
        """Yield where words of phrases stand with no others between, or the whole text; see `Words`."""
        if self.looks_far:
            yield 0, len(text)
            return
        parts = {*self._token_parts.values()}
        wanted = [piece for piece in pieces if any(part.number in parts for part in self._sayings[piece])]
        begin = end = 0
        for start, piece in sorted((start, piece) for piece, start in places_of(wanted, text)):
            if begin == end or any(True for _ in tokens(text[end:start])):
                if begin < end:
                    yield begin, end
                begin = start
            end = start + len(piece)
        if begin < end:
            yield begin, end

    def _phrases_in(self, line: str) -> Sequence[tuple[Said, Sequence[Span]]]:
        """Return each place where a phrase stands: what does, and what is marked of it."""
        known = self._in_lines.get(line)
        if known is None:
            self._in_lines[line] = known = [*self._find_phrases(line)]
        return known

    def _find_phrases(self, line: str) -> Iterator[tuple[Said, Sequence[Span]]]:
        for number, found in self._phrase_finder.find(line):
            spans = (*self._phrases[number].spans(found),)
            surface = APART.join(readable(line[start:end], is_word=False) for start, end in spans)
            yield self._sayings.say(len(self._sought) + number, surface, None), spans
