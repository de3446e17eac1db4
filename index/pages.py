"""The best pages of a document for a query, from the page's own words.

Source: BM25 as in `engines/bm25.py`, with the pages of one document as the collection.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from archive.model import Page
from index.matching import Matcher
from index.results import PageHit
from index.snippets import excerpt, mark

PAGES_PER_HIT = 5
"""So many pages of a hit are shown in a list of hits."""

K1 = 1.2


class Ranked(NamedTuple):
    """A page that has words of the query: how often each, by its number, and a score."""

    page: Page
    counts: Counter[int]
    score: float


def ranked(pages: Sequence[Page], matcher: Matcher) -> list[Ranked]:
    """Return the pages that have words of the query, best first.

    A page with more of the words comes before one with fewer; of equal ones the first page.
    """
    found = _scored(pages, matcher)
    found.sort(key=lambda each: (-len(each.counts), -each.score, each.page.number))
    return found


def best_pages(found: Sequence[Ranked], matcher: Matcher, limit: int = PAGES_PER_HIT) -> tuple[PageHit, ...]:
    """Return the first of the ranked pages, each with its best window."""
    return tuple(
        PageHit(page.number, excerpt(shown_text(page), matcher), round(score, 4), page.languages)
        for page, _, score in found[:limit]
    )


def marked_pages(pages: Sequence[Page], matcher: Matcher) -> tuple[PageHit, ...]:
    """Return all pages that have words of the query in their order, each with its whole text marked."""
    return tuple(
        PageHit(page.number, mark(shown_text(page), matcher), round(score, 4), page.languages)
        for page, _, score in _scored(pages, matcher)
    )


def shown_text(page: Page) -> str:
    """Return what is searched of a page: its text, and below it the notes where they are shown."""
    return f"{page.text}\n\n{page.notes}" if page.notes else page.text


def _scored(pages: Sequence[Page], matcher: Matcher) -> list[Ranked]:
    counted = [(page, matcher.count(shown_text(page))) for page in pages]
    on_pages = Counter(word for _, counts in counted for word in counts)
    rarity = {
        word: math.log1p((len(counted) - pages_with + 0.5) / (pages_with + 0.5))
        for word, pages_with in on_pages.items()
    }
    return [
        Ranked(
            page,
            counts,
            sum(rarity[word] * count * (K1 + 1) / (count + K1) for word, count in counts.items()),
        )
        for page, counts in counted
        if counts
    ]
