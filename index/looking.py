"""What of a document somebody looks for, text by text, as its concordance tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from index.concordance import PAGE_FIELDS, PAGE_TEXTS, RECORD_TEXTS, Concordance, Places, Sums
from index.stretches import Stretches

SHOWN_FIELDS = PAGE_FIELDS[1:]
"""The texts of a page that are shown as one: the title stands in the text, too."""


class Cutter(Protocol):
    """Who cuts texts into stretches."""

    def between(self, first: int, last: int) -> Sequence[Sequence[str]]:
        """Return the stretches of some texts, from the first on until before the last, in pieces."""


class Words(NamedTuple):
    """Those pieces of a text, or of several, that are looked for, in the order in which they first stand
    there, with how often each does."""

    pieces: Mapping[str, int]
    cutter: Cutter
    first: int
    last: int

    def stretches(self) -> Sequence[Sequence[str]]:
        """Return those that stand together with no other words between, or the whole text as one."""
        return self.cutter.between(self.first, self.last)


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


class PageWords(NamedTuple):
    """A page on which something is found: what in its text and notes as one, and what in each field."""

    number: int
    shown: Words
    by_field: Sequence[tuple[str, Words]]


class Looked:
    """What is found of what one looks for. For one thread."""

    def __init__(self, concordance: Concordance, looker: Looker) -> None:
        """Look through a concordance."""
        self.concordance = concordance
        found = ((place, concordance.piece(place)) for place in concordance.filed_under(looker.sums))
        pieces = {place: piece for place, piece in found if looker.means(piece)}
        at = _positions(pieces, concordance)
        self._stretches = stretches = Stretches(concordance, pieces, at, looks_far=looker.looks_far)
        texts = concordance.text_ends.searchsorted(at, "right").tolist()
        self._words: dict[int, Words] = {}
        self._nothing = Words({}, stretches, 0, 0)
        before = -1
        for text, place in zip(texts, concordance.sequence[at].tolist(), strict=True):
            if text != before:
                counts: dict[str, int] = {}
                self._words[text] = Words(counts, stretches, text, text + 1)
                before = text
            piece = pieces[place]
            counts[piece] = counts.get(piece, 0) + 1

    @property
    def title(self) -> Words:
        """What is found in the title."""
        return self._words.get(0) or self._nothing

    @property
    def creators(self) -> Words:
        """What is found in the names of the creators."""
        return self._words.get(1) or self._nothing

    def pages(self) -> Sequence[PageWords]:
        """Return the pages on which something is found, in order."""
        texts: dict[int, list[tuple[str, Words]]] = {}
        for text, words in self._words.items():
            if text >= RECORD_TEXTS:
                page, field = divmod(text - RECORD_TEXTS, PAGE_TEXTS)
                texts.setdefault(page, []).append((PAGE_FIELDS[field], words))
        numbers = self.concordance.numbers.tolist()
        return [PageWords(numbers[page], self._shown(page, some), some) for page, some in texts.items()]

    def _shown(self, page: int, texts: Sequence[tuple[str, Words]]) -> Words:
        shown = [words for field, words in texts if field in SHOWN_FIELDS]
        if len(shown) < 2:
            return shown[0] if shown else self._nothing
        end = RECORD_TEXTS + (page + 1) * PAGE_TEXTS
        pieces = sum((Counter(words.pieces) for words in shown), Counter())
        return Words(pieces, self._stretches, end - len(SHOWN_FIELDS), end)


def _positions(pieces: Mapping[int, str], concordance: Concordance) -> Places:
    """Return where in the sequence the pieces stand."""
    is_found = np.zeros(len(concordance.piece_ends), np.bool_)
    is_found[[*pieces]] = True
    return np.flatnonzero(is_found.take(concordance.sequence))
