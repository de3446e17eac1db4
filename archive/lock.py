"""One writer at a time: a lock file held by the operating system, so that a dead process never holds it.

Who waits stands in line at a second file beside it, `NAME.turn`. Whoever lets go of the lock and wants it
again at once has to stand in line as well, so that somebody with one document gets his turn between two
documents of a bulk load.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.errors import LockedError

POLL_SECONDS = 0.02

_NAME_BYTES = 40
"""Written over whatever name stands there: cutting the file first takes the disk a millisecond."""

NEXT_POLL_SECONDS = 0.002
"""How often the one looks who is next."""


@contextmanager
def exclusive(path: Path, timeout_seconds: float) -> Iterator[None]:
    """Hold the lock at `path` while the block runs; the file names its last holder.

    Raises:
        LockedError: another process kept it for `timeout_seconds`, or with 0 seconds: somebody is before us.
    """
    deadline = time.monotonic() + timeout_seconds
    try:
        lock = _open(path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = _open(path)
    try:
        turn = _open(path.with_name(f"{path.name}.turn"))
        try:
            _acquire(turn, lock, path, deadline, POLL_SECONDS)
            _acquire(lock, lock, path, deadline, NEXT_POLL_SECONDS)
        finally:
            os.close(turn)
        os.pwrite(lock, f"process {os.getpid()}".ljust(_NAME_BYTES).encode(), 0)
        yield
    finally:
        os.close(lock)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _acquire(descriptor: int, lock: int, path: Path, deadline: float, poll_seconds: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise LockedError(path, _holder(lock)) from None
            time.sleep(poll_seconds)


def _holder(lock: int) -> str:
    """Name the process that holds a lock. What is not ours, such as a backup, writes no name into it."""
    name = os.pread(lock, 200, 0).decode("utf-8", "replace").rstrip()
    with suppress(ValueError, ProcessLookupError, PermissionError):
        os.kill(int(name.removeprefix("process ")), 0)
        return name
    return "another program"
