"""Changing many drafts beside the page, as one step: it goes on whatever becomes of the page."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping

from archive.editing import Editing
from archive.errors import ArchiveError
from archive.staff_log import Step
from portal.checking.actions import Hand
from portal.checking.cells import Values

AT_ONCE = 50
"""So many drafts are changed while somebody waits."""

log = logging.getLogger(__name__)


class Change(threading.Thread):
    """One run. `step`: what was done, once it is; `error` says why it ended early."""

    def __init__(self, hand: Hand, values: Mapping[str, Values]) -> None:
        super().__init__(name="change", daemon=False)
        self._hand = hand
        self._values = dict(values)
        self.done = 0
        self.total = len(self._values)
        self.step: Step | None = None
        self.error: ArchiveError | None = None

    def run(self) -> None:
        """Change all; what is done when it ends early is in the log too."""
        editing = Editing(self._hand.archive, self._hand.person, batch=self._hand.step_key)
        try:
            self.step = editing.edit(self._values, self._told)
        except ArchiveError as exc:
            log.warning("changing drafts ended early: %s", exc)
            self.error = exc

    def _told(self, done: int, _total: int) -> None:
        self.done = done


_running: dict[str, Change] = {}
_lock = threading.Lock()


def begin(hand: Hand, values: Mapping[str, Values]) -> Change | None:
    """Begin to change drafts; None, and nothing is done, where others are being changed at the same place."""
    with _lock:
        known = _running.get(hand.step_key)
        if known is not None and known.is_alive():
            return None
        change = _running[hand.step_key] = Change(hand, values)
        change.start()
        return change


def under_way(step_key: str) -> Change | None:
    """Return what is being changed at a place now; None if nothing is."""
    known = _running.get(step_key)
    return known if known is not None and known.is_alive() else None


def ended(step_key: str) -> Change | None:
    """Return the run that ended at a place, once; None if there is none."""
    with _lock:
        known = _running.get(step_key)
        if known is None or known.is_alive():
            return None
        return _running.pop(step_key)
