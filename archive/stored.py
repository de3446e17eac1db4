"""Records as the storage root has them, whatever the catalogue says: the truth to check and rebuild by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from archive.errors import ArchiveError
from archive.inventories import INVENTORY
from archive.model import Conference, Document
from archive.objects import (
    RECORD,
    THESAURUS,
    conference_object,
    conference_of,
    document_object,
    document_of,
)
from archive.records import (
    CONFERENCE_FORMAT,
    DOCUMENT_FORMAT,
    conference_from_json,
    document_from_json,
    load,
)
from archive.storage import Storage
from archive.thesaurus_record import (
    THESAURUS_FORMAT,
    ThesaurusFile,
    ThesaurusRecord,
    thesaurus_from_json,
)

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Stored:
    """Reads records from a storage root. Every method raises StorageError where it cannot be read.

    Others may write meanwhile; what is taken out while all records are read is left out.
    """

    storage: Storage

    def documents(self) -> Iterator[Document]:
        """Yield every document."""
        for name in self.storage.identifiers():
            if identifier := document_of(name):
                yield from self._unless_gone(name, self.document, identifier)

    def conferences(self) -> Iterator[Conference]:
        """Yield every conference."""
        for name in self.storage.identifiers():
            if identifier := conference_of(name):
                yield from self._unless_gone(name, self.conference, identifier)

    def document(self, identifier: str) -> Document:
        """Return a document. Raises NotFoundError."""
        record = self.storage.path(document_object(identifier), RECORD).read_bytes()
        return document_from_json(load(record, DOCUMENT_FORMAT))

    def conference(self, identifier: str) -> Conference:
        """Return a conference. Raises NotFoundError."""
        record = self.storage.path(conference_object(identifier), RECORD).read_bytes()
        return conference_from_json(load(record, CONFERENCE_FORMAT))

    def thesaurus(self) -> ThesaurusRecord:
        """Return what staff made of the thesaurus; nothing where they have not been at it."""
        if not self.storage.exists(THESAURUS):
            return ThesaurusRecord()
        record = self.storage.path(THESAURUS, RECORD).read_bytes()
        return thesaurus_from_json(load(record, THESAURUS_FORMAT))

    def thesaurus_file(self, file: ThesaurusFile) -> Path:
        """Return where the bytes of a loaded file lie. Raises NotFoundError."""
        return self.storage.path(THESAURUS, file.path)

    def thesaurus_sha512(self, file: ThesaurusFile) -> str:
        """Return the digest of a loaded file, as the inventory has it. Raises NotFoundError."""
        return self.storage.sha512(THESAURUS, file.path)

    def thesaurus_stamp(self) -> str:
        """Return what is another with every change of the thesaurus; it costs one look at a file."""
        try:
            found = (self.storage.folder(THESAURUS) / INVENTORY).stat()
        except OSError:
            return ""
        return f"{found.st_mtime_ns}-{found.st_ino}-{found.st_size}"

    def _unless_gone(self, name: str, read: Callable[[str], _Record], identifier: str) -> Iterator[_Record]:
        try:
            record = read(identifier)
        except (ArchiveError, OSError):
            if self.storage.exists(name):
                raise
        else:
            yield record
