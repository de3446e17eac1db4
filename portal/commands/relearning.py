"""The archive's dictionary beside the work of `work`: learned anew, in a process of its own, when it is due.

Not with every change: after a while without any, or at the latest some minutes after the first. At once where
there is none because a document left it.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from archive.errors import ArchiveError
from archive.settings import Settings
from index.errors import SearchIndexError
from index.live_lexicon import public_lexicon
from index.teaching import Teacher
from portal.commands.opened import open_archive
from portal.commands.trouble import Trouble

LOOK_SECONDS = 2.0
QUIET_SECONDS = 20.0
LATEST_SECONDS = 300.0
"""How long nothing must have changed, and how long is waited for that."""

REST = 5
"""So many times as long as it took it is then left alone, unless there is no dictionary at all."""

SELDOM_SECONDS = 3600.0
"""How often to look where nothing changes: an embargo may have ended."""

RETRY_SECONDS = 60.0
"""How long to wait where it could not be learned."""

POLL_SECONDS = 0.2
NICENESS = 10

log = logging.getLogger(__name__)


@contextmanager
def relearning(settings: Settings, stop: threading.Event) -> Iterator[None]:
    """Learn when it is due until `stop`; the block ends with what is under way given up."""
    thread = threading.Thread(target=_relearn, args=(settings, stop), name="learn")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class Debounce:
    """When to look whether there is something to learn, by the archive's changes."""

    def __init__(self) -> None:
        self._state: object = None
        self._first_at: float | None = None
        self._last_at = self._looked_at = self._rests_until = self._retry_at = 0.0

    def is_time(self, state: object, now: float, *, is_missing: bool) -> bool:
        """Tell whether it is time.

        Args:
            state: another with every change of the archive.
            is_missing: there is no dictionary, because a document left it or nobody has looked yet.
        """
        if state != self._state:
            self._state, self._last_at = state, now
            self._first_at = now if self._first_at is None else self._first_at
        if now < self._retry_at:
            return False
        if is_missing:
            return True
        if now < self._rests_until:
            return False
        if self._first_at is None:
            return now - self._looked_at >= SELDOM_SECONDS
        return now - self._last_at >= QUIET_SECONDS or now - self._first_at >= LATEST_SECONDS

    def looked(self, began: float, now: float, *, failed: bool = False) -> None:
        """Note that it was looked at, and perhaps learned, from `began` to `now`."""
        self._retry_at = now + RETRY_SECONDS if failed else 0.0
        self._first_at = None
        self._looked_at = now
        self._rests_until = now + REST * (now - began)


def _relearn(settings: Settings, stop: threading.Event) -> None:
    debounce, trouble = Debounce(), Trouble(log)
    with open_archive(settings) as archive:
        teacher, live = Teacher(archive), public_lexicon(archive)
        while not stop.wait(LOOK_SECONDS):
            began = time.monotonic()
            try:
                state = archive.last_change(), archive.refused_translations()
                if debounce.is_time(state, began, is_missing=not live.state().stamp):
                    failed = teacher.is_due() and not _learn(stop)
                    debounce.looked(began, time.monotonic(), failed=failed)
                trouble.is_over()
            except (ArchiveError, SearchIndexError, OSError) as exc:
                trouble.tell(exc)


def _learn(stop: threading.Event) -> bool:
    """Learn in another process, whose memory is free again afterwards and which lets others go first.

    Returns:
        Whether it did; it tells what is wrong itself.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "portal", "learn", "--json"], stdout=subprocess.DEVNULL
    ) as process:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        while process.poll() is None:
            if stop.wait(POLL_SECONDS):
                process.terminate()
                process.wait()
    return process.returncode == 0
