"""A reader's question as a value: what was typed, the filters chosen, the order and the page of results."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FACETS = ("conference", "series", "panel", "language", "kind", "year", "format", "creator")
"""The fields that can be filtered by, and are counted."""


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the reader allows besides the words as typed.

    `exact` allows nothing; without `translate`, no word is looked for in another language; without `names`,
    none in another script; `without` are forms that are not looked for.
    """

    exact: bool = False
    translate: bool = True
    names: bool = True
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked.

    Several values of one filter mean any of them; filters of different fields must all hold. An empty
    `text` asks for every document that the filters leave. `language` speaks of pages: every required word
    has to stand on a page in one of these languages, and only those pages are shown. `offset` counts hits
    from 0.
    """

    text: str = ""
    language: tuple[str, ...] = ()
    conference: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    panel: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    format: tuple[str, ...] = ()
    creator: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    wishes: Wishes = Wishes()
