"""The folders of objects in a storage root, also of objects that lost a part by which one would know them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.declarations import EXTENSIONS
from archive.inventories import INVENTORY, version_number

DECLARATION_START = "0=ocfl_object_"


def object_folders(root: Path, on_error: Callable[[OSError], None]) -> Iterator[Path]:
    """Yield the folder of every object, in order. `on_error` gets what could not be read."""
    for parent, folders, files in os.walk(root, onerror=on_error):
        folders.sort()
        if Path(parent) == root:
            if EXTENSIONS in folders:
                folders.remove(EXTENSIONS)
        elif looks_like_object(folders, files):
            folders.clear()
            yield Path(parent)


def looks_like_object(folders: list[str], files: list[str]) -> bool:
    """Tell whether a folder with this content is one of an object, or what is left of one."""
    return (
        INVENTORY in files
        or any(name.startswith(DECLARATION_START) for name in (*files, *folders))
        or any(version_number(name) for name in folders)
    )
