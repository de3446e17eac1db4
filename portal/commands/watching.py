"""The watch folder beside the work of `work`, in a thread of its own, however long files are read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from archive.settings import Settings
from ingest.watch import Watch
from portal.commands.opened import open_archive

POLL_SECONDS = 0.5


@contextmanager
def watching(settings: Settings, stop: threading.Event) -> Iterator[None]:
    """Take files from the watch folder, if one is set, until `stop`; the block ends after the last one."""
    thread = threading.Thread(target=_watch, args=(settings, stop), name="watch")
    if settings.watch is not None:
        thread.start()
    try:
        yield
    finally:
        if settings.watch is not None:
            stop.set()
            thread.join()


def _watch(settings: Settings, stop: threading.Event) -> None:
    if settings.watch is None:
        return
    with open_archive(settings) as archive:
        watch = Watch(archive, settings.watch, settings.watch_quiet_seconds)
        while not stop.wait(POLL_SECONDS):
            watch.look(stop.is_set)
