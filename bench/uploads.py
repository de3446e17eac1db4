"""An upload of 500 MB, cut in the middle and resumed: the bytes, and the memory of the portal meanwhile.

    python -m bench.uploads [MEGABYTES]

A portal of its own is asked over real connections; the first one is cut while it sends. The memory is that of
the process that serves, before the upload and at its highest during it; before means after everything that is
loaded once has been: the dictionaries of the search, and a small upload.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from archive.accounts import Accounts, Role
from archive.model import Conference
from archive.repository import Archive
from archive.settings import Settings
from bench.command import environment
from bench.support.serving import serving
from bench.support.tus import CHUNK_BYTES, Client

MEGABYTE = 1024 * 1024


def upload(client: Client, content: Path, conference: str) -> tuple[int, int]:
    """Upload a file with a cut; return where it was cut and where it went on."""
    size = content.stat().st_size
    url = client.create(client.begin_batch(conference), content.name, size)
    middle, offset = size // 2 + size // 100, 0
    while offset + CHUNK_BYTES < middle:
        client.send(url, content, offset, size)
        offset = client.offset(url)
    client.send(url, content, offset, middle, cut=True)
    resumed = _settled(client, url)
    offset = resumed
    while offset < size:
        client.send(url, content, offset, size)
        offset = client.offset(url)
    return middle, resumed


def _settled(client: Client, url: str) -> int:
    """Wait until the server has noticed the cut and written what it had received."""
    before, now = -1, client.offset(url)
    while now != before:
        time.sleep(0.3)
        before, now = now, client.offset(url)
    return now


class Watch(threading.Thread):
    """Looks at the memory of a process until told to stop. `highest` is in bytes."""

    def __init__(self, process: psutil.Process) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._done = threading.Event()
        self.highest = 0

    def run(self) -> None:
        """Look twenty times a second."""
        while not self._done.wait(0.05):
            self.highest = max(self.highest, self._process.memory_info().rss)

    def stop(self) -> None:
        """Look no more."""
        self._done.set()
        self.join()


def main() -> int:
    """Measure, and say what came of it; 1 if the bytes differ."""
    size = int(sys.argv[1] if len(sys.argv) > 1 else 500) * MEGABYTE
    folder = Path(tempfile.mkdtemp())
    try:
        return _measure(folder, size)
    finally:
        shutil.rmtree(folder)


def _measure(folder: Path, size: int) -> int:
    home, content = folder / "home", folder / "film.bin"
    archive = Archive.open(Settings.from_env(environment(home)))
    archive.save_conference(Conference("bench", {"de": "Messung"}))
    accounts = Accounts(archive.catalogue.engine)
    accounts.add("bench", Role.STAFF, "korrekt pferd batterie")
    secret = accounts.begin_session("bench", "bench")
    with content.open("wb") as stream:
        for _ in range(size // MEGABYTE):
            stream.write(os.urandom(MEGABYTE))
    with content.open("rb") as stream:
        sent = hashlib.file_digest(stream, "sha512").hexdigest()
    with serving(home) as (port, pid):
        process = psutil.Process(pid)
        client = Client(port, secret)
        _warm(client, folder, process)
        before = process.memory_info().rss
        watch = Watch(process)
        watch.start()
        began = time.monotonic()
        cut, resumed = upload(client, content, "bench")
        seconds = time.monotonic() - began
        watch.stop()
        kept = _kept_digest(archive, content.name)
    archive.close()
    said = {
        "megabytes": size // MEGABYTE,
        "cut_at": cut,
        "resumed_at": resumed,
        "equal": kept == sent,
        "seconds": round(seconds, 1),
        "rss_before_mb": round(before / MEGABYTE, 1),
        "rss_highest_mb": round(watch.highest / MEGABYTE, 1),
    }
    sys.stdout.write(json.dumps(said) + "\n")
    return 0 if kept == sent else 1


def _warm(client: Client, folder: Path, process: psutil.Process) -> None:
    """Let the portal load what it loads once: ask, upload a small file, wait until its memory is at rest."""
    small = folder / "small.txt"
    small.write_bytes(b"Energie " * 1000)
    upload(client, small, "bench")
    before, calm = 0, 0
    while calm < 10:
        client.ask("GET", "/api/v1/search?q=Energie%20energy")
        time.sleep(0.2)
        now = process.memory_info().rss
        calm = calm + 1 if abs(now - before) < MEGABYTE else 0
        before = now


def _kept_digest(archive: Archive, name: str) -> str:
    """Wait until the worker has made a draft of the file; return the digest of what lies in the archive."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        for document in archive.documents(state=None):
            (file,) = document.current.files
            if file.name != name:
                continue
            with archive.original(document.id, 1, file.name).open("rb") as stream:
                return hashlib.file_digest(stream, "sha512").hexdigest()
        time.sleep(0.2)
    return ""


if __name__ == "__main__":
    sys.exit(main())
