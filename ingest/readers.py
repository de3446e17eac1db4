"""A pool of reader processes: files are read there, since a hostile or broken file may end its reader.

Readers are long-lived, since starting one takes as long as reading several files, and are replaced after a
while. The pool watches each for time, memory and size of its answer. What goes wrong costs the file it went
wrong with, and no other.
"""

from __future__ import annotations

import base64
import binascii
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from queue import LifoQueue
from types import TracebackType
from typing import IO, Self, TypeVar

import psutil

from archive.records import Json
from archive.settings import Settings
from ingest import frames, wire
from ingest.errors import IngestError
from ingest.extraction import ExtractionError, ReaderError
from ingest.reading import Reading, error_from_json

__all__ = ["ReaderPool", "Reading", "StartError"]

Key = TypeVar("Key")

FILES_PER_READER = 200
"""A reader is replaced after so many files, so that what leaks does not add up."""

LOOK_AHEAD = 2
"""So many jobs for each reader are taken from the caller before their turn."""

_WATCH_SECONDS = 0.05
_STOP_SHARE = 0.9
"""A reader is stopped before it has all the memory it may take, since it grows between two looks."""

_START_SECONDS = 60.0
_END_SECONDS = 2.0
_ADDRESS_SPACE_SPARE_BYTES = 1024 * 1024 * 1024
"""What a process reserves without using it: libraries, arenas."""

_ADVICE = "Split the file, or save it as PDF and hand that in as well."

_ROOT = Path(__file__).resolve().parent.parent


class StartError(IngestError):
    """A reader process does not start: the installation is not whole. Its own words are in the message."""


class ReaderPool:
    """Reads files and draws pages, `size` at a time. Threads may share it."""

    def __init__(
        self,
        size: int,
        timeout_seconds: float,
        memory_bytes: int,
        languages: Sequence[str],
        pdf_reader: str = "pdfium",
        *,
        program: Sequence[str] = ("-m", "ingest.reader_main"),
    ) -> None:
        """Start nothing yet. `program` is what the Python of a reader runs."""
        self._size = size
        self._timeout_seconds = timeout_seconds
        self._memory_bytes = memory_bytes
        self._languages = tuple(languages)
        self._pdf_reader = pdf_reader
        self._program = tuple(program)
        self._readers: LifoQueue[_Reader | None] = LifoQueue()
        for _ in range(size):
            self._readers.put(None)
        # A reader dies with the thread that started it (PR_SET_PDEATHSIG), so one thread starts them all.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="reader-starter")
        self._closed = False

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Make the pool that the settings ask for."""
        return cls(
            settings.readers,
            settings.read_timeout_seconds,
            settings.read_memory_bytes,
            settings.languages,
            settings.pdf_reader,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all readers; jobs still under way in other threads fail."""
        self._closed = True
        while not self._readers.empty():
            reader = self._readers.get()
            if reader is not None:
                reader.kill()
        self._starter.shutdown()

    def start(self, count: int) -> None:
        """Start up to `count` readers before there is anything to read; they get ready by themselves.

        They end with the thread that calls this. One that cannot be started is tried again when it is needed,
        and told then.
        """
        for reader in [self._readers.get() for _ in range(min(count, self._size))]:
            started = reader
            if reader is None:
                with suppress(OSError):
                    started = _Reader(self._program, self._memory_bytes)
            self._readers.put(started)

    def read(self, path: Path, media_type: str) -> Reading:
        """Read one file and wait for it.

        Raises:
            ExtractionError: nothing could be read.
        """
        answer = self._ask(
            {
                "task": "read",
                "path": str(path.absolute()),
                "media_type": media_type,
                "languages": list(self._languages),
                "pdf_reader": self._pdf_reader,
                "timeout_seconds": self._timeout_seconds,
            }
        )
        try:
            return Reading.from_json(answer)
        except ValueError as exc:
            raise ReaderError(f"The reader gave no sensible answer: {exc}.") from exc

    def draw(self, path: Path, page_number: int, width: int) -> bytes:
        """Draw a page of a PDF, counted from 1, `width` pixels wide, as WebP.

        Raises:
            ExtractionError: it cannot be drawn.
        """
        answer = self._ask(
            {
                "task": "draw",
                "path": str(path.absolute()),
                "page": page_number,
                "width": width,
                "timeout_seconds": self._timeout_seconds,
            }
        )
        try:
            return base64.b64decode(wire.text(answer, "picture"), validate=True)
        except (ValueError, binascii.Error) as exc:
            raise ReaderError(f"The reader gave no picture: {exc}.") from exc

    def read_all(
        self, jobs: Iterable[tuple[Key, Path, str]]
    ) -> Iterator[tuple[Key, Reading | ExtractionError]]:
        """Read many files with all readers; yield each with its key as soon as it is read."""
        with ThreadPoolExecutor(self._size, thread_name_prefix="reader") as threads:
            pending: dict[Future[Reading | ExtractionError], Key] = {}
            try:
                for key, path, media_type in jobs:
                    pending[threads.submit(self._outcome, path, media_type)] = key
                    while len(pending) >= self._size * (1 + LOOK_AHEAD):
                        yield from _completed(pending)
                while pending:
                    yield from _completed(pending)
            finally:
                for future in pending:
                    future.cancel()

    def _outcome(self, path: Path, media_type: str) -> Reading | ExtractionError:
        try:
            return self.read(path, media_type)
        except ExtractionError as exc:
            return exc

    def _ask(self, job: Json) -> Json:
        """Give a job to a reader that is free, starting one if need be, and wait for the answer."""
        reader = self._readers.get()
        try:
            if reader is not None and not reader.is_alive():
                reader.kill()
                reader = None
            if reader is None:
                reader = self._starter.submit(_Reader, self._program, self._memory_bytes).result()
            answer = reader.ask(job, self._timeout_seconds)
        except BaseException:
            if reader is not None:
                reader.kill()
                reader = None
            raise
        finally:
            if reader is not None and (reader.files >= FILES_PER_READER or self._closed):
                reader.kill()
                reader = None
            self._readers.put(reader)
        if "error" not in answer:
            return answer
        try:
            error = error_from_json(answer)
        except ValueError as exc:
            raise ReaderError(f"The reader gave no sensible answer: {exc}.") from exc
        raise error


def _completed(
    pending: dict[Future[Reading | ExtractionError], Key],
) -> Iterator[tuple[Key, Reading | ExtractionError]]:
    done, _ = wait(pending, return_when=FIRST_COMPLETED)
    for future in done:
        yield pending.pop(future), future.result()


class _Reader:
    """One reader process, which may still be getting ready."""

    def __init__(self, program: Sequence[str], memory_bytes: int) -> None:
        self.files = 0
        self._memory_bytes = memory_bytes
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed in kill)
        self._folder = tempfile.TemporaryDirectory(prefix="reader-")  # it may die over a file it wrote there
        self._process = subprocess.Popen(
            [sys.executable, "-E", "-s", "-X", "utf8", *program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            cwd=_ROOT,
            env={},
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._jobs, self._answers = self._process.stdin, self._process.stdout
        self._watched = psutil.Process(self._process.pid)
        started: Json = {
            "parent": os.getpid(),
            "address_space_bytes": memory_bytes + _ADDRESS_SPACE_SPARE_BYTES,
            "folder": self._folder.name,
        }
        with suppress(ReaderError):  # Why it does not start, it says where its answer is expected.
            self._send(started)

    def is_alive(self) -> bool:
        """Say whether the process can still be given a job."""
        return self._process.poll() is None

    def ask(self, job: Json, timeout_seconds: float) -> Json:
        """Give one job and return its answer.

        Raises:
            ReaderError: there is none; the reader must be killed.
            StartError: it did not get ready, and must be killed.
        """
        if not self.files:
            self._await_start()
        self.files += 1
        self._send(job)
        return self._receive(timeout_seconds)

    def _await_start(self) -> None:
        try:
            self._receive(_START_SECONDS)
        except ReaderError as exc:
            self._complaints.seek(0)
            said = self._complaints.read()[-2000:].decode("utf-8", "replace").strip()
            raise StartError(f"A reader process does not start: {said or exc}") from exc

    def kill(self) -> None:
        """End the process now; one that has no job has nothing to lose."""
        self._process.kill()
        self._process.wait()
        for stream in (self._jobs, self._answers, self._complaints):
            with suppress(OSError):
                stream.close()
        self._folder.cleanup()

    def _send(self, message: Json) -> None:
        try:
            self._jobs.write(frames.pack(message))
            self._jobs.flush()
        except OSError as exc:
            raise ReaderError(self._epitaph()) from exc

    def _receive(self, timeout_seconds: float) -> Json:
        """Wait for one message, watching time, memory and size meanwhile."""
        deadline = time.monotonic() + timeout_seconds
        received = bytearray()
        expected = frames.HEADER.size
        while len(received) < expected:
            if select.select([self._answers], [], [], _WATCH_SECONDS)[0]:
                chunk = os.read(self._answers.fileno(), min(1 << 20, expected - len(received)))
                if not chunk:
                    raise ReaderError(self._epitaph())
                received += chunk
                if expected == len(received) == frames.HEADER.size:
                    expected += frames.HEADER.unpack(received)[0]
                    if expected > frames.MAX_BYTES:
                        raise ReaderError(
                            "The file has more text than is read. Split it and hand it in again."
                        )
            if time.monotonic() > deadline:
                raise ReaderError(f"Reading took longer than {timeout_seconds:g} seconds. {_ADVICE}")
            if self._resident_bytes() > self._memory_bytes * _STOP_SHARE:
                raise ReaderError(
                    f"Reading took more than {self._memory_bytes // 1024 // 1024} MB. {_ADVICE}"
                )
        try:
            return frames.unpack(bytes(received[frames.HEADER.size :]))
        except ValueError as exc:
            raise ReaderError(f"The reader gave no sensible answer: {exc}.") from exc

    def _resident_bytes(self) -> int:
        try:
            return self._watched.memory_info().rss
        except psutil.Error:
            return 0

    def _epitaph(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        code = self._process.returncode
        manner = signal.Signals(-code).name if code is not None and code < 0 else f"exit {code}"
        return f"Its reader did not survive this file ({manner}). {_ADVICE}"
