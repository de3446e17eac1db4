"""Language filters: which pages one lets through, and which of them an index entry answers.

A language filter speaks of pages, while an entry stands for a document. So a document gets one entry for each
set of its pages that some filter can leave, and the entry names the filters it answers in the keyword field
`language`. In one language that is a single entry for all; in two it is three. Every filter then finds each
document once, by the words that it lets through and no others, and counts by language come out right.

Decided in docs/adr/0004-entries-and-pages.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, combinations

from archive.model import Page

UNFILTERED = "*"
"""What an entry answers that stands for the whole document."""

OTHER = "other"
"""The language of pages in none of the archive's languages."""


def scope(languages: Iterable[str]) -> str:
    """Return the name of a language filter: `de+ru`, or `*` for none."""
    return "+".join(sorted({*languages})) or UNFILTERED


def lets_through(languages: Collection[str], page: Page) -> bool:
    """Tell whether a filter leaves a page: in any of these languages, or in none that can be told."""
    return not languages or not page.languages or any(code in languages for code in page.languages)


def languages_of(pages: Iterable[Page]) -> frozenset[str]:
    """Return the languages of pages."""
    return frozenset(code for page in pages for code in page.languages)


def answers(
    present: frozenset[str], archive_languages: Iterable[str]
) -> Iterator[tuple[frozenset[str], list[str]]]:
    """Yield every selection of the present languages with the filters that leave just it, the whole first."""
    absent = {*archive_languages, OTHER} - present
    for selection in _subsets(present, smallest=1) or (frozenset(),):
        names = [scope(selection | more) for more in _subsets(absent)] if selection else []
        yield selection, [UNFILTERED, *names] if selection == present else names


def _subsets(languages: Collection[str], smallest: int = 0) -> list[frozenset[str]]:
    """Return all subsets of at least `smallest` members, the largest first."""
    ordered = sorted(languages)
    sizes = range(len(ordered), smallest - 1, -1)
    return [frozenset(found) for found in chain.from_iterable(combinations(ordered, size) for size in sizes)]
