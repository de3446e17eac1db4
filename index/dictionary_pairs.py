"""The words of all entries that stand for one another, gathered as arrays of numbers.

An entry stands for what it says of single words and of phrases: „Fernwärme“ is `district heating`, so either
word stands for half of it. In „Energiepolitik betreiben“ nothing tells which word is which, so what two
phrases say counts for pairs of words only that an entry of a single word has too; it tells which of their
translations are the usual ones.

Source: measured on a manual of 126 chapters in three languages, see ADR 19.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.dictd import DictdError
from index.dictionary_terms import Entry
from index.text import surfaces

MAX_TERM_KEYS = 3
"""Of a longer term no word stands for the whole."""

MAX_PAIRS = 1 << 23
"""Three times as many as the five dictionaries of Debian have; more would take too much memory."""

KeyOf: TypeAlias = Callable[[str, str], str]
"""The search key of a word in a language; empty where it has none, as a function word."""

TakePhrase: TypeAlias = Callable[[tuple[int, ...], tuple[int, ...], float], None]
"""Takes a term and its translation, by the numbers of their keys, with what they count."""

Codes: TypeAlias = NDArray[np.int64]
"""Pairs of words as one number each, that of the source in the upper half."""

Weights: TypeAlias = NDArray[np.float64]

HALF = 32


class Vocabulary:
    """The keys of one language, numbered as they come."""

    def __init__(self, language: str, key_of: KeyOf) -> None:
        self._language, self._key_of = language, key_of
        self._words: dict[str, int | None] = {}
        self._keys: dict[str, int] = {}

    @property
    def keys(self) -> list[str]:
        """All keys, in order of their numbers."""
        return list(self._keys)

    def __len__(self) -> int:
        """Return how many words were looked up, with a key or without."""
        return len(self._words)

    def numbers(self, term: str) -> tuple[int, ...]:
        """Return the numbers of the keys of a term, each once."""
        found = dict.fromkeys(map(self._number, surfaces(term)))
        return tuple(number for number in found if number is not None)

    def _number(self, word: str) -> int | None:
        try:
            return self._words[word]
        except KeyError:
            key = self._key_of(word, self._language)
            number = self._keys.setdefault(key, len(self._keys)) if key else None
            self._words[word] = number
            return number


@dataclass(frozen=True, slots=True)
class Pairs:
    """Each word of a term with each of its translation; every array has a value a pair.

    `weight`: what the translation counts in its entry; `source_length`, `target_length`: of how many words
    the term and its translation are.
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    weight: NDArray[np.float32]
    source_length: NDArray[np.int8]
    target_length: NDArray[np.int8]

    def turned(self) -> Pairs:
        """Return the same pairs, read in the other direction."""
        return Pairs(self.target, self.source, self.weight, self.target_length, self.source_length)

    def counts(self) -> tuple[Codes, Weights]:
        """Return the pairs that an entry of a single word has, ascending, and what they count."""
        codes = self.source.astype(np.int64) << HALF | self.target
        known = np.unique(codes[self.source_length == 1])
        places = np.searchsorted(known, codes)
        kept = np.flatnonzero(np.append(known, -1)[places] == codes)
        shares = self.weight[kept] / self.target_length[kept]
        return known, np.asarray(np.bincount(places[kept], shares, len(known)), np.float64)


class PairCollector:
    """Takes entries of dictionaries of two languages, in either direction.

    `taken`: how many entries of the last dictionary said something.
    """

    def __init__(self, source: Vocabulary, target: Vocabulary, take_phrase: TakePhrase | None = None) -> None:
        """`take_phrase`: is given what says something of several words at a time."""
        self._source, self._target = source, target
        self._take_phrase = take_phrase
        self._columns = (array("i"), array("i"), array("f"), array("b"), array("b"))
        self.taken = 0

    def add(self, entries: Iterable[Entry], *, turned: bool = False) -> None:
        """Take the entries of a dictionary, `turned` if its head words are of the target language.

        What is said first weighs most: half in a second sense, half again in a second place.

        Raises:
            DictdError: the dictionary is too large; what was read so far is taken.
        """
        self.taken = 0
        for entry in entries:
            before = len(self._columns[0])
            self._take(entry, turned)
            self.taken += len(self._columns[0]) > before
            if max(len(self._columns[0]), len(self._source), len(self._target)) > MAX_PAIRS:
                raise DictdError("The dictionaries hold more words than can be used; the rest was left out.")

    def pairs(self) -> Pairs:
        """Return what was taken so far."""
        source, target, weight, source_length, target_length = self._columns
        return Pairs(
            np.frombuffer(source, np.int32),
            np.frombuffer(target, np.int32),
            np.frombuffer(weight, np.float32),
            np.frombuffer(source_length, np.int8),
            np.frombuffer(target_length, np.int8),
        )

    def _take(self, entry: Entry, turned: bool) -> None:
        heads, translations = (self._target, self._source) if turned else (self._source, self._target)
        for head in filter(_is_short, map(heads.numbers, entry.heads)):
            for sense_place, sense in enumerate(entry.senses, 1):
                for place, term in enumerate(sense, 1):
                    translated = translations.numbers(term)
                    if _is_short(translated):
                        pair = (translated, head) if turned else (head, translated)
                        self._add(*pair, 1 / (sense_place * place))

    def _add(self, source: tuple[int, ...], target: tuple[int, ...], weight: float) -> None:
        if self._take_phrase is not None and len(source) + len(target) > 2:
            self._take_phrase(source, target, weight)
        sources, targets, weights, source_lengths, target_lengths = self._columns
        for left in source:
            for right in target:
                sources.append(left)
                targets.append(right)
                weights.append(weight)
                source_lengths.append(len(source))
                target_lengths.append(len(target))


def _is_short(numbers: tuple[int, ...]) -> bool:
    return 0 < len(numbers) <= MAX_TERM_KEYS
