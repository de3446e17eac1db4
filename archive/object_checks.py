"""Check one object of the storage root: each byte of it against a digest, and all of it against OCFL.

What is damaged is named by its own path, since here it is known what belongs where; the rules of OCFL that
are more than that are left to the validator of ocfl-py.

Source: OCFL 1.1 (ocfl.io/1.1/spec), sections 3 OCFL Object, 5.1 E-codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ocfl.validator import Validator

from archive.declarations import OBJECT_DECLARATION, OBJECT_DECLARED
from archive.findings import Finding
from archive.folder_files import FolderFiles
from archive.inventories import Inventory
from archive.object_inventories import ObjectInventories, has_to_say
from archive.storage import Storage
from archive.whole_copies import WholeCopies, below_home

NOT_OURS = "does not belong to the archive"
MOVE_IT = "Move it out of the storage root."

_NAMED_HERE = re.compile(r"\[E0(01|03|07|15|23|24|46|58|60|61|63|64)[a-z]?\]|\[E092b\]")
"""Rules whose breach is found here, with the path of what is damaged."""


class ObjectCheck:
    """One object of one storage root."""

    def __init__(self, storage: Storage, folder: Path, copies: WholeCopies) -> None:
        self._storage = storage
        self._folder = folder
        self._copies = copies

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong, in the order of its parts. An object that is gone is not."""
        if not self._folder.exists():
            return
        files = FolderFiles(self._folder)
        if "" in files.odd:
            yield Finding(self._place(""), files.odd[""], "Make it readable, or restore it from a backup.")
            return
        inventories = ObjectInventories(files, self._place)
        declared = list(self._declaration(files))
        of_inventories = list(inventories.findings())
        yield from (*declared, *of_inventories)
        found = inventories.newest
        if found is None:
            yield Finding(self._place(""), "has no inventory that can be trusted; its files were not checked")
            return
        of_files = [*self._content(files, found), *self._beside(files, found, inventories)]
        yield from of_files
        if not of_inventories:
            yield from self._rules(named=bool(declared or of_files))
        if self._storage.folder(found.identifier) != self._folder:
            place = below_home(self._storage.root, self._storage.folder(found.identifier))
            yield Finding(self._place(""), f"holds {found.identifier!r}, which belongs into {place}")

    def _declaration(self, files: FolderFiles) -> Iterator[Finding]:
        content = files.read(OBJECT_DECLARATION)
        if content != OBJECT_DECLARED:
            problem = files.problem(OBJECT_DECLARATION) if content is None else "is damaged"
            remedy = f"{has_to_say(OBJECT_DECLARED)}. Rebuild writes it"
            yield Finding(self._place(OBJECT_DECLARATION), problem, remedy)

    def _content(self, files: FolderFiles, inventory: Inventory) -> Iterator[Finding]:
        for path, expected in sorted(inventory.manifest.items()):
            found = files.sha512(path)
            if found == expected:
                continue
            problem = (
                files.problem(path) if found is None else "is damaged: it is not what the inventory says"
            )
            if found and (owner := self._copies.belongs(found, self._folder / path)):
                problem += f", but what belongs at {owner}"
            if name := inventory.names.get(path):
                problem += f" ({name})"
            whole = self._copies.find(expected, self._folder / path)
            remedy = self._copies.remedy(expected, inventory.identifier, whole)
            yield Finding(self._place(path), problem, remedy, whole)

    def _beside(
        self, files: FolderFiles, inventory: Inventory, inventories: ObjectInventories
    ) -> Iterator[Finding]:
        expected = {OBJECT_DECLARATION, *inventories.expected(), *inventory.manifest}
        for path in files.beside(expected):
            yield Finding(self._place(path), files.odd.get(path, NOT_OURS), MOVE_IT)

    def _rules(self, *, named: bool) -> Iterator[Finding]:
        """Ask ocfl-py. `named`: something is named already, and only what else is wrong counts."""
        validator = Validator(check_digests=False, log_warnings=False, log_errors=True)
        try:
            validator.validate_object(str(self._folder))
            messages = sorted(validator.log.messages)
        except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as exc:
            reason = f"cannot be checked against the rules of OCFL: {type(exc).__name__}: {exc}"
            messages = [] if named else [reason]
        for message in messages:
            if not (named and _NAMED_HERE.match(message)):
                yield Finding(self._place(""), message)

    def _place(self, path: str) -> str:
        return below_home(self._storage.root, self._folder / path)
