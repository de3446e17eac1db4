"""From documents to the entries of an index: of what its audience may read today, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from archive.errors import NotFoundError
from archive.model import Access, Conference, Document
from archive.repository import Archive
from index.engine import Entry
from index.entries import entries
from index.readership import Readership


class EntryMaker:
    """Makes entries for one audience."""

    def __init__(self, archive: Archive, readership: Readership) -> None:
        self._archive = archive
        self._readership = readership

    def entries(self, documents: Iterable[Document]) -> Iterator[Entry]:
        """Yield the entries of those documents that may be read."""
        readable = [each for each in documents if self._readership.may_read(each)]
        pages = self._archive.pages_of([each.id for each in readable])
        conferences: dict[str, Conference] = {}
        languages = self._archive.settings.languages
        for document in readable:
            if document.conference not in conferences:
                conferences[document.conference] = self._conference(document.conference)
            shown = self._readership.shown(document, pages.get(document.id, ()))
            yield from entries(document, shown, conferences[document.conference], languages)

    def awaited(self, document: Document | None) -> dt.date | None:
        """Return the day on which the audience may read a document, None where it may now or never will."""
        if document is None or document.access is not Access.EMBARGOED:
            return None
        return None if self._readership.may_read(document) else document.embargoed_until

    def _conference(self, identifier: str) -> Conference:
        try:
            return self._archive.conference(identifier)
        except NotFoundError:
            return Conference(id=identifier, title={})
