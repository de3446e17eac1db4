"""The texts of a folder of files as pages, which larger archives are made from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.model import Page
from bench.support.corpus_reading import readings_below
from ingest.work import pages_of


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read; `languages` begins with the one that has most text."""

    languages: tuple[str, ...]
    pages: tuple[Page, ...]


def sources_below(folder: Path) -> tuple[Source, ...]:
    """Read the files below a folder, in order; those without text are left out."""
    found = (
        Source(reading.languages, pages_of(reading)) for _, reading in sorted(readings_below(folder).items())
    )
    return tuple(source for source in found if any(page.text for page in source.pages))
