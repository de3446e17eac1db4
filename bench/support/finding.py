"""Find passages in what was read, word by word, each word of a page for one passage only.

A passage is looked for as it stands; where it stands nowhere, its words one by one; those still missing, as
words divided otherwise. Formulas come last: their letters are looked for in the words that are left. So a
word that one part lost is not made up for by another part that has it twice, as far as the page or the
passage tells them apart.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.support.passages import ANYWHERE, Passage, words
from ingest.extraction import PageText

_JOINED = 8
"""So many words may be written as one."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A passage of which words were not found."""

    passage: Passage
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How many words the passages have, and which were not found."""

    words: int
    losses: tuple[Loss, ...]

    @property
    def lost(self) -> int:
        """Count the words that were not found."""
        return sum(len(loss.missing) for loss in self.losses)


def find(passages: Iterable[Passage], pages: Sequence[PageText]) -> Found:
    """Look for all passages, longest first, those of one page before those of any."""
    texts = {False: _Read([page.text for page in pages]), True: _Read([page.notes for page in pages])}
    wanted = [(passage, words(passage.text)) for passage in passages]
    total = sum(len(each) for _, each in wanted)
    wanted.sort(key=lambda each: (each[0].is_formula, each[0].page == ANYWHERE, -len(each[1])))
    rest = [each for each in wanted if not texts[each[0].in_notes].take_whole(each[1], each[0].page)]
    missing = [(passage, _take_apart(texts[passage.in_notes], passage, each)) for passage, each in rest]
    return Found(total, tuple(Loss(passage, tuple(each)) for passage, each in missing if each))


def _take_apart(read: _Read, passage: Passage, wanted: list[str]) -> list[str]:
    if passage.is_formula:
        return read.take_letters(wanted, passage.page)
    return read.take_divided(read.take_each(wanted, passage.page), passage.page)


class _Read:
    """The words that were read, and which of them a passage was found in."""

    def __init__(self, pages: Sequence[str]) -> None:
        self._words: list[str] = []
        self._starts = [0]
        for page in pages:
            self._words += words(page)
            self._starts.append(len(self._words))
        self._taken = [False] * len(self._words)
        self._letters: dict[int, Counter[str]] = {}
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._words):
            self._places[word].append(place)

    def take_whole(self, wanted: list[str], page: int) -> bool:
        """Take the first place where these words stand one after the other, none of them taken."""
        if not wanted:
            return True
        offset, rarest = min(enumerate(wanted), key=lambda each: len(self._places.get(each[1], ())))
        start, end = self._range(page)
        for place in self._free(rarest, start, end):
            first = place - offset
            last = first + len(wanted)
            if first < start or last > end or self._words[first:last] != wanted:
                continue
            if not any(self._taken[first:last]):
                self._taken[first:last] = [True] * len(wanted)
                return True
        return False

    def take_each(self, wanted: list[str], page: int) -> list[str]:
        """Take a place for each word; return those that have none."""
        start, end = self._range(page)
        missing = []
        for word in wanted:
            place = next(iter(self._free(word, start, end)), None)
            if place is None:
                missing.append(word)
            else:
                self._taken[place] = True
        return missing

    def take_divided(self, wanted: list[str], page: int) -> list[str]:
        """Take runs of words that are wanted ones but for where they are divided; return those left over."""
        missing = []
        place = 0
        while place < len(wanted):
            for end in range(min(len(wanted), place + _JOINED), place, -1):
                if self._take_letters("".join(wanted[place:end]), *self._range(page)):
                    place = end
                    break
            else:
                missing.append(wanted[place])
                place += 1
        return missing

    def _take_letters(self, letters: str, start: int, end: int) -> bool:
        for first in range(start, end):
            last, run = first, ""
            while last < end and not self._taken[last] and len(run) < len(letters):
                run += self._words[last]
                last += 1
                if not letters.startswith(run):
                    break
            if run == letters:
                self._taken[first:last] = [True] * (last - first)
                return True
        return False

    def take_letters(self, wanted: list[str], page: int) -> list[str]:
        """Take letters of what is left, in any order; return the words of which some are missing."""
        if page not in self._letters:
            start, end = self._range(page)
            left = (
                word for place, word in enumerate(self._words[start:end], start) if not self._taken[place]
            )
            self._letters[page] = Counter(_without_accents("".join(left)))
        letters, missing = self._letters[page], []
        for word in wanted:
            needed = Counter(_without_accents(word))
            if needed <= letters:
                letters -= needed
            else:
                missing.append(word)
        return missing

    def _range(self, page: int) -> tuple[int, int]:
        if page == ANYWHERE:
            return 0, len(self._words)
        if page >= len(self._starts):
            return 0, 0
        return self._starts[page - 1], self._starts[page]

    def _free(self, word: str, start: int, end: int) -> list[int]:
        places = self._places.get(word)
        if places is None:
            return []
        if len(places) > 32 and sum(self._taken[place] for place in places) > len(places) / 2:
            places = self._places[word] = [place for place in places if not self._taken[place]]
        low, high = bisect_left(places, start), bisect_left(places, end)
        return [place for place in places[low:high] if not self._taken[place]]


def _without_accents(letters: str) -> str:
    """Return letters without marks, which markup has as attributes of a formula."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", letters) if not unicodedata.combining(letter)
    )
