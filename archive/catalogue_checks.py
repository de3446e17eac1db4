"""Check what the catalogue says of an object against the record that the storage root has of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from archive.errors import ArchiveError, NotFoundError
from archive.findings import Finding
from archive.model import Document, State
from archive.objects import conference_object, document_object, original_path
from archive.repository import Archive

REBUILD = "Run: python -m portal rebuild"
NOT_THE_SAME = "is not in the catalogue as the storage root has it"


def document_findings(archive: Archive, identifier: str) -> Iterator[Finding]:
    """Check one document. One that is gone is not wrong."""
    try:
        document = archive.stored.document(identifier)
    except NotFoundError:
        return
    except (ArchiveError, KeyError, ValueError, TypeError, AttributeError) as exc:
        yield Finding(identifier, f"has a record that cannot be read: {exc}")
        return
    if document.id != identifier:
        yield Finding(identifier, f"has the record of another document, {document.id}")
        return
    yield from _file_findings(archive, document)
    if archive.documents_by_id([identifier]).get(identifier) != document:
        yield Finding(identifier, NOT_THE_SAME, REBUILD)
    elif document.state is State.PUBLISHED:
        pages = len(archive.pages(identifier))
        if pages != (document.current.files[0].page_count or 0):
            yield Finding(
                identifier, f"has {pages} pages in the catalogue, which is not what was read", REBUILD
            )


def _file_findings(archive: Archive, document: Document) -> Iterator[Finding]:
    name = document_object(document.id)
    for version in document.versions:
        for file in version.files:
            try:
                stored = archive.storage.sha512(name, original_path(version.number, file.name))
            except NotFoundError:
                problem = f"names the file {file.name!r} of version {version.number}, which is not stored"
                yield Finding(document.id, problem)
                continue
            if stored != file.sha512:
                problem = f"has another SHA-512 for the file {file.name!r} of version {version.number}"
                yield Finding(document.id, f"{problem} than the inventory of its object")


def conference_findings(archive: Archive, identifier: str) -> Iterator[Finding]:
    """Check one conference. One that is gone is not wrong."""
    try:
        stored = archive.stored.conference(identifier)
    except NotFoundError:
        return
    except (ArchiveError, KeyError, ValueError, TypeError, AttributeError) as exc:
        yield Finding(identifier, f"has a record that cannot be read: {exc}")
        return
    if stored.id != identifier:
        yield Finding(identifier, f"has the record of another conference, {stored.id}")
        return
    try:
        same = archive.conference(identifier) == stored
    except NotFoundError:
        same = False
    if not same:
        yield Finding(identifier, NOT_THE_SAME, REBUILD)


def unstored_findings(archive: Archive, damaged: Collection[Path]) -> Iterator[Finding]:
    """Yield what the catalogue has and the storage root has not; `damaged` are objects named already."""
    names = {document.id: document_object(document.id) for document in archive.documents(state=None)}
    names |= {conference.id: conference_object(conference.id) for conference in archive.conferences()}
    for identifier, name in names.items():
        folder = archive.storage.folder(name)
        if folder not in damaged and not _is_there(archive, name):
            place = folder.relative_to(archive.storage.root.parent)
            yield Finding(
                identifier,
                f"is in the catalogue, and its object {place} is not in the storage root",
                f"Restore that folder from a backup; rebuild forgets the document. {REBUILD}",
            )


def _is_there(archive: Archive, name: str) -> bool:
    try:
        return archive.storage.exists(name)
    except OSError:
        return True  # it cannot be read, which is a finding of its own
