"""An archive of which one half is missing: it would all come in twice, or be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from archive.catalogue import Catalogue
from archive.errors import CatalogueError, StorageError
from archive.filling import is_filling
from archive.objects import THESAURUS
from archive.settings import Settings
from archive.storage import Storage


class Halves(Protocol):
    """Both halves of an archive, and what keeps writers out of them."""

    settings: Settings
    storage: Storage
    catalogue: Catalogue

    def locked(self) -> AbstractContextManager[None]:
        """Keep every writer out while the block runs."""
        ...


def lacks_half(storage: Storage, catalogue: Catalogue) -> bool:
    """Tell whether either of the two has nothing and the other has. The thesaurus is in no catalogue."""
    thesaurus = storage.folder(THESAURUS)
    return catalogue.is_empty() == any(folder != thesaurus for folder in storage.objects())


def refuse_halves(archive: Halves, is_half: Callable[[], bool], *, rebuilding: bool) -> None:
    """Refuse to work with one half of an archive.

    Args:
        is_half: tells whether it is one; nobody may be at work in between.
        rebuilding: a catalogue that lacks what the storage root has is about to be filled.

    Raises:
        StorageError, CatalogueError: it is; the message says what to do.
    """
    root = archive.storage.root
    if not root.is_dir() or not any(root.iterdir()):
        raise StorageError(
            f"The storage root {root} is not there, or holds nothing at all. If the disk it is on is not "
            "mounted, mount it. Else restore it from a backup."
        )
    if is_filling(archive.settings.home) and not rebuilding:
        raise CatalogueError(
            "The catalogue does not have all yet that the storage root has: it is being rebuilt, or that "
            "was interrupted. Wait until it has ended, or run: python -m portal rebuild"
        )
    if not is_half():
        return
    with archive.locked():  # Somebody may have been at the first document of all.
        still_half, is_empty = is_half(), archive.catalogue.is_empty()
    if still_half and not is_empty:
        raise StorageError(
            f"The storage root {root} has no objects and the catalogue is not empty. Restore the storage "
            "root from a backup; if the archive is to be empty, move the catalogue away."
        )
    if still_half and not rebuilding:
        raise CatalogueError(
            "The catalogue is empty and the storage root is not; the catalogue was deleted or restored "
            "without its file. Run: python -m portal rebuild"
        )
