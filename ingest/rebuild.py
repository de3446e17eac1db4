"""Everything derived, again, from the storage root: records, text, passports, index; same identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.model import Document, Page
from archive.records import Json
from archive.repository import Archive
from index.indexer import Indexer
from ingest.accession import pages_of
from ingest.extraction import ExtractionError
from ingest.readers import ReaderPool, Reading


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How far a rebuild has come: documents done of all, and the one just done."""

    done: int
    total: int
    document: str


def rebuild(archive: Archive, indexer: Indexer, readers: ReaderPool) -> Iterator[Rebuilt]:
    """Read every original again and fill catalogue and index; what is there serves until replaced.

    Yields:
        Progress, after each document.

    Raises:
        StorageError: the storage root cannot be read; `verify` says what is damaged.
    """
    for conference in archive.stored_conferences():
        archive.catalogue.put_conference(conference)
    documents = {document.id: document for document in archive.stored_documents()}
    for document in archive.documents(state=None):
        if document.id not in documents:
            archive.catalogue.remove_document(document.id)
    gathered: dict[str, dict[str, Reading | ExtractionError]] = {name: {} for name in documents}
    done = 0
    for (identifier, name), reading in readers.read_all(_jobs(archive, documents)):
        readings = gathered[identifier]
        readings[name] = reading
        document = documents[identifier]
        if len(readings) < len(document.current.files):
            continue
        _describe(archive, document, readings)
        del gathered[identifier]
        done += 1
        yield Rebuilt(done, len(documents), identifier)
    indexer.rebuild()


def _jobs(archive: Archive, documents: dict[str, Document]) -> Iterator[tuple[tuple[str, str], Path, str]]:
    for document in documents.values():
        version = document.current
        for file in version.files:
            yield (
                (document.id, file.name),
                archive.original(document.id, version.number, file.name),
                file.media_type,
            )


def _describe(archive: Archive, document: Document, readings: dict[str, Reading | ExtractionError]) -> None:
    passports: dict[str, Json] = {}
    pages: tuple[Page, ...] = ()
    for name, reading in readings.items():
        passports[name] = (
            {"error": str(reading)} if isinstance(reading, ExtractionError) else reading.passport.to_json()
        )
    first = readings[document.current.files[0].name]
    if not isinstance(first, ExtractionError):
        pages = pages_of(first)
    archive.catalogue.put_document(document, pages, passports)
