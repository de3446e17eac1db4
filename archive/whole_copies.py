"""Where in the archive the bytes of a damaged file are still whole.

Nothing is looked up before something is damaged; then every candidate is read and hashed before it is named.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from archive.errors import ArchiveError
from archive.findings import NO_COPY, copied_from
from archive.folder_files import sha512_of_file
from archive.inventories import INVENTORY, parse
from archive.object_folders import object_folders


class WholeCopies:
    """Looks for whole copies in one archive.

    Args:
        root: the storage root.
        received: names files outside of the storage root that came in with this SHA-512.
        in_a_bag: names where `export` writes the record of an object, if that has this SHA-512.
    """

    def __init__(
        self,
        root: Path,
        received: Callable[[str], Iterable[Path]],
        in_a_bag: Callable[[str, str], str],
    ) -> None:
        self._root = root
        self._received = received
        self._in_a_bag = in_a_bag
        self._places: dict[str, list[Path]] | None = None

    def find(self, sha512: str, damaged: Path) -> str:
        """Return the path of a whole copy, below the folder of the archive; empty where there is none."""
        try:
            candidates = [*self._where().get(sha512, ()), *self._received(sha512)]
        except ArchiveError:
            candidates = self._where().get(sha512, [])
        for path in candidates:
            if path != damaged and not _same(path, damaged) and _has(path, sha512):
                return self._shown(path)
        return ""

    def belongs(self, sha512: str, besides: Path) -> str:
        """Say to which other place in the storage root bytes belong; empty where to none."""
        others = (path for path in self._where().get(sha512, ()) if path != besides)
        return next(map(self._shown, others), "")

    def remedy(self, sha512: str, identifier: str, whole: str) -> str:
        """Say what to do about a damaged file of an object, given where a whole copy is."""
        if whole:
            return copied_from(whole)
        try:
            path = self._in_a_bag(identifier, sha512)
        except ArchiveError:
            path = ""
        if path:
            return f"Whole: the record in the catalogue; export writes the same bytes as {path}."
        return NO_COPY

    def _where(self) -> dict[str, list[Path]]:
        """Map each digest to where the inventories say that it lies."""
        if self._places is None:
            places: dict[str, list[Path]] = defaultdict(list)
            for folder in object_folders(self._root, lambda _: None):
                try:
                    manifest = parse((folder / INVENTORY).read_bytes()).manifest
                except (OSError, ValueError):
                    continue
                for path, sha512 in manifest.items():
                    places[sha512].append(folder / path)
            self._places = dict(places)
        return self._places

    def _shown(self, path: Path) -> str:
        return str(path.relative_to(self._root.parent))


def _same(one: Path, other: Path) -> bool:
    """Tell whether two paths are one file under two names."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _has(path: Path, sha512: str) -> bool:
    try:
        return not path.is_symlink() and path.is_file() and sha512_of_file(path) == sha512
    except (OSError, ValueError):
        return False


def below_home(root: Path, path: Path) -> str:
    """Name a path as findings do: from the folder of the archive on."""
    return os.fspath(path.relative_to(root.parent))
