"""Look through a folder, in the order of the names, and say of each file whether it can be taken.

Links, devices and sockets are not followed. What lies in hidden folders and in those of the operating system
is not taken, nor what only makes a saved web page look as it did. Nothing is opened, and no name says yet
what a file belongs to: that is crawl.py.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from ingest.candidate import Candidate
from ingest.mediatypes import is_system_file
from ingest.scenery import SCENERY, is_scenery, page_has_folder

_LINK = "It is a link; links are not followed."
_ODD = "It is no ordinary file."
_SYSTEM = "It is a file of the operating system or of an office program at work."
_HIDDEN = "It lies in a hidden folder or in one of the operating system."
_ARCHIVE = "It is the archive itself."


def walk(root: Path, home: Path | None = None) -> Iterator[Candidate]:
    """Yield every file of a folder, then those of its folders; or the one file that `root` is.

    Folders that cannot be read, links to folders and `home` are yielded in place of what is in them. Nobody
    is asked what the files are: their descriptions are empty.
    """
    if not root.is_dir():
        yield _candidate(root, root.name, root.lstat().st_mode)
        return
    waiting = [(root, "", False, False)]
    while waiting:
        folder, prefix, hidden, saved = waiting.pop()
        try:
            names = sorted(source.name for source in folder.iterdir())
        except OSError as exc:
            yield _unreadable(folder, prefix.rstrip("/") or folder.name, hidden, exc)
            continue
        below: list[tuple[Path, str, bool, bool]] = []
        for name in names:
            source, path = folder / name, prefix + name
            try:
                mode = source.lstat().st_mode
            except OSError as exc:
                yield _unreadable(source, path, hidden, exc)
                continue
            if source == home:
                yield Candidate(source, path, skip=_ARCHIVE)
            elif stat.S_ISDIR(mode):
                of_page = saved or page_has_folder(name, names)
                below.append((source, path + "/", hidden or is_system_file(name), of_page))
            elif hidden:
                yield Candidate(source, path, skip=_HIDDEN)
            else:
                candidate = _candidate(source, path, mode)
                is_left_out = saved and not candidate.skip and is_scenery(path)
                yield Candidate(source, path, skip=SCENERY) if is_left_out else candidate
        waiting.extend(reversed(below))


def _candidate(source: Path, path: str, mode: int) -> Candidate:
    if stat.S_ISLNK(mode):
        return Candidate(source, path, skip=_LINK)
    if not stat.S_ISREG(mode):
        return Candidate(source, path, skip=_ODD)
    return Candidate(source, path, skip=_SYSTEM if is_system_file(source.name) else "")


def _unreadable(source: Path, path: str, hidden: bool, exc: OSError) -> Candidate:
    if hidden:
        return Candidate(source, path, skip=_HIDDEN)
    return Candidate(source, path, problem=f"It cannot be read: {exc.strerror}.")
