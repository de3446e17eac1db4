"""A small file that others replace, looked at with every use and read only where it is another one.

What it says is kept with what tells it from the next one; nothing is decided here on what to do without it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")


class Watched(Generic[T]):
    """What a file says, which is replaced as a whole. Threads may share it."""

    def __init__(self, path: Path, understand: Callable[[bytes], T]) -> None:
        """Read nothing yet."""
        self._path = path
        self._understand = understand
        self._known: tuple[tuple[int, ...], T] | None = None

    def read(self) -> T:
        """Return what the file says now.

        Raises:
            OSError: there is none, or it cannot be read; also whatever `understand` raises.
        """
        found = self._path.stat()
        seen = found.st_ino, found.st_mtime_ns, found.st_size
        known = self._known
        if known is None or known[0] != seen:
            self._known = known = seen, self._understand(self._path.read_bytes())
        return known[1]
