"""Which paragraphs of a document answer to which of its translation.

Page by page where both have as many pages, as translated decks do, else all at once. Paragraphs answer one to
one where there are equally many, of lengths that fit; else by their lengths, and by what stands in both
whatever the language: numbers, names, words alike. Order is kept; what has no counterpart is left out.

Source: Gale and Church 1993, A Program for Aligning Sentences in Bilingual Corpora, sections 3 and 4.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.lengths import Floats, length_cost
from index.lexical import Paragraph
from index.skeletons import skeleton
from index.text import surfaces

MOST_PARAGRAPHS = 4000
"""Of a longer document the rest is left out; so much takes 16 MB and about a second."""

ANCHOR = 3.0
MOST_ANCHORS = 6
"""What one thing in both paragraphs counts, as the logarithm of a likelihood, and how many count."""

ANCHOR_LETTERS = 5
"""Shorter words are alike by chance; of longer ones so many letters have to be."""

MOST_PLACES = 8
"""What stands in more paragraphs than this tells nothing."""

FEW_PARAGRAPHS = 3
FITS = 0.5
MOST_COST = 10.0
"""Equally many paragraphs answer one to one if their lengths cost at most so much on average, each no more
than that. Nine true pairs in ten stay below; where each side lacks another one, not one in a hundred."""

_BEADS = {(1, 1): 0.89, (1, 0): 0.0099, (0, 1): 0.0099, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011}
"""How many paragraphs answer to how many, and how often."""

_STEPS = (*_BEADS,)
_COSTS = {step: -math.log(share) for step, share in _BEADS.items()}


@dataclass(frozen=True, slots=True)
class Segment:
    """Paragraphs that are translations of one another; at least one of each."""

    source: tuple[Paragraph, ...]
    target: tuple[Paragraph, ...]


Page = Sequence[Paragraph]


def align(source: Sequence[Page], target: Sequence[Page], languages: tuple[str, str]) -> Iterator[Segment]:
    """Yield what answers to what, in order, from the pages of a document and of its translation."""
    if len(source) == len(target):
        for page, counterpart in zip(source, target, strict=True):
            yield from _align(page, counterpart, languages)
    else:
        yield from _align([*chain.from_iterable(source)], [*chain.from_iterable(target)], languages)


def _align(source: Page, target: Page, languages: tuple[str, str]) -> Iterator[Segment]:
    source, target = source[:MOST_PARAGRAPHS], target[:MOST_PARAGRAPHS]
    if len(source) == len(target) and _is_one_to_one(source, target):
        yield from (Segment((one,), (other,)) for one, other in zip(source, target, strict=True))
    elif source and target:
        for ends, (of_source, of_target) in _best_way(source, target, languages):
            if of_source and of_target:
                yield Segment(
                    (*source[ends[0] - of_source : ends[0]],), (*target[ends[1] - of_target : ends[1]],)
                )


def _is_one_to_one(source: Page, target: Page) -> bool:
    """Tell whether equally many paragraphs are of lengths that fit."""
    if len(source) <= FEW_PARAGRAPHS:
        return True
    lengths, ratio = _lengths(source, target)
    costs = length_cost(*lengths, ratio)
    return float(np.minimum(costs, MOST_COST).mean()) <= FITS


def _best_way(
    source: Page, target: Page, languages: tuple[str, str]
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the steps of the likeliest way through both: where each ends, and over how many on each side."""
    steps = _steps(source, target, languages)
    row, column = len(source), len(target)
    way = []
    while row or column:
        step = _STEPS[steps[row, column]]
        way.append(((row, column), step))
        row, column = row - step[0], column - step[1]
    return way[::-1]


def _steps(source: Page, target: Page, languages: tuple[str, str]) -> NDArray[np.int8]:
    """Return for each place which step leads there best, by dynamic programming, row by row."""
    lengths, ratio = _lengths(source, target)
    anchors = _shared_anchors(source, target, languages)
    alone = length_cost(np.zeros(1), lengths[1], ratio) + _COSTS[0, 1]
    beyond = np.concatenate([[0], np.cumsum(alone)])
    steps = np.full((len(source) + 1, len(target) + 1), _STEPS.index((0, 1)), np.int8)
    best = [np.full(len(target) + 1, np.inf), beyond]
    for row in range(1, len(source) + 1):
        costs = np.full((len(_STEPS), len(target) + 1), np.inf)
        for number, (of_source, of_target) in enumerate(_STEPS):
            if 0 < of_source <= row and of_target <= len(target):
                here = lengths[0][row - of_source : row].sum()
                there = sum(
                    lengths[1][of_target - 1 - back : len(target) - back] for back in range(of_target)
                )
                shared = sum(
                    anchors[row - 1 - up, of_target - 1 - back : len(target) - back]
                    for up in range(of_source)
                    for back in range(of_target)
                )
                costs[number, of_target:] = (
                    best[-of_source][: len(target) + 1 - of_target]
                    + _COSTS[of_source, of_target]
                    + length_cost(np.full(1, here), np.asarray(there, np.float64), ratio)
                    - ANCHOR * np.minimum(shared, MOST_ANCHORS)
                )
        steps[row] = costs.argmin(0)
        least = costs.min(0) - beyond
        # A step that leaves out one of the target stays in the row: the cheapest beginning further left.
        reached = np.minimum.accumulate(least)
        steps[row][reached < least] = _STEPS.index((0, 1))
        best = [best[1], reached + beyond]
    return steps


def _lengths(source: Page, target: Page) -> tuple[tuple[Floats, Floats], float]:
    """Return the lengths of paragraphs in characters, and how much longer the target is in all."""
    of_source, of_target = (
        np.array([len(each.text) for each in side], np.float64) for side in (source, target)
    )
    return (of_source, of_target), max(of_target.sum(), 1.0) / max(of_source.sum(), 1.0)


def _shared_anchors(source: Page, target: Page, languages: tuple[str, str]) -> NDArray[np.int8]:
    """Count what stands in a paragraph and in one of the other side as well."""
    shared = np.zeros((len(source), len(target)), np.int8)
    places: dict[str, list[int]] = {}
    for place, paragraph in enumerate(target):
        for anchor in _anchors(paragraph, languages[1]):
            places.setdefault(anchor, []).append(place)
    for place, paragraph in enumerate(source):
        for anchor in _anchors(paragraph, languages[0]):
            there = places.get(anchor, ())
            if len(there) <= MOST_PLACES:
                shared[place, there] += shared[place, there] < MOST_ANCHORS
    return shared


def _anchors(paragraph: Paragraph, language: str) -> frozenset[str]:
    """Return what a translation has as well: numbers, and the beginnings of words without their script."""
    numbers = (word for word in surfaces(paragraph.text) if word.isdecimal())
    words = (skeleton(key, language)[:ANCHOR_LETTERS] for key in paragraph.keys)
    return frozenset((*numbers, *(word for word in words if len(word) == ANCHOR_LETTERS)))
