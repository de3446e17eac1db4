"""Delete documents for good: drafts by whoever checks them, anything else by administrators.

Files come in under the same lock, so that none that is being read brings its document back.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from archive.errors import EditError
from archive.history import was_published
from archive.model import Document, State
from archive.repository import Archive
from archive.staff_log import PURGE, StaffLog
from archive.tables import batches, intake
from ingest.succession import accession_lock


def delete_draft(
    archive: Archive, identifier: str, person: str, batch: str | None = None, told: Collection[str] = ()
) -> Document:
    """Delete a draft that never was anything else; return what it was.

    Args:
        told: the people of whom the person knows that their uploads count on the draft too.

    Raises:
        NotFoundError: it is gone. EditError: it was published, or somebody else's upload counts on it.
    """

    def check(document: Document) -> None:
        if document.state is not State.DRAFT or was_published(archive.storage, document.id):
            raise EditError(
                f"{document.title!r} was published. Only an administrator can delete it, where its record is."
            )
        if set(counting_on(archive, identifier, person)) - set(told):
            raise EditError("Somebody else's upload counts on this draft. Look at it again, then delete it.")

    with accession_lock(archive):
        document = archive.purge(identifier, check)
    return _entered(archive, document, person, batch)


def delete_for_good(archive: Archive, identifier: str, person: str) -> Document:
    """Delete a document in whatever state; return what it was. Raises NotFoundError."""
    with accession_lock(archive):
        document = archive.purge(identifier)
    return _entered(archive, document, person, None)


def counting_on(archive: Archive, document: str, person: str) -> tuple[str, ...]:
    """Name the others whose uploads became this draft, went into it, or were the same to the last bit."""
    query = (
        select(batches.c.person)
        .join(intake, intake.c.batch == batches.c.id)
        .where(intake.c.document == document, batches.c.person.not_in(("", person)))
        .distinct()
        .order_by(batches.c.person)
    )
    with archive.catalogue.engine.connect() as connection:
        return tuple(connection.scalars(query))


def _entered(archive: Archive, document: Document, person: str, batch: str | None) -> Document:
    gone = {document.id: {"state": (document.state.value, None)}}
    StaffLog(archive.catalogue.engine).enter(person, PURGE, gone, batch=batch, conference=document.conference)
    return document
