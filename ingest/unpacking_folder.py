"""Files taken out of zips, for as long as one process needs them, under names that are only numbers.

Each folder has a lock beside it, which the operating system lets go of when its process dies: what dead
processes left is removed by whoever unpacks next.
"""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import BinaryIO

from archive.durable import make_folders
from archive.received import hold

FOLDER = "unpacked"
_LOCK = ".lock"


class UnpackingFolder:
    """A folder of this process in `ARCHIVE_HOME/unpacked/`, empty at first."""

    def __init__(self, home: Path) -> None:
        """Make it. Raises OSError."""
        above = home / FOLDER
        make_folders(above)
        sweep(home)
        self.path, self._lock = _made(above)
        self._numbers = 0

    def next_path(self) -> Path:
        """Return where the next file goes; nothing is there."""
        self._numbers += 1
        return self.path / f"{self._numbers:06}"

    def close(self) -> None:
        """Remove it with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.with_suffix(_LOCK).unlink(missing_ok=True)
        self._lock.close()


def sweep(home: Path) -> None:
    """Remove what dead processes left."""
    above = home / FOLDER
    for path in sorted(above.glob(f"*{_LOCK}")):
        try:
            lock = path.open("rb")
        except FileNotFoundError:
            continue
        if hold(lock, path):
            shutil.rmtree(path.with_suffix(""), ignore_errors=True)
            path.unlink(missing_ok=True)
            lock.close()


def _made(above: Path) -> tuple[Path, BinaryIO]:
    while True:
        path = above / uuid.uuid4().hex
        lock = path.with_suffix(_LOCK).open("xb")
        if hold(lock, path.with_suffix(_LOCK)):
            path.mkdir()
            return path, lock
