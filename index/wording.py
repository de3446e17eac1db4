"""How a word of the index is written where it stands, with its umlauts and capitals.

Looked up in a document that may be read now, so that a word of no such document is not given, even where the
index does not know yet.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from archive.model import Document, Page
from index.engine import Engine, Request
from index.errors import DamagedError
from index.keys import dictionary_forms
from index.lemmas import noun
from index.live import LiveIndex
from index.readership import Readership
from index.scopes import UNFILTERED
from index.text import clean, fold, is_cyrillic, surfaces
from index.words import as_it_stands

LOOKED_AT = 3
"""In so many documents that have a word, one that may be read is looked for: all but the last changes are
in the index."""

ABBREVIATION_LETTERS = 4
"""A longer word in capitals is one that is shouted."""


class Wording:
    """Tells how words are written in what an audience may read. Threads may share it."""

    def __init__(self, readership: Readership, live: LiveIndex) -> None:
        self._readership = readership
        self._archive = readership.archive
        self._live = live
        self._looking = threading.Lock()
        self._known: tuple[tuple[object, ...], dict[str, str]] = ((), {})

    def written(self, tokens: Iterable[str]) -> Mapping[str, str]:
        """Return the words that stand in a document that may be read, as the best one has them, in order."""
        engine = self._live.engine()
        if engine is None:
            return {}
        state = (engine, engine.commit(), self._archive.last_change(), self._readership.today())
        with self._looking:
            if self._known[0] != state:
                self._known = (state, {})
            known = self._known[1]
        asked = tuple(tokens)
        try:
            known.update(self._look([token for token in asked if token not in known], engine))
        except DamagedError as damage:
            self._live.condemn(damage)
        return {token: known[token] for token in asked if known.get(token)}

    def _look(self, tokens: list[str], engine: Engine) -> Iterator[tuple[str, str]]:
        """Yield words as they are written, "" for what stands in nothing that may be read."""
        having = {token: [each.document for each in engine.search(_having(token)).found] for token in tokens}
        documents = self._archive.documents_by_id([*{name for names in having.values() for name in names}])
        best = {
            token: next(
                (
                    documents[name]
                    for name in names
                    if name in documents and self._readership.may_read(documents[name])
                ),
                None,
            )
            for token, names in having.items()
        }
        pages = self._archive.pages_of([*{each.id for each in best.values() if each is not None}])
        for token, document in best.items():
            yield token, self._in(document, pages[document.id], token) if document else ""

    def _in(self, document: Document, pages: tuple[Page, ...], token: str) -> str:
        texts = (
            document.title,
            *document.creators,
            *(part for page in self._readership.shown(document, pages) for part in (page.text, page.notes)),
        )
        found = Counter(surface for text in texts for surface in surfaces(text) if fold(surface) == token)
        if not found:
            return ""
        return _unshouted(
            clean(min(found, key=lambda surface: (surface.isupper(), -found[surface], surface)))
        )


def _having(token: str) -> Request:
    return Request(as_it_stands(token), {"language": (UNFILTERED,)}, limit=LOOKED_AT)


def _unshouted(surface: str) -> str:
    """Write a word that stands in capitals alone as others are written."""
    if not surface.isupper() or len(surface) <= ABBREVIATION_LETTERS:
        return surface
    small = surface.lower()
    if is_cyrillic(small):
        return small if dictionary_forms(small) else small.capitalize()
    return noun(small) or (small if dictionary_forms(small) else small.capitalize())
