"""Publishing many drafts beside the page: it goes on whatever becomes of the page that asked for it."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Sequence

from archive.errors import ArchiveError
from ingest.drafts import Draft
from portal.checking.actions import Hand

log = logging.getLogger(__name__)


class Publication(threading.Thread):
    """One run, to which more may be added until it ends.

    `done` and `total` count the drafts of all who asked. `error` says why it ended early for some of them,
    `problems` which drafts could not be published, and why.
    """

    def __init__(self, hand: Hand, drafts: Sequence[Draft]) -> None:
        super().__init__(name="publication", daemon=False)
        self._turn = threading.Lock()
        self._waiting: deque[tuple[Hand, tuple[Draft, ...]]] = deque()
        self._asked: set[str] = set()
        self._is_over = False
        self._before = 0
        self.done = self.total = 0
        self.error: ArchiveError | None = None
        self.problems: dict[str, ArchiveError] = {}
        self.add(hand, drafts)

    def add(self, hand: Hand, drafts: Sequence[Draft]) -> bool:
        """Publish more, in the name of whoever asks; what was asked for before is not done twice.

        Returns:
            False where the run is over, and another has to begin.
        """
        with self._turn:
            if self._is_over:
                return False
            further = tuple(draft for draft in drafts if draft.id not in self._asked)
            self._asked |= {draft.id for draft in further}
            self.total += len(further)
            self._waiting.append((hand, further))
            return True

    def run(self) -> None:
        """Publish all, in the order in which it was asked for."""
        while (turn := self._next()) is not None:
            hand, drafts = turn
            try:
                self.problems.update(hand.publish(drafts, self._told).problems)
            except ArchiveError as exc:
                log.warning("publishing ended early: %s", exc)
                self.error = exc
            self._before += len(drafts)

    def _next(self) -> tuple[Hand, tuple[Draft, ...]] | None:
        with self._turn:
            self._is_over = not self._waiting
            return None if self._is_over else self._waiting.popleft()

    def _told(self, done: int, _total: int) -> None:
        self.done = self._before + done


_running: dict[str, Publication] = {}
_lock = threading.Lock()


def begin(hand: Hand, drafts: Sequence[Draft]) -> Publication:
    """Begin to publish drafts; where some are being published at the same place, these come after them."""
    with _lock:
        known = _running.get(hand.step_key)
        if known is not None and known.add(hand, drafts):
            return known
        publication = _running[hand.step_key] = Publication(hand, drafts)
        publication.start()
        return publication


def under_way(step_key: str) -> Publication | None:
    """Return what is being published at a place now; None if nothing is."""
    known = _running.get(step_key)
    return known if known is not None and known.is_alive() else None


def ended(step_key: str) -> Publication | None:
    """Return the run that ended at a place, once; None if there is none."""
    with _lock:
        known = _running.get(step_key)
        if known is None or known.is_alive():
            return None
        return _running.pop(step_key)
