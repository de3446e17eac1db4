"""Check that nothing kept is damaged and that catalogue and storage root agree. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from archive.errors import ArchiveError, NotFoundError
from archive.model import Document
from archive.repository import Archive, document_of
from archive.storage import Finding


def verify(archive: Archive) -> Iterator[Finding]:
    """Check every digest and every rule of OCFL, and the catalogue against the storage root.

    Yields:
        What is wrong, one finding each; nothing where the archive is whole.
    """
    damaged = False
    with archive.locked():
        for finding in archive.storage.findings():
            damaged = True
            yield finding
    if not damaged:
        yield from _catalogue_findings(archive)


def _catalogue_findings(archive: Archive) -> Iterator[Finding]:
    stored: set[str] = set()
    for name in archive.storage.identifiers():
        identifier = document_of(name)
        if identifier is None:
            continue
        stored.add(identifier)
        try:
            document = archive.stored_document(identifier)
        except (ArchiveError, KeyError, ValueError, TypeError) as exc:
            yield Finding(identifier, f"has a record that cannot be read: {exc}")
            continue
        yield from _file_findings(archive, document)
        if archive.documents_by_id([identifier]).get(identifier) != document:
            yield Finding(identifier, "is not in the catalogue as the storage root has it; run rebuild")
    for document in archive.documents(state=None):
        if document.id not in stored:
            yield Finding(document.id, "is in the catalogue and not in the storage root; run rebuild")


def _file_findings(archive: Archive, document: Document) -> Iterator[Finding]:
    for version in document.versions:
        for file in version.files:
            try:
                archive.original(document.id, version.number, file.name)
            except NotFoundError:
                problem = f"names the file {file.name!r} of version {version.number}, which is not stored"
                yield Finding(document.id, problem)
