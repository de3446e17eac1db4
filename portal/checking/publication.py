"""Publishing many drafts beside the page: it goes on whatever becomes of the page that asked for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence

from archive.errors import ArchiveError
from ingest.drafts import Draft
from portal.checking.actions import Hand

log = logging.getLogger(__name__)


class Publication(threading.Thread):
    """One run. `error` says why it ended early, `problems` which drafts could not be published, and why."""

    def __init__(self, hand: Hand, drafts: Sequence[Draft]) -> None:
        super().__init__(name="publication", daemon=False)
        self._hand = hand
        self._drafts = tuple(drafts)
        self.done = 0
        self.total = len(self._drafts)
        self.error: ArchiveError | None = None
        self.problems: Mapping[str, ArchiveError] = {}

    def run(self) -> None:
        """Publish all."""
        try:
            self.problems = self._hand.publish(self._drafts, self._told).problems
        except ArchiveError as exc:
            log.warning("publishing ended early: %s", exc)
            self.error = exc

    def _told(self, done: int, _total: int) -> None:
        self.done = done


_running: dict[str, Publication] = {}
_lock = threading.Lock()


def begin(hand: Hand, drafts: Sequence[Draft]) -> Publication:
    """Begin to publish drafts; where some are being published at the same place, those come first."""
    with _lock:
        known = _running.get(hand.step_key)
        if known is not None and known.is_alive():
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
