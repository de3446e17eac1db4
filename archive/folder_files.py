"""What lies in a folder of the storage root; links and devices are told, not followed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath


class FolderFiles:
    """Everything below one folder, by its path relative to that, with slashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, os.stat_result] = {}
        self.folders: set[str] = set()
        self.odd: dict[str, str] = {}
        """What is neither a file nor a folder that can be read, and why."""
        self._look()

    def _look(self) -> None:
        todo = [""]
        while todo:
            above = todo.pop()
            try:
                with os.scandir(self.folder / above) as entries:
                    for entry in entries:
                        self._sort_in(f"{above}/{entry.name}" if above else entry.name, entry, todo)
            except OSError as exc:
                self.odd[above] = _unreadable(exc)

    def _sort_in(self, path: str, entry: os.DirEntry[str], todo: list[str]) -> None:
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError as exc:
            self.odd[path] = _unreadable(exc)
            return
        if stat.S_ISDIR(found.st_mode):
            self.folders.add(path)
            todo.append(path)
        elif stat.S_ISREG(found.st_mode):
            self.files[path] = found
        elif stat.S_ISLNK(found.st_mode):
            self.odd[path] = "is a symbolic link, which OCFL forbids"
        else:
            self.odd[path] = "is no file but a device, a socket or a pipe"

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file; None where it cannot be read, and `problem` says why."""
        if path not in self.files:
            return None
        try:
            return (self.folder / path).read_bytes()
        except OSError as exc:
            self.odd[path] = _unreadable(exc)
            return None

    def sha512(self, path: str) -> str | None:
        """Return the SHA-512 of a file; None where it cannot be read, and `problem` says why."""
        if path not in self.files:
            return None
        try:
            return sha512_of_file(self.folder / path)
        except OSError as exc:
            self.odd[path] = _unreadable(exc)
            return None

    def problem(self, path: str) -> str:
        """Say why a path that should be a file could not be read."""
        if path in self.odd:
            return self.odd[path]
        if path in self.folders:
            return "is a folder and no file"
        above = (str(parent) for parent in PurePosixPath(path).parents)
        return next(
            (f"cannot be read, as {name} {self.odd[name]}" for name in above if name in self.odd),
            "is missing",
        )

    def beside(self, expected: Iterable[str]) -> Iterator[str]:
        """Yield what lies beside the paths expected; of a folder in which nothing is, the folder alone."""
        known = set(expected)
        known |= {str(parent) for path in known for parent in PurePosixPath(path).parents}
        for path in sorted({*self.files, *self.folders, *self.odd} - known):
            if str(PurePosixPath(path).parent) in known:
                yield path


def sha512_of_file(path: Path) -> str:
    """Return the SHA-512 of a file. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha512").hexdigest()


def _unreadable(exc: OSError) -> str:
    return f"cannot be read: {exc.strerror or exc}"
