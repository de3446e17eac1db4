"""Take in what waits and keep the indexes up to date, as `work` does, but learn nothing meanwhile.

python -m bench.support.working

What is learned of a large archive, and when, is measured by `bench.learning`; here it would come in between.
"""

from __future__ import annotations

import os
import signal
import threading
import time

from archive.settings import Settings
from index.indexer import Indexer
from ingest.readers import ReaderPool
from portal.commands.opened import open_archive, open_worker
from portal.commands.work import POLL_SECONDS, TIDY_SECONDS, pause_after


def main() -> None:
    """Work until SIGTERM, or until the process that started this one ends."""
    stop, parent = threading.Event(), os.getppid()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    settings = Settings.from_env()
    tidying = threading.Thread(target=_tidy, args=(settings, stop), daemon=True)
    with ReaderPool.of(settings) as readers, open_worker(settings, readers, "work") as worker:
        tidying.start()
        while not stop.wait(POLL_SECONDS) and parent == os.getppid():
            for _ in worker.resume(stop.is_set):
                pass


def _tidy(settings: Settings, stop: threading.Event) -> None:
    with open_archive(settings) as archive:
        indexer, pause = Indexer(archive), TIDY_SECONDS
        while not stop.wait(pause):
            began = time.monotonic()
            indexer.tidy()
            pause = pause_after(time.monotonic() - began)


if __name__ == "__main__":
    main()
