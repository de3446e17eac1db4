"""Make the catalogue again what the storage root says, one document at a time, beside other writers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.durable import make_folders
from archive.errors import NotFoundError
from archive.model import Document, Page
from archive.objects import conference_object, document_object
from archive.records import Json
from archive.repository import Archive


def recatalogue(
    archive: Archive, document: Document, pages: Sequence[Page] | None, passports: Mapping[str, Json] | None
) -> bool:
    """Put a document into the catalogue as the storage root has it, with what was read of its files.

    Returns:
        Whether that was done: not if the files changed since `document` was loaded.
    """
    with archive.writing():
        try:
            stored = archive.stored.document(document.id)
        except NotFoundError:
            archive.catalogue.remove_document(document.id)
            return True
        if stored.versions != document.versions:
            return False
        archive.catalogue.put_document(stored, pages, passports)
        return True


def recatalogue_conference(archive: Archive, identifier: str) -> None:
    """Put a conference into the catalogue as the storage root has it. Raises StorageError."""
    with archive.writing():
        archive.catalogue.put_conference(archive.stored.conference(identifier))


def drop_unstored(archive: Archive) -> None:
    """Take out of the catalogue what the storage root does not have."""
    with archive.writing():
        for document in archive.documents(state=None):
            if not archive.storage.exists(document_object(document.id)):
                archive.catalogue.remove_document(document.id)
        for conference in archive.conferences():
            if not archive.storage.exists(conference_object(conference.id)):
                archive.catalogue.remove_conference(conference.id)


def redeclare(archive: Archive) -> None:
    """Write the declaration of every object that lacks it, or has it without its line break."""
    staging = archive.settings.home / "staging"
    with archive.writing():
        make_folders(staging)
        for folder in archive.storage.objects():
            archive.storage.declare(folder, staging)
