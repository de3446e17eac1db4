"""Inventories of OCFL objects and their sidecars as bytes: written in one form, and read with suspicion.

Since there is only one form, what an earlier inventory of an object held can be made again from a later one,
byte by byte; that tells which of two disagreeing files is the damaged one.

Source: OCFL 1.1 (ocfl.io/1.1/spec), sections 3.5 Inventory, 3.6 Inventory Digest.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

INVENTORY = "inventory.json"
SIDECAR = "inventory.json.sha512"

_SIDECAR_FORM = re.compile(rb"([0-9a-f]{128}) inventory\.json\n")
_VERSION_FOLDER = re.compile(r"v([1-9][0-9]{0,8})")
_CONTENT_PATH = re.compile(r"v([1-9][0-9]{0,8})/.+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Inventory:
    """What an inventory says that is asked here: content paths with their digests and logical paths.

    `fields` is all that it says, in the shape in which it is written.
    """

    identifier: str
    head: int
    manifest: Mapping[str, str]
    names: Mapping[str, str]
    fields: Mapping[str, object]

    @property
    def versions(self) -> Mapping[str, Mapping[str, object]]:
        """The versions in the shape in which they are written, by the names of their folders."""
        return cast("Mapping[str, Mapping[str, object]]", self.fields["versions"])

    def state(self, number: int) -> dict[str, str]:
        """Return the digest of each logical path of a version."""
        state = cast("Mapping[str, Sequence[str]]", self.versions[f"v{number}"]["state"])
        return {path: digest for digest, paths in state.items() for path in paths}

    def content_path(self, sha512: str) -> str | None:
        """Return where bytes with this digest lie in the object; None where it has none."""
        return next((path for path, digest in self.manifest.items() if digest == sha512), None)

    def as_of(self, number: int) -> tuple[bytes, bytes]:
        """Write the inventory as it was when a version was the newest: in today's form and the one before."""
        manifest = cast("Mapping[str, Sequence[str]]", self.fields["manifest"])
        kept = {
            digest: [path for path in paths if _version_of(path) <= number]
            for digest, paths in manifest.items()
        }
        earlier = {
            **self.fields,
            "head": f"v{number}",
            "manifest": {digest: paths for digest, paths in kept.items() if paths},
            "versions": {
                name: each for name, each in self.versions.items() if version_number(name) <= number
            },
        }
        return encoded(earlier), json.dumps(earlier, sort_keys=True, indent=1).encode()


def encoded(data: Mapping[str, object]) -> bytes:
    """Write an inventory in the form of this archive, without escapes, at which some validators stumble."""
    return json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False).encode()


def sidecar(inventory_sha512: str) -> bytes:
    """Write the sidecar of an inventory with that SHA-512."""
    return f"{inventory_sha512} {INVENTORY}\n".encode()


def said_by(content: bytes) -> str:
    """Return the SHA-512 that a sidecar names; empty where it is no sidecar of this archive."""
    found = _SIDECAR_FORM.fullmatch(content)
    return found.group(1).decode() if found else ""


def sha512_of(content: bytes) -> str:
    """Return the SHA-512 of bytes, in the form that inventories have it."""
    return hashlib.sha512(content).hexdigest()


def version_number(name: str) -> int:
    """Return the number of a version's folder; 0 where that is the name of no version."""
    found = _VERSION_FOLDER.fullmatch(name)
    return int(found.group(1)) if found else 0


def parse(content: bytes) -> Inventory:
    """Read an inventory. Raises ValueError where it lacks what is asked here, or has it in another shape."""
    try:
        data = json.loads(content)
        head, names = version_number(data["head"]), dict[str, str]()
        for version in sorted(data["versions"], key=version_number):
            for digest, logical_paths in data["versions"][version]["state"].items():
                names.setdefault(str(digest), str(logical_paths[0]))
        manifest = {
            str(path): str(digest) for digest, paths in data["manifest"].items() for path in paths if path
        }
        if sorted(map(version_number, data["versions"])) != list(range(1, len(data["versions"]) + 1)):
            raise ValueError("its versions are not v1, v2 and so on")
        if head != len(data["versions"]) or not all(_version_of(path) for path in manifest):
            raise ValueError("its head or its content paths have another form than in this archive")
        logical = {path: names[digest] for path, digest in manifest.items() if digest in names}
        str(data["id"]).encode()
        return Inventory(str(data["id"]), head, manifest, logical, data)
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as exc:
        raise ValueError(f"it is no inventory ({type(exc).__name__}: {exc})") from exc


def _version_of(path: str) -> int:
    """Return the version in whose folder a content path lies; 0 where it lies in none, or leads out of it."""
    found = _CONTENT_PATH.fullmatch(path)
    return int(found.group(1)) if found and not {"", ".", ".."} & set(path.split("/")) else 0
