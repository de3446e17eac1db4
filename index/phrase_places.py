"""Where the words of phrases stand together in a text, in work that grows with the text and no faster."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from index.runs import chunk_spans, chunks
from index.text import tokens
from index.tree import Phrase, Word

Span = tuple[int, int]
"""Where a word of a text starts and ends."""

Where = Mapping[str, Sequence[int]]
"""Which words of a text, counted from 0, are some word, in order."""


class Run(NamedTuple):
    """The words of a phrase, folded, and how many others may stand between them."""

    tokens: tuple[str, ...]
    slop: int

    @classmethod
    def of(cls, leaf: Word | Phrase) -> Run:
        """Take the words of a phrase, or of a word that is meant exactly."""
        slop = leaf.slop if isinstance(leaf, Phrase) else 0
        return cls(tuple(token.folded for token in tokens(leaf.text)), slop)

    def places(self, where: Where) -> Iterator[list[int]]:
        """Yield which words of a text are the phrase, as `index.engine.Phrase` says.

        Where others may stand between, of each word those that come first behind the first of them all.
        """
        wanted = Counter(self.tokens)
        if not all(token in where for token in wanted):
            return iter(())
        return self._near(where, wanted) if self.slop else self._side_by_side(where)

    def spans(self, found: Sequence[Span]) -> Iterator[Span]:
        """Yield what is marked of a place: all of it, or each word where others stand between."""
        if self.slop:
            yield from found
        else:
            yield found[0][0], found[-1][1]

    def _side_by_side(self, where: Where) -> Iterator[list[int]]:
        begins = set(where[self.tokens[0]])
        for step, token in enumerate(self.tokens[1:], 1):
            begins &= {place - step for place in where[token]}
        for begin in sorted(begins):
            yield [*range(begin, begin + len(self.tokens))]

    def _near(self, where: Where, wanted: Mapping[str, int]) -> Iterator[list[int]]:
        width = len(self.tokens) + self.slop
        for begin in sorted(place for token in wanted for place in where[token]):
            found: list[int] = []
            for token, often in wanted.items():
                own = where[token]
                at = bisect_left(own, begin)
                picked = own[at : at + often]
                if len(picked) < often or picked[-1] - begin >= width:
                    break
                found += picked
            else:
                yield sorted(found)


class PhraseFinder:
    """Finds several phrases in texts that have much in common. For one thread."""

    def __init__(self, phrases: Sequence[Run]) -> None:
        self._phrases = phrases
        self._chunks = _Chunks({token for phrase in phrases for token in phrase.tokens})

    def find(self, text: str) -> list[tuple[int, list[Span]]]:
        """Return each place where a phrase stands: its number and where its words are."""
        where: defaultdict[str, list[int]] = defaultdict(list)
        before = 0
        for chunk in chunks(text):
            count, wanted = self._chunks[chunk]
            for number, token, _ in wanted:
                where[token].append(before + number)
            before += count
        found = [
            (number, places) for number, phrase in enumerate(self._phrases) for places in phrase.places(where)
        ]
        spans = self._spans(text) if found else {}
        return [(number, [spans[place] for place in places]) for number, places in found]

    def _spans(self, text: str) -> dict[int, Span]:
        """Return where the words of phrases stand, by which words of the text they are."""
        spans: dict[int, Span] = {}
        before = 0
        for chunk, begin, _ in chunk_spans(text):
            count, wanted = self._chunks[chunk]
            for number, _, (start, end) in wanted:
                spans[before + number] = (begin + start, begin + end)
            before += count
        return spans


class _Chunks(dict[str, tuple[int, tuple[tuple[int, str, Span], ...]]]):
    """Of chunks how many words they have, and which of them are wanted, as what and where."""

    def __init__(self, wanted: Container[str]) -> None:
        super().__init__()
        self._wanted = wanted

    def __missing__(self, chunk: str) -> tuple[int, tuple[tuple[int, str, Span], ...]]:
        words = [*tokens(chunk)]
        self[chunk] = known = (
            len(words),
            tuple(
                (number, each.folded, (each.start, each.end))
                for number, each in enumerate(words)
                if each.folded in self._wanted
            ),
        )
        return known
