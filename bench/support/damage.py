"""Ways to damage one file of a storage root, each of which can be taken back."""

from __future__ import annotations

import os
import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.declarations import OBJECT_DECLARATION
from archive.inventories import INVENTORY, SIDECAR, version_number


@dataclass(frozen=True, slots=True)
class Damage:
    """What was done; every path below the folder of the archive that has to be named."""

    what: str
    places: tuple[str, ...]


def files_by_kind(root: Path) -> dict[str, list[Path]]:
    """Sort every file of a storage root by what it is, in the same order each time."""
    kinds: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        kinds[kind_of(path, root)].append(path)
    return dict(kinds)


def kind_of(path: Path, root: Path) -> str:
    """Say what a file of a storage root is, as far as its place tells."""
    if path.parent == root:
        return path.name
    if path.is_relative_to(root / "extensions"):
        return "extension config"
    if path.name == OBJECT_DECLARATION:
        return "object declaration"
    if "content" in path.relative_to(root).parts:
        return "record" if path.suffix == ".json" else "original"
    within = f"version {path.parent.name}" if version_number(path.parent.name) else "root"
    if version_number(path.parent.name):
        within = "newest version's" if _is_newest(path.parent) else "older version's"
    names = {INVENTORY: "inventory", SIDECAR: "sidecar"}
    return f"{within} {names.get(path.name, path.name)}"


def _is_newest(version: Path) -> bool:
    return not (version.parent / f"v{version_number(version.name) + 1}").exists()


@contextmanager
def flipped(path: Path, root: Path, chance: random.Random) -> Iterator[Damage]:
    """Flip one bit of one byte, or put another byte in its place, while the block runs."""
    content = path.read_bytes()
    at = chance.randrange(len(content))
    value = content[at] ^ (1 << chance.randrange(8))
    if chance.random() < 0.5:
        value = chance.choice([other for other in range(256) if other != content[at]])
    place = named(path, root)
    with _restored(path):
        _write(path, content[:at] + bytes([value]) + content[at + 1 :])
        yield Damage(f"byte {at} of {len(content)}: {content[at]:#04x} -> {value:#04x}", (place,))


@contextmanager
def deleted(path: Path, root: Path, _chance: random.Random) -> Iterator[Damage]:
    """Take a file away."""
    with _restored(path):
        path.unlink()
        yield Damage("deleted", (named(path, root),))


@contextmanager
def emptied(path: Path, root: Path, _chance: random.Random) -> Iterator[Damage]:
    """Truncate a file to nothing."""
    with _restored(path):
        _write(path, b"")
        yield Damage("truncated to nothing", (named(path, root),))


@contextmanager
def shortened(path: Path, root: Path, _chance: random.Random) -> Iterator[Damage]:
    """Cut off the last byte."""
    content = path.read_bytes()
    with _restored(path):
        _write(path, content[:-1])
        yield Damage("last byte cut off", (named(path, root),))


@contextmanager
def unreadable(path: Path, root: Path, _chance: random.Random) -> Iterator[Damage]:
    """Put a folder in the place of a file, which not even root can read as one."""
    with _restored(path):
        path.unlink()
        path.mkdir()
        yield Damage("a folder in its place", (named(path, root),))


@contextmanager
def linked(path: Path, root: Path, _chance: random.Random) -> Iterator[Damage]:
    """Put a symbolic link to the same bytes in the place of a file."""
    elsewhere = root.parent / "linked-from-the-storage-root"
    with _restored(path):
        path.rename(elsewhere)
        path.symlink_to(elsewhere)
        yield Damage("a symbolic link in its place", (named(path, root),))
    elsewhere.unlink()


@contextmanager
def swapped(path: Path, root: Path, chance: random.Random) -> Iterator[Damage]:
    """Let two files of one kind change places."""
    kind = kind_of(path, root)
    others = [each for each in files_by_kind(root)[kind] if each.read_bytes() != path.read_bytes()]
    if not others:
        yield Damage("", ())
        return
    other = chance.choice(others)
    with _restored(path), _restored(other):
        mine, theirs = path.read_bytes(), other.read_bytes()
        _write(path, theirs)
        _write(other, mine)
        yield Damage("swapped with another one", (named(path, root), named(other, root)))


@contextmanager
def strayed(path: Path, root: Path, chance: random.Random) -> Iterator[Damage]:
    """Lay a file beside another one."""
    name = chance.choice(["stray.txt", ".DS_Store", "x" * 255, "\u202egnp.exe", "a\nb", "inventory.json.bak"])
    stray = path.with_name(name)
    stray.write_bytes(b"stray")
    try:
        yield Damage("a stray file beside it", (named(stray, root),))
    finally:
        stray.unlink()


DAMAGES: dict[str, Callable[[Path, Path, random.Random], object]] = {
    each.__name__: each for each in (deleted, emptied, shortened, unreadable, linked, swapped, strayed)
}
"""Every way but flipping, by name."""


def named(path: Path, root: Path) -> str:
    """Name a path as findings do."""
    return os.fspath(path.relative_to(root.parent))


@contextmanager
def _restored(path: Path) -> Iterator[None]:
    """Put a file back, with its times, whatever the block did to it."""
    content, times = path.read_bytes(), path.stat()
    try:
        yield
    finally:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        _write(path, content)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
