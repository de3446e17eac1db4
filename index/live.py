"""The index that is being served, and the one that will take its place.

An index is a folder of its own; a small file names the one that is live and what made it. So a new index is
built beside the live one and takes its place in one step.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from archive.durable import make_folders, write_bytes
from index.engine import Engine
from index.engines import EngineType
from index.entries import ENTRIES, SCHEMA
from index.errors import DamagedError
from index.keys import ANALYSIS
from index.lemmas import WORD_LISTS
from index.watched import Watched

T = TypeVar("T")

_POINTER, _BEGUN = "live.json", "begun.json"
_DAMAGED = "damaged"


class LiveIndex:
    """The live index of one audience. Threads may share it; the file is looked at with every use."""

    def __init__(self, folder: Path, engine_type: EngineType, settings: str) -> None:
        """Make no file yet. `settings` says what entries depend on besides documents and programs."""
        self._folder = folder
        self._engine_type = engine_type
        self._pointers = {name: Watched(folder / name, _pointed) for name in (_POINTER, _BEGUN)}
        self._opening = threading.Lock()
        self._opened: tuple[str, Engine] | None = None
        self.stamp = f"{engine_type.stamp}, analysis {ANALYSIS}, {WORD_LISTS}, entries {ENTRIES}, {settings}"

    def engine(self) -> Engine | None:
        """Return the live index as it is now, None where none has been built or it cannot be read."""
        return self._use(_refreshed)

    def engine_since(self) -> tuple[Engine, int] | None:
        """Return the same, and the sequence of a commit that it holds, if not of the last one."""
        return self._use(_with_sequence)

    def _use(self, use: Callable[[Engine], T]) -> T | None:
        """Do something with the live index, again where another has taken its place meanwhile."""
        for _ in range(3):
            name, _ = self._read_pointer()
            try:
                return use(self._open(name)) if name else None
            except DamagedError:
                if self._read_pointer()[0] == name:
                    return None
        return None

    def is_current(self) -> bool:
        """Tell whether the live index is whole and was made by what would make it today."""
        name, stamp = self._read_pointer()
        return stamp == self.stamp and not (self._folder / name / _DAMAGED).exists()

    def condemn(self, damage: DamagedError) -> None:
        """Note that an index was found damaged in use, so that the indexer builds it anew."""
        with suppress(OSError):
            (damage.folder / _DAMAGED).touch()

    def begun(self) -> tuple[str, Engine] | None:
        """Return the index beside the live one that the same program has begun; None where there is none."""
        name, stamp = self._read_pointer(_BEGUN)
        is_other = stamp != self.stamp or name == self._read_pointer()[0]
        if is_other or (self._folder / name / _DAMAGED).exists():
            return None
        with suppress(DamagedError):
            return name, self._engine_type(self._folder / name, SCHEMA)
        return None

    def begin(self) -> tuple[str, Engine]:
        """Start an index beside the live one; what is left of others is removed. One at a time."""
        live, _ = self._read_pointer()
        make_folders(self._folder)
        self._remove_all_but(live)
        number = int(live.removeprefix("index-") or 0) + 1
        name = f"index-{number}"
        begun = self._engine_type.create(self._folder / name, SCHEMA)
        self._point(_BEGUN, name)
        return name, begun

    def swap(self, name: str) -> None:
        """Make an index the live one and remove the other."""
        self._point(_POINTER, name)
        self._remove_all_but(name)

    def _point(self, pointer: str, name: str) -> None:
        content = json.dumps({"index": name, "stamp": self.stamp})
        write_bytes(self._folder / pointer, content.encode())

    def close(self) -> None:
        """Let go of all files."""
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None

    def _open(self, name: str) -> Engine:
        with self._opening:
            if self._opened is None or self._opened[0] != name:
                self._opened = (name, self._engine_type(self._folder / name, SCHEMA))
            return self._opened[1]

    def _read_pointer(self, pointer: str = _POINTER) -> tuple[str, str]:
        with suppress(OSError, ValueError, KeyError, TypeError):
            return self._pointers[pointer].read()
        return "", ""

    def _remove_all_but(self, name: str) -> None:
        for folder in self._folder.glob("index-*"):
            if folder.name != name:
                shutil.rmtree(folder, ignore_errors=True)


def _pointed(content: bytes) -> tuple[str, str]:
    """Return the index that a pointer names, and what made it."""
    pointer = json.loads(content)
    return str(pointer["index"]), str(pointer["stamp"])


def _refreshed(engine: Engine) -> Engine:
    engine.refresh()
    return engine


def _with_sequence(engine: Engine) -> tuple[Engine, int]:
    sequence = engine.sequence()
    engine.refresh()
    return engine, sequence
