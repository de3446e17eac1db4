"""Following the archive's change feed, so that the index holds what the public may read now.

One process at a time writes, holding a lock. How far it has come is part of each commit; whoever takes over
goes on from there. A document under embargo enters on its day, with the first `catch_up` of that day: a
small file remembers which documents wait for which day.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from archive.access import Audience, may_read, shown_pages
from archive.durable import write_bytes
from archive.errors import LockedError, NotFoundError
from archive.lock import exclusive
from archive.model import Access, Conference, Document
from archive.repository import Archive
from index.engine import Engine, Entry
from index.engines import ENGINES
from index.entries import entries
from index.errors import SearchIndexError
from index.live import LiveIndex

BATCH = 200
"""So many changes become one commit: new documents soon, a bulk load in few commits."""

WAIT_SECONDS = 0.05
"""How often to look whether another process has come far enough."""


def public_index(archive: Archive) -> LiveIndex:
    """Return the index of what the public may read."""
    notes = Audience.PUBLIC if archive.settings.notes_public else Audience.STAFF
    settings = f"languages {' '.join(archive.settings.languages)}, notes {notes}"
    return LiveIndex(public_folder(archive), ENGINES["whoosh"], settings)


def public_folder(archive: Archive) -> Path:
    """Return where the public's index lies."""
    return archive.settings.home / "index" / "public"


class Indexer:
    """Writes the public's index."""

    def __init__(self, archive: Archive, today: Callable[[], dt.date] = dt.date.today) -> None:
        self._archive = archive
        self._today = today
        self._live = public_index(archive)
        self._lock = public_folder(archive) / "lock"
        self._waiting_file = public_folder(archive) / "embargoes.json"

    def catch_up(self, until: int | None = None, timeout_seconds: float = 600) -> int:
        """Index all changes up to `until`, by default all there are now, and return how far the index is.

        Where another process is at it, wait until it has come so far. An index that is missing, damaged,
        made by another version or of another archive is built anew.

        Raises:
            LockedError: another process holds the index and has not come so far in `timeout_seconds`.
            SearchIndexError: the index cannot be written.
        """
        target = self._archive.last_change() if until is None else until
        deadline = time.monotonic() + timeout_seconds
        while True:
            try:
                with self._writing(0):
                    return self._follow()
            except LockedError:
                engine = self._live.engine()
                if engine is not None and engine.sequence() >= target and self._live.is_current():
                    return engine.sequence()
                if time.monotonic() >= deadline:
                    raise
                time.sleep(WAIT_SECONDS)

    def index_now(self, documents: Collection[str], timeout_seconds: float = 10) -> bool:
        """Make single documents found, or no longer found, at once; for whoever waits for it.

        Returns:
            False where another process kept the index for so long; it follows by the feed then, as all do.

        Raises:
            SearchIndexError: the index cannot be written.
        """
        try:
            self.catch_up(timeout_seconds=timeout_seconds)
        except LockedError:
            return False
        return True

    def rebuild(self, timeout_seconds: float = 600) -> int:
        """Build the index anew beside the live one and swap; return how far it is.

        Raises:
            LockedError: another process kept writing for so long.
            SearchIndexError: the index cannot be written.
        """
        with self._writing(timeout_seconds):
            self._build()
            return self._follow()

    def close(self) -> None:
        """Let go of the index."""
        self._live.close()

    @contextmanager
    def _writing(self, timeout_seconds: float) -> Iterator[None]:
        try:
            with exclusive(self._lock, timeout_seconds):
                yield
        except OSError as exc:
            raise SearchIndexError(
                f"The index could not be written: {exc}; the documents are kept. "
                "Make room and run: python -m portal reindex"
            ) from exc

    def _follow(self) -> int:
        engine = self._live.engine() if self._live.is_current() else None
        if engine is None or engine.sequence() > self._archive.last_change():
            engine = self._build()
        waiting = self._load_waiting()
        due = [document for document, day in waiting.items() if day <= self._today().isoformat()]
        if due:
            self._write(engine, due, engine.sequence(), waiting)
        while changes := self._archive.changes(engine.sequence(), BATCH):
            documents = dict.fromkeys(change.document for change in changes)
            self._write(engine, documents, changes[-1].sequence, waiting)
        return engine.sequence()

    def _build(self) -> Engine:
        """Build from the whole feed, each document once, in the order of their last changes."""
        name, engine = self._live.create()
        last: dict[str, int] = {}
        sequence = 0
        while changes := self._archive.changes(sequence, 10 * BATCH):
            for change in changes:
                last.pop(change.document, None)
                last[change.document] = sequence = change.sequence
        waiting: dict[str, str] = {}
        for documents in _batches(last, BATCH):
            self._write(engine, documents, 0, waiting)
        engine.write((), (), sequence)
        engine.close()
        self._live.swap(name)
        live = self._live.engine()
        if live is None:  # pragma: no cover - it was written a moment ago
            raise LookupError(name)
        return live

    def _write(
        self, engine: Engine, documents: Iterable[str], sequence: int, waiting: dict[str, str]
    ) -> None:
        """Replace documents in the index by what may be read of them now, nothing if they are gone."""
        names = list(documents)
        found = self._archive.documents_by_id(names)
        for name in names:
            day = _embargo(found.get(name), self._today())
            if day:
                waiting[name] = day
        self._save_waiting(waiting)
        engine.write(self._entries(found.values()), names, sequence)
        for name in names:
            if not _embargo(found.get(name), self._today()):
                waiting.pop(name, None)
        self._save_waiting(waiting)

    def _entries(self, documents: Iterable[Document]) -> Iterator[Entry]:
        settings = self._archive.settings
        readable = [each for each in documents if may_read(each, Audience.PUBLIC, self._today())]
        pages = self._archive.pages_of([each.id for each in readable])
        conferences: dict[str, Conference] = {}
        for document in readable:
            if document.conference not in conferences:
                conferences[document.conference] = self._conference(document.conference)
            shown = shown_pages(
                document, pages.get(document.id, ()), Audience.PUBLIC, notes_public=settings.notes_public
            )
            yield from entries(document, shown, conferences[document.conference], settings.languages)

    def _conference(self, identifier: str) -> Conference:
        try:
            return self._archive.conference(identifier)
        except NotFoundError:
            return Conference(id=identifier, title={})

    def _load_waiting(self) -> dict[str, str]:
        if not self._waiting_file.exists():
            return {}
        waiting: dict[str, str] = json.loads(self._waiting_file.read_bytes())
        return waiting

    def _save_waiting(self, waiting: dict[str, str]) -> None:
        if waiting != self._load_waiting():
            write_bytes(self._waiting_file, json.dumps(waiting, sort_keys=True).encode())


def _embargo(document: Document | None, today: dt.date) -> str:
    """Return the day on which a document may be read, "" for one that may be now or will not be."""
    if document is None or document.access is not Access.EMBARGOED or document.embargoed_until is None:
        return ""
    return document.embargoed_until.isoformat() if document.embargoed_until > today else ""


def _batches(names: Iterable[str], size: int) -> Iterator[list[str]]:
    remaining = iter(names)
    while batch := list(islice(remaining, size)):
        yield batch
