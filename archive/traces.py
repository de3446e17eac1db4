"""What tells of a document besides its object and its rows, and what stays of that after it is deleted.

The staff log keeps who changed which fields and when, not what they said. A file that came in with a batch
keeps its path and that it was deleted, so that whoever handed it in is told; one that did not, keeps nothing.
What was proposed for other files because of the document goes. Pictures go with the last document that has
their file.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, Text, and_, cast, delete, or_, select, update

from archive.tables import files, intake, refused_pairs, staff_log

DELETED = "deleted"
"""What became of a file of a batch whose document was deleted for good."""

_AT_ONCE = 500


def digests_of_its_own(connection: Connection, identifier: str, had: Iterable[str] = ()) -> frozenset[str]:
    """Return the SHA-512 of the files, in whatever version, that no other document has.

    `had`: digests of what was in its object besides, such as a file replaced before it was published.
    """
    named = connection.scalars(select(files.c.sha512).where(files.c.document == identifier)).all()
    asked = sorted({*named, *had})
    shared: set[str] = set()
    for start in range(0, len(asked), _AT_ONCE):
        part = files.c.sha512.in_(asked[start : start + _AT_ONCE])
        shared |= {*connection.scalars(select(files.c.sha512).where(part, files.c.document != identifier))}
    return frozenset(asked) - shared


def forget(connection: Connection, identifier: str) -> None:
    """Take a document out of what else the database tells. May be done again."""
    _forget_files(connection, identifier)
    _forget_proposals(connection, identifier)
    _forget_steps(connection, identifier)
    named = or_(refused_pairs.c.one == identifier, refused_pairs.c.other == identifier)
    connection.execute(delete(refused_pairs).where(named))


def _forget_files(connection: Connection, identifier: str) -> None:
    named = intake.c.document == identifier
    connection.execute(delete(intake).where(and_(named, intake.c.batch.is_(None))))
    connection.execute(
        update(intake)
        .where(named)
        .values(
            state="done", status=DELETED, error="", sha512="", received="", description={}, proposals=None
        )
    )


def _forget_proposals(connection: Connection, identifier: str) -> None:
    """Drop what was proposed for other files with a look at this document: it may tell its title."""
    query = select(intake.c.id, intake.c.proposals).where(_names(intake.c.proposals, identifier))
    query = query.with_for_update()
    for row in connection.execute(query).all():
        kept = {name: each for name, each in row.proposals.items() if identifier not in str(each)}
        connection.execute(update(intake).where(intake.c.id == row.id).values(proposals=kept))


def _forget_steps(connection: Connection, identifier: str) -> None:
    query = select(staff_log.c.id, staff_log.c.differences).where(_names(staff_log.c.differences, identifier))
    query = query.with_for_update()
    for row in connection.execute(query).all():
        if identifier in row.differences:
            blank = {name: [None, None] for name in row.differences[identifier]}
            changed = {**row.differences, identifier: blank}
            connection.execute(update(staff_log).where(staff_log.c.id == row.id).values(differences=changed))


def _names(column: ColumnElement[object], identifier: str) -> ColumnElement[bool]:
    return cast(column, Text).contains(identifier, autoescape=True)
