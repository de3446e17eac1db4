"""What the watch folder could not take, read from the notes that it left beside it."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.watch_moves import FAILED

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOTE = ".txt"
_MOST_FILES = 2000
"""Files of one day that are looked at."""
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Note:
    """Why a file, or all of a folder, was not taken. `path`: where it lies now, from the watch folder."""

    path: str
    at: dt.datetime
    text: str


def latest_notes(watched: Path, limit: int) -> tuple[Note, ...]:
    """List the last notes, the newest first, at most `limit`; none where they cannot be read."""
    folder = watched / FAILED
    try:
        days = sorted((each for each in folder.iterdir() if _DAY.fullmatch(each.name)), reverse=True)
    except OSError:
        return ()
    notes: list[Note] = []
    for day in days:
        if len(notes) >= limit or day.is_symlink():
            break
        notes += sorted(_notes(day, watched), key=lambda note: note.at, reverse=True)
    return tuple(notes[:limit])


def _notes(day: Path, watched: Path) -> Iterator[Note]:
    for path in itertools.islice(day.rglob(f"*{_NOTE}"), _MOST_FILES):
        about = path.with_name(path.name.removesuffix(_NOTE))
        is_note = about.exists() or path.parent == day
        if not is_note or path.with_name(path.name + _NOTE).exists():
            continue  # a text that was not taken itself
        try:
            status = path.lstat()
            if not stat.S_ISREG(status.st_mode):
                continue
            with path.open(encoding="utf-8", errors="replace") as stream:
                text = stream.read(_LONGEST)
        except OSError:
            continue
        at = dt.datetime.fromtimestamp(status.st_mtime, dt.UTC)
        yield Note(about.relative_to(watched).as_posix(), at, " ".join(text.split()))
