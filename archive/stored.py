"""Records as the storage root has them, whatever the catalogue says: the truth to check and rebuild by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.model import Conference, Document
from archive.objects import RECORD, conference_object, conference_of, document_object, document_of
from archive.records import (
    CONFERENCE_FORMAT,
    DOCUMENT_FORMAT,
    conference_from_json,
    document_from_json,
    load,
)
from archive.storage import Storage


@dataclass(frozen=True, slots=True)
class Stored:
    """Reads records from a storage root. Every method raises StorageError where it cannot be read."""

    storage: Storage

    def documents(self) -> Iterator[Document]:
        """Yield every document."""
        for name in self.storage.identifiers():
            if identifier := document_of(name):
                yield self.document(identifier)

    def conferences(self) -> Iterator[Conference]:
        """Yield every conference."""
        for name in self.storage.identifiers():
            if identifier := conference_of(name):
                yield self.conference(identifier)

    def document(self, identifier: str) -> Document:
        """Return a document. Raises NotFoundError."""
        record = self.storage.path(document_object(identifier), RECORD).read_bytes()
        return document_from_json(load(record, DOCUMENT_FORMAT))

    def conference(self, identifier: str) -> Conference:
        """Return a conference. Raises NotFoundError."""
        record = self.storage.path(conference_object(identifier), RECORD).read_bytes()
        return conference_from_json(load(record, CONFERENCE_FORMAT))
