"""Every file handed in and where it stands: the queue that survives a crash.

A file is entered once its bytes are safe, leased to whoever reads it, and done when the archive has it. A
lease that ran out belongs to a dead process; the next worker takes the file over.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from archive.received import Received
from archive.repository import Archive
from archive.tables import intake
from ingest.candidate import Description

LEASE_SECONDS = 900.0
"""Longer than any file is read, so that only dead processes lose their leases."""

WAITING, DONE = "waiting", "done"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A file whose bytes are safe and which waits to be read, leased to this process.

    `received` names the bytes for `Archive.received`.
    """

    id: int
    path: str
    received: str
    sha512: str
    size_bytes: int
    media_type: str
    description: Description


class Intake:
    """The queue of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._engine = archive.catalogue.engine

    def enter(self, path: str, received: Received, media_type: str, description: Description) -> Ticket:
        """Put a file into the queue, leased to this process; one that waits already gets the new bytes."""
        values = {
            "conference": description.conference,
            "path": path,
            "received": received.name,
            "sha512": received.sha512,
            "size_bytes": received.size_bytes,
            "media_type": media_type,
            "description": description.to_json(),
            "state": WAITING,
            "leased_until": time.time() + LEASE_SECONDS,
            "error": "",
            "document": None,
        }
        with self._engine.begin() as connection:
            identifier, before = _waiting(connection, path, received.sha512, description.conference)
            if identifier is None:
                identifier = connection.execute(
                    insert(intake).values(values).returning(intake.c.id)
                ).scalar_one()
            else:
                connection.execute(update(intake).where(intake.c.id == identifier).values(values))
        if before is not None:
            self._archive.discard_received(before)
        return Ticket(
            identifier, path, received.name, received.sha512, received.size_bytes, media_type, description
        )

    def finish(self, ticket: Ticket, document: str | None, error: str) -> None:
        """Note what became of a file, and let go of its bytes."""
        values = {"state": DONE, "document": document, "error": error}
        with self._engine.begin() as connection:
            connection.execute(update(intake).where(intake.c.id == ticket.id).values(values))
        self._archive.discard_received(ticket.received)

    def settle(self, path: str, sha512: str, conference: str, document: str) -> None:
        """Close the entry of a dead process for a file that the archive turns out to have."""
        with self._engine.begin() as connection:
            identifier, received = _waiting(connection, path, sha512, conference)
            if identifier is not None and received is not None:
                values = {"state": DONE, "document": document}
                connection.execute(update(intake).where(intake.c.id == identifier).values(values))
        if received is not None:
            self._archive.discard_received(received)

    def sweep(self) -> None:
        """Drop received bytes of dead processes that never entered the queue."""
        self._archive.sweep_received(self._is_needed)

    def _is_needed(self, received: str) -> bool:
        query = select(intake.c.id).where(intake.c.received == received, intake.c.state == WAITING)
        with self._engine.connect() as connection:
            return connection.scalar(query) is not None

    def lease(self, limit: int) -> tuple[Ticket, ...]:
        """Take over the oldest files that nobody is reading."""
        now = time.time()
        free = (intake.c.state == WAITING) & (intake.c.leased_until < now)
        with self._engine.begin() as connection:
            rows = connection.execute(
                select(intake)
                .where(free)
                .order_by(intake.c.id)
                .limit(limit)
                .with_for_update(skip_locked=True)
            ).all()
            leased = [
                row
                for row in rows
                if connection.execute(
                    update(intake).where(free, intake.c.id == row.id).values(leased_until=now + LEASE_SECONDS)
                ).rowcount
            ]
        return tuple(
            Ticket(
                row.id,
                row.path,
                row.received,
                row.sha512,
                row.size_bytes,
                row.media_type,
                Description.from_json(row.description),
            )
            for row in leased
        )


def _waiting(
    connection: Connection, path: str, sha512: str, conference: str
) -> tuple[int, str] | tuple[None, None]:
    query = select(intake.c.id, intake.c.received).where(
        intake.c.state == WAITING,
        intake.c.sha512 == sha512,
        intake.c.path == path,
        intake.c.conference == conference,
    )
    row = connection.execute(query).first()
    return (None, None) if row is None else (row.id, row.received)
