"""How long documents are, and how the number of different words grows with that of all words.

Source: Heaps 1978, Information Retrieval: Computational and Theoretical Aspects, section 7.5 (V = k n^beta).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, quantiles

from archive.model import Page
from index.text import fold, surfaces

PARTS = (0.1, 0.5, 1.0)
"""After which parts of all words the different ones are counted."""


@dataclass(frozen=True, slots=True)
class Heaps:
    """V = k n^exponent: so many different words there are among n."""

    k: float
    exponent: float

    def different(self, words: int) -> float:
        """Return how many different words there are to be among so many."""
        return float(self.k * words**self.exponent)


class Growth:
    """Takes documents one by one and counts their words."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.words = 0
        self._pages: list[int] = []
        self._lengths: list[int] = []
        self._points: list[tuple[int, int]] = []

    def add(self, pages: Sequence[Page]) -> None:
        """Count the words of a document."""
        words = list(words_of(pages))
        self.seen.update(words)
        self.words += len(words)
        self._pages.append(len(pages))
        self._lengths.append(len(words))
        self._points.append((self.words, len(self.seen)))

    def different(self) -> list[tuple[int, int]]:
        """Return how many words there were after each of the `PARTS`, and how many different ones."""
        return [next(point for point in self._points if point[0] >= part * self.words) for part in PARTS]

    def heaps(self) -> Heaps:
        """Return the law through what there was after the first of the `PARTS` and at the end."""
        (n, v), *_, (most, last) = self.different()
        exponent = math.log(last / v) / math.log(most / n)
        return Heaps(last / most**exponent, exponent)

    def shape(self) -> tuple[float, ...]:
        """Return the mean of pages a document, that of words, and the quartiles of words."""
        return mean(self._pages), mean(self._lengths), *quantiles(self._lengths, n=4)


def growth_of(documents: Iterable[Sequence[Page]]) -> Growth:
    """Count the words of several documents."""
    growth = Growth()
    for pages in documents:
        growth.add(pages)
    return growth


def words_of(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the words of pages, folded."""
    for page in pages:
        yield from filter(None, map(fold, surfaces(page.text)))
