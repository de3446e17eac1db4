"""Changing many drafts beside the page, as one step: it goes on whatever becomes of the page."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from archive.editing import Progress
from archive.errors import ArchiveError
from archive.staff_log import Step

AT_ONCE = 50
"""So many drafts are changed while somebody waits."""

log = logging.getLogger(__name__)


class Change(threading.Thread):
    """One run. `step`: what was done, once it is; `error` says why it ended early."""

    def __init__(self, work: Callable[[Progress], Step | None], total: int) -> None:
        super().__init__(name="change", daemon=False)
        self._work = work
        self.done = 0
        self.total = total
        self.step: Step | None = None
        self.error: ArchiveError | None = None

    def run(self) -> None:
        """Change all; what is done when it ends early is in the log too."""
        try:
            self.step = self._work(self._told)
        except (ArchiveError, OSError) as exc:
            log.warning("changing drafts ended early: %s", exc)
            self.error = exc if isinstance(exc, ArchiveError) else ArchiveError(str(exc))

    def _told(self, done: int, _total: int) -> None:
        self.done = done


_running: dict[str, Change] = {}
_lock = threading.Lock()


def begin(step_key: str, work: Callable[[Progress], Step | None], total: int) -> Change | None:
    """Begin to change drafts; None, and nothing is done, where others are being changed at the same place.

    Args:
        work: changes them as one step, and tells how far it is.
    """
    with _lock:
        known = _running.get(step_key)
        if known is not None and known.is_alive():
            return None
        change = _running[step_key] = Change(work, total)
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
