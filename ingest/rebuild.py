"""Everything derived, again, from the storage root: records, text, passports, index, lexicon.

Others may go on depositing meanwhile. What they change while it is being read is read once more; nothing is
put into the catalogue but what the storage root has at that moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from archive.errors import NotFoundError
from archive.filling import begin_filling, end_filling
from archive.model import Document, File, Page, State
from archive.objects import document_object
from archive.records import Json
from archive.repository import Archive
from archive.restoration import drop_unstored, recatalogue, recatalogue_conference, redeclare
from index.indexer import Indexer
from index.teaching import Teacher
from ingest.extraction import DamagedError, ExtractionError
from ingest.readers import ReaderPool, Reading
from ingest.work import pages_of, passport_of

Readings = dict[str, Reading | ExtractionError]

MISSING = "The original is missing or no longer what was received. Run verify, and restore it from a backup."


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A document that is done; `problem` says why its text could not be read again."""

    document: str
    problem: str = ""


def rebuild(archive: Archive, indexer: Indexer, readers: ReaderPool) -> Iterator[Rebuilt]:
    """Read every original again and fill catalogue and index; what is there serves until replaced.

    Yields:
        Each document when it is done.

    Raises:
        StorageError: the storage root cannot be read; `verify` says what is damaged.
    """
    if archive.catalogue.is_empty():
        begin_filling(archive.settings.home)
    redeclare(archive)
    for conference in archive.stored.conferences():
        with suppress(NotFoundError):  # taken out meanwhile
            recatalogue_conference(archive, conference.id)
    yield from read_documents(archive, readers, archive.stored.documents())
    drop_unstored(archive)
    end_filling(archive.settings.home)
    indexer.rebuild()
    with closing(Teacher(archive)) as teacher:
        teacher.teach()


def read_documents(archive: Archive, readers: ReaderPool, documents: Iterable[Document]) -> Iterator[Rebuilt]:
    """Read the originals of documents and put text and passports into the catalogue; yield each when done."""
    due = {document.id: document for document in documents}
    while due:
        changed: list[str] = []
        for document, readings in _read(archive, readers, due):
            problem = _problem(document, readings)
            if recatalogue(archive, document, *_reading(archive, document, readings, keep=bool(problem))):
                is_there = not problem or archive.storage.exists(document_object(document.id))
                yield Rebuilt(document.id, problem if is_there else "")
            else:
                changed.append(document.id)
        due = {}
        for identifier in changed:
            with suppress(NotFoundError):  # deleted meanwhile, and out of the catalogue with that
                due[identifier] = archive.stored.document(identifier)


def _read(
    archive: Archive, readers: ReaderPool, documents: dict[str, Document]
) -> Iterator[tuple[Document, Readings]]:
    gathered: dict[str, Readings] = {identifier: {} for identifier in documents}
    jobs: list[tuple[tuple[str, str], Path, str]] = []
    for document in documents.values():
        for file in document.current.files:
            path = _whole_original(archive, document, file)
            if path is None:
                gathered[document.id][file.name] = DamagedError(MISSING)
            else:
                jobs.append(((document.id, file.name), path, file.media_type))
        if len(gathered[document.id]) == len(document.current.files):
            yield document, gathered.pop(document.id)
    for (identifier, name), reading in readers.read_all(jobs):
        gathered[identifier][name] = reading
        document = documents[identifier]
        if len(gathered[identifier]) == len(document.current.files):
            yield document, gathered.pop(identifier)


def _whole_original(archive: Archive, document: Document, file: File) -> Path | None:
    try:
        path = archive.original(document.id, document.current.number, file.name)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha512").hexdigest()
    except (NotFoundError, OSError):
        return None
    return path if digest == file.sha512 else None


def _problem(document: Document, readings: Readings) -> str:
    """Say what is wrong where a published document can no longer be read."""
    first = readings[document.current.files[0].name]
    if isinstance(first, ExtractionError) and document.state is State.PUBLISHED:
        return f"{document.current.files[0].name}: {first}"
    return ""


def _reading(
    archive: Archive, document: Document, readings: Readings, *, keep: bool
) -> tuple[tuple[Page, ...] | None, dict[str, Json] | None]:
    """Return pages and passports; None, to keep those in the catalogue, where reading went wrong."""
    if keep and archive.pages(document.id):
        return None, None
    passports = {name: passport_of(reading) for name, reading in readings.items()}
    first = readings[document.current.files[0].name]
    return () if isinstance(first, ExtractionError) else pages_of(first), passports
