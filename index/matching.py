"""Where the words of a query stand in a text: in every way they were looked for, and whole phrases.

The same keys decide here as in the index, so what was found is what is marked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.expansion import words
from index.filing import filed, keys_in
from index.keys import spellings
from index.runs import chunk_spans, chunks
from index.text import Token, clean, tokens
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
        phrases = {_Run.of(leaf): leaf for leaf in others}
        self._phrases = tuple(phrases)
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
        self._parts = tuple(parts)
        self._keys = frozenset[str]().union(*parts)
        self._looked_at: set[str] = set()
        self._in_texts: dict[str, Sequence[str]] = {}
        self._in_chunks: dict[str, tuple[int, ...]] = {}

    def count(self, text: str) -> Counter[int]:
        """Count how often each word and phrase stands in a text."""
        counts: Counter[int] = Counter()
        for chunk in self._chunks_with_parts(text):
            counts.update(self._in_chunks[chunk])
        if any(all(self._token_parts[token] in counts for token in each.tokens) for each in self._phrases):
            counts.update(word for word, _ in self._find_phrases(text))
        for word, _, slots in self._complete(counts):
            counts[word] += sum(counts[slot] for slot in slots)
        for part in range(self.size, len(self._parts)):
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
            (place, _clearness(_best_way(self._sought[place.word], keys)))
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
                        way = _best_way(self._sought[part], each.keys)
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
                if not self._keys.isdisjoint(keys):
                    self._in_chunks[chunk] = (*self._in_chunks.get(chunk, ()), *self._said_by(keys))
        self._looked_at |= found

    def _said_by(self, keys: tuple[str, ...]) -> list[int]:
        return [number for number, any_of in enumerate(self._parts) if not any_of.isdisjoint(keys)]

    def _complete(self, there: Container[int]) -> Iterator[tuple[int, Way, tuple[int, ...]]]:
        """Yield the words that all slots of a way are there for, with that way and its slots."""
        for word, way, slots in self._together:
            if all(slot in there for slot in slots):
                yield word, way, slots

    def _find_phrases(self, text: str) -> Iterator[tuple[int, list[Token]]]:
        """Yield each place where a phrase stands: its number and its words there."""
        found: list[Token] = list(tokens(text)) if self._phrases else []
        folded = [token.folded for token in found]
        for word, phrase in enumerate(self._phrases, len(self._sought)):
            for places in phrase.places(folded):
                yield word, [found[place] for place in places]

    def _mark_phrases(self, text: str) -> Iterator[Match]:
        for word, found in self._find_phrases(text):
            for start, end in self._phrases[word - len(self._sought)].spans(found):
                yield Match(start, end, word)


class _Run(NamedTuple):
    """The words of a phrase, and how many others may stand between them."""

    tokens: tuple[str, ...]
    slop: int

    @classmethod
    def of(cls, leaf: Word | Phrase) -> _Run:
        slop = leaf.slop if isinstance(leaf, Phrase) else 0
        return cls(tuple(token.folded for token in tokens(leaf.text)), slop)

    def places(self, folded: Sequence[str]) -> Iterator[list[int]]:
        """Yield where the words stand together in a text: as `index.engine.Phrase` says."""
        length = len(self.tokens)
        if not self.slop:
            for at in range(len(folded) - length + 1):
                if folded[at] == self.tokens[0] and tuple(folded[at : at + length]) == self.tokens:
                    yield [*range(at, at + length)]
            return
        wanted = Counter(self.tokens)
        places = [place for place, token in enumerate(folded) if token in wanted]
        for number, begin in enumerate(places):
            near = [place for place in places[number:] if place - begin < length + self.slop]
            if Counter(folded[place] for place in near) >= wanted:
                yield near

    def spans(self, found: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Yield what is marked of a place: all of it, or each word where others stand between."""
        if self.slop:
            yield from ((token.start, token.end) for token in found)
        else:
            yield found[0].start, found[-1].end


@lru_cache(maxsize=1 << 10)
def _keys(word: Sought) -> frozenset[str]:
    return frozenset((word.exact, *(key for way in word.ways for key in way.keys)))


def _in_several(word: Sought) -> Iterator[Way]:
    return (way for way in word.ways if len(way.slots) > 1)


def _best_way(word: Sought, keys: tuple[str, ...]) -> Way | None:
    """Return the weightiest way in which a word of a text is the one sought; None for as typed.

    Args:
        keys: those of the word of the text. Of equal ways, one that is the word as it stands there.
    """
    if word.exact == keys[0]:
        return None
    if word.exact in keys:
        reason = Reason.SPELLING if word.exact in spellings(keys[0]) else Reason.FORM
        return Way(((word.exact,),), 1.0, reason, word.surface)
    ways = (way for way in word.ways if not {*way.keys}.isdisjoint(keys))
    return max(ways, key=lambda way: (way.weight, keys[0] in way.keys), default=None)


def _clearness(way: Way | None) -> float:
    """Return the weight of a translation; every other way says the word itself."""
    return way.weight if way is not None and way.reason is Reason.TRANSLATION else 1.0


def _readable(surface: str, *, is_word: bool) -> str:
    """Write what stands in a text on one line, a word that a line end breaks as one."""
    return clean(surface) if is_word else " ".join(surface.split())
