"""What the whole process shares: settings, archive, search, pictures. Opened once, when first needed.

Streamlit runs pages in threads of their own and answers routes in others; all of them come here.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from archive.access import Audience, may_read, may_see_picture, shown_pages, withheld
from archive.accounts import Accounts
from archive.errors import ArchiveError, NotFoundError
from archive.model import Conference, Document, Page, Sensitive, State
from archive.repository import Archive
from archive.search_log import SearchLog
from archive.settings import Settings
from index.live_thesaurus import LiveThesaurus
from index.query import Query
from index.search import Search
from ingest.pictures import PictureCache
from ingest.readers import ReaderPool
from ingest.uploads import Uploads
from portal.cards import Shelf
from portal.conferences import Holding, holding
from portal.garbage import keep_what_is_there
from portal.pictures import pictured
from portal.throttle import Throttle
from portal.unanswered import UnansweredQueries


class WithdrawnError(NotFoundError):
    """A document that the public could read was withdrawn; its addresses say so."""

    def __init__(self, document: Document) -> None:
        super().__init__("document", document.id)
        self.document = document


@dataclass
class Resources:
    """The archive as each audience may see it. Whatever must not be read is as if it did not exist."""

    settings: Settings
    archive: Archive
    search: Search
    pictures: PictureCache
    readers: ReaderPool | None = None
    accounts: Accounts = field(init=False)
    throttle: Throttle = field(default_factory=Throttle)
    uploads: Uploads = field(init=False)
    search_log: SearchLog = field(init=False)
    unanswered: UnansweredQueries = field(init=False)
    thesaurus: LiveThesaurus = field(init=False)
    _search_for_staff: Search = field(init=False)
    refused_thesauri: dict[str, Exception] = field(default_factory=dict)
    """By person: why the file was not loaded that they handed in last."""

    _close: Callable[[], None] = lambda: None
    _holdings: dict[tuple[int, dt.date], tuple[Holding, ...]] = field(default_factory=dict)
    _described: tuple[Conference, ...] = ()

    def __post_init__(self) -> None:
        self.accounts = Accounts(self.archive.catalogue.engine)
        self.uploads = Uploads(self.archive)
        self.search_log = SearchLog(self.archive.catalogue.engine)
        self.unanswered = UnansweredQueries(self.search_log)
        self.thesaurus = self.search.thesaurus
        self._search_for_staff = self.search.for_audience(Audience.STAFF)

    def search_for(self, audience: Audience) -> Search:
        """Return the search over what an audience may read."""
        return self._search_for_staff if audience is Audience.STAFF else self.search

    def document(self, identifier: str, today: dt.date, audience: Audience = Audience.PUBLIC) -> Document:
        """Return a document that may be read. Raises NotFoundError, WithdrawnError."""
        document = self.archive.document(identifier)
        if may_read(document, audience, today):
            return document
        if document.state is State.WITHDRAWN and may_read(
            replace(document, state=State.PUBLISHED), audience, today
        ):
            raise WithdrawnError(document)
        raise NotFoundError("document", identifier)

    def pages(self, document: Document, audience: Audience = Audience.PUBLIC) -> tuple[Page, ...]:
        """Return the pages of a document as an audience may see them."""
        pages = self.archive.pages(document.id)
        return shown_pages(document, pages, audience, notes_public=self.settings.notes_public)

    def unpictured(
        self, documents: Iterable[Document], audience: Audience = Audience.PUBLIC
    ) -> dict[str, frozenset[int]]:
        """Name for each document the pages of which an audience may not see the picture it has of them.

        Only what is withheld keeps a picture back, so that the pages of few documents are looked at.
        """
        if audience is Audience.STAFF:
            return {}
        drawn = {
            document.id: (document, source)
            for document in documents
            if (source := pictured(document)) and self._keeps_pictures(document)
        }
        found = self.archive.pages_of(list(drawn)) if drawn else {}
        return {
            name: frozenset(
                page.number
                for page in found[name]
                if not may_see_picture(
                    document, source, page, audience, notes_public=self.settings.notes_public
                )
            )
            for name, (document, source) in drawn.items()
        }

    def _keeps_pictures(self, document: Document) -> bool:
        kept_back = withheld(document, notes_public=self.settings.notes_public)
        hides = any(Sensitive.HIDDEN in file.sensitive for file in document.current.files)
        return Sensitive.CONTACTS in kept_back or (hides and Sensitive.HIDDEN in kept_back)

    def documents(self, conference: str, today: dt.date) -> tuple[Document, ...]:
        """List the documents of a conference that may be read, by title."""
        return readable(self.archive.documents(conference=conference), today)

    def sisters(
        self, document: Document, today: dt.date, audience: Audience = Audience.PUBLIC
    ) -> tuple[Document, ...]:
        """List the same work in other languages."""
        return readable(self.archive.translations(document.id), today, audience)

    def newest(self, limit: int, today: dt.date) -> tuple[Document, ...]:
        """List the documents that arrived last, at most `limit`."""
        return readable(self.archive.newest(limit * 4), today)[:limit]

    def conference(self, identifier: str) -> Conference:
        """Return a conference. Raises NotFoundError."""
        return self.archive.conference(identifier)

    def shelf(self, documents: Iterable[Document] = (), audience: Audience = Audience.PUBLIC) -> Shelf:
        """Return what cards name: all conferences, and of these documents the pages without a picture."""
        conferences = {conference.id: conference for conference in self.archive.conferences()}
        return Shelf(conferences, self.unpictured(documents, audience))

    def holdings(self, today: dt.date) -> tuple[Holding, ...]:
        """Sum up what may be read of each conference, the newest first; counted anew after a change."""
        key, conferences = (self.archive.last_change(), today), self.archive.conferences()
        held = self._holdings.get(key)
        if held is None or conferences != self._described:  # one without documents is in no change
            held = tuple(holding(known, self.documents(known.id, today)) for known in conferences)
            self._holdings, self._described = {key: held}, conferences
        return held

    def close(self) -> None:
        """Let go of the reader processes and the catalogue."""
        self._search_for_staff.close()
        self._close()


def readable(
    documents: tuple[Document, ...], today: dt.date, audience: Audience = Audience.PUBLIC
) -> tuple[Document, ...]:
    """Leave out what an audience may not read."""
    return tuple(document for document in documents if may_read(document, audience, today))


_lock = threading.Lock()
_shared: list[Resources] = []


def resources() -> Resources:
    """Return what this process shares; the first call opens it. Raises ArchiveError."""
    with _lock:
        if not _shared:
            _shared.append(_open(Settings.from_env()))
        return _shared[0]


def warm_up() -> None:
    """Ask a first question, so that the first reader does not wait for dictionaries to be read.

    Streamlit collects garbage after every run of a page, which would look through all that is there by then.
    Then uploads that were whole when the portal died are entered.
    """
    with suppress(ArchiveError, OSError):  # whoever asks next is told
        resources().search.ask(Query(text="Energie энергия energy"))
        resources().search.suggest("Energie")
    keep_what_is_there()
    with suppress(ArchiveError, OSError):
        resources().uploads.sweep()


def share(opened: Resources | None) -> None:
    """Share these resources from now on; None: open them anew when they are next needed."""
    with _lock:
        for before in _shared:
            with suppress(OSError):
                before.close()
        _shared[:] = [opened] if opened else []


def _open(settings: Settings) -> Resources:
    archive = Archive.open(settings)
    search = Search(archive)
    pool = ReaderPool.of(settings)

    def close() -> None:
        pool.close()
        search.close()
        archive.close()

    pictures = PictureCache(settings.home / "pictures", pool)
    return Resources(settings, archive, search, pictures, pool, _close=close)
