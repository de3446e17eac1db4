"""Bytes that came in and have not found their document yet, each receipt in a file of its own.

Whoever receives holds a lock on the file until it has noted somewhere that the file is needed; so a sweep
can tell what a dead process left behind from what a living one is about to note.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.durable import make_folders, sync
from archive.errors import StorageError

CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that are safe. `name` is the receipt, `path` ours; its content never changes."""

    name: str
    path: Path
    sha512: str
    size_bytes: int


class ReceivedFiles:
    """The folder of received bytes."""

    def __init__(self, folder: Path, max_file_bytes: int) -> None:
        self._folder = folder
        self._max_file_bytes = max_file_bytes
        make_folders(folder)

    @contextmanager
    def receive(self, source: BinaryIO) -> Iterator[Received]:
        """Copy a stream to the disk while hashing it, and protect the copy from sweeps while the block runs.

        Raises:
            StorageError: too large, or the disk does not take it; nothing is left behind.
        """
        path, target = self._open_new()
        with target:
            try:
                sha512, size_bytes = self._copy(source, target)
                sync(self._folder)
            except OSError as exc:
                path.unlink(missing_ok=True)
                raise StorageError(f"The file could not be kept: {exc}.") from exc
            except BaseException:
                path.unlink(missing_ok=True)
                raise
            yield Received(path.name, path, sha512, size_bytes)

    def _open_new(self) -> tuple[Path, BinaryIO]:
        while True:
            path = self._folder / uuid.uuid4().hex
            stream = path.open("xb")
            with suppress(BlockingIOError):
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.exists():
                    return path, stream
            stream.close()  # A sweep came between opening and locking.

    def _copy(self, source: BinaryIO, target: BinaryIO) -> tuple[str, int]:
        digest, size_bytes = hashlib.sha512(), 0
        while chunk := source.read(CHUNK_BYTES):
            size_bytes += len(chunk)
            if size_bytes > self._max_file_bytes:
                limit = self._max_file_bytes
                raise StorageError(f"The file is larger than {limit} bytes; ARCHIVE_MAX_FILE_MB sets that.")
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
        return digest.hexdigest(), size_bytes

    def path(self, name: str) -> Path:
        """Where received bytes are, or were."""
        return self._folder / name

    def discard(self, name: str) -> None:
        """Let go of bytes that have found their document."""
        self.path(name).unlink(missing_ok=True)

    def sweep(self, is_needed: Callable[[str], bool]) -> None:
        """Drop what dead processes received and nobody has noted as needed."""
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not is_needed(path.name):
                    path.unlink()
