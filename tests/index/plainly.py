"""What hits have to be, found out the plain way: every page is read, every piece of every text analysed.

Slow, and as simple as can be: a model for what is read from concordances.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from typing import TypeAlias

from archive.model import Document, Page
from index.clauses import LEAST_SHARE
from index.describing import describe, describe_all
from index.expansion import words as words_of
from index.filing import filed
from index.keys import spellings
from index.lacking import share_of, wanted
from index.matching import PAGE_FIELDS, Matcher
from index.pages import K1, PAGES_PER_HIT, shown_text
from index.phrase_places import Run
from index.reasons import EXPLAINED_PAGES, FIELDS, MOST_SAYINGS, MOST_SURFACES
from index.results import Explanation, Match, PageHit, Saying, WordSaid
from index.runs import chunk_spans
from index.snippets import excerpt
from index.text import clean, tokens
from index.tree import APART, Either, Node, Reason, Sought, Way

Said: TypeAlias = tuple[int, str, Way | None]
"""A word of the query by its number, what a text says for it, and in which way."""


class Plain:
    """The words and phrases of a query, looked for in whole texts."""

    def __init__(self, node: Node | None, fields: Container[str] = PAGE_FIELDS) -> None:
        leaves = [leaf for field, leaf in words_of(node) if field in fields]
        self._sought = [*dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, Sought))]
        phrases = {Run.of(leaf): leaf for leaf in leaves if not isinstance(leaf, Sought)}
        self._phrases = [*phrases]
        self.words: tuple[Node, ...] = (*self._sought, *phrases.values())

    def counts(self, text: str) -> Counter[int]:
        """Count how often a text has each word; what takes several words counts as all of them."""
        counts: Counter[int] = Counter()
        for number, word in enumerate(self._sought):
            keys = {word.exact, *(key for way in word.ways for key in way.keys)}
            counts[number] = sum(1 for _, has in _things(text) if keys.intersection(has))
            for way in word.ways:
                slots = [
                    sum(1 for _, has in _things(text) if {*slot}.intersection(has)) for slot in way.slots
                ]
                if len(slots) > 1 and all(slots):
                    counts[number] += sum(slots)
        for number, phrase in enumerate(self._phrases, len(self._sought)):
            counts[number] = len([*phrase.places(_where(text))])
        return +counts

    def said(self, text: str) -> Counter[Said]:
        """Count in which ways a text says each word."""
        said: Counter[Said] = Counter()
        things = [*_things(text)]
        for surface, has in things:
            for number, word in enumerate(self._sought):
                keys = {word.exact, *(key for way in word.ways for key in way.keys)}
                if keys.intersection(has):
                    said[number, surface, _way(word, has)] += 1
        for number, word in enumerate(self._sought):
            for way in word.ways:
                slots = [Counter(each for each, has in things if {*slot} & {*has}) for slot in way.slots]
                if len(slots) > 1 and all(slots):
                    surface = APART.join(slot.most_common(1)[0][0] for slot in slots)
                    said[number, surface, way] = min(slot.total() for slot in slots)
        found = [*tokens(text)]
        for number, phrase in enumerate(self._phrases, len(self._sought)):
            for places in phrase.places(_where(text)):
                spans = phrase.spans([(found[place].start, found[place].end) for place in places])
                surface = APART.join(" ".join(text[start:end].split()) for start, end in spans)
                said[number, surface, None] += 1
        return said


def ranked(pages: Sequence[Page], node: Node | None) -> list[tuple[Page, Counter[int], float]]:
    """Return the pages that have words of a query, best first."""
    counted = [(page, Plain(node).counts(shown_text(page))) for page in pages]
    on_pages = Counter(word for _, counts in counted for word in counts)
    rarity = {
        word: math.log1p((len(pages) - often + 0.5) / (often + 0.5)) for word, often in on_pages.items()
    }
    scored = [
        (page, counts, sum(rarity[w] * counts[w] * (K1 + 1) / (counts[w] + K1) for w in sorted(counts)))
        for page, counts in counted
        if counts
    ]
    return sorted(scored, key=lambda each: (-len(each[1]), -each[2], each[0].number))


def best_pages(pages: Sequence[Page], node: Node | None) -> tuple[PageHit, ...]:
    """Return the pages of a hit."""
    return tuple(
        PageHit(page.number, excerpt(shown_text(page), Matcher(node)), round(score, 4), page.languages)
        for page, _, score in ranked(pages, node)[:PAGES_PER_HIT]
    )


def explanation(
    document: Document, pages: Sequence[Page], node: Node | None, match: Match, *, is_whole: bool
) -> Explanation:
    """Return why a document was found."""
    plain, by_creators = Plain(node), Plain(node, ("", "creator"))
    best = ranked(pages, node)
    texts = [("title", 0, document.title, plain), ("creators", 0, "\n".join(document.creators), by_creators)]
    for page, _, _ in sorted(best[:EXPLAINED_PAGES], key=lambda each: each[0].number):
        fields = {"page_title": page.title, "text": page.text, "notes": page.notes}
        texts += [(name, page.number, text, plain) for name, text in fields.items()]
    said: defaultdict[Node, dict[Way | None, list[tuple[str, int, str, int]]]] = defaultdict(dict)
    for name, number, text, words in texts:
        for (word, surface, way), count in words.said(text).items():
            said[words.words[word]].setdefault(way, []).append((name, number, surface, count))
    if not is_whole:
        on_pages = {
            word: {way: found for way, found in ways.items() if any(page for _, page, _, _ in found)}
            for word, ways in said.items()
        }
        said = defaultdict(dict, {word: ways for word, ways in on_pages.items() if ways})
    every = dict.fromkeys((*plain.words, *by_creators.words))
    eithers = [each for each in wanted(node) if isinstance(each, Either)]
    optional = {word for each in eithers for _, word in words_of(each)}
    optional |= {word for word in every if isinstance(word, Sought) and word.is_unit}
    told = tuple(
        WordSaid(describe(word), _sayings(said.get(word, {})))
        for word in every
        if word in said or word not in optional
    )
    if match == "all":
        return Explanation(told)
    has: dict[Node, float] = {
        word: max(way.weight if way and len(way.slots) == 1 else 1.0 for way in ways)
        for word, ways in said.items()
    }
    has |= {plain.words[number]: 1.0 for _, counts, _ in best[EXPLAINED_PAGES:] for number in counts}
    shares = [(item, share_of(item, has)) for item in wanted(node)]
    return Explanation(
        told,
        missing=describe_all(item for item, share in shares if share == 0),
        uncertain=describe_all(item for item, share in shares if 0 < share < LEAST_SHARE),
    )


def _things(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the words of a text, and those in several pieces, on one line, with their keys."""
    for chunk, _, _ in chunk_spans(text):
        for each in filed(chunk):
            surface = chunk[each.start : each.end]
            yield clean(surface) if each.is_word else " ".join(surface.split()), each.keys


def _where(text: str) -> dict[str, list[int]]:
    """Return which words of a text are some word."""
    where: dict[str, list[int]] = {}
    for place, token in enumerate(tokens(text)):
        where.setdefault(token.folded, []).append(place)
    return where


def _way(word: Sought, has: tuple[str, ...]) -> Way | None:
    if word.exact in has:
        reason = Reason.SPELLING if word.exact in spellings(has[0]) else Reason.FORM
        return None if word.exact == has[0] else Way(((word.exact,),), 1.0, reason, word.surface)
    ways = [way for way in word.ways if {*way.keys}.intersection(has)]
    return max(ways, key=lambda way: (way.weight, has[0] in way.keys))


def _sayings(ways: dict[Way | None, list[tuple[str, int, str, int]]]) -> tuple[Saying, ...]:
    found = []
    for way, places in ways.items():
        surfaces: Counter[str] = Counter()
        for name, _, surface, count in places:
            if name != "page_title":
                surfaces[surface] += count
        by_letters: dict[str, str] = {}
        for surface, _ in surfaces.most_common():
            by_letters.setdefault(surface.casefold(), surface)
        names = {name for name, _, _, _ in places}
        found.append(
            Saying(
                tuple(by_letters.values())[:MOST_SURFACES],
                way.reason.value if way else "typed",
                form=way.form if way else "",
                language=way.language if way else "",
                weight=round(way.weight, 4) if way else 1.0,
                fields=tuple(name for name in FIELDS if name in names),
                pages=tuple(dict.fromkeys(page for _, page, _, _ in places if page)),
                count=surfaces.total(),
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.weight, -each.count))[:MOST_SAYINGS])
