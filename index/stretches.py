"""Which pieces of a text stand together with no other words between, where some of them are looked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from index.concordance import Concordance, Places
from index.runs import chunks


class WholeText:
    """A text that is one stretch."""

    def __init__(self, text: str) -> None:
        self._text = text

    def between(self, _first: int, _last: int) -> list[list[str]]:
        """Return it in pieces."""
        return [chunks(self._text)]


class Stretches:
    """Cuts the texts of a concordance into stretches. For one thread."""

    def __init__(
        self, concordance: Concordance, pieces: Mapping[int, str], at: Places, *, looks_far: bool
    ) -> None:
        """Take what is looked for: the pieces by place, and where in the sequence they stand, in order.

        Args:
            looks_far: words belong together that have others between them; so each text is one stretch.
        """
        self._concordance = concordance
        self._read = dict(pieces)
        self._at = at
        self._looks_far = looks_far
        self._known: dict[tuple[int, int], list[list[str]]] = {}

    def between(self, first: int, last: int) -> list[list[str]]:
        """Return the stretches of some texts, from the first on until before the last, in pieces."""
        if (first, last) not in self._known:
            self._known[first, last] = self._cut(first, last)
        return self._known[first, last]

    def _cut(self, first: int, last: int) -> list[list[str]]:
        ends = self._concordance.text_ends
        begin, end = (int(ends[text - 1]) if text else 0 for text in (first, last))
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
        have_words = self._concordance.key_counts[self._concordance.sequence] > 0
        return np.cumsum(have_words, dtype=np.int64)[self._at]

    def _line(self, begin: int, end: int) -> list[str]:
        places = self._concordance.sequence[begin:end].tolist()
        read, piece = self._read, self._concordance.piece
        return [read.get(place) or read.setdefault(place, piece(place)) for place in places]
