"""The bytes of a file on their way in, as far as they have arrived: one file of ours each.

How much has arrived is the size of that file and stands nowhere else: no crash can make the two differ.
Whoever writes to it holds a lock on it, which the operating system lets go of when that process dies.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from archive.durable import make_folders, sync
from archive.errors import StorageError
from archive.received import hold
from ingest.errors import IngestError

RESERVE_BYTES = 256 * 1024 * 1024
"""So much of the disk stays free, for the catalogue, the index and everything else."""

_FULL = (errno.ENOSPC, errno.EDQUOT)


class BusyError(IngestError):
    """Another request writes to this upload at the moment."""


class TooLargeError(IngestError):
    """A file is larger than was said, or than the archive takes."""


class DiskFullError(IngestError):
    """The disk has no room for the file."""


class PartialFile:
    """What has arrived of one file, in the hands of one request. `offset`: that many bytes."""

    def __init__(self, path: Path, size_bytes: int) -> None:
        """Open and lock the file; it is made where nothing has arrived yet.

        Args:
            size_bytes: how large it is going to be, and no larger.

        Raises:
            BusyError: another request holds it.
            StorageError: the disk does not give it.
        """
        self.path = path
        self._size_bytes = size_bytes
        try:
            make_folders(path.parent)
            self.lock: BinaryIO = path.open("a+b", buffering=0)
        except OSError as exc:
            raise StorageError(f"The upload cannot be opened: {exc}.") from exc
        if not hold(self.lock, path):
            raise BusyError("Another request writes to this upload. Try again in a moment.")
        self.offset = self.lock.seek(0, os.SEEK_END)

    def append(self, piece: bytes) -> None:
        """Write what arrived next. Raises TooLargeError, DiskFullError, StorageError; what fitted is kept."""
        if self.offset + len(piece) > self._size_bytes:
            raise TooLargeError(f"The file was said to have {self._size_bytes} bytes; more came.")
        left = memoryview(piece)
        try:
            while left:
                left = left[self.lock.write(left) :]
        except OSError as exc:
            if exc.errno in _FULL:
                raise DiskFullError("The disk of the archive is full. What has arrived is kept.") from exc
            raise StorageError(f"The upload could not be written: {exc}.") from exc
        finally:
            self.offset = os.fstat(self.lock.fileno()).st_size

    def sha512(self) -> str:
        """Flush everything to the disk and return the digest of what lies there."""
        try:
            os.fsync(self.lock.fileno())
            with self.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha512").hexdigest()
        except OSError as exc:
            raise StorageError(f"The upload could not be kept: {exc}.") from exc

    def close(self) -> None:
        """Flush to the disk, and let others write. May be called again."""
        if self.lock.closed:
            return
        try:
            os.fsync(self.lock.fileno())
            sync(self.path.parent)
        except OSError as exc:
            raise StorageError(f"The upload could not be kept: {exc}.") from exc
        finally:
            self.lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def arrived_bytes(path: Path) -> int:
    """Return how much has arrived; 0 where nothing has."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def check_room(folder: Path, size_bytes: int, arrived: int) -> None:
    """Refuse a file early that the disk has no room for, once as it arrives and once as it is deposited.

    Raises:
        DiskFullError: with what there is and what it takes.
    """
    free = shutil.disk_usage(folder).free
    needed = 2 * size_bytes - arrived + RESERVE_BYTES
    if free < needed:
        raise DiskFullError(
            f"The disk of the archive is nearly full: {_megabytes(free)} are free, and this file takes "
            f"{_megabytes(needed)} until it is deposited. Make room there, then try again."
        )


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1_000_000:,.0f} MB"
