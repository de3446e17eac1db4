"""Manifests that came in with a batch: kept as they are until staff apply them to its drafts.

They are no documents, and whatever came first, the files or the manifest, both wait for one another here.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from archive.durable import make_folders, write_bytes

_PATH = ".path.json"


@dataclass(frozen=True, slots=True)
class Shelved:
    """One manifest of a batch. `path`: what its depositor called it."""

    path: str
    content: bytes


class ManifestShelf:
    """The manifests of all batches of one archive."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "manifests"

    def keep(self, batch: str, path: str, source: Path) -> None:
        """Keep the manifest of a batch; a later one of the same path takes its place. Raises OSError."""
        folder = self._folder / batch
        make_folders(folder)
        name = hashlib.sha256(path.encode()).hexdigest()[:32]
        write_bytes(folder / name, source.read_bytes())
        write_bytes(folder / f"{name}{_PATH}", json.dumps(path).encode())

    def manifests(self, batch: str) -> tuple[Shelved, ...]:
        """Return the manifests of a batch, in the order of their paths."""
        folder = self._folder / batch
        found: list[Shelved] = []
        if folder.is_dir():
            for written in folder.glob(f"*{_PATH}"):
                content = (folder / written.name.removesuffix(_PATH)).read_bytes()
                found.append(Shelved(str(json.loads(written.read_text(encoding="utf-8"))), content))
        return tuple(sorted(found, key=lambda shelved: shelved.path))
