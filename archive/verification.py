"""Check that nothing kept is damaged and that catalogue and storage root agree. Changes nothing.

Checking goes on beside writers: whatever looks wrong is looked at once more with every writer kept out, and
only what is wrong then is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from archive.errors import ArchiveError, NotFoundError
from archive.model import Document, State
from archive.objects import conference_object, conference_of, document_object, document_of
from archive.repository import Archive
from archive.storage import Finding


def verify(archive: Archive) -> Iterator[Finding]:
    """Check every digest and every rule of OCFL, and the catalogue against the storage root.

    Yields:
        What is wrong, one finding each; nothing where the archive is whole.
    """
    damaged = False
    for check in _storage_checks(archive):
        for finding in _twice(archive, check):
            damaged = True
            yield finding
    if not damaged:
        for check in _catalogue_checks(archive):
            yield from _twice(archive, check)


def _twice(archive: Archive, check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    if not list(check()):
        return []
    with archive.locked():
        return list(check())


def _storage_checks(archive: Archive) -> Iterator[Callable[[], Iterator[Finding]]]:
    storage = archive.storage
    yield storage.structure_findings
    for folder in storage.objects():
        yield partial(storage.object_findings, folder)


def _catalogue_checks(archive: Archive) -> Iterator[Callable[[], Iterator[Finding]]]:
    for name in archive.storage.identifiers():
        if identifier := document_of(name):
            yield partial(_document_findings, archive, identifier)
        elif identifier := conference_of(name):
            yield partial(_conference_findings, archive, identifier)
    yield partial(_unstored_findings, archive)


def _document_findings(archive: Archive, identifier: str) -> Iterator[Finding]:
    try:
        document = archive.stored.document(identifier)
    except NotFoundError:
        return
    except (ArchiveError, KeyError, ValueError, TypeError) as exc:
        yield Finding(identifier, f"has a record that cannot be read: {exc}")
        return
    yield from _file_findings(archive, document)
    if archive.documents_by_id([identifier]).get(identifier) != document:
        yield Finding(identifier, "is not in the catalogue as the storage root has it; run rebuild")
    elif document.state is State.PUBLISHED:
        pages = len(archive.pages(identifier))
        if pages != (document.current.files[0].page_count or 0):
            yield Finding(
                identifier, f"has {pages} pages in the catalogue, which is not what was read; run rebuild"
            )


def _file_findings(archive: Archive, document: Document) -> Iterator[Finding]:
    for version in document.versions:
        for file in version.files:
            try:
                archive.original(document.id, version.number, file.name)
            except NotFoundError:
                problem = f"names the file {file.name!r} of version {version.number}, which is not stored"
                yield Finding(document.id, problem)


def _conference_findings(archive: Archive, identifier: str) -> Iterator[Finding]:
    try:
        if archive.conference(identifier) == archive.stored.conference(identifier):
            return
    except NotFoundError:
        pass
    yield Finding(identifier, "is not in the catalogue as the storage root has it; run rebuild")


def _unstored_findings(archive: Archive) -> Iterator[Finding]:
    names = {document.id: document_object(document.id) for document in archive.documents(state=None)}
    names |= {conference.id: conference_object(conference.id) for conference in archive.conferences()}
    for identifier, name in names.items():
        if not archive.storage.exists(name):
            yield Finding(identifier, "is in the catalogue and not in the storage root; run rebuild")
