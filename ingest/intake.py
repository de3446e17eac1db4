"""Every file handed in and where it stands: the queue that survives a crash.

A file is entered once its bytes are safe, and done when the archive has it. Whoever works on it holds its
receipt; a file that is not done and whose receipt nobody holds was left by a dead process, and the next
worker takes it over. Whose turn it is, is said in `queue.py`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, insert, select, update

from archive.gaps import Gap, passing
from archive.received import Received
from archive.records import Json
from archive.repository import Archive
from archive.tables import intake
from ingest.candidate import Description
from ingest.outcome import Status

WAITING, READING, DONE, FAILED = "waiting", "reading", "done", "failed"
"""Where a file stands. `failed`: it is kept, and not tried again until somebody says so."""

# Statements that every file needs are made once, since making one takes longer than running it.
_ENTER = insert(intake).returning(intake.c.id)
_CLOSE = update(intake).where(intake.c.id == bindparam("of"))
_IS_OPEN = select(intake.c.id).where(intake.c.id == bindparam("of"), intake.c.state.in_((WAITING, READING)))
_LEFT = (
    select(intake)
    .where(intake.c.state != DONE, intake.c.received != "")
    .where(intake.c.sha512 == bindparam("sha512"), intake.c.path == bindparam("path"))
    .where(intake.c.conference == bindparam("conference"))
    .order_by(intake.c.id)
)

UNCHANGED = Status.UNCHANGED.value

DISMISSED = "dismissed"
"""What became of a file that was set aside and that nobody wants any more."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A file whose bytes are safe, in the hands of this process.

    `suspect`: it was in hand when another process died, and no other file should be in hand beside it.
    """

    id: int
    path: str
    received: Received
    sha512: str
    size_bytes: int
    media_type: str
    description: Description
    batch: str | None = None
    suspect: bool = False


class Intake:
    """The entries of one archive: made, closed, swept. `queue.py` has the `Queue` that takes one of them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._engine = archive.catalogue.engine

    def enter(
        self,
        path: str,
        received: Received,
        sha512: str,
        size_bytes: int,
        media_type: str,
        description: Description,
        batch: str | None = None,
        priority: int = 0,
    ) -> Ticket:
        """Put a file into the queue. `priority`: a file of a higher one is read first."""
        now = dt.datetime.now(dt.UTC)
        values = {
            "conference": description.conference,
            "path": path,
            "received": received.name,
            "sha512": sha512,
            "size_bytes": size_bytes,
            "media_type": media_type,
            "description": description.to_json(),
            "state": WAITING,
            "error": "",
            "document": None,
            "batch": batch,
            "priority": priority,
            "entered_at": now,
            "changed_at": now,
        }
        with self._engine.begin() as connection:
            identifier = connection.execute(_ENTER, values).scalar_one()
        passing(Gap.ENTERED)
        return Ticket(identifier, path, received, sha512, size_bytes, media_type, description, batch)

    def finish(
        self,
        ticket: Ticket,
        document: str | None,
        error: str,
        status: str = "",
        proposals: Json | None = None,
    ) -> None:
        """Note what became of a file, and let go of its bytes.

        Args:
            status: the value of its outcome's status.
            proposals: what was found out of it and why, see `proposals.py`.
        """
        self._close(ticket.id, document, error, status, proposals)
        passing(Gap.CLOSED)
        ticket.received.discard()

    def enter_known(
        self,
        path: str,
        sha512: str,
        size_bytes: int,
        media_type: str,
        description: Description,
        batch: str,
        document: str,
        error: str,
        status: str,
        proposals: Json,
    ) -> None:
        """Note a file of a batch that the archive has already, so that its depositor finds it there."""
        now = dt.datetime.now(dt.UTC)
        values = {
            "conference": description.conference,
            "path": path,
            "received": "",
            "sha512": sha512,
            "size_bytes": size_bytes,
            "media_type": media_type,
            "description": description.to_json(),
            "state": DONE,
            "error": error,
            "document": document,
            "batch": batch,
            "status": status,
            "proposals": proposals,
            "entered_at": now,
            "changed_at": now,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(intake).values(values))

    def is_open(self, ticket: Ticket) -> bool:
        """Tell whether a file still waits: a draft that was to be read again may be deleted by now."""
        with self._engine.connect() as connection:
            return connection.execute(_IS_OPEN, {"of": ticket.id}).first() is not None

    def is_noted(self, document: str, sha512: str) -> bool:
        """Tell whether an entry says that a document was made or changed by a file with these bytes."""
        done = and_(intake.c.state == DONE, intake.c.status != UNCHANGED)
        said = and_(intake.c.document == document, intake.c.sha512 == sha512, done)
        with self._engine.connect() as connection:
            return connection.execute(select(intake.c.id).where(said).limit(1)).first() is not None

    def _close(
        self,
        identifier: int,
        document: str | None,
        error: str,
        status: str = "",
        proposals: Json | None = None,
    ) -> None:
        values = {
            "of": identifier,
            "state": DONE,
            "document": document,
            "error": error,
            "status": status,
            "proposals": proposals,
            "changed_at": dt.datetime.now(dt.UTC),
        }
        with self._engine.begin() as connection:
            connection.execute(_CLOSE, values)

    def settle(self, path: str, sha512: str, conference: str, document: str) -> None:
        """Close what dead processes left of a file that the archive has by now."""
        with self._engine.connect() as connection:
            left = connection.execute(_LEFT, {"sha512": sha512, "path": path, "conference": conference}).all()
        for row in left:
            received = self._archive.claim_received(row.received)
            if received is not None:
                self._close(row.id, document, "", UNCHANGED)
                received.discard()

    def sweep(self) -> None:
        """Drop receipts of dead processes that never entered the queue."""
        self._archive.sweep_received(self._is_needed)

    def _is_needed(self, received: str) -> bool:
        needed = select(intake.c.id).where(intake.c.received == received, intake.c.state != DONE)
        with self._engine.connect() as connection:
            return connection.execute(needed.limit(1)).first() is not None
