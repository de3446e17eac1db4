"""Check a storage root apart from the insides of its objects: its declarations, its folders, links within it.

Source: OCFL 1.1 (ocfl.io/1.1/spec), section 4 OCFL Storage Root, E072, E073, E088, E090.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from archive.declarations import EXTENSIONS, ROOT_FILES
from archive.findings import Finding
from archive.folder_files import FolderFiles
from archive.object_checks import MOVE_IT, NOT_OURS
from archive.object_folders import looks_like_object
from archive.whole_copies import below_home

PUT_IN_PLACE = "If it is a disk or a share, mount it; else restore it from a backup."


def root_findings(root: Path) -> Iterator[Finding]:
    """Yield what is wrong with everything that is in no object."""
    yield from _declarations(root)
    todo = [root]
    while todo:
        yield from _folder(root, todo.pop(), todo)


def _declarations(root: Path) -> Iterator[Finding]:
    for path, expected in ROOT_FILES.items():
        place, problem = below_home(root, root / path), ""
        try:
            if (root / path).is_symlink():
                problem = "is a symbolic link, which OCFL forbids"
            elif (root / path).read_bytes() != expected:
                problem = "is damaged"
        except FileNotFoundError:
            problem = "is missing"
        except OSError as exc:
            problem = f"cannot be read: {exc.strerror or exc}"
        if problem:
            yield Finding(place, problem, f"It has to say: {_in_one_line(expected)}")


def _in_one_line(content: bytes) -> str:
    return repr(content.decode())


def _folder(root: Path, folder: Path, todo: list[Path]) -> Iterator[Finding]:
    """Yield what is wrong in one folder; note which of its folders are to be looked at."""
    place = below_home(root, folder)
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
            folders = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
            files = [entry.name for entry in entries if entry.name not in folders]
    except FileNotFoundError:
        if folder == root:
            yield Finding(place, "is missing", PUT_IN_PLACE)
        return
    except OSError as exc:
        yield Finding(place, f"cannot be read: {exc.strerror or exc}", PUT_IN_PLACE)
        return
    if folder == root:
        files = [name for name in files if name not in ROOT_FILES]
        if EXTENSIONS in folders:
            folders.remove(EXTENSIONS)
            yield from _extensions(root)
    elif looks_like_object(folders, files):
        return
    elif not entries:
        yield Finding(place, "is an empty folder, which OCFL forbids", "Remove it.")
    for name in files:
        yield Finding(f"{place}/{name}", f"{NOT_OURS}: it is in no object", MOVE_IT)
    todo += [folder / name for name in folders]


def _extensions(root: Path) -> Iterator[Finding]:
    files = FolderFiles(root / EXTENSIONS)
    expected = [
        path.removeprefix(f"{EXTENSIONS}/") for path in ROOT_FILES if path.startswith(f"{EXTENSIONS}/")
    ]
    for path in files.beside(expected):
        yield Finding(below_home(root, files.folder / path), files.odd.get(path, NOT_OURS), MOVE_IT)


def link_findings(root: Path) -> Iterator[Finding]:
    """Yield the files of the storage root that are one on the disk with another one of it."""
    seen: dict[tuple[int, int], str] = {}
    for parent, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            try:
                found = Path(parent, name).lstat()
            except OSError:
                continue  # root_findings and the checks of objects say so
            if found.st_nlink > 1:
                place = below_home(root, Path(parent, name))
                other = seen.setdefault((found.st_dev, found.st_ino), place)
                if other != place:
                    yield Finding(
                        place,
                        f"is a hard link to {other}, which OCFL forbids: what damages one damages both",
                        "Put a copy in its place.",
                    )
