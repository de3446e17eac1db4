"""What can be wrong with the index.

SearchIndexError
├── DamagedError             files of the index cannot be read
├── DamagedLexiconError      the file of a lexicon cannot be read
└── ThesaurusError           a file holds no thesaurus that can be read

Index and lexicon are derived from the archive: what is damaged is built anew. What is
wrong with a thesaurus, its owner has to mend.
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


class DamagedLexiconError(SearchIndexError):
    """The file of a lexicon cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The lexicon in {path} cannot be read; it will be learned anew.")
        self.path = path


class ThesaurusError(SearchIndexError):
    """A file holds no thesaurus that can be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The thesaurus {path.name} cannot be read: {reason}")
        self.path = path
        self.reason = reason
