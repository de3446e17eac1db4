"""Whether the catalogue and the storage root say the same of an object that is about to change.

A change is made from the record in the catalogue. If that comes from an older backup, the change would undo
what the storage root has since, and a new version would take the place of one that is there.
"""

from __future__ import annotations

from archive.catalogue import Catalogue
from archive.errors import CatalogueError, NotFoundError, StorageError
from archive.inventories import sha512_of
from archive.model import Conference, Document
from archive.objects import RECORD, conference_object, document_object
from archive.records import conference_to_json, document_to_json, dump
from archive.stored import Stored


def refuse_other_document(stored: Stored, catalogue: Catalogue, identifier: str) -> None:
    """Raise CatalogueError or StorageError where a document is not in both, or not the same."""
    known = catalogue.documents_by_id([identifier]).get(identifier)
    if _is_to_be_compared(stored, document_object(identifier), known, identifier):
        _refuse_unless(stored.document(identifier) == known, identifier)


def refuse_other_conference(stored: Stored, catalogue: Catalogue, identifier: str) -> None:
    """Raise CatalogueError or StorageError where a conference is not in both, or not the same."""
    try:
        known = catalogue.conference(identifier)
    except NotFoundError:
        known = None
    if _is_to_be_compared(stored, conference_object(identifier), known, identifier):
        _refuse_unless(stored.conference(identifier) == known, identifier)


def _is_to_be_compared(
    stored: Stored, name: str, known: Document | Conference | None, identifier: str
) -> bool:
    """Tell whether the records have to be read: they were written by different programs, or differ."""
    is_stored = stored.storage.exists(name)
    if known is None or not is_stored:
        if known is not None:
            raise StorageError(
                f"{identifier} is in the catalogue, and its object is not in the storage root. Nothing was "
                f"changed. Restore {stored.storage.folder(name)} from a backup."
            )
        _refuse_unless(not is_stored, identifier)
        return False
    record = document_to_json(known) if isinstance(known, Document) else conference_to_json(known)
    return stored.storage.sha512(name, RECORD) != sha512_of(dump(record))


def _refuse_unless(agrees: bool, identifier: str) -> None:
    if not agrees:
        raise CatalogueError(
            f"The catalogue does not have {identifier} as the storage root has it: one of them comes from an "
            "older backup. Nothing was changed. If the storage root is the newer one, run: "
            "python -m portal rebuild. Else restore the storage root first."
        )
