"""Following the archive's change feed, so that the index of an audience holds what it may read now.

One process at a time writes, holding a lock. How far it has come is part of each commit; whoever takes over
goes on from there. The lock is let go of after each commit, so that who needs a single document in the index
gets a turn between two commits of a bulk load: `index_now` writes it at the sequence of the last commit, and
it is written again when the feed comes to it. What many commits leave is joined without the lock.

A document under embargo enters on its day, with the first `catch_up` of that day.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from archive.access import Audience
from archive.errors import LockedError
from archive.gaps import Gap, passing
from archive.lock import exclusive
from archive.model import Change, Document, State
from archive.repository import Archive
from index.audiences import index_folder, index_of
from index.building import Building
from index.commits import Commits
from index.engine import Engine
from index.entry_maker import EntryMaker
from index.errors import DamagedError, SearchIndexError
from index.live_lexicon import public_lexicon
from index.outstanding import Outstanding
from index.readership import Readership

BATCH, BATCH_PAGES = 200, 200
"""So many changes, of documents with so many pages, become one commit: others wait that long for a turn."""

BATCH_NOW = 20
"""So many documents become one commit where somebody waits for them."""

WAIT_FOR_TURN_SECONDS = 60.0
"""So long who builds an index waits for others who write to the live one."""

WAIT_SECONDS = 0.05
"""How often to look whether another process has come far enough."""


class IndexWriter:
    """Writes the index of one audience."""

    def __init__(
        self,
        archive: Archive,
        audience: Audience,
        today: Callable[[], dt.date] = dt.date.today,
        commit_pages: int = BATCH_PAGES,
    ) -> None:
        """Write commits of `commit_pages` pages at most, unless one document has more."""
        self._archive = archive
        self._commit_pages = commit_pages
        self._today = today
        folder = index_folder(archive, audience)
        self._live = index_of(archive, audience)
        self._lexicon = public_lexicon(archive) if audience is Audience.PUBLIC else None
        self._lock = folder / "lock"
        self._merging = folder / "merging.lock"
        self._building = folder / "building.lock"
        self._outstanding = Outstanding(folder)
        maker = EntryMaker(archive, Readership(archive, audience, today))
        self._commits = Commits(maker, self._outstanding, self._lexicon, today)
        self._builder = Building(
            archive,
            self._live,
            self._commits,
            Outstanding(folder, is_begun=True),
            today,
            lambda: self._writing(WAIT_FOR_TURN_SECONDS),
        )

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
                sequence = self._advance(0)
            except LockedError:
                engine = self._live.engine()
                sequence = engine.sequence() if engine is not None and self._live.is_current() else -1
                if sequence < target and time.monotonic() >= deadline:
                    raise
                if sequence < target:
                    time.sleep(WAIT_SECONDS)
            if sequence >= target:
                return sequence

    def is_ahead(self) -> bool:
        """Tell whether the index knows of changes that are not in the feed: the catalogue is an older one."""
        engine = self._live.engine()
        return engine is not None and engine.sequence() > self._archive.last_change()

    def is_current(self) -> bool:
        """Tell whether the index is whole and was made by what would make it today."""
        return self._live.is_current()

    def behind_by(self) -> int:
        """Return how many changes are not in the index."""
        engine = self._live.engine() if self._live.is_current() else None
        return self._archive.last_change() - (0 if engine is None else engine.sequence())

    def step(self, timeout_seconds: float = 60) -> bool:
        """Write one commit of what is due; tell whether more is. False too where others keep the index.

        Raises:
            SearchIndexError: the index cannot be written.
        """
        try:
            return self._advance(timeout_seconds) < self._archive.last_change()
        except LockedError:
            return False

    def index_now(self, documents: Collection[str], timeout_seconds: float = 10) -> bool:
        """Make single documents found, or no longer found, at once; for whoever waits for it.

        Returns:
            False where another process kept the index for so long; it follows by the feed then, as all do.

        Raises:
            SearchIndexError: the index cannot be written.
        """
        deadline = time.monotonic() + timeout_seconds
        try:
            for part in _batches(dict.fromkeys(documents), BATCH_NOW):
                with self._writing(deadline - time.monotonic()):
                    engine = self._live.engine() if self._live.is_current() else None
                    if engine is not None:
                        self._write_now(engine, part)
                if engine is None:
                    self.catch_up(timeout_seconds=deadline - time.monotonic())
                    break
        except LockedError:
            return False
        return True

    def _write_now(self, engine: Engine, documents: Sequence[str]) -> None:
        """Write documents ahead of the feed; where nothing else is due, the feed has come to them."""
        sequence = engine.sequence()
        due = self._archive.changes(sequence, BATCH)
        if due and len(due) < BATCH and {change.document for change in due} <= {*documents}:
            sequence = due[-1].sequence
        found = self._archive.documents_by_id(documents)
        self._commits.write(engine, found, documents, sequence)

    def tidy(self) -> None:
        """Join what many commits have left, so that searches stay fast, and wipe what documents that are gone
        have left. Others may write meanwhile.

        Raises:
            SearchIndexError: the index cannot be written.
        """
        with suppress(LockedError), self._writing(0, self._merging):
            with self._writing(60):
                engine = self._live.engine() if self._live.is_current() else None
                gone = self._outstanding.gone()
            try:
                while engine is not None and (put_in_place := engine.merge(gone)) is not None:
                    passing(Gap.INDEX_JOINED)
                    with self._writing(60):
                        if self._live.engine() is engine:
                            put_in_place()
                if gone:
                    with self._writing(60):
                        self._outstanding.forget(gone)
            except DamagedError as damage:
                self._live.condemn(damage)
            except OSError:
                if self._live.engine() is engine:
                    raise  # else another index has taken its place, and the files are gone

    @contextmanager
    def rebuilding(self, timeout_seconds: float) -> Iterator[Iterator[None]]:
        """Build the index anew beside the live one and swap, in the steps that are yielded.

        Raises:
            LockedError: another process kept building or writing for so long.
            SearchIndexError: the index cannot be written.
        """
        with self._writing(timeout_seconds, self._building):
            yield self._builder.steps()

    def close(self) -> None:
        """Let go of the index."""
        self._live.close()
        if self._lexicon is not None:
            self._lexicon.close()

    @contextmanager
    def _writing(self, timeout_seconds: float, lock: Path | None = None) -> Iterator[None]:
        try:
            with exclusive(lock or self._lock, timeout_seconds):
                yield
        except DamagedError as damage:
            self._live.condemn(damage)
            raise
        except OSError as exc:
            raise SearchIndexError(
                f"The index could not be written: {exc}; the documents are kept. "
                "Make room and run: python -m portal reindex"
            ) from exc

    def _usable(self) -> Engine | None:
        """Return the live index if it can be written on, None where one has to be built."""
        engine = self._live.engine() if self._live.is_current() else None
        return engine if engine is not None and engine.sequence() <= self._archive.last_change() else None

    def _advance(self, timeout_seconds: float) -> int:
        """Write one commit, if anything is due, or build the index; return how far it is then."""
        with self._writing(timeout_seconds):
            if (engine := self._usable()) is not None:
                self._follow(engine)
                return engine.sequence()
        with self.rebuilding(timeout_seconds) as steps:
            if self._usable() is None:
                deque(steps, maxlen=0)
        engine = self._live.engine()
        return -1 if engine is None else engine.sequence()

    def _follow(self, engine: Engine) -> None:
        due = self._outstanding.due(self._today())
        if due:
            self._commits.write(engine, self._archive.documents_by_id(due), due, engine.sequence())
        changes = self._archive.changes(engine.sequence(), BATCH)
        if changes:
            found = self._archive.documents_by_id([*{change.document for change in changes}])
            names, sequence = _part(changes, found, self._commit_pages)
            self._commits.write(engine, found, names, sequence)


def _part(changes: Sequence[Change], found: Mapping[str, Document], most_pages: int) -> tuple[list[str], int]:
    """Take the first changes that one commit holds: their documents, and the sequence of the last."""
    names: dict[str, None] = {}
    pages, sequence = 0, 0
    for change in changes:
        if change.document not in names:
            pages += _page_count(found.get(change.document))
            if names and pages > most_pages:
                break
            names[change.document] = None
        sequence = change.sequence
    return list(names), sequence


def _page_count(document: Document | None) -> int:
    """Return about how many pages a document brings into the index."""
    if document is None or document.state is not State.PUBLISHED or not document.versions:
        return 1
    return max(1, *(file.page_count or 1 for file in document.current.files))


def _batches(names: Iterable[str], size: int) -> Iterator[list[str]]:
    remaining = iter(names)
    while batch := list(islice(remaining, size)):
        yield batch
