"""From what an engine found to hits with their best pages, and why they were found.

Which pages have words of a query is read from the concordance that was stored with an entry, and only the
pages that are shown are read from the catalogue. Of a document that changed since, all pages are read and a
concordance is made of them: so nothing is told that the reader may not see any more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from archive.model import Document, Page
from archive.repository import Archive
from index.concordance import Concordance
from index.engine import Found
from index.looking import Looked
from index.matching import Matcher
from index.pages import PAGES_PER_HIT, Ranked, best_pages, ranked
from index.readership import Readership
from index.reasons import Explainer
from index.results import Hit, Match
from index.scopes import lets_through
from index.snippets import mark


class Readable(NamedTuple):
    """A document that was found and may be read."""

    match: Match
    found: Found
    document: Document


class HitMaker:
    """Makes the hits of one query. For one thread."""

    def __init__(
        self, archive: Archive, readership: Readership, languages: Collection[str], matcher: Matcher
    ) -> None:
        """`languages`: of which pages are asked, all if none is named."""
        self._archive = archive
        self._readership = readership
        self._languages = languages
        self._matcher = matcher

    def hits(self, readable: Sequence[Readable], explainer: Explainer, sequence: int) -> tuple[Hit, ...]:
        """Return what was found as hits; `sequence`: how far what answered followed the archive at least."""
        looked = [Looked(each, self._matcher) for each in self._concordances(readable, sequence)]
        pages = [ranked(each, self._matcher) for each in looked]
        read = self._read(readable, pages)
        return tuple(
            Hit(
                document,
                mark(document.title, self._matcher, words.title),
                round(found.score, 4),
                match,
                best_pages(best, read[document.id], self._matcher),
                explainer.explain(words, best, match),
            )
            for (match, found, document), words, best in zip(readable, looked, pages, strict=True)
        )

    def _concordances(self, readable: Sequence[Readable], sequence: int) -> list[Concordance]:
        changed = self._archive.changed_since(sequence, [each.document.id for each in readable])
        kept = {
            document.id: concordance
            for _, found, document in readable
            if document.id not in changed and (concordance := _load(found.stored)) is not None
        }
        anew = [each.document for each in readable if each.document.id not in kept]
        names = [document.id for document in anew] if self._matcher.size else []
        pages = self._archive.pages_of(names) if names else {}
        made = {document.id: self._make(document, pages.get(document.id, ())) for document in anew}
        return [kept.get(each.document.id) or made[each.document.id] for each in readable]

    def _make(self, document: Document, pages: Sequence[Page]) -> Concordance:
        shown = self._readership.shown(document, pages)
        asked = [page for page in shown if lets_through(self._languages, page)]
        is_whole = len(asked) == len(shown)
        return Concordance.of(asked, document.title, document.creators, is_whole=is_whole)

    def _read(
        self, readable: Sequence[Readable], ranked_pages: Sequence[Sequence[Ranked]]
    ) -> dict[str, dict[int, Page]]:
        """Return the pages that are shown, by document and number, as they may be read now."""
        numbers: dict[str, set[int]] = {each.document.id: set() for each in readable}
        for each, pages in zip(readable, ranked_pages, strict=True):
            numbers[each.document.id].update(page.page.number for page in pages[:PAGES_PER_HIT])
        read = self._archive.some_pages({name: some for name, some in numbers.items() if some})
        return {
            document.id: {
                page.number: page for page in self._readership.shown(document, read.get(document.id, ()))
            }
            for _, _, document in readable
        }


def _load(stored: bytes) -> Concordance | None:
    """Return a concordance; None where it is damaged."""
    try:
        return Concordance.load(stored)
    except ValueError:
        return None
