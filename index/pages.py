"""The best pages of a document for a query, from the page's own words: ranked by its concordance, then shown.

Source: BM25 as in `engines/bm25.py`, with the pages of one document as the collection.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from archive.model import Page
from index.concordance import Concordance
from index.looking import Looked, PageWords
from index.matching import Matcher
from index.results import PageHit
from index.snippets import excerpt, mark

PAGES_PER_HIT = 5
"""So many pages of a hit are shown in a list of hits."""

K1 = 1.2


class Ranked(NamedTuple):
    """A page that has words of the query: how often each, by its number, and a score."""

    page: PageWords
    counts: Mapping[int, int]
    score: float


def ranked(looked: Looked, matcher: Matcher) -> list[Ranked]:
    """Return the pages that have words of the query, best first.

    A page with more of the words comes before one with fewer; of equal ones the first page.
    """
    found = _scored(looked, matcher)
    found.sort(key=lambda each: (-len(each.counts), -each.score, each.page.number))
    return found


def best_pages(
    found: Sequence[Ranked], pages: Mapping[int, Page], matcher: Matcher, limit: int = PAGES_PER_HIT
) -> tuple[PageHit, ...]:
    """Return the first of the ranked pages, each with its best window; `pages`: those by number."""
    return tuple(
        PageHit(page.number, excerpt(shown_text(page), matcher, words.shown), round(score, 4), page.languages)
        for words, _, score in found[:limit]
        if (page := pages.get(words.number)) is not None
    )


def marked_pages(pages: Sequence[Page], matcher: Matcher) -> tuple[PageHit, ...]:
    """Return all pages that have words of the query in their order, each with its whole text marked."""
    by_number = {page.number: page for page in pages}
    return tuple(
        PageHit(page.number, mark(shown_text(page), matcher, words.shown), round(score, 4), page.languages)
        for words, _, score in _scored(Looked(Concordance.of(pages), matcher), matcher)
        for page in [by_number[words.number]]
    )


def shown_text(page: Page) -> str:
    """Return what is searched of a page: its text, and below it the notes where they are shown."""
    return f"{page.text}\n\n{page.notes}" if page.notes else page.text


def _scored(looked: Looked, matcher: Matcher) -> list[Ranked]:
    counted = [(page, counts) for page in looked.pages() if (counts := matcher.count(page.shown))]
    on_pages = Counter(chain.from_iterable(counts for _, counts in counted))
    every = len(looked.concordance.numbers)
    rarity = {
        word: math.log1p((every - pages_with + 0.5) / (pages_with + 0.5))
        for word, pages_with in on_pages.items()
    }
    found = []
    for page, counts in counted:
        score = 0.0
        for word, often in sorted(counts.items()):
            score += rarity[word] * often * (K1 + 1) / (often + K1)
        found.append(Ranked(page, counts, score))
    return found
