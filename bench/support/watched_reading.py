"""Read single files as the worker does, and see what each took: outcome, seconds, memory.

Each process of `reading_all` has a pool of one reader, so that the memory of the reader is that of one file.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench.support.corpus_reading import LANGUAGES, MEMORY_BYTES, TIMEOUT_SECONDS
from bench.support.resident import children_of_this, forget_peak, peak_bytes
from ingest.extraction import ExtractionError, ReaderError
from ingest.mediatypes import media_type_of
from ingest.readers import ReaderPool, Reading

_LOOK_SECONDS = 0.01
_OPEN = "could not be opened"
_READER_ERRORS = {
    "did not survive": "reader died",
    "took longer": "too slow",
    "too much memory": "too much memory",
    "took more than": "too much memory",
    "more text": "too much text",
    "sensible": "no sensible answer",
    _OPEN: "not opened",
}
"""Words of a reason -> what happened."""


DEFECTS = frozenset((*_READER_ERRORS.values(), "reader failed", "silently empty"))
"""Outcomes that no file should have."""

OUTCOMES = ("green", "amber", "red", "encrypted", "damaged", "empty", "unsupported", *sorted(DEFECTS))
"""All outcomes: read whole, in part or mended, without text; held, for which reason; and what must not be."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One file: what came of it, why, its text, and what it took; `peak_bytes` is memory (RSS)."""

    path: Path
    media_type: str
    outcome: str
    reason: str
    text: str
    pages: int
    seconds: float
    peak_bytes: int

    @property
    def is_defect(self) -> bool:
        """Say whether no file should have such an outcome."""
        return self.outcome in DEFECTS


def read_watched(
    paths: Sequence[Path], processes: int, timeout_seconds: float = TIMEOUT_SECONDS
) -> Iterator[Taken]:
    """Read files, each once, in any order of completion within a process; yield in the order given."""
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, context, _start, (timeout_seconds,)) as executor:
        yield from executor.map(_read, paths)


_pool: ReaderPool | None = None


def _start(timeout_seconds: float) -> None:
    global _pool
    _pool = ReaderPool(1, timeout_seconds, MEMORY_BYTES, LANGUAGES)


def _read(path: Path) -> Taken:
    assert _pool is not None
    media_type = media_type_of(path)
    watch = _Watch()
    began = time.monotonic()
    try:
        result: Reading | ExtractionError = _pool.read(path, media_type)
    except ExtractionError as exc:
        result = exc
    seconds = time.monotonic() - began
    peak = watch.end()
    if isinstance(result, ExtractionError):
        return Taken(path, media_type, _failure(result), str(result), "", 0, seconds, peak)
    pages, passport = result.extraction.pages, result.passport
    text = "\n".join(f"{page.title}\n{page.text}\n{page.notes}" for page in pages)
    is_silent = not text.strip() and not (passport.light == "red" and passport.skipped)
    outcome = "silently empty" if is_silent else passport.light
    reason = " ".join((*passport.skipped, *passport.repairs))
    return Taken(path, media_type, outcome, reason, text, len(pages), seconds, peak)


def _failure(error: ExtractionError) -> str:
    if not isinstance(error, ReaderError):
        return type(error).__name__.removesuffix("Error").lower()
    return next((what for words, what in _READER_ERRORS.items() if words in str(error)), "reader failed")


class _Watch:
    """Looks at the memory of the children of this process until it is ended."""

    def __init__(self) -> None:
        self._peak_bytes = 0
        for child in children_of_this():
            forget_peak(child)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> int:
        """Return the most memory that was seen."""
        self._ended.set()
        self._thread.join()
        self._see()
        return self._peak_bytes

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            self._see()

    def _see(self) -> None:
        self._peak_bytes = max(self._peak_bytes, *map(peak_bytes, children_of_this()), 0)
