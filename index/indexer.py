"""Keeping the indexes of all audiences up to date, together, so that a text is analysed once for all of them.

Whoever indexes comes here. What the public may no longer read leaves its index first.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Collection
from contextlib import ExitStack, suppress
from itertools import zip_longest

from archive.access import Audience
from archive.errors import LockedError
from archive.repository import Archive
from index.errors import SearchIndexError
from index.index_writer import BATCH_PAGES, IndexWriter


class Indexer:
    """Writes the indexes of an archive. Its methods raise what those of `IndexWriter` do."""

    def __init__(
        self,
        archive: Archive,
        today: Callable[[], dt.date] = dt.date.today,
        commit_pages: int = BATCH_PAGES,
    ) -> None:
        """Write commits of `commit_pages` pages at most, unless one document has more."""
        self._writers = tuple(IndexWriter(archive, audience, today, commit_pages) for audience in Audience)

    def catch_up(self, until: int | None = None, timeout_seconds: float = 600) -> int:
        """Index all changes up to `until`, by default all there are now, and return how far all indexes are.

        One that is missing, damaged, made by another version or of another archive is built anew.
        """
        deadline = time.monotonic() + timeout_seconds
        self._build_missing()
        return min(writer.catch_up(until, deadline - time.monotonic()) for writer in self._writers)

    def is_ahead(self) -> bool:
        """Tell whether an index knows of changes that are not in the feed: the catalogue is an older one."""
        return any(writer.is_ahead() for writer in self._writers)

    def is_current(self) -> bool:
        """Tell whether all indexes are whole and were made by what would make them today."""
        return all(writer.is_current() for writer in self._writers)

    def behind_by(self) -> int:
        """Return how many changes are not in one of the indexes."""
        return max(writer.behind_by() for writer in self._writers)

    def step(self, timeout_seconds: float = 60) -> bool:
        """Write one commit of what is due in each; tell whether more is due. One that others keep is left."""
        self._build_missing()
        return any([writer.step(timeout_seconds) for writer in self._writers])

    def index_now(self, documents: Collection[str], timeout_seconds: float = 10) -> bool:
        """Make single documents found, or no longer found, at once; for whoever waits for it.

        Returns:
            False where another process kept an index for so long; it follows by the feed then, as all do.
        """
        deadline = time.monotonic() + timeout_seconds
        return all([writer.index_now(documents, deadline - time.monotonic()) for writer in self._writers])

    def tidy(self) -> None:
        """Join what many commits have left, and wipe what documents that are gone have left."""
        failed: list[SearchIndexError] = []
        for writer in self._writers:
            try:
                writer.tidy()
            except SearchIndexError as exc:
                failed.append(exc)
        if failed:
            raise failed[0]

    def rebuild(self, timeout_seconds: float = 600) -> int:
        """Build all indexes anew beside the live ones and swap; return how far they are then."""
        self._build_all(timeout_seconds)
        return self.catch_up()

    def _build_missing(self) -> None:
        """Build all indexes where none is as it would be made today, unless another process is at it.

        If one cannot be written, the others are still to be caught up with, each by itself.
        """
        if not self._is_any_current():
            with suppress(LockedError, SearchIndexError):
                self._build_all(0, self._is_any_current)

    def _is_any_current(self) -> bool:
        return any(writer.is_current() for writer in self._writers)

    def _build_all(self, timeout_seconds: float, is_done: Callable[[], bool] = lambda: False) -> None:
        """Build all indexes anew in turns, so that each text is analysed once for all of them."""
        with ExitStack() as locked:
            steps = [locked.enter_context(writer.rebuilding(timeout_seconds)) for writer in self._writers]
            if not is_done():
                deque(zip_longest(*steps), maxlen=0)

    def close(self) -> None:
        """Let go of the indexes."""
        for writer in self._writers:
            writer.close()
