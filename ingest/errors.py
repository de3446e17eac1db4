"""What can be wrong with what is handed in, besides single files (those are outcomes, see accession.py).

IngestError
├── ConferenceFileError      conference.yaml cannot be understood; names file, line and what to write instead
├── TableError               a table (CSV, XLSX) cannot be read at all; names file, place and what to do
│   └── ManifestError        it can, and is no manifest
├── ZipError                 a zip cannot be unpacked; says what to do
│   └── SwellingZipError     more comes out of it, and of what is in it, than anybody meant to hand in
├── WebPageError             a saved web page cannot be read, or not be used
├── UsageError               a path or an option that makes no sense
└── StartError               a reader process does not start (in readers.py)
"""

from __future__ import annotations

from pathlib import Path


class IngestError(Exception):
    """What was handed in cannot be taken."""


class UsageError(IngestError):
    """A path or an option makes no sense."""


class ConferenceFileError(IngestError):
    """A conference.yaml cannot be understood."""

    def __init__(self, path: Path, line: int, problem: str, instead: str) -> None:
        super().__init__(f"{path}, line {line}: {problem} {instead}")
        self.path = path
        self.line = line
        self.problem = problem
        self.instead = instead


class TableError(IngestError):
    """A table cannot be read at all."""

    def __init__(self, place: str, problem: str, instead: str) -> None:
        super().__init__(f"{place}: {problem} {instead}")
        self.place = place
        self.problem = problem
        self.instead = instead


class ManifestError(TableError):
    """A table is no manifest."""


class ZipError(IngestError):
    """A zip cannot be unpacked. It is kept as it is."""


class SwellingZipError(ZipError):
    """More comes out of a zip than anybody meant to hand in; what it lies in is not unpacked either."""


class WebPageError(IngestError):
    """A saved web page cannot be read, or not be used."""
