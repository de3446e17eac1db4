"""An archive whose processes are killed again and again while files come in, on all the ways there are.

Two thirds of the files are handed in with `ingest`; the others, and corrected ones of some of the first, are
uploaded to a portal, read by a worker and published. Each process can be killed at a random moment or in a
named gap.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from contextlib import closing, suppress
from enum import StrEnum
from http.client import HTTPException
from pathlib import Path

from sqlalchemy import select

from archive.access import Audience
from archive.accounts import Accounts, Role
from archive.gaps import Gap
from archive.model import Conference
from archive.repository import Archive
from archive.settings import Settings
from archive.tables import intake
from bench.command import PROJECT, environment
from bench.support.serving import free_port, wait_until_healthy
from bench.support.tus import CHUNK_BYTES, Client
from index.audiences import index_of
from index.engines.whoosh_merging import MERGE_FACTOR
from index.indexer import Indexer
from ingest.intake import READING, WAITING

CONFERENCE = "killed"
PERSON = "bench"
LOOK_SECONDS = 0.1
LIFE_SECONDS = 900
"""No process of a trial works longer; one that does hangs."""

CORRECTED = (".pdf", ".pptx", ".docx", ".odp", ".odt", ".txt")


_EXIT_CODES = (0, 1, 2, -signal.SIGTERM)
"""Well, some files held or failed, refused as where the disk is full, or asked to end before it had begun."""


class Way(StrEnum):
    """A process that files go through."""

    INGEST = "ingest"
    WORK = "work"
    SERVE = "serve"
    PUBLISH = "publish"


AT_MOST = 2
"""So many drafts are published at once where publishing is to be interrupted."""


class Trial:
    """One archive and the files that have to be in it at the end."""

    def __init__(self, files: Sequence[Path], folder: Path, chance: random.Random) -> None:
        """Make an empty archive below `folder` and set out what is handed in and what is uploaded."""
        self.home = folder / "home"
        self.handed, self.uploads = folder / "handed", folder / "uploads"
        chosen = chance.sample(list(files), len(files))
        third = len(chosen) // 3
        _set_out(chosen[third:], self.handed)
        _set_out(chosen[:third], self.uploads)
        originals = sorted(path for path in self.handed.iterdir() if path.suffix.lower() in CORRECTED)
        for original in chance.sample(originals, min(len(originals), max(2, third // 3))):
            _correct(original, self.uploads / original.name)
        self.archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(self.home)}))
        self.archive.save_conference(Conference(CONFERENCE, {"de": "Abbruch"}))
        accounts = Accounts(self.archive.catalogue.engine)
        accounts.add(PERSON, Role.STAFF, "korrekt pferd batterie")
        self._secret = accounts.begin_session(PERSON, PERSON)
        self._batch = ""
        self._addresses: dict[str, str] = {}
        self._arrived: set[str] = set()

    @property
    def digests(self) -> dict[str, str]:
        """SHA-512 of every file that has to be kept -> where it lies."""
        files = (*self.handed.iterdir(), *self.uploads.iterdir())
        return {hashlib.sha512(path.read_bytes()).hexdigest(): str(path) for path in files}

    def run(self, way: Way, end: Gap | float | None, number: int = 1) -> bool:
        """Start a process and let it work; tell whether it was killed before it had done everything.

        Args:
            end: kill it in this gap, or so many seconds after it began to work; None: not at all.
            number: in the gap it stands for this time, counted from 1.
        """
        if way is Way.SERVE:
            return self._serve(end, number)
        arguments = {
            Way.INGEST: ("portal", "ingest", str(self.handed), "--conference", CONFERENCE, "--json"),
            Way.WORK: ("portal", "work"),
            Way.PUBLISH: ("bench.support.publishing", PERSON, *([] if end is None else [str(AT_MOST)])),
        }[way]
        process = self._start(arguments, end, number)
        deadline = time.monotonic() + (end if isinstance(end, float) else LIFE_SECONDS)
        while process.poll() is None and time.monotonic() < deadline:
            if way is Way.WORK and self.is_at_rest():
                process.send_signal(signal.SIGTERM)
                process.wait(60)
            time.sleep(LOOK_SECONDS)
        if not isinstance(end, float) and time.monotonic() >= deadline:
            raise TimeoutError(f"{way} worked longer than {LIFE_SECONDS} s")
        return self._ended(process)

    def is_at_rest(self) -> bool:
        """Tell whether nothing waits and everything deposited is in the index."""
        waiting = select(intake.c.id).where(intake.c.state.in_((WAITING, READING))).limit(1)
        with self.archive.catalogue.engine.connect() as connection:
            if connection.execute(waiting).first() is not None:
                return False
        engine = index_of(self.archive, Audience.PUBLIC).engine()
        return engine is not None and engine.sequence() == self.archive.last_change()

    def scatter_index(self) -> None:
        """Write one document into the index so often that its segments ask to be joined."""
        documents = [document.id for document in self.archive.documents()][:1]
        with closing(Indexer(self.archive)) as indexer:
            for _ in range(MERGE_FACTOR + 1):
                indexer.index_now(documents)

    def _serve(self, end: Gap | float | None, number: int) -> bool:
        """Serve while files are uploaded; killed with its worker."""
        port = free_port()
        process = self._start(("portal", "serve", "--port", str(port)), end, number)
        with suppress(OSError, HTTPException, RuntimeError):
            wait_until_healthy(process, port)
            deadline = time.monotonic() + end if isinstance(end, float) else None
            client = Client(port, self._secret)
            for path in sorted(self.uploads.iterdir()):
                if path.name not in self._arrived:
                    self._upload(client, path)
                if deadline is not None and time.monotonic() >= deadline:
                    break
            else:
                process.send_signal(signal.SIGTERM)
                process.wait(60)
        return self._ended(process)

    def _upload(self, client: Client, path: Path) -> None:
        """Send what is missing of one file."""
        size = path.stat().st_size
        self._batch = self._batch or client.begin_batch(CONFERENCE)
        if path.name not in self._addresses:
            self._addresses[path.name] = client.create(self._batch, path.name, size)
        address = self._addresses[path.name]
        while (offset := client.offset(address)) < size:
            client.send(address, path, offset, min(size, offset + CHUNK_BYTES))
        self._arrived.add(path.name)

    def _start(
        self, arguments: Sequence[str], end: Gap | float | None, number: int
    ) -> subprocess.Popen[bytes]:
        if isinstance(end, Gap):
            arguments = ("bench.support.failing", end.name, str(number), *arguments)
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env={**environment(self.home), "ARCHIVE_READERS": "2"},
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _ended(self, process: subprocess.Popen[bytes]) -> bool:
        """Kill what is left of a process and those it started; tell whether it had not ended by itself."""
        code = process.poll()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if code is not None and code not in (*_EXIT_CODES, -signal.SIGKILL):
            raise RuntimeError(f"{process.args!r} ended with {code}")
        return code is None or code == -signal.SIGKILL


def _set_out(files: Sequence[Path], folder: Path) -> None:
    folder.mkdir(parents=True)
    for number, path in enumerate(sorted(files)):
        shutil.copyfile(path, folder / f"{number:03} {path.name}")


def _correct(original: Path, target: Path) -> None:
    """Write a file that reads the same and has other bytes."""
    shutil.copyfile(original, target)
    if zipfile.is_zipfile(target):
        with zipfile.ZipFile(target, "a") as container:
            container.comment = b"corrected"
        return
    with target.open("ab") as stream:
        stream.write(b"\n% corrected\n" if original.suffix.lower() == ".pdf" else b"\n")
