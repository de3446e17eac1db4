"""One writer at a time: a lock file held by the operating system, so that a dead process never holds it."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import LockedError

POLL_SECONDS = 0.02


@contextmanager
def exclusive(path: Path, timeout_seconds: float) -> Iterator[None]:
    """Hold the lock at `path` while the block runs; the file names its last holder.

    Raises:
        LockedError: another process kept it for `timeout_seconds`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(descriptor, path, timeout_seconds)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, timeout_seconds: float) -> None:
    deadline = time.monotonic() + timeout_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = os.pread(descriptor, 200, 0).decode("utf-8", "replace") or "another process"
                raise LockedError(path, holder) from None
            time.sleep(POLL_SECONDS)
