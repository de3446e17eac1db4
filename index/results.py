"""What a search returns: a page of hits with their best pages, facets and a message.

Values only; `search.py` makes them, the portal, the command line and the HTTP interface show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from archive.model import Document
from index.trace import Trace

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
class Saying:
    """How a document says a word: what stands there, why that counts as the word, and where.

    `reason`: typed form compound spelling script layout translation; `form`, `language` and `weight` as in
    `Alternative`. `fields`: title page_title text creators notes; `pages` are numbers, `count` is how often.
    """

    surfaces: tuple[str, ...]
    reason: str
    form: str
    language: str
    weight: float
    fields: tuple[str, ...]
    pages: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class WordSaid:
    """A word of the query with the ways in which a document says it, the weightiest first."""

    word: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document was found.

    Where it has only some of the words: `missing` are those it does not say at all, `uncertain` those that it
    says only by what may mean something else.
    """

    words: tuple[WordSaid, ...] = ()
    missing: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found, its title marked, and its best pages, best first (at most `search.PAGES_PER_HIT`)."""

    document: Document
    title: Snippet
    score: float
    match: Match
    pages: tuple[PageHit, ...] = ()
    why: Explanation = Explanation()


class Bucket(NamedTuple):
    """One value of a facet and how many documents it would leave, under the filters of the other facets."""

    value: str
    documents: int


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

    `total` counts documents with all words; if there are none, `absent` are the words that no document has
    under these filters, and `did_you_mean` is a query that finds more, "" if none is known. `understood` is
    the query as it was asked in the end. `message` says in English what was not understood, and
    `message_code` the first of it as a word to translate: syntax too_long unsupported no_index. `trace` is
    what the search did, where that was asked for.
    """

    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    expanded: tuple[Expansion, ...] = ()
    absent: tuple[str, ...] = ()
    understood: str = ""
    message: str = ""
    message_code: str = ""
    did_you_mean: str = ""
    trace: Trace | None = None
