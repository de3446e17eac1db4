"""Everything the archive can refuse or fail to do.

ArchiveError
├── NotFoundError            no such conference, panel, document, version or file
├── SettingsError            a setting has a value that cannot be used
├── IdentifierError          a text is not an identifier
├── EditError                a record cannot be changed like this
├── LockedError              another process holds the archive
├── StorageError             the storage root cannot be read or written now
│   └── DamagedStorageError  what is kept there is not as it was written
└── CatalogueError           the catalogue cannot be used now, or is of a newer version
    └── DamagedCatalogueError  its file is no database any more, or parts of it are lost

What cannot be used now may work again with the next attempt: a disk that is full, a folder that may not be
written. What is damaged stays so until somebody mends it.

A message says what to do next; facts are attributes. Errors of third parties are wrapped where they enter.
"""

from __future__ import annotations

from pathlib import Path


class ArchiveError(Exception):
    """The archive could not do what was asked."""


class NotFoundError(ArchiveError):
    """Nothing in the archive has this identifier."""

    def __init__(self, what: str, identifier: str) -> None:
        super().__init__(f"There is no {what} {identifier!r} in this archive.")
        self.what = what
        self.identifier = identifier


class SettingsError(ArchiveError):
    """A setting has a value that cannot be used."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name}={value!r} cannot be used: write {expected}.")
        self.name = name
        self.value = value
        self.expected = expected


class IdentifierError(ArchiveError):
    """A text is not an identifier of this archive."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r} is not an identifier: {reason}")
        self.text = text
        self.reason = reason


class EditError(ArchiveError):
    """A record cannot be changed like this."""


class LockedError(ArchiveError):
    """Another process holds the archive and did not let go in time."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"The archive is in use by {holder}. Wait until it ends, or stop it ({path}).")
        self.path = path
        self.holder = holder


class StorageError(ArchiveError):
    """The storage root cannot be read or written now."""


class DamagedStorageError(StorageError):
    """What the storage root or the journal holds is not as it was written."""


class CatalogueError(ArchiveError):
    """The catalogue cannot be used now."""


class DamagedCatalogueError(CatalogueError):
    """The catalogue's file is no database any more, or parts of it are lost."""
