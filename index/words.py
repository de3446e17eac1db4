"""The words of an index, with how many documents have each: by how they begin, and like one that is misspelt.

Words are folded, as the index has them; how they are written is asked of the documents (`wording.py`). Only
what still counts in the index is here, so that nothing of a document that left it is.

Source: rapidfuzz, rapidfuzz.distance.OSA (optimal string alignment: a swap of neighbours is one edit).
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections.abc import Collection, Mapping
from fnmatch import translate
from functools import cache, cached_property
from heapq import nsmallest

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from index import engine as ask
from index.engine import Engine
from index.errors import DamagedError
from index.live import LiveIndex
from index.plainly import PlainWords, plain
from index.scopes import UNFILTERED

WORD_FIELDS = ("text", "title_text", "creator_text")
"""Fields that have words as they stand."""

WHOLE = ask.Term("language", UNFILTERED)
"""Matches one entry a document."""

SHORT_LETTERS, SHORT_EDITS, LONG_EDITS = 5, 1, 2
"""A word of so many letters may be misspelt by so many edits, a longer one by more."""

LAST = "\U0010ffff"

_WILDCARD = re.compile(r"[*?]")


def as_it_stands(token: str) -> ask.Group:
    """Match what has a folded word as it stands, wherever."""
    return ask.Group(tuple(ask.Term(field, token) for field in WORD_FIELDS))


class Words:
    """Words with content, of letters alone. Threads may share it.

    There may be a million; tuples of words cost nothing when Python looks for garbage.
    """

    def __init__(self, frequencies: Mapping[str, int], before: Words | None = None) -> None:
        """Take words with how many documents have each.

        Args:
            before: words of the same index before some changes; what was made of them is put right.
        """
        self._often = frequencies
        self._base = None if before is None else before._made()

    def often(self, token: str) -> int:
        """Return how many documents have a word, of whatever kind."""
        return self._often.get(token, 0)

    def beginning_with(self, beginning: str, most: int, least: int = 1) -> list[str]:
        """Return the words that begin like a folded one, the most frequent first.

        Args:
            least: so many documents have to have the word.
        """
        begun = plain(beginning)
        words, tokens = self._plain
        first, last = bisect_left(words, begun), bisect_left(words, begun + LAST)
        found = (token for token in tokens[first:last] if self._often[token] >= least)
        return nsmallest(most, found, key=lambda token: (-self._often[token], token))

    def fitting(self, pattern: str, most: int) -> list[str]:
        """Return the most frequent tokens that fit a folded pattern; `*` is any letters, `?` is one."""
        pieces = _WILDCARD.split(pattern)
        fits = re.compile(translate(pattern.replace("[", "[[]"))).match  # steps back over no piece twice
        begin, within = pieces[0], max(pieces, key=len)
        first = bisect_left(self._all, begin)
        last = bisect_left(self._all, begin + LAST) if begin else len(self._all)
        found = (token for token in self._all[first:last] if within in token and fits(token))
        return nsmallest(most, found, key=lambda token: (-self._often[token], token))

    def near(self, word: str, edits: int, most: int) -> list[tuple[str, int]]:
        """Return the tokens so many edits from a folded word at most, with how many, the nearest first."""
        found = [
            (distance, -self._often[token], token)
            for length in range(max(1, len(word) - edits), len(word) + edits + 1)
            for token, distance, _ in extract(
                word, self._all_by_length.get(length, ()), scorer=OSA.distance, score_cutoff=edits, limit=None
            )
        ]
        return [(token, int(distance)) for distance, _, token in nsmallest(most, found)]

    @cached_property
    def _plain(self) -> PlainWords:
        if self._base is None:
            return PlainWords.of(self._often)
        (often, words), self._base = self._base, None
        known, now = often.keys(), self._often.keys()
        return words.changed(known - now, now - known)

    def _made(self) -> tuple[Mapping[str, int], PlainWords] | None:
        """Return what was made of which words, if anything was."""
        made = self.__dict__.get("_plain")
        return self._base if made is None else (self._often, made)

    @cached_property
    def _by_length(self) -> dict[int, tuple[int, ...]]:
        by_length: dict[int, list[int]] = {}
        for number, word in enumerate(self._plain.plain):
            by_length.setdefault(len(word), []).append(number)
        return {length: tuple(numbers) for length, numbers in by_length.items()}

    @cached_property
    def _all(self) -> tuple[str, ...]:
        return tuple(sorted(self._often))

    @cached_property
    def _all_by_length(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, list[str]] = {}
        for token in self._all:
            found.setdefault(len(token), []).append(token)
        return {length: tuple(tokens) for length, tokens in found.items()}

    def like(self, word: str, most: int) -> list[str]:
        """Return what a folded word may be misspelt for, the likest first, then the most frequent."""
        sought = plain(word)
        edits = SHORT_EDITS if len(sought) <= SHORT_LETTERS else LONG_EDITS
        words, tokens = self._plain
        found: list[tuple[float, int, str]] = []
        for length in range(len(sought) - edits, len(sought) + edits + 1):
            numbers = self._by_length.get(length, ())
            choices = [words[number] for number in numbers]
            for _, distance, at in extract(
                sought, choices, scorer=OSA.distance, score_cutoff=edits, limit=None
            ):
                token = tokens[numbers[at]]
                found.append((distance, -self._often[token], token))
        return [token for _, _, token in nsmallest(most, found)]


class LiveWords:
    """The words of the live index of one audience, put right after each of its commits.

    Threads may share it; where several ask after a commit, one gathers and the others wait.
    """

    def __init__(self, live: LiveIndex) -> None:
        self._live = live
        self._gathering = threading.Lock()
        self._gathered: tuple[Engine, int, Words] | None = None

    def words(self) -> Words:
        """Return the words as of now, none where there is no index or it is damaged."""
        engine = self._live.engine()
        if engine is None:
            return no_words()
        with self._gathering:
            commit, known = engine.commit(), self._gathered
            if known is not None and known[0] is engine and known[1] == commit:
                return known[2]
            try:
                before = known[2] if known is not None else None
                words = Words(_frequencies(engine, WORD_FIELDS), before)
            except DamagedError as damage:
                self._live.condemn(damage)
                return no_words()
            self._gathered = engine, commit, words
            return words


@cache
def no_words() -> Words:
    """Return the words of nothing."""
    return Words({})


def _frequencies(engine: Engine, fields: Collection[str]) -> Mapping[str, int]:
    """Return in how many documents a token is, at least: in the field where most have it."""
    most, *others = sorted((engine.vocabulary(field, WHOLE) for field in fields), key=len, reverse=True)
    found = dict(most)
    for words in others:
        for token, often in words.items():
            if often > found.get(token, 0):
                found[token] = often
    return found
