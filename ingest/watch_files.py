"""Which files of a watched folder stand still: whole, and nobody is writing them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ingest.mediatypes import is_system_file
from ingest.scenery import is_scenery

_UNFINISHED = (
    ".part",
    ".partial",
    ".filepart",
    ".crdownload",
    ".download",
    ".opdownload",
    ".tmp",
    ".temp",
    ".lock",
    ".lck",
)
"""How programs call what they have not finished, and what says that somebody is at work."""

Signature: TypeAlias = tuple[int, int, int, int]
"""How a file stands: device, inode, size, time of the last change."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it stood when it was looked at."""

    path: Path
    signature: Signature
    size_bytes: int


class Stillness:
    """Remembers how files stood at the last look, and since when."""

    def __init__(self, quiet_seconds: float, clock: Callable[[], float]) -> None:
        self._quiet_seconds = quiet_seconds
        self._clock = clock
        self._since: dict[Path, tuple[Signature, float]] = {}

    def still(self, files: Iterable[Seen]) -> dict[Path, Seen]:
        """Return those of the files that stood like this long enough, at two looks at least."""
        now, before = self._clock(), self._since
        self._since = {}
        found: dict[Path, Seen] = {}
        for seen in files:
            signature, since = before.get(seen.path, (None, now))
            if signature != seen.signature:
                self._since[seen.path] = (seen.signature, now)
                continue
            self._since[seen.path] = (seen.signature, since)
            if now - since >= self._quiet_seconds:
                found[seen.path] = seen
        return found


def files_below(folder: Path, leave_out: Collection[str] = ()) -> Iterator[Seen]:
    """Yield the ordinary files below a folder that no program is at work on. Links are not followed.

    Args:
        leave_out: names in the folder itself that are passed over.

    Raises:
        OSError: the folder itself cannot be listed; what cannot be looked at below it is left out.
    """
    waiting = [(folder, True)]
    while waiting:
        where, is_top = waiting.pop()
        try:
            entries = sorted(where.iterdir())
        except OSError:
            if is_top:
                raise
            continue
        names = frozenset(entry.name.casefold() for entry in entries)
        for entry in entries:
            if is_top and entry.name in leave_out:
                continue
            try:
                status = entry.lstat()
            except OSError:
                continue
            if stat.S_ISDIR(status.st_mode):
                if not is_system_file(entry.name) and not entry.name.startswith("."):
                    waiting.append((entry, False))
            elif stat.S_ISREG(status.st_mode) and (
                not _is_unfinished(entry.name.casefold(), names)
                or is_scenery(entry.relative_to(folder).as_posix())  # x.js.download is whole
            ):
                yield Seen(entry, signature_of(status), status.st_size)


def signature_of(status: os.stat_result) -> Signature:
    """Return how a file stands."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _is_unfinished(name: str, names: frozenset[str]) -> bool:
    """Tell whether a file, or one beside it, says that it is not whole yet or open in a program."""
    if name.startswith((".", "~$")) or name.endswith(_UNFINISHED) or is_system_file(name):
        return True
    if any(name + ending in names for ending in _UNFINISHED):
        return True
    stem = name.rpartition(".")[0] or name
    if any(other.startswith(stem + ".") and other.endswith(".part") for other in names):
        return True
    return bool(names & {"~$" + name, "~$" + name[2:], f".~lock.{name}#"})
