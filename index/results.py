"""What a search returns: a page of hits with their best pages, facets and a message.

Values only; `search.py` makes them, the portal, the command line and the HTTP interface show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from archive.model import Document

Match: TypeAlias = Literal["all", "some"]
"""Whether all words of the query are in the document or only some."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """An excerpt and where the words stand in it: `marks` are (start, end), in order, never overlapping."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page of a hit that has words of the query. `number` counts from 1; `languages` are the page's own."""

    number: int
    snippet: Snippet
    score: float
    languages: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The language with most text; "" where there is none to tell by."""
        return self.languages[0] if self.languages else ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found, its title marked, and its best pages, best first (at most `search.PAGES_PER_HIT`)."""

    document: Document
    title: Snippet
    score: float
    match: Match
    pages: tuple[PageHit, ...] = ()


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet and how many documents it would leave, under the filters of the other facets."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """All values of one field (`conference panel language kind year`), most frequent first."""

    field: str
    buckets: tuple[Bucket, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A form searched besides the word as written.

    `reason`: form compound spelling script layout translation; `language` is that of a translation, `weight`
    what it counts against the word as written.
    """

    form: str
    reason: str
    language: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Expansion:
    """A word of the query with everything else that counts as it, the weightiest first."""

    word: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The answer to one query.

    `total` counts documents with all words; `message` says in English what was not understood, and
    `message_code` the first of it as a word to translate: syntax too_long unsupported no_index.
    """

    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    expanded: tuple[Expansion, ...] = ()
    message: str = ""
    message_code: str = ""
