"""What can be asked of an archive: conferences, documents, pages, bytes, changes. Reading takes no lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from archive.catalogue import Catalogue
from archive.model import Change, Conference, Document, Page, State
from archive.objects import document_object, original_path
from archive.records import Json
from archive.refused_pairs import RefusedPair, RefusedPairs
from archive.settings import Settings
from archive.storage import Storage
from archive.stored import Stored


class Contents:
    """What one archive holds now. May be shared by threads."""

    def __init__(self, settings: Settings, storage: Storage, catalogue: Catalogue) -> None:
        self.settings = settings
        self.storage = storage
        self.catalogue = catalogue
        self.stored = Stored(storage)

    def conferences(self) -> tuple[Conference, ...]:
        """List all conferences, the newest first."""
        return self.catalogue.conferences()

    def conference(self, identifier: str) -> Conference:
        """Return one conference. Raises NotFoundError."""
        return self.catalogue.conference(identifier)

    def document(self, identifier: str) -> Document:
        """Return one document, in whatever state. Raises NotFoundError."""
        return self.catalogue.document(identifier)

    def documents(
        self,
        *,
        conference: str | None = None,
        panel: str | None = None,
        state: State | None = State.PUBLISHED,
    ) -> tuple[Document, ...]:
        """List documents in the order of their titles. `state` None: in any state."""
        return self.catalogue.documents(conference=conference, panel=panel, state=state)

    def documents_by_id(self, identifiers: Sequence[str]) -> dict[str, Document]:
        """Return those of the documents that there are."""
        return self.catalogue.documents_by_id(identifiers)

    def newest(self, limit: int) -> tuple[Document, ...]:
        """List the published documents that arrived last."""
        return self.catalogue.documents(newest=limit)

    def translations(self, identifier: str) -> tuple[Document, ...]:
        """List the other language versions of a document."""
        return self.catalogue.translations(identifier)

    def translation_relations(self) -> tuple[tuple[str, str], ...]:
        """List which document is a translation of which, in whatever state they are."""
        return self.catalogue.translation_relations()

    def refused_translations(self) -> frozenset[RefusedPair]:
        """Return the pairs of documents of which staff said that they are no translations."""
        return RefusedPairs(self.catalogue.engine).pairs()

    def pages(self, identifier: str) -> tuple[Page, ...]:
        """Return the pages of a document's current version, in order."""
        return self.catalogue.pages([identifier])[identifier]

    def pages_of(self, identifiers: Sequence[str]) -> dict[str, tuple[Page, ...]]:
        """Return the pages of several documents."""
        return self.catalogue.pages(identifiers)

    def some_pages(self, numbers: Mapping[str, Iterable[int]]) -> dict[str, tuple[Page, ...]]:
        """Return single pages of documents, by the numbers of each, in order; without those that are not."""
        return self.catalogue.some_pages(numbers)

    def passports(self, identifier: str) -> dict[str, Json]:
        """Return the extraction report of each file of the current version, by name."""
        return self.catalogue.passports([identifier])[identifier]

    def passports_of(self, identifiers: Sequence[str]) -> dict[str, dict[str, Json]]:
        """Return the extraction reports of several documents, by document and name of the file."""
        return self.catalogue.passports(identifiers)

    def find_path(self, conference: str, path: str) -> Document | None:
        """Find the document whose current version was handed in under this path of this conference."""
        return self.catalogue.find_path(conference, path)

    def find_bytes(self, sha512: str) -> Document | None:
        """Find the document whose current version has these bytes."""
        return self.catalogue.find_bytes(sha512)

    def find_stem(self, conference: str, path: str) -> tuple[Document, ...]:
        """Find the documents with a file of the same folder and name, whatever its extension."""
        return self.catalogue.find_stem(conference, path)

    def original(self, identifier: str, version: int, name: str) -> Path:
        """Return where the bytes of a file lie. Raises NotFoundError."""
        return self.storage.path(document_object(identifier), original_path(version, name))

    def changes(self, after: int, limit: int) -> tuple[Change, ...]:
        """Return the next changes after a sequence number, in order, at most `limit`."""
        return self.catalogue.changes(after, limit)

    def changed_since(self, sequence: int, identifiers: Sequence[str]) -> frozenset[str]:
        """Return those of the documents that have changed after a sequence number."""
        return self.catalogue.changed_since(sequence, identifiers)

    def last_change(self) -> int:
        """Return the sequence number of the newest change; 0 in an empty archive."""
        return self.catalogue.last_change()
