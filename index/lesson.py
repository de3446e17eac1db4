"""What is learned of two languages: paragraphs are aligned, their words linked, the best examples kept.

Texts wait in a file for that: of the many segments only those are written that show something.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

import numpy as np

from index.alignment import Segment, align
from index.chunks import Floats
from index.lexical import Paragraph, paragraphs
from index.lexicon import DOUBT
from index.lexicon_file import LexiconWriter, Passage
from index.segments import Gathering, Integers, Longs, Side
from index.sightings import clearest
from index.word_model import Links, Occasion, WordModel

LEAST_PROBABILITY = 0.01
"""A link that is less likely, seen from either side, is not kept."""

KEPT_CHARS = 600
"""So much of a segment is kept to be shown."""

TITLE = 0
"""The page number of a document's title."""


class Text(NamedTuple):
    """What is read of a document: its identifier, language, title and the texts of its pages, by number."""

    document: str
    language: str
    title: str
    pages: tuple[tuple[int, str], ...]


class Lesson:
    """Takes texts of two languages, pair by pair."""

    def __init__(self, languages: tuple[str, str], spool: BinaryIO) -> None:
        self._languages = languages
        self._spool = spool
        self._end = spool.seek(0, 2)
        self._gathering = Gathering()
        self._places: array[int] = array("q")
        self._lengths: array[int] = array("i")

    def read(self, source: Text, target: Text) -> None:
        """Align two texts, and take their segments."""
        for segment in _segments(source, target):
            sides = segment.source, segment.target
            keys = [[key for each in side for key in each.keys] for side in sides]
            if all(keys):
                self._gathering.add(*keys)
                self._keep(_passage(source, sides[0]), _passage(target, sides[1]))

    def write(self, writer: LexiconWriter) -> tuple[int, int]:
        """Learn and write; return from how many segments, and how many words have how many translations."""
        segments = self._gathering.segments()
        model = WordModel(segments)
        learned = model.learn()
        links, totals = _likely(learned, segments.source, segments.target)
        source = _words(writer, self._languages[0], segments.source, links.source)
        target = _words(writer, self._languages[1], segments.target, links.target)
        for words, to, sums in zip((source, target), reversed(self._languages), totals, strict=True):
            writer.totals((number, to, round(float(sums[word]), 4)) for word, number in words.items())
        pairs = [
            (source[word], target[other])
            for word, other in zip(links.source.tolist(), links.target.tolist(), strict=True)
        ]
        writer.links(_both_ways(pairs, links, self._languages))
        writer.examples(self._examples(writer, pairs, model.occasions(links), segments.number))
        return len(segments), len(pairs)

    def _examples(
        self,
        writer: LexiconWriter,
        pairs: Sequence[tuple[int, int]],
        occasions: Iterator[Occasion],
        number: Longs,
    ) -> list[tuple[int, int, int, int]]:
        """Write the segments that show links best; return which shows which."""
        lengths = np.array(self._lengths, np.int64)[number]
        shown: dict[int, int] = {}
        examples = []
        for link, rank, segment in clearest(occasions, lengths):
            place = self._places[number[segment]]
            if place not in shown:
                shown[place] = writer.segment(*self._kept(place))
            examples.append((*pairs[link], rank, shown[place]))
        return examples

    def _keep(self, *passages: Passage) -> None:
        line = json.dumps(passages).encode() + b"\n"
        self._places.append(self._end)
        self._lengths.append(max(len(each.text) for each in passages))
        self._end += self._spool.write(line)

    def _kept(self, place: int) -> tuple[Passage, Passage]:
        self._spool.seek(place)
        source, target = json.loads(self._spool.readline())
        return Passage(*source), Passage(*target)


def _segments(source: Text, target: Text) -> Iterator[Segment]:
    """Yield the title and all that answers to one another."""
    languages = source.language, target.language
    titles = [[*paragraphs(text.title, text.language, TITLE)] for text in (source, target)]
    yield from align([titles[0]], [titles[1]], languages)
    pages = [
        [[*paragraphs(page, text.language, number)] for number, page in text.pages]
        for text in (source, target)
    ]
    yield from align(pages[0], pages[1], languages)


def _passage(text: Text, side: tuple[Paragraph, ...]) -> Passage:
    shown = " ".join(word for paragraph in side for word in paragraph.text.split())
    return Passage(text.document, side[0].page_number, shown[:KEPT_CHARS])


def _likely(links: Links, source: Side, target: Side) -> tuple[Links, tuple[Floats, Floats]]:
    """Leave out links that are unlikely from both sides; return how often each word was linked in all."""
    of_source, of_target = (
        np.bincount(words, links.count, len(side.vocabulary)).astype(np.float64)
        for words, side in ((links.source, source), (links.target, target))
    )
    least = np.minimum(of_source[links.source], of_target[links.target])
    kept = np.flatnonzero(links.count >= LEAST_PROBABILITY * (least + DOUBT))
    return Links(links.source[kept], links.target[kept], links.count[kept]), (of_source, of_target)


def _both_ways(
    pairs: Sequence[tuple[int, int]], links: Links, languages: tuple[str, str]
) -> Iterator[tuple[int, str, int, float]]:
    for (word, other), count in zip(pairs, links.count.tolist(), strict=True):
        yield word, languages[1], other, round(count, 4)
        yield other, languages[0], word, round(count, 4)


def _words(writer: LexiconWriter, language: str, side: Side, used: Integers) -> dict[int, int]:
    """Write the words that have links; return their numbers in the file by those of the side."""
    return {word: writer.word(language, side.vocabulary[word]) for word in np.unique(used).tolist()}
