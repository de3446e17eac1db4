"""A mark that the catalogue is being filled from nothing: until then, what it lacks would come in twice."""

from __future__ import annotations

from pathlib import Path

from archive.durable import sync, write_bytes

_MARK = "rebuild.unfinished"


def begin_filling(home: Path) -> None:
    """Say that the catalogue does not have all yet that the storage root has."""
    write_bytes(home / _MARK, b"The catalogue lacks documents until python -m portal rebuild has ended.\n")


def end_filling(home: Path) -> None:
    """Say that it has all now."""
    if is_filling(home):
        (home / _MARK).unlink(missing_ok=True)
        sync(home)


def is_filling(home: Path) -> bool:
    """Tell whether the catalogue is being filled, or a process died over it."""
    return (home / _MARK).exists()
