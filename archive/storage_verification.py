"""Check a whole storage root, object by object, beside writers.

Whatever looks wrong is looked at once more with every writer kept out, and only what is wrong then is a
finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from archive.errors import ArchiveError
from archive.findings import Finding
from archive.object_checks import ObjectCheck
from archive.object_folders import object_folders
from archive.root_checks import link_findings, root_findings
from archive.storage import Storage
from archive.whole_copies import WholeCopies

Check = Callable[[], Iterator[Finding]]


class StorageVerification:
    """One pass over a storage root. `damaged`: the folders of objects of which something was found."""

    def __init__(
        self, storage: Storage, copies: WholeCopies, locked: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._storage = storage
        self._copies = copies
        self._locked = locked
        self.damaged: set[Path] = set()

    def findings(self, checked: Callable[[], None]) -> Iterator[Finding]:
        """Yield what is wrong. `checked` is called after every object."""
        root = self._storage.root
        yield from self.twice(lambda: root_findings(root))
        yield from self.twice(lambda: link_findings(root))
        for folder in object_folders(root, lambda _: None):
            found = self.twice(ObjectCheck(self._storage, folder, self._copies).findings)
            if found:
                self.damaged.add(folder)
            yield from found
            checked()

    def twice(self, check: Check) -> list[Finding]:
        """Return what a check finds still when nobody writes."""
        try:
            if not list(check()):
                return []
        except (ArchiveError, OSError):
            pass  # What was looked at may have been taken out meanwhile.
        with self._locked():
            return list(check())
