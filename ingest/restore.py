"""Read a bag of a conference back: the same identifiers, records, versions and originals.

What the archive has already stays as it is. A bag comes from outside: it is checked whole before anything of
it is kept, and only files that its records name are taken.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import bagit

from archive.errors import ArchiveError, DamagedStorageError, IdentifierError, StorageError
from archive.identifiers import parse_conference_id, parse_document_id, parse_panel_id
from archive.model import Conference, Document, File, State, Version
from archive.names import safe_name
from archive.records import (
    CONFERENCE_FORMAT,
    DOCUMENT_FORMAT,
    conference_from_json,
    document_from_json,
    load,
)
from archive.repository import Archive
from ingest.bag_places import CONFERENCE, DOCUMENTS, ORIGINALS, RECORD
from ingest.bags import DIGEST, BagError
from ingest.outcome import Outcome, Status
from ingest.readers import ReaderPool
from ingest.rebuild import read_documents
from ingest.succession import accession_lock

MESSAGE = "Restored from a bag"
"""What the history of an object says of it."""

LONGEST_RECORD_BYTES = 16 * 1024 * 1024
"""No record is longer."""

_OTHER = "The archive has another document with this identifier. It stays as it is."
_WITHDRAWN = "It is withdrawn: {reason}"


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag that was checked: the conference, its documents, and where it lies."""

    path: Path
    conference: Conference
    documents: tuple[Document, ...]

    def original(self, document: Document, version: Version, file: File) -> Path:
        """Return where a file lies."""
        return self.path / _original(document, version, file)


def open_bag(path: Path) -> Bag:
    """Check a bag: complete, every digest right, records that make sense. Raises BagError."""
    if any(entry.is_symlink() for entry in _entries(path)):
        raise BagError(f"{path} has symbolic links in it. A bag holds files only.")
    try:
        bag = bagit.Bag(str(path))
        bag.validate()
        digests = {name: entry[DIGEST] for name, entry in bag.payload_entries().items()}
    except KeyError:
        raise BagError(f"{path} has no digests of the kind {DIGEST}.") from None
    except (bagit.BagError, OSError, UnicodeDecodeError) as exc:
        raise BagError(f"{path} is damaged or incomplete: {exc}. Copy it once more.") from exc
    conference = _conference(path / "data" / CONFERENCE)
    folders = (path / "data" / DOCUMENTS).iterdir() if (path / "data" / DOCUMENTS).is_dir() else iter(())
    documents = tuple(_document(path, folder, conference, digests) for folder in sorted(folders))
    return Bag(path, conference, documents)


def restore(archive: Archive, readers: ReaderPool, bag: Bag) -> Iterator[Outcome]:
    """Keep what the archive does not have; yield what became of each original when it is read.

    May be stopped at any moment; doing it again does the rest.
    """
    _restore_conference(archive, bag.conference)
    due: dict[str, Document] = {}
    for document in bag.documents:
        try:
            status = _restore_document(archive, bag, document)
        except (ArchiveError, OSError) as exc:
            yield from _outcomes(document, Status.FAILED, str(exc))
            continue
        if status is Status.DEPOSITED or (status is Status.UNCHANGED and not archive.passports(document.id)):
            due[document.id] = document
        else:
            yield from _outcomes(document, status, _OTHER if status is Status.FAILED else "")
    for done in read_documents(archive, readers, due.values()):
        document = due[done.document]
        pages = archive.pages(document.id)
        status = Status.DEPOSITED if document.state is State.PUBLISHED else Status.HELD
        reason = document.reason
        if document.state is State.WITHDRAWN:
            reason = _WITHDRAWN.format(reason=reason)
        for outcome in _outcomes(document, status, " ".join(filter(None, (reason, done.problem)))):
            yield replace(
                outcome,
                pages=len(pages),
                characters=sum(len(page.text) for page in pages),
                languages=document.languages,
            )


def _restore_conference(archive: Archive, conference: Conference) -> None:
    if conference.id not in [known.id for known in archive.conferences()]:
        archive.save_conference(conference, message=MESSAGE)


def _restore_document(archive: Archive, bag: Bag, document: Document) -> Status:
    """Keep a document, version by version; one that is there in part gets the rest."""
    with accession_lock(archive):
        known = archive.documents_by_id([document.id]).get(document.id)
        if known == document:
            return Status.UNCHANGED
        there = 0
        if known is not None:
            there = len(known.versions)
            if known != replace(document, versions=document.versions[:there]):
                return Status.FAILED
        for number in range(there + 1, len(document.versions) + 1):
            partial = replace(document, versions=document.versions[:number])
            files = partial.current.files
            originals = {file.name: bag.original(document, partial.current, file) for file in files}
            archive.save(partial, message=MESSAGE, originals=originals)
    return Status.DEPOSITED


def _outcomes(document: Document, status: Status, error: str) -> Iterator[Outcome]:
    for version in document.versions:
        for file in version.files:
            yield Outcome(_original(document, version, file), status, document.id, error=error)


def _original(document: Document, version: Version, file: File) -> str:
    return f"data/{DOCUMENTS}/{document.id}/{ORIGINALS}/{version.number}/{file.name}"


def _entries(path: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(path):
        yield from (Path(parent, name) for name in (*folders, *files))


def _conference(path: Path) -> Conference:
    try:
        conference = conference_from_json(load(_record(path), CONFERENCE_FORMAT))
        parse_conference_id(conference.id)
        owners = {parse_panel_id(panel.id)[0] for panel in conference.panels}
    except (DamagedStorageError, StorageError, IdentifierError, *_SENSELESS) as exc:
        raise BagError(f"{path} is no record of a conference: {exc}") from exc
    if owners - {conference.id}:
        raise BagError(f"{path} has panels of another conference.")
    return conference


def _document(root: Path, folder: Path, conference: Conference, digests: dict[str, str]) -> Document:
    path = folder / RECORD
    try:
        document = document_from_json(load(_record(path), DOCUMENT_FORMAT))
        parse_document_id(document.id)
    except (DamagedStorageError, StorageError, IdentifierError, *_SENSELESS) as exc:
        raise BagError(f"{path} is no record of a document: {exc}") from exc
    if document.id != folder.name or document.conference != conference.id or not document.versions:
        raise BagError(f"{path} is the record of another document.")
    if [version.number for version in document.versions] != list(range(1, len(document.versions) + 1)):
        raise BagError(f"{path} has versions that are not numbered from 1.")
    for version in document.versions:
        for file in version.files:
            where = _original(document, version, file)
            same = digests.get(where) == file.sha512 and (root / where).stat().st_size == file.size_bytes
            if safe_name(file.name) != file.name or not same:
                raise BagError(f"{path} names the file {file.name!r}, which is not there or is another one.")
        if not version.files or len({file.name for file in version.files}) < len(version.files):
            raise BagError(f"{path} has a version without files, or a file twice.")
    return document


def _record(path: Path) -> bytes:
    if not path.is_file():
        raise BagError(f"{path} is missing.")
    if path.stat().st_size > LONGEST_RECORD_BYTES:
        raise BagError(f"{path} is longer than any record.")
    return path.read_bytes()


_SENSELESS = (KeyError, ValueError, TypeError, AttributeError, RecursionError)
"""What reading a record raises where a value is missing or of another type."""
