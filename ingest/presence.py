"""Which processes bring files in, and what each has in hand: for the status page.

Each keeps a file in `workers/` and holds a lock on it, which the operating system lets go of when it dies.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

FOLDER = "workers"
MOST_NAMED = 10
"""So many files in hand are named."""


@dataclass(frozen=True, slots=True)
class Living:
    """A process that is alive. `kind`: the command it runs; `in_hand`: paths of files, since `changed_at`."""

    process: int
    kind: str
    started_at: dt.datetime
    in_hand: tuple[str, ...]
    changed_at: dt.datetime


class Presence:
    """The file of this process."""

    def __init__(self, descriptor: int, kind: str) -> None:
        self._descriptor = descriptor
        self._kind = kind
        self._started_at = dt.datetime.now(dt.UTC).isoformat()
        self.say(())

    def say(self, in_hand: Sequence[str]) -> None:
        """Say which files this process has in hand."""
        record = {
            "kind": self._kind,
            "started_at": self._started_at,
            "in_hand": list(in_hand[:MOST_NAMED]),
            "changed_at": dt.datetime.now(dt.UTC).isoformat(),
        }
        content = json.dumps(record).encode()
        with suppress(OSError):  # Nobody's file is lost where the disk has no room to say so.
            os.pwrite(self._descriptor, content, 0)
            os.ftruncate(self._descriptor, len(content))


@contextmanager
def present(home: Path, kind: str) -> Iterator[Presence]:
    """Be seen while the block runs."""
    path = home / FOLDER / str(os.getpid())
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield Presence(descriptor, kind)
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def living(home: Path) -> tuple[Living, ...]:
    """List the processes that are alive, the oldest first; the files of dead ones are removed."""
    found = [_read(path) for path in (home / FOLDER).glob("[0-9]*")]
    return tuple(sorted((each for each in found if each), key=lambda each: (each.started_at, each.process)))


def _read(path: Path) -> Living | None:
    try:
        with path.open("rb") as stream:
            with suppress(BlockingIOError):
                fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
                path.unlink(missing_ok=True)
                return None
            record = json.load(stream)
        return Living(
            int(path.name),
            str(record["kind"]),
            dt.datetime.fromisoformat(record["started_at"]),
            tuple(str(each) for each in record["in_hand"]),
            dt.datetime.fromisoformat(record["changed_at"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None  # Just gone, or in the middle of being written.
