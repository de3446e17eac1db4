"""Check that nothing kept is damaged and that catalogue and storage root agree.

Changes nothing, but that a change which a dead writer left half done is finished first, as any writer would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from sqlalchemy import select

from archive.catalogue_checks import conference_findings, document_findings, unstored_findings
from archive.errors import ArchiveError, NotFoundError
from archive.findings import Finding
from archive.inventories import sha512_of
from archive.lock import exclusive
from archive.object_folders import object_folders
from archive.objects import THESAURUS, conference_of, document_of
from archive.records import conference_to_json, document_to_json, dump
from archive.repository import LOCK_TIMEOUT_SECONDS, Archive
from archive.settings import Settings
from archive.storage import Storage
from archive.storage_verification import StorageVerification
from archive.tables import intake
from archive.thesaurus_checks import lost_thesaurus_findings, thesaurus_findings
from archive.whole_copies import WholeCopies


def verify(archive: Archive, checked: Callable[[], None] = lambda: None) -> Iterator[Finding]:
    """Check every digest and every rule of OCFL, and the catalogue against the storage root.

    Args:
        checked: called after every object.

    Yields:
        What is wrong, one finding each; nothing where the archive is whole.
    """
    try:
        archive.recover()
    except ArchiveError as exc:
        yield Finding("journal", f"holds a change that cannot be finished: {exc}")
    storage = StorageVerification(archive.storage, whole_copies(archive), partial(_settled, archive))
    yield from storage.findings(checked)
    for folder in object_folders(archive.storage.root, lambda _: None):
        if folder not in storage.damaged:
            yield from storage.twice(partial(_described, archive, folder))
    yield from storage.twice(partial(unstored_findings, archive, storage.damaged))
    if archive.storage.folder(THESAURUS) not in storage.damaged:
        yield from storage.twice(partial(lost_thesaurus_findings, archive))


def verify_storage(settings: Settings, checked: Callable[[], None] = lambda: None) -> Iterator[Finding]:
    """Check the storage root alone, for an archive whose catalogue cannot be opened."""
    storage = Storage(settings.home / "storage")
    copies = WholeCopies(storage.root, lambda _: (), lambda *_: "")
    lock = partial(exclusive, settings.home / "archive.lock", LOCK_TIMEOUT_SECONDS)
    return StorageVerification(storage, copies, lock).findings(checked)


def object_count(home: Path) -> int:
    """Count the objects that are to be checked."""
    return sum(1 for _ in object_folders(home / "storage", lambda _: None))


def whole_copies(archive: Archive) -> WholeCopies:
    """Return what looks for whole copies: in the storage root, among received files, in the catalogue."""
    return WholeCopies(archive.storage.root, partial(_received, archive), partial(_in_a_bag, archive))


@contextmanager
def _settled(archive: Archive) -> Iterator[None]:
    """Keep writers out, after what a dead one left is finished, as far as it can be."""
    with suppress(ArchiveError):
        archive.recover()
    with archive.locked():
        yield


def _described(archive: Archive, folder: Path) -> Iterator[Finding]:
    """Check what the catalogue says of one object. One that is gone is not wrong."""
    if not folder.exists():
        return
    name = archive.storage.identifier_in(folder)
    if identifier := document_of(name):
        yield from document_findings(archive, identifier)
    elif identifier := conference_of(name):
        yield from conference_findings(archive, identifier)
    elif name == THESAURUS:
        yield from thesaurus_findings(archive.stored)
    else:
        place = folder.relative_to(archive.storage.root.parent)
        yield Finding(
            str(place), f"is the object {name!r}, which is no document, no conference and not the thesaurus"
        )


def _received(archive: Archive, sha512: str) -> list[Path]:
    query = select(intake.c.received).where(intake.c.sha512 == sha512, intake.c.received != "")
    with archive.catalogue.engine.connect() as connection:
        return [archive.settings.home / "received" / name for name in connection.execute(query).scalars()]


def _in_a_bag(archive: Archive, name: str, sha512: str) -> str:
    """Return where an exported bag has a record with this SHA-512; empty where the catalogue has another."""
    if (identifier := document_of(name)) and (
        document := archive.documents_by_id([identifier]).get(identifier)
    ):
        record, path = dump(document_to_json(document)), f"data/documents/{identifier}/record.json"
    elif identifier := conference_of(name):
        try:
            record, path = dump(conference_to_json(archive.conference(identifier))), "data/conference.json"
        except NotFoundError:
            return ""
    else:
        return ""
    return path if sha512_of(record) == sha512 else ""
