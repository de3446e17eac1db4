"""What can be wrong with the index.

SearchIndexError
└── DamagedError             files of the index cannot be read

The index is derived from the archive: one that is damaged is built anew.
"""

from __future__ import annotations

from pathlib import Path


class SearchIndexError(Exception):
    """The index could not do what was asked."""


class DamagedError(SearchIndexError):
    """Files of the index cannot be read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"The search index in {folder} cannot be read; it will be built anew.")
        self.folder = folder
