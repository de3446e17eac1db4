"""`work`: take in what waits and keep the index up to date, until told to stop. `serve` starts one."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import threading
import time

from archive.errors import ArchiveError
from archive.settings import Settings
from index.errors import SearchIndexError
from index.indexer import Indexer
from ingest.errors import IngestError
from ingest.readers import ReaderPool
from ingest.uploads import Uploads
from portal.commands.opened import open_archive, open_worker
from portal.commands.relearning import relearning
from portal.commands.trouble import Trouble
from portal.commands.watching import watching
from portal.exitcodes import ExitCode

SUMMARY = "Take in what waits and keep the index up to date, until told to stop; serve starts one."

POLL_SECONDS = 0.5
TIDY_SECONDS, TIDY_SHARE = 5.0, 5
"""So often the index is tidied up, and in one part of the time of so many at the most."""

MOST_PAUSE = 60.0
"""It may have waited for others, after all."""

WIPE_SHARE = 50

log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument(
        "--with-parent", action="store_true", help="end when the process that started it ends"
    )


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Work until SIGTERM or SIGINT."""
    stop = threading.Event()
    parent = os.getppid() if chosen.with_parent else None
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    tidying = threading.Thread(target=_tidy, args=(settings, stop), daemon=True)
    with open_archive(settings, create=True) as archive:
        Uploads(archive).sweep()
    trouble = Trouble(log)
    with (
        ReaderPool.of(settings) as readers,
        open_worker(settings, readers, "work") as worker,
        watching(settings, stop),
        relearning(settings, stop),
    ):
        tidying.start()
        while not stop.wait(POLL_SECONDS) and parent in (None, os.getppid()):
            try:
                for outcome in worker.resume(stop.is_set):
                    log.warning("%s: %s: %s", outcome.status.value, outcome.path, outcome.error or "kept")
                trouble.is_over()
            except (ArchiveError, SearchIndexError, IngestError, OSError) as exc:
                trouble.tell(exc)
    return ExitCode.OK


def _tidy(settings: Settings, stop: threading.Event) -> None:
    """Join what commits leave in the index, beside the files that are read; it may take minutes.

    And take what was deleted for good out of the files of the database, at most a fiftieth of the time.
    """
    trouble, wipe_at, pause = Trouble(log), 0.0, TIDY_SECONDS
    with open_archive(settings) as archive:
        indexer = Indexer(archive)
        while not stop.wait(pause):
            began = time.monotonic()
            try:
                if began >= wipe_at:
                    try:
                        archive.catalogue.tidy()
                    finally:
                        wipe_at = time.monotonic() + WIPE_SHARE * (time.monotonic() - began)
                began = time.monotonic()
                indexer.tidy()
                trouble.is_over()
            except (ArchiveError, SearchIndexError, OSError) as exc:
                trouble.tell(exc)
            finally:
                pause = pause_after(time.monotonic() - began)


def pause_after(seconds: float) -> float:
    """Return how many seconds to wait after tidying up the index took so long."""
    return min(MOST_PAUSE, max(TIDY_SECONDS, (TIDY_SHARE - 1) * seconds))
