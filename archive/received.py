"""Bytes that came in and have not found their document yet, each receipt in a file of its own.

Whoever works on a receipt holds a lock on its file, which the operating system lets go of when that process
dies. So a receipt without a lock is free: to be taken over if someone noted that it is needed, to be swept
away if not.
"""

from __future__ import annotations

import fcntl
import hashlib
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.durable import make_folders, sync, sync_all
from archive.errors import StorageError

CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    """A receipt in the hands of this process. `path` is ours; its content never changes."""

    name: str
    path: Path
    _lock: BinaryIO

    def release(self) -> None:
        """Let others take the receipt over. May be called again."""
        self._lock.close()

    def discard(self) -> None:
        """Let go of the bytes; they have found their document."""
        self.path.unlink(missing_ok=True)
        self.release()


class ReceivedFiles:
    """The folder of receipts."""

    def __init__(self, folder: Path, max_file_bytes: int) -> None:
        self._folder = folder
        self._max_file_bytes = max_file_bytes

    def receive(self, source: BinaryIO) -> tuple[Received, str, int]:
        """Copy a stream to the disk while hashing it.

        Returns:
            The receipt, the SHA-512 of the bytes and how many there are.

        Raises:
            StorageError: too large, or the disk does not take it; nothing is left behind.
        """
        received = self._open_new()
        try:
            sha512, size_bytes = self._copy(source, received._lock)
            sync_all((received.path, self._folder))
        except OSError as exc:
            received.discard()
            raise StorageError(f"The file could not be kept: {exc}.") from exc
        except BaseException:
            received.discard()
            raise
        return received, sha512, size_bytes

    def adopt(self, path: Path, lock: BinaryIO) -> Received:
        """Take over a whole file of the same file system under its own name, without copying it.

        Until the caller removes `path`, the bytes have two names: whatever happens to the receipt, they are
        still there.

        Args:
            lock: the file, open and locked by the caller; the receipt holds it from now on.

        Raises:
            StorageError: the file system does not take it.
        """
        try:
            make_folders(self._folder)
            target = self._folder / path.name
            target.unlink(missing_ok=True)  # left by a process that died before it noted the receipt
            target.hardlink_to(path)
            sync(self._folder)
        except OSError as exc:
            raise StorageError(f"The file could not be kept: {exc}.") from exc
        return Received(target.name, target, lock)

    def _open_new(self) -> Received:
        make_folders(self._folder)
        while True:
            path = self._folder / uuid.uuid4().hex
            stream = path.open("xb")
            if hold(stream, path):
                return Received(path.name, path, stream)

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
        return digest.hexdigest(), size_bytes

    def claim(self, name: str) -> Received | None:
        """Take a receipt over; None where a living process holds it or it is gone."""
        path = self._folder / name
        try:
            stream = path.open("rb")
        except FileNotFoundError:
            return None
        return Received(name, path, stream) if hold(stream, path) else None

    def sweep(self, is_needed: Callable[[str], bool]) -> None:
        """Drop the receipts of dead processes that nobody noted as needed."""
        for name in sorted(path.name for path in self._folder.glob("*") if path.is_file()):
            received = self.claim(name)
            if received is not None and is_needed(name):
                received.release()
            elif received is not None:
                received.discard()


def hold(stream: BinaryIO, path: Path) -> bool:
    """Lock an open file; false, and closed, where another was quicker to lock or to drop it."""
    with suppress(BlockingIOError):
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.exists():
            return True
    stream.close()
    return False
