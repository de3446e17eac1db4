"""The files that wait, and whose turn it is: what people uploaded before bulk loads, then as they came.

A file is in hand while a living process holds its receipt. One that was in hand when its process died, or
that the archive could not take, comes again, three times in all; then it is set aside, so that it neither
stops the others nor is tried for ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, select, update

from archive.errors import ArchiveError
from archive.model import Document, State
from archive.received import Received
from archive.repository import Archive
from archive.tables import intake
from ingest.candidate import Description
from ingest.intake import DONE, FAILED, READING, WAITING, Ticket
from ingest.outcome import Status

MOST_ATTEMPTS = 3

RETRY_SECONDS = (5, 30)
"""How long a file waits after its first and second failure: a disk may be full for a moment only."""

ENDED = (
    f"The program ended {MOST_ATTEMPTS} times while this file was being read. The file is kept; split it, or "
    "save it in another format and hand that in."
)
LOST = "Its bytes are not in received/ any more. Hand the file in again."

_PART = 50
_PEOPLE = 1
"""Priority of what somebody waits for."""


class Queue:
    """The queue of one archive. Several processes take from it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._engine = archive.catalogue.engine

    def take(self, *, alone: bool = True) -> Ticket | None:
        """Take the file whose turn it is; None where nothing waits that can be taken now.

        Args:
            alone: this process has no other file in hand; one that was in hand when a process died is taken
                only then, so that no other file is suspected beside it.
        """
        late: list[Row[Any]] = []
        known: dict[str, list[tuple[int, str]]] = {}
        for part in self._parts():
            due = [row for row in part if not self._has_to_wait(row)]
            after = self._after_others(due, known)
            for row in due:
                if row.id in after:
                    late += [row] if len(late) < _PART else []
                    continue
                if row.state == READING and not alone:
                    if self._is_free(row):
                        return None
                    continue
                if (ticket := self._taken(row)) is not None:
                    return ticket
        return next((ticket for row in late if alone and (ticket := self._taken(row)) is not None), None)

    def is_waiting(self) -> bool:
        """Tell whether there is a file that nobody has in hand and that could be taken now."""
        return any(self._is_free(row) for part in self._parts() for row in part if not self._has_to_wait(row))

    def begin(self, ticket: Ticket) -> None:
        """Note that a file of this process is being read from now on."""
        self._begin(ticket.id, ticket.received.name)

    def give_back(self, ticket: Ticket) -> None:
        """Let others take a file that is not done; that it was in hand does not count against it."""
        values = {"state": WAITING, "attempts": intake.c.attempts - 1, "changed_at": _now()}
        try:
            self._change(and_(intake.c.id == ticket.id, intake.c.state == READING), values)
        finally:
            ticket.received.release()

    def fail(self, ticket: Ticket, error: str) -> None:
        """Note that the archive could not take a file; the third time it is set aside."""
        mine = and_(intake.c.id == ticket.id, intake.c.state == READING)
        values = {"state": WAITING, "error": error, "changed_at": _now()}
        self._change(and_(mine, intake.c.attempts < MOST_ATTEMPTS), values)
        self._change(mine, {**values, "state": FAILED, "status": FAILED})

    def refuse(self, ticket: Ticket, reason: str) -> None:
        """Set a file aside that cannot be taken as things are, until somebody wants it tried again."""
        values = {"state": FAILED, "status": FAILED, "error": reason, "changed_at": _now()}
        self._change(and_(intake.c.id == ticket.id, intake.c.state == READING), values)

    def retry(self, identifiers: Sequence[int] | None = None) -> int:
        """Let files that were set aside be tried again, all of them where none is named; return how many."""
        condition = intake.c.state == FAILED
        if identifiers is not None:
            condition = and_(condition, intake.c.id.in_(list(identifiers)))
        values = {"state": WAITING, "status": "", "error": "", "attempts": 0, "changed_at": _now()}
        return self._change(condition, values)

    def read_again(self, documents: Sequence[str]) -> int:
        """Let the originals of drafts that are held for a reason be read again; return of how many."""
        found = self._archive.documents_by_id(list(documents)).values()
        held = [each for each in found if each.state is State.DRAFT and each.reason]
        return sum(self._enter_again(document) for document in held)

    def close_gone(self) -> None:
        """Note what became of all files that are not done and whose receipt is gone, before their turn."""
        open_entries = select(intake).where(intake.c.state != DONE, intake.c.received != "")
        with self._engine.connect() as connection:
            rows = connection.execute(open_entries).all()
        for row in rows:
            if self._is_gone(row):
                self._close_without_receipt(row)

    def _enter_again(self, document: Document) -> bool:
        """Make an entry without a receipt: who takes it gets one from the original in the archive."""
        file, now = document.current.files[0], _now()
        again = {"state": WAITING, "attempts": 0, "received": "", "priority": _PEOPLE, "changed_at": now}
        of_document = and_(intake.c.document == document.id, intake.c.sha512 == file.sha512)
        with self._engine.begin() as connection:
            newest = select(intake).where(of_document).order_by(intake.c.id.desc()).limit(1)
            row = connection.execute(newest).first()
            if row is not None:
                idle = and_(intake.c.id == row.id, intake.c.state.not_in((WAITING, READING)))
                return connection.execute(update(intake).where(idle).values(again)).rowcount > 0
            description = Description(
                document.conference, document.panel, document.kind, document.title, hold=True
            )
            values = {
                **again,
                "conference": document.conference,
                "path": file.path,
                "sha512": file.sha512,
                "size_bytes": file.size_bytes,
                "media_type": file.media_type,
                "description": description.to_json(),
                "error": "",
                "document": document.id,
                "entered_at": now,
            }
            connection.execute(insert(intake).values(values))
            return True

    def _parts(self) -> Iterator[Sequence[Row[Any]]]:
        """Give all files that are not done, the next first, a few at a time.

        Those of one priority that wait are read in the order of the index; those in hand are never many.
        """
        with self._engine.connect() as connection:
            priorities = set(_priorities(connection))
            in_hand = connection.execute(select(intake).where(intake.c.state == READING)).all()
        for priority in sorted({*priorities, *(row.priority for row in in_hand)}, reverse=True):
            begun = sorted((row for row in in_hand if row.priority == priority), key=lambda row: row.id)
            last: int | None = 0
            while last is not None:
                after = and_(intake.c.state == WAITING, intake.c.priority == priority, intake.c.id > last)
                with self._engine.connect() as connection:
                    waiting = connection.execute(
                        select(intake).where(after).order_by(intake.c.id).limit(_PART)
                    ).all()
                last = waiting[-1].id if len(waiting) == _PART else None
                between = [row for row in begun if last is None or row.id < last]
                begun = begun[len(between) :]
                yield sorted([*waiting, *between], key=lambda row: row.id)

    def _has_to_wait(self, row: Row[Any]) -> bool:
        """Tell whether a file failed so short a time ago that it is too early to try again.

        Not one that failed in the future: somebody has put the clock back.
        """
        if row.state != WAITING or not row.attempts or row.changed_at is None:
            return False
        after = RETRY_SECONDS[min(row.attempts, len(RETRY_SECONDS)) - 1]
        waited: dt.timedelta = _now() - row.changed_at
        return dt.timedelta(0) <= waited < dt.timedelta(seconds=after)

    def _after_others(
        self, rows: Sequence[Row[Any]], known: dict[str, list[tuple[int, str]]]
    ) -> frozenset[int]:
        """Return which of the files are translations of other ones that are not done.

        `known`: of the paths asked for before, the files there that are not done, with their conferences;
        those of other paths are added.
        """
        originals = {row.id: row.description.get("translation_of") or "" for row in rows}
        if asked := {path for path in originals.values() if path and path not in known}:
            query = select(intake.c.id, intake.c.conference, intake.c.path).where(
                intake.c.state.in_((WAITING, READING)), intake.c.path.in_(asked)
            )
            with self._engine.connect() as connection:
                found = [(row.path, (row.id, row.conference)) for row in connection.execute(query)]
            known |= {path: [file for where, file in found if where == path] for path in asked}
        return frozenset(
            row.id
            for row in rows
            if any(
                identifier != row.id and conference == row.conference
                for identifier, conference in known.get(originals[row.id], ())
            )
        )

    def _is_free(self, row: Row[Any]) -> bool:
        if not row.received:
            return True
        received = self._archive.claim_received(row.received)
        if received is not None:
            received.release()
        return received is not None

    def _taken(self, row: Row[Any]) -> Ticket | None:
        received = self._receipt(row)
        if received is None:
            return None
        if row.state == READING and row.attempts >= MOST_ATTEMPTS:
            self._set_aside(row, ENDED)
            received.release()
            return None
        if not self._begin(row.id, received.name, before=row.received):
            received.release()
            return None
        return Ticket(
            row.id,
            row.path,
            received,
            row.sha512,
            row.size_bytes,
            row.media_type,
            self._description(row),
            row.batch,
            suspect=row.state == READING,
        )

    def _description(self, row: Row[Any]) -> Description:
        """Return what is said of a file; of one that is read again, where its draft is by now."""
        said = Description.from_json(row.description)
        draft = self._archive.documents_by_id([row.document] if row.document else []).get(row.document)
        return said if draft is None else replace(said, conference=draft.conference, panel=draft.panel)

    def _receipt(self, row: Row[Any]) -> Received | None:
        """Claim the receipt of a file; make one of the original in the archive where it has none."""
        if row.received:
            received = self._archive.claim_received(row.received)
            if received is None and self._is_gone(row):
                self._close_without_receipt(row)
            return received
        try:
            document = self._archive.document(row.document)
            file = document.current.files[0]
            path = self._archive.original(document.id, document.current.number, file.name)
            with path.open("rb") as original:
                return self._archive.receive(original)[0]
        except (ArchiveError, OSError) as exc:
            self._set_aside(row, f"The original could not be read again: {exc}")
            return None

    def _is_gone(self, row: Row[Any]) -> bool:
        return not (self._archive.settings.home / "received" / row.received).exists()

    def _close_without_receipt(self, row: Row[Any]) -> None:
        """Note what became of a file whose receipt is gone.

        A catalogue that came from a backup may be older than the storage root beside it: what waited when it
        was copied can be in the archive by now.
        """
        known = self._archive.find_bytes(row.sha512)
        if known is None:
            self._set_aside(row, LOST)
            return
        status = Status.HELD if known.state is State.DRAFT else Status.DEPOSITED
        values = {"state": DONE, "status": status.value, "document": known.id, "error": known.reason}
        self._change(_as_seen(row), {**values, "changed_at": _now()})

    def _set_aside(self, row: Row[Any], reason: str) -> None:
        """Note that a file is not tried any more, unless it was done or taken meanwhile."""
        values = {"state": FAILED, "status": FAILED, "error": reason, "changed_at": _now()}
        self._change(_as_seen(row), values)

    def _begin(self, identifier: int, received: str, before: str | None = None) -> bool:
        is_open = and_(
            intake.c.id == identifier,
            intake.c.state.in_((WAITING, READING)),
            intake.c.received == (received if before is None else before),
        )
        values = {
            "state": READING,
            "received": received,
            "attempts": intake.c.attempts + 1,
            "changed_at": _now(),
        }
        mine = select(intake.c.id).where(is_open).with_for_update(skip_locked=True)
        with self._engine.begin() as connection:
            if before is not None and connection.execute(mine).first() is None:
                return False  # Another worker is just about to take it.
            return connection.execute(update(intake).where(is_open).values(values)).rowcount > 0

    def _change(self, condition: ColumnElement[bool], values: dict[str, Any]) -> int:
        with self._engine.begin() as connection:
            return connection.execute(update(intake).where(condition).values(values)).rowcount


def _priorities(connection: Connection) -> Iterator[int]:
    """Give the priorities of files that wait, the highest first, with a look at one of each."""
    highest = select(func.max(intake.c.priority)).where(intake.c.state == WAITING)
    priority = connection.scalar(highest)
    while priority is not None:
        yield priority
        priority = connection.scalar(highest.where(intake.c.priority < priority))


def _as_seen(row: Row[Any]) -> ColumnElement[bool]:
    """A condition that holds as long as nobody did anything with a file."""
    return and_(intake.c.id == row.id, intake.c.state == row.state, intake.c.attempts == row.attempts)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
