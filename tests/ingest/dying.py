"""Processes that die with files in hand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from archive.repository import Archive

TAKE_AND_DIE = """
import os, signal, sys
from archive.repository import Archive
from archive.settings import Settings
from ingest.queue import Queue
queue = Queue(Archive.open(Settings.from_env()))
in_hand = [queue.take(alone=number == 0) for number in range(int(sys.argv[1]))]
assert in_hand[0] is not None
os.kill(os.getpid(), signal.SIGKILL)
"""


def die_with_files(archive: Archive, most: int = 1) -> None:
    """Let a process die that has files in hand."""
    command = [sys.executable, "-c", TAKE_AND_DIE, str(most)]
    where = {
        "ARCHIVE_HOME": str(archive.settings.home),
        "ARCHIVE_CATALOGUE_URL": archive.settings.catalogue_url,
    }
    assert subprocess.run(command, env={**os.environ, **where}, check=False).returncode == -signal.SIGKILL
