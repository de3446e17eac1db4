"""The index follows the archive in a process of its own while another brings files in.

It is made by fork, before there is anything in the process that a fork could break: no thread, no connection.
It ends with the process that made it, and writes through `Indexer` as everybody does, which it alone has to
load; if it dies, whoever catches up later does what it left.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from archive.errors import ArchiveError
from archive.repository import Archive
from archive.settings import Settings
from index.errors import SearchIndexError

COMMIT_CHANGES, COMMIT_PAGES = 40, 800
"""So many changes are waited for, and so many pages become one commit: few commits leave little to join."""

LOOK_SECONDS = 0.1
"""How often to look for changes."""

_PR_SET_PDEATHSIG = 1


class Follower:
    """Keeps the index up to date from `begin` to the end of the block; nothing where fork is not safe."""

    def __init__(self, settings: Settings) -> None:
        """Make the process, which waits. The archive need not be there yet."""
        self._pipe: Connection | None = None
        if not sys.platform.startswith("linux") or threading.active_count() > 1:
            return
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_follow, args=(settings, theirs, self._pipe, os.getpid()))
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is not None and self._pipe is not None:
            self._process.kill()
        self.end()

    def begin(self) -> bool:
        """Follow from now on: the archive is there. Nothing may have been added to its feed.

        Returns:
            Whether the index is not ahead of the feed, or no more; false where nobody looked.
        """
        if self._pipe is None:
            return False
        try:
            self._pipe.send(None)
            return bool(self._pipe.recv())
        except (OSError, EOFError):  # it has died, and whoever catches up later does its work
            return False

    def end(self) -> bool:
        """Let it index what is due and tidy up, and wait for that; tell whether it did all of it."""
        if self._pipe is None:
            return False
        self._pipe.close()
        self._pipe = None
        self._process.join()
        return self._process.exitcode == 0


def _follow(settings: Settings, pipe: Connection, other_end: Connection, parent: int) -> None:
    other_end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        return
    from index.indexer import Indexer

    try:
        pipe.recv()
        archive = Archive.open(settings)
        indexer = Indexer(archive, commit_pages=COMMIT_PAGES)
        if indexer.is_ahead():  # before the feed of an older catalogue gets as far as the index is
            indexer.step()
        pipe.send(True)
        while not pipe.poll():  # until the other end is closed
            if indexer.behind_by() < COMMIT_CHANGES:
                time.sleep(LOOK_SECONDS)
            else:
                indexer.step()
        indexer.catch_up()
        indexer.tidy()
    except (EOFError, OSError, ArchiveError, SearchIndexError):
        sys.exit(1)  # whoever catches up meets the same, and tells
