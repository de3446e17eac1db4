"""Look through a folder, in the order of the names, and say of each file whether it can be taken.

Links, devices and sockets are not followed. What lies in hidden folders and in those of the operating system
is not taken, nor what only makes a saved web page look as it did. Nothing is opened, and no name says yet
what a file belongs to: that is crawl.py.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.candidate import Candidate
from ingest.mediatypes import is_system_file
from ingest.scenery import SCENERY, is_page_name, is_scenery, page_has_folder

LINK = "It is a link; links are not followed."
ODD = "It is no ordinary file."
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
        return Candidate(source, path, skip=LINK)
    if not stat.S_ISREG(mode):
        return Candidate(source, path, skip=ODD)
    return Candidate(source, path, skip=_SYSTEM if is_system_file(source.name) else "")


def _unreadable(source: Path, path: str, hidden: bool, exc: OSError) -> Candidate:
    if hidden:
        return Candidate(source, path, skip=_HIDDEN)
    return Candidate(source, path, problem=f"It cannot be read: {exc.strerror}.")


def left_out(paths: Sequence[str]) -> dict[str, str]:
    """Say which of the files with these paths are not taken, by their names alone, and why."""
    pages: dict[str, set[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if is_page_name(name):
            pages.setdefault(folder, set()).add(name)
    return {path: why for path in paths if (why := _left_out(path, pages))}


def _left_out(path: str, pages: dict[str, set[str]]) -> str:
    *folders, name = path.split("/")
    if any(map(is_system_file, folders)):
        return _HIDDEN
    if is_system_file(name):
        return _SYSTEM
    of_page = any(
        page_has_folder(folder, pages.get("/".join(folders[:depth]), ()))
        for depth, folder in enumerate(folders if pages else ())
    )
    return SCENERY if of_page and is_scenery(path) else ""
