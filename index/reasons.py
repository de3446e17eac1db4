"""Why a document was found: how it says each word of the query and in which field, and which words it lacks.

Computed for the hits that are shown, from what may be shown of them, by the same keys as the index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from index.clauses import LEAST_SHARE
from index.describing import describe, describe_all
from index.expansion import words as words_of
from index.lacking import share_of, wanted
from index.looking import Looked, Words
from index.matching import Matcher
from index.pages import Ranked
from index.results import Explanation, Match, Saying, WordSaid
from index.sayings import Said
from index.tree import Either, Node, Sought, Way

EXPLAINED_PAGES = 40
"""So many pages of a hit are looked through, the best first."""

MOST_SURFACES = 4
"""So many forms that stand there for one reason are told."""

MOST_SAYINGS = 6
"""So many ways in which a document says a word are told, the weightiest first."""

FIELDS = ("title", "page_title", "text", "creators", "notes")
"""Where a word may stand, in the order in which it is told; a title of a page stands in its text, too."""

_OF_RECORD = frozenset(("title", "creator"))
"""Fields of a query that tell words of the title from those of the creators."""

TYPED = "typed"
"""The reason of a word that stands there as it was typed."""


@dataclass(slots=True)
class _Places:
    """Where a document says a word in one way, and as what it stands there."""

    surfaces: dict[str, int] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)
    pages: dict[int, None] = field(default_factory=dict)


class Explainer:
    """Explains the hits of one query, given as its expanded tree. For one thread."""

    def __init__(self, node: Node | None, matcher: Matcher) -> None:
        """`matcher`: that of the same tree, which marks pages and titles."""
        of_records = any(field in _OF_RECORD for field, _ in words_of(node))
        self._matcher = matcher
        self._by_creators = Matcher(node, ("", "creator")) if of_records else matcher
        self._words: tuple[Node, ...] = tuple(dict.fromkeys((*matcher.words, *self._by_creators.words)))
        numbers = {word: number for number, word in enumerate(self._words)}
        self._numbers_by_creators = [numbers[word] for word in self._by_creators.words]
        self._described = tuple(map(describe, self._words))
        self._wanted = tuple(wanted(node))
        eithers = (each for each in self._wanted if isinstance(each, Either))
        pieces = (word for each in eithers for _, word in words_of(each))
        units = (word for word in self._words if isinstance(word, Sought) and word.is_unit)
        in_pieces = frozenset((*pieces, *units))
        self._is_piece = tuple(word in in_pieces for word in self._words)

    def explain(self, looked: Looked, found: Sequence[Ranked], match: Match) -> Explanation:
        """Explain a hit by its title, its creators and those of its pages that have words of the query.

        Where not all pages of the document are asked, title and creators only count where those pages have
        their words, too: see `entries.py`.
        """
        said = self._said(looked, found)
        if not looked.concordance.is_whole:
            said = {number: left for number, ways in said.items() if (left := _on_pages(ways))}
        words = tuple(
            WordSaid(word, _sayings(said.get(number, {})))
            for number, word in enumerate(self._described)
            if number in said or not self._is_piece[number]
        )
        if match == "all":
            return Explanation(words)
        has: dict[Node, float] = {
            self._words[number]: max(map(_share, ways)) for number, ways in said.items()
        }
        for page in found[EXPLAINED_PAGES:]:
            has.update((self._matcher.words[number], 1.0) for number in page.counts)
        shares = [(item, share_of(item, has)) for item in self._wanted]
        return Explanation(
            words,
            missing=describe_all(item for item, share in shares if share == 0),
            uncertain=describe_all(item for item, share in shares if 0 < share < LEAST_SHARE),
        )

    def _said(self, looked: Looked, found: Sequence[Ranked]) -> dict[int, dict[Way | None, _Places]]:
        """Return how each word is said, by its number: words that fit hundreds are slow to compare."""
        said: dict[int, dict[Way | None, _Places]] = {}
        known: dict[Said, _Places] = {}
        for name, page, text, matcher in self._texts(looked, found):
            for each, count in matcher.explain(text).items():
                places = known.get(each)
                if places is None:
                    is_own = matcher is self._matcher
                    ways = said.setdefault(each.word if is_own else self._numbers_by_creators[each.word], {})
                    known[each] = places = ways.setdefault(each.way, _Places())
                places.fields.add(name)
                if name != "page_title":
                    places.surfaces[each.surface] = places.surfaces.get(each.surface, 0) + count
                if page:
                    places.pages[page] = None
        return said

    def _texts(self, looked: Looked, found: Sequence[Ranked]) -> Iterator[tuple[str, int, Words, Matcher]]:
        """Yield each text with the name of its field and the number of its page."""
        yield "title", 0, looked.title, self._matcher
        is_other = self._by_creators is not self._matcher
        by_creators = Looked(looked.concordance, self._by_creators) if is_other else looked
        yield "creators", 0, by_creators.creators, self._by_creators
        for page in sorted((each.page for each in found[:EXPLAINED_PAGES]), key=attrgetter("number")):
            for name, text in page.by_field:
                yield name, page.number, text, self._matcher


def _on_pages(ways: Mapping[Way | None, _Places]) -> dict[Way | None, _Places]:
    return {way: places for way, places in ways.items() if places.pages}


def _sayings(ways: Mapping[Way | None, _Places]) -> tuple[Saying, ...]:
    sayings = (
        Saying(
            _most(places.surfaces),
            TYPED if way is None else way.reason.value,
            form="" if way is None else way.form,
            language="" if way is None else way.language,
            weight=1.0 if way is None else round(way.weight, 4),
            fields=tuple(name for name in FIELDS if name in places.fields),
            pages=tuple(places.pages),
            count=sum(places.surfaces.values()),
        )
        for way, places in ways.items()
    )
    return tuple(sorted(sayings, key=lambda each: (-each.weight, -each.count))[:MOST_SAYINGS])


def _most(surfaces: Mapping[str, int]) -> tuple[str, ...]:
    """Return what stands there most, each whatever its capitals once."""
    by_letters: dict[str, str] = {}
    for surface in sorted(surfaces, key=surfaces.__getitem__, reverse=True):
        by_letters.setdefault(surface.casefold(), surface)
    return tuple(by_letters.values())[:MOST_SURFACES]


def _share(way: Way | None) -> float:
    """Return how much of a word a way has; what says it in several words is enough."""
    return way.weight if way is not None and len(way.slots) == 1 else 1.0
