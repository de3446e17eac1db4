"""Which words of two languages stand for one another, from segments that are translations.

IBM Model 1 in both directions, with a null word, started from Dice's coefficient. After rounds of each
direction by itself, both count a link by the geometric mean of how sure each is of it: a link of which one is
not sure at all is none, and a second translation is not pushed out, as it is by the product. All sums run in
the order of the segments, so that what is learned is the same, bit by bit, however they came.

Source: Brown et al. 1993, The Mathematics of Statistical Machine Translation, section 4 (Model 1); Liang,
Taskar and Klein 2006, Alignment by Agreement, section 3; Dice 1945.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.candidates import candidates, codes_of, segments_with
from index.chunks import Chunk, Floats, Places, chunks
from index.segments import Integers, Longs, Segments, Side

ROUNDS_APART, ROUNDS_TOGETHER = 2, 6

NULL = 0.05
"""So much of a text stands for nothing on the other side."""

LEAST_COUNT = 0.05
"""What was linked less often in all is noise."""

LEAST_CERTAINTY = 0.3
"""A link that is less sure in a segment was not seen there."""


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of words that stand for one another, ascending, and how often they were seen to."""

    source: Integers
    target: Integers
    count: Floats


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where links were seen: which link, in which segment, and how sure that is, from 0 to 1."""

    link: Longs
    segment: Longs
    certainty: Floats


class WordModel:
    """What words of two languages stand for, learned from segments."""

    def __init__(self, segments: Segments) -> None:
        self._width = max(len(segments.target.vocabulary), 1)
        self._codes, together = candidates(segments)
        self._source, self._target = (half.astype(np.int32) for half in np.divmod(self._codes, self._width))
        self._segments = segments
        self._places = [self._find(chunk) for chunk in chunks(segments)]
        seen = segments_with(segments.source), segments_with(segments.target)
        dice = 2 * together / (seen[0][self._source] + seen[1][self._target])
        self._forward, self._backward = self._given_source(dice), self._given_target(dice)
        self._chance = _shares(segments.source), _shares(segments.target)

    def learn(self) -> Links:
        """Go through all rounds; return the links that are more than noise."""
        counts = self._nothing()
        for _ in range(ROUNDS_APART):
            forward, backward = self._nothing(), self._nothing()
            for chunk, pairs, ahead, back in self._posteriors():
                np.add.at(forward, pairs, ahead * chunk.target.times[chunk.target_place])
                np.add.at(backward, pairs, back * chunk.source.times[chunk.source_place])
            self._forward, self._backward = self._given_source(forward), self._given_target(backward)
        for _ in range(ROUNDS_TOGETHER):
            counts = self._nothing()
            for chunk, pairs, ahead, back in self._posteriors():
                times = np.minimum(
                    chunk.source.times[chunk.source_place], chunk.target.times[chunk.target_place]
                )
                np.add.at(counts, pairs, np.sqrt(ahead * back) * times)
            self._forward, self._backward = self._given_source(counts), self._given_target(counts)
        kept = np.flatnonzero(counts[:-1] >= LEAST_COUNT)
        return Links(self._source[kept], self._target[kept], counts[kept])

    def occasions(self, links: Links) -> Iterator[Occasion]:
        """Yield where links were seen with some certainty, segment after segment."""
        number = np.full(len(self._codes) + 1, -1)
        codes = links.source.astype(np.int64) * self._width + links.target
        number[np.searchsorted(self._codes, codes)] = np.arange(len(codes))
        for chunk, pairs, ahead, back in self._posteriors():
            certainty, link = np.sqrt(ahead * back), number[pairs]
            kept = np.flatnonzero((certainty >= LEAST_CERTAINTY) & (link >= 0))
            yield Occasion(link[kept], chunk.source.segment[chunk.source_place[kept]], certainty[kept])

    def _find(self, chunk: Chunk) -> Places:
        """Return where the pairs of a chunk stand among the candidates; one beyond them for what is none."""
        codes = codes_of(chunk, self._width)
        places = np.searchsorted(self._codes, codes)
        there = np.append(self._codes, -1)[places] == codes
        return np.where(there, places, len(self._codes)).astype(np.int32)

    def _nothing(self) -> Floats:
        """Return a zero for each candidate, and one for what is none."""
        return np.zeros(len(self._codes) + 1)

    def _posteriors(self) -> Iterator[tuple[Chunk, Places, Floats, Floats]]:
        """Yield for each pair of words how sure it is that they are linked, seen from either side."""
        forward, backward = np.append(self._forward, 0), np.append(self._backward, 0)
        for chunk, pairs in zip(chunks(self._segments), self._places, strict=True):
            source, target = chunk.source_place, chunk.target_place
            ahead = forward[pairs] * (chunk.source.share * (1 - NULL))[source]
            total = np.bincount(target, ahead, len(chunk.target.word))
            ahead /= (total + NULL * self._chance[1][chunk.target.word])[target]
            back = backward[pairs] * (chunk.target.share * (1 - NULL))[target]
            total = np.bincount(source, back, len(chunk.source.word))
            back /= (total + NULL * self._chance[0][chunk.source.word])[source]
            yield chunk, pairs, ahead, back

    def _given_source(self, counts: Floats) -> Floats:
        return _shared_out(counts[: len(self._codes)], self._source)

    def _given_target(self, counts: Floats) -> Floats:
        return _shared_out(counts[: len(self._codes)], self._target)


def _shared_out(counts: Floats, words: Integers) -> Floats:
    """Divide counts by the sum over all that are of the same word."""
    sums = np.bincount(words, counts)
    return counts / np.where(sums > 0, sums, 1)[words]


def _shares(side: Side) -> Floats:
    """Return what share of all text each word is."""
    counts = np.bincount(side.words, side.times, len(side.vocabulary))
    shares: Floats = counts / max(counts.sum(), 1)
    return shares
