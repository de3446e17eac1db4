"""Open a file that was found to be an ordinary one, and nothing else that has its name by now."""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from ingest.walk import LINK, ODD


def open_ordinary(path: Path) -> BinaryIO:
    """Open a file to read it, never waiting and following no link in its place. Raises OSError."""
    return io.BufferedReader(io.FileIO(path, "rb", opener=_open))


def _open(path: str, flags: int) -> int:
    try:
        descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as exc:
        if exc.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, LINK, path) from None
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, ODD, path)
    return descriptor
