"""Where in a document the pieces of text stand that somebody looks for, as its concordance tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np

from index.concordance import PAGE_FIELDS, PAGE_TEXTS, RECORD_TEXTS, Concordance, Places, Sums


class Words(NamedTuple):
    """Those pieces of a text that are looked for, in the order in which they first stand there, with how
    often each does. `stretches` are those that stand together with no other words between, or the whole text
    as one, in pieces."""

    pieces: Mapping[str, int]
    stretches: Callable[[], Sequence[Sequence[str]]]


class Looker(Protocol):
    """Who looks for pieces."""

    @property
    def sums(self) -> Sums:
        """The checksums of the keys of all that is looked for."""

    @property
    def looks_far(self) -> bool:
        """Tell whether words belong together that have others between them."""

    def means(self, piece: str) -> bool:
        """Tell whether a piece of text is looked for."""


class Looked:
    """What is found of what one looks for. For one thread."""

    def __init__(self, concordance: Concordance, looker: Looker) -> None:
        """Look through a concordance."""
        self.concordance = concordance
        self._looks_far = looker.looks_far
        found = ((place, concordance.piece(place)) for place in concordance.filed_under(looker.sums))
        self._pieces = {place: piece for place, piece in found if looker.means(piece)}
        self._read = dict(self._pieces)
        self._at = self._positions()
        self._counts: dict[int, dict[str, int]] = {}
        texts = concordance.text_ends.searchsorted(self._at, "right").tolist()
        for text, place in zip(texts, concordance.sequence[self._at].tolist(), strict=True):
            counts = self._counts.setdefault(text, {})
            piece = self._pieces[place]
            counts[piece] = counts.get(piece, 0) + 1

    @property
    def title(self) -> Words:
        """What is found in the title."""
        return self._words(0)

    @property
    def creators(self) -> Words:
        """What is found in the names of the creators."""
        return self._words(1)

    def pages(self) -> Iterator[PageWords]:
        """Yield the pages on which something is found, in order."""
        of_pages = (text - RECORD_TEXTS for text in self._counts if text >= RECORD_TEXTS)
        for page in dict.fromkeys(text // PAGE_TEXTS for text in of_pages):
            yield PageWords(int(self.concordance.numbers[page]), self, RECORD_TEXTS + page * PAGE_TEXTS)

    def by_field(self, first: int) -> Iterator[tuple[str, Words]]:
        """Yield the texts of a page in which something is found, with the names of their fields."""
        for place, field in enumerate(PAGE_FIELDS, first):
            if place in self._counts:
                yield field, self._words(place)

    def shown(self, first: int) -> Words:
        """Return what is found in the text of a page and its notes as one."""
        text, notes = (self._counts.get(first + place, {}) for place in (1, 2))
        if notes:
            text = {piece: text.get(piece, 0) + notes.get(piece, 0) for piece in (*text, *notes)}
        return Words(text, lambda: self._stretches(first + 1, first + 3))

    def _positions(self) -> Places:
        is_found = np.zeros(len(self.concordance.piece_ends), np.bool_)
        is_found[[*self._pieces]] = True
        return np.flatnonzero(is_found[self.concordance.sequence])

    def _words(self, text: int) -> Words:
        return Words(self._counts.get(text, {}), lambda: self._stretches(text, text + 1))

    def _stretches(self, first: int, last: int) -> list[list[str]]:
        """Return the stretches of some texts, from the first on until before the last."""
        known = self.concordance
        begin, end = (int(known.text_ends[text - 1]) if text else 0 for text in (first, last))
        if self._looks_far:
            return [self._line(begin, end)]
        some = slice(*self._at.searchsorted((begin, end)).tolist())
        at, ranks = self._at[some].tolist(), self._ranks[some].tolist()
        firsts = [place for place, rank in enumerate(ranks) if not place or rank > ranks[place - 1] + 1]
        lasts = [*(first - 1 for first in firsts[1:]), len(at) - 1]
        return [self._line(at[first], at[last] + 1) for first, last in zip(firsts, lasts, strict=False)]

    @cached_property
    def _ranks(self) -> Places:
        """How many pieces with words stand up to each that is looked for."""
        have_words = self.concordance.key_counts[self.concordance.sequence] > 0
        return np.cumsum(have_words, dtype=np.int64)[self._at]

    def _line(self, begin: int, end: int) -> list[str]:
        places = self.concordance.sequence[begin:end].tolist()
        read, piece = self._read, self.concordance.piece
        return [read.get(place) or read.setdefault(place, piece(place)) for place in places]


class PageWords(NamedTuple):
    """A page on which something is found; `first`: the place of the first of its texts."""

    number: int
    looked: Looked
    first: int

    @property
    def shown(self) -> Words:
        """What is found in its text and its notes."""
        return self.looked.shown(self.first)

    def by_field(self) -> Iterator[tuple[str, Words]]:
        """Yield the texts in which something is found, with the names of their fields."""
        return self.looked.by_field(self.first)
