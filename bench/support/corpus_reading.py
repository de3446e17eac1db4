"""Read all files of a folder by the pool that the worker reads with, under the same limits."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.extraction import ExtractionError
from ingest.mediatypes import media_type_of
from ingest.readers import ReaderPool, Reading

LANGUAGES = ("de", "ru", "en")
TIMEOUT_SECONDS = 120
MEMORY_BYTES = 2 << 30

Outcomes = Mapping[Path, Reading | ExtractionError]


def read_files(paths: Sequence[Path]) -> Outcomes:
    """Read files with as many readers as there are cores."""
    with ReaderPool(os.cpu_count() or 1, TIMEOUT_SECONDS, MEMORY_BYTES, LANGUAGES) as pool:
        return dict(pool.read_all((path, path, media_type_of(path)) for path in paths))


def files_below(folder: Path) -> list[Path]:
    """List the files below a folder, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def readings_below(folder: Path) -> dict[str, Reading]:
    """Read the files below a folder; return what could be read, by path relative to it."""
    return {
        path.relative_to(folder).as_posix(): outcome
        for path, outcome in read_files(files_below(folder)).items()
        if isinstance(outcome, Reading)
    }
