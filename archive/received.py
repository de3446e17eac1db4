"""Bytes that came in and have not found their document yet, by SHA-512, flushed to the disk."""

from __future__ import annotations

import fcntl
import hashlib
import os
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.durable import make_folders, sync
from archive.errors import StorageError

CHUNK_BYTES = 1024 * 1024

INCOMING = "incoming-"
"""How files begin that are still being received."""


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that are safe. `path` is ours and never changes its content."""

    path: Path
    sha512: str
    size_bytes: int


class ReceivedFiles:
    """The folder of received bytes; the same bytes are there once."""

    def __init__(self, folder: Path, max_file_bytes: int) -> None:
        self._folder = folder
        self._max_file_bytes = max_file_bytes
        make_folders(folder)

    def receive(self, source: BinaryIO) -> Received:
        """Copy a stream to the disk while hashing it. When this returns, the bytes are safe.

        Raises:
            StorageError: too large, or the disk does not take it; nothing is left behind.
        """
        temporary, target = self._open_incoming()
        digest, size_bytes = hashlib.sha512(), 0
        try:
            with target:
                while chunk := source.read(CHUNK_BYTES):
                    size_bytes += len(chunk)
                    if size_bytes > self._max_file_bytes:
                        raise StorageError(
                            f"The file is larger than {self._max_file_bytes} bytes; "
                            "ARCHIVE_MAX_FILE_MB sets that limit."
                        )
                    digest.update(chunk)
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
                path = self._folder / digest.hexdigest()
                temporary.replace(path)
            sync(self._folder)
        except OSError as exc:
            raise StorageError(f"The file could not be kept: {exc}.") from exc
        finally:
            temporary.unlink(missing_ok=True)
        return Received(path, digest.hexdigest(), size_bytes)

    def _open_incoming(self) -> tuple[Path, BinaryIO]:
        """Open a new file that is locked as long as it is being written, so that `sweep` leaves it alone."""
        while True:
            path = self._folder / f"{INCOMING}{uuid.uuid4().hex}"
            stream = path.open("xb")
            with suppress(BlockingIOError):
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.exists():
                    return path, stream
            stream.close()  # A sweep came between opening and locking.

    def sweep(self) -> None:
        """Drop what dead processes received by halves."""
        for path in self._folder.glob(f"{INCOMING}*"):
            with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()

    def path(self, sha512: str) -> Path:
        """Where received bytes are, or would be."""
        return self._folder / sha512

    def discard(self, sha512: str) -> None:
        """Let go of bytes that have found their document."""
        self.path(sha512).unlink(missing_ok=True)
