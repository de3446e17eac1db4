"""Originals and records in an OCFL 1.1 storage root.

One object a document, one a conference, and one for the thesaurus. A new version is first staged beside the
root, on the same file system, and then placed: `place` moves it in with one rename and brings the object's
inventory up to date; an object that is new is staged and moved whole. `place` may be repeated after a crash
at any moment and leaves the same object.

Source: OCFL 1.1 (ocfl.io/1.1/spec), sections 3.5 Inventory, 4 Storage Root.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import quote

from archive.declarations import OBJECT_DECLARATION, OBJECT_DECLARED, ROOT_FILES, layout_path
from archive.durable import make_folders, replace_bytes, sync, sync_all, sync_tree
from archive.errors import DamagedStorageError, NotFoundError, StorageError
from archive.gaps import Gap, passing
from archive.inventories import INVENTORY, SIDECAR, Inventory, encoded, parse, sha512_of, sidecar
from archive.next_inventory import next_inventory
from archive.object_folders import object_folders

PROGRAM = "Konferenzarchiv"
"""Who made a version that no person made."""


_WHOLE = "object"
"""Where an object that is new is staged, in the folder given."""


@dataclass(frozen=True, slots=True)
class Original:
    """Bytes on disk whose SHA-512 is known."""

    path: Path
    sha512: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of an object in which one of its files changed. `by` is empty where no person made it."""

    number: int
    created_at: dt.datetime
    by: str
    message: str
    content: bytes


class Storage:
    """An OCFL storage root. Reading needs no lock; staging and placing happen under the archive's."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @staticmethod
    def make(root: Path, staging: Path) -> None:
        """Make an empty storage root, in one step, unless there is one. Raises StorageError."""
        if root.exists():
            return
        make_folders(staging)
        fresh = staging / "storage-root"
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            for path, content in ROOT_FILES.items():
                make_folders((fresh / path).parent)
                (fresh / path).write_bytes(content)
        except OSError as exc:
            raise StorageError(f"The storage root {root} could not be made: {exc}.") from exc
        sync_tree(fresh)
        fresh.rename(root)
        sync(root.parent)

    def folder(self, identifier: str) -> Path:
        """Where the object with this identifier is, or would be."""
        return self.root / layout_path(identifier)

    def exists(self, identifier: str) -> bool:
        """Tell whether there is an object with this identifier."""
        return (self.folder(identifier) / INVENTORY).exists()

    def stage(
        self,
        identifier: str,
        files: Mapping[str, Original | bytes],
        message: str,
        folder: Path,
        by: str = "",
        without: Collection[str] = (),
    ) -> None:
        """Make the object's next version in `folder`. Whoever has it placed flushes that to the disk before.

        Args:
            files: what changes, by logical path; everything else stays as in the version before.
            folder: an empty folder on the file system of the root.
            by: who made it; empty: the program by itself.
            without: logical paths that the new version has no more; the versions before keep theirs.
        """
        self.refuse_without_root()
        before = self._inventory(identifier) if self.exists(identifier) else None
        digests = {
            path: sha512_of(content) if isinstance(content, bytes) else content.sha512
            for path, content in files.items()
        }
        following = next_inventory(identifier, before, digests, _about(message, by), without)
        is_new = not self.folder(identifier).exists()
        base = folder / _WHOLE if is_new else folder
        head = base / following.head
        (head / "content" if following.content else head).mkdir(parents=True)
        for logical_path, content_path in following.content.items():
            self._put(files[logical_path], base / content_path)
        inventory = encoded(following.inventory)
        for place in (head, base) if is_new else (head,):
            (place / INVENTORY).write_bytes(inventory)
            (place / SIDECAR).write_bytes(sidecar(sha512_of(inventory)))
        if is_new:
            (base / OBJECT_DECLARATION).write_bytes(OBJECT_DECLARED)

    def _put(self, content: Original | bytes, target: Path) -> None:
        """Put bytes in place: by a second name of the file, unless OCFL forbids that, as within the root."""
        if isinstance(content, bytes):
            target.write_bytes(content)
            return
        if not content.path.is_relative_to(self.root):
            with suppress(OSError):
                os.link(content.path, target)
                return
        shutil.copyfile(content.path, target)

    def place(self, identifier: str, folder: Path) -> None:
        """Move what was staged in `folder` into the root. May be repeated after a crash.

        Until it returns, nothing of it need last: who staged it has it done again after a power cut.
        """
        self.refuse_without_root()
        target, whole = self.folder(identifier), folder / _WHOLE
        target.parent.mkdir(parents=True, exist_ok=True)
        if whole.exists():
            whole.rename(target)
            passing(Gap.VERSION_PLACED)
            passing(Gap.INVENTORY_PLACED)
        else:
            self._place_version(target, folder)
        sync_all((target, *(parent for parent in target.parents if parent.is_relative_to(self.root))))

    def _place_version(self, target: Path, folder: Path) -> None:
        """Bring an object up to date with a version that was staged, if it is not already."""
        target.mkdir(exist_ok=True)
        for version in sorted(path for path in folder.glob("v*") if path.is_dir()):
            version.rename(target / version.name)
        passing(Gap.VERSION_PLACED)
        self.declare(target, folder)
        head = max((path for path in target.glob("v*") if path.is_dir()), key=lambda path: int(path.name[1:]))
        for name in (INVENTORY, SIDECAR):
            content = (head / name).read_bytes()
            if not (target / name).exists() or (target / name).read_bytes() != content:
                replace_bytes(target / name, content, by_way_of=folder)
            if name == INVENTORY:
                passing(Gap.INVENTORY_PLACED)

    def refuse_without_root(self) -> None:
        """Make no second root where the one of this archive has gone away meanwhile. Raises StorageError."""
        with suppress(FileNotFoundError), os.scandir(self.root) as entries:
            if next(entries, None) is not None:
                return
        raise StorageError(
            f"The storage root {self.root} is not there any more. Put it back or mount its disk."
        )

    def declare(self, target: Path, by_way_of: Path) -> None:
        """Write the declaration of an object unless it is there. Earlier programs left out its line break."""
        path = target / OBJECT_DECLARATION
        if not path.exists() or path.read_bytes() != OBJECT_DECLARED:
            replace_bytes(path, OBJECT_DECLARED, by_way_of=by_way_of)

    def remove(self, identifier: str, folder: Path) -> frozenset[str]:
        """Take an object out of the root, moving it into `folder`. May be repeated after a crash.

        Returns:
            The SHA-512 of all that it ever had, as far as its inventory can be read.
        """
        target = self.folder(identifier)
        if target.exists():
            target.rename(folder / "removed")
        for parent in target.parents:
            if parent == self.root or (parent.exists() and any(parent.iterdir())):
                break
            if parent.exists():
                parent.rmdir()
                sync(parent.parent)
        with suppress(OSError, ValueError, KeyError, TypeError):
            return frozenset(json.loads((folder / "removed" / INVENTORY).read_bytes())["manifest"])
        return frozenset()

    def path(self, identifier: str, logical_path: str) -> Path:
        """Where the bytes of a logical path of the newest version lie. Raises NotFoundError."""
        return self.folder(identifier) / self._content(identifier, logical_path)[0]

    def sha512(self, identifier: str, logical_path: str) -> str:
        """Return the digest of a logical path, as the inventory has it. Raises NotFoundError."""
        return self._content(identifier, logical_path)[1]

    def _content(self, identifier: str, logical_path: str) -> tuple[str, str]:
        """Return content path and digest of a logical path of the newest version."""
        if not self.exists(identifier):
            raise NotFoundError("object", identifier)
        inventory = self._inventory(identifier)
        digest = inventory.state(inventory.head).get(logical_path)
        content_path = digest and inventory.content_path(digest)
        if not digest or not content_path:
            raise NotFoundError("file", f"{identifier} {logical_path}")
        return content_path, digest

    def revisions(self, identifier: str, logical_path: str) -> Iterator[Revision]:
        """Yield every version that changed what lies at a logical path, in order. Raises NotFoundError."""
        if not self.exists(identifier):
            raise NotFoundError("object", identifier)
        inventory, before = self._inventory(identifier), None
        for number in range(1, inventory.head + 1):
            content_path = inventory.content_path(inventory.state(number).get(logical_path, ""))
            if content_path is not None and content_path != before:
                before = content_path
                content = (self.folder(identifier) / content_path).read_bytes()
                about = inventory.versions[f"v{number}"]
                author = cast("Mapping[str, str]", about.get("user", {})).get("name", "")
                yield Revision(
                    number,
                    dt.datetime.fromisoformat(str(about["created"])),
                    "" if author == PROGRAM else author,
                    str(about.get("message", "")),
                    content,
                )

    def _inventory(self, identifier: str) -> Inventory:
        path = self.folder(identifier) / INVENTORY
        try:
            return parse(path.read_bytes())
        except (FileNotFoundError, ValueError) as exc:
            raise DamagedStorageError(f"The inventory {path} is damaged: {exc}. Run verify.") from exc
        except OSError as exc:
            raise StorageError(f"The inventory {path} cannot be read: {exc}.") from exc

    def identifiers(self) -> Iterator[str]:
        """Name every object of the root but those that go meanwhile, by folder. Raises StorageError."""
        for folder in self.objects():
            try:
                name = self.identifier_in(folder)
            except StorageError:
                if folder.exists():
                    raise
            else:
                yield name

    def objects(self) -> Iterator[Path]:
        """Yield the folder of every object, in order. Raises StorageError."""
        return object_folders(self.root, _refuse)

    def identifier_in(self, folder: Path) -> str:
        """Name the object in a folder. Raises StorageError."""
        try:
            return str(json.loads((folder / INVENTORY).read_bytes())["id"])
        except (FileNotFoundError, ValueError, KeyError, TypeError) as exc:
            raise DamagedStorageError(f"The inventory in {folder} is damaged: {exc}. Run verify.") from exc
        except OSError as exc:
            raise StorageError(f"The inventory in {folder} cannot be read: {exc}.") from exc


def _refuse(exc: OSError) -> None:
    raise StorageError(f"The storage root cannot be read: {exc}.") from exc


def _about(message: str, by: str) -> Mapping[str, object]:
    return {
        "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "message": message,
        "user": {
            "name": by or PROGRAM,
            "address": f"urn:konferenzarchiv{':person:' + quote(by) if by else ''}",
        },
    }
