"""Words in the order of how they are plainly written, with those put in and taken out that come and go.

There may be a million, of which a commit brings a few hundred; to sort them all again takes a hundred times
as long as to put these in their places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from index.function_words import WITHOUT_CONTENT
from index.keys import without_marks, without_written_out

MIN_LETTERS = 3
"""Shorter words are neither worth completing nor to be told from others by an edit."""

FEW = 0.1
"""Where more of the words than that come and go, all are sorted again."""


class PlainWords(NamedTuple):
    """Words that have content, of letters alone: how each is plainly written, in order, and as it is.

    Two tuples of texts, at which Python need not look for garbage.
    """

    plain: tuple[str, ...]
    tokens: tuple[str, ...]

    @classmethod
    def of(cls, tokens: Iterable[str]) -> PlainWords:
        """Take folded words, of which those without content and numbers are left out."""
        pairs = sorted(_pairs(tokens))
        return cls(tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs))

    def changed(self, gone: Iterable[str], new: Iterable[str]) -> PlainWords:
        """Return the same without some words, and with others that it does not have."""
        out, more = sorted(_pairs(gone)), sorted(_pairs(new))
        if len(out) + len(more) > FEW * len(self.plain):
            left = {token for _, token in out}
            kept = (token for token in self.tokens if token not in left)
            return PlainWords.of([*kept, *(token for _, token in more)])
        turns = [(self._place(pair), 1, pair) for pair in out]
        turns += [(self._place(pair), 0, pair) for pair in more]
        plain: list[str] = []
        tokens: list[str] = []
        done = 0
        for place, passed, pair in sorted(turns):
            plain += self.plain[done:place]
            tokens += self.tokens[done:place]
            if not passed:
                plain.append(pair[0])
                tokens.append(pair[1])
            done = place + passed
        return PlainWords((*plain, *self.plain[done:]), (*tokens, *self.tokens[done:]))

    def _place(self, pair: tuple[str, str]) -> int:
        place = bisect_left(self.plain, pair[0])
        while place < len(self.plain) and (self.plain[place], self.tokens[place]) < pair:
            place += 1
        return place


def plain(folded: str) -> str:
    """Return a folded word without marks, ä and ae as a: so each spelling begins as the others do."""
    return without_written_out(without_marks(folded))


def _pairs(tokens: Iterable[str]) -> Iterator[tuple[str, str]]:
    return (
        (plain(token), token)
        for token in tokens
        if len(token) >= MIN_LETTERS and token.isalpha() and token not in WITHOUT_CONTENT
    )
