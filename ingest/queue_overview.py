"""How the files handed in stand: what waits, is being read, was set aside, and how far each batch is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select

from archive.repository import Archive
from archive.tables import intake
from ingest.intake import DONE, FAILED, READING, WAITING

STATES = (WAITING, READING, DONE, FAILED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file handed in. `entered_at` and `changed_at` are None for files from before these were noted."""

    id: int
    path: str
    conference: str
    state: str
    error: str
    document: str | None
    batch: str | None
    size_bytes: int
    priority: int
    attempts: int
    entered_at: dt.datetime | None
    changed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many files are in which state."""

    waiting: int = 0
    reading: int = 0
    done: int = 0
    failed: int = 0

    @property
    def under_way(self) -> int:
        """How many will be read without anybody doing anything."""
        return self.waiting + self.reading


class QueueOverview:
    """Looks at the queue of one archive; changes nothing. Shared by threads.

    A file counts as being read while a living process has it in hand; what a dead one left waits.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._engine = archive.catalogue.engine

    def tally(self, batch: str | None = None) -> Tally:
        """Count the files of a batch, or all of them, by state."""
        of_batch = intake.c.batch == batch if batch is not None else intake.c.id > 0
        query = select(intake.c.state, func.count()).where(of_batch).group_by(intake.c.state)
        with self._engine.connect() as connection:
            counts = {state: int(count) for state, count in connection.execute(query)}
        left = sum(1 for row in self._rows(and_(intake.c.state == READING, of_batch)) if self._is_left(row))
        return _tally(counts, left)

    def batches(self) -> Mapping[str, Tally]:
        """Count the files of each batch of which some are not done or failed, the newest batch first."""
        busy = select(intake.c.batch).where(
            intake.c.state.in_((WAITING, READING)), intake.c.batch.is_not(None)
        )
        query = (
            select(intake.c.batch, intake.c.state, func.count(), func.max(intake.c.id))
            .where(intake.c.batch.in_(busy.distinct()))
            .group_by(intake.c.batch, intake.c.state)
        )
        counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
        newest: defaultdict[str, int] = defaultdict(int)
        with self._engine.connect() as connection:
            for batch, state, count, last in connection.execute(query):
                counts[batch][state] = int(count)
                newest[batch] = max(newest[batch], int(last))
        return {batch: _tally(counts[batch], 0) for batch in sorted(counts, key=lambda each: -newest[each])}

    def waiting(self, limit: int) -> tuple[Entry, ...]:
        """List files that wait, in their turn, at most `limit`."""
        rows = self._rows(intake.c.state.in_((WAITING, READING)), limit + 200)
        waits = (row for row in rows if row.state == WAITING or self._is_left(row))
        return tuple(_entry(row, WAITING) for row, _ in zip(waits, range(limit), strict=False))

    def reading(self) -> tuple[Entry, ...]:
        """List files that living processes have in hand."""
        rows = self._rows(intake.c.state == READING)
        return tuple(_entry(row, READING) for row in rows if not self._is_left(row))

    def failed(self, limit: int) -> tuple[Entry, ...]:
        """List files that were set aside, the latest first, at most `limit`."""
        order = (intake.c.changed_at.desc(), intake.c.id.desc())
        query = select(intake).where(intake.c.state == FAILED).order_by(*order).limit(limit)
        with self._engine.connect() as connection:
            return tuple(_entry(row, FAILED) for row in connection.execute(query))

    def _rows(self, condition: ColumnElement[bool], limit: int = 1000) -> Iterator[Row[Any]]:
        order = (intake.c.priority.desc(), intake.c.id)
        with self._engine.connect() as connection:
            yield from connection.execute(select(intake).where(condition).order_by(*order).limit(limit)).all()

    def _is_left(self, row: Row[Any]) -> bool:
        """Tell whether no living process has the receipt of a file that is said to be read."""
        if not row.received:
            return True
        received = self._archive.claim_received(row.received)
        if received is not None:
            received.release()
        return received is not None


def _tally(counts: Mapping[str, int], left: int) -> Tally:
    return Tally(
        waiting=counts.get(WAITING, 0) + left,
        reading=counts.get(READING, 0) - left,
        done=counts.get(DONE, 0),
        failed=counts.get(FAILED, 0),
    )


def _entry(row: Row[Any], state: str) -> Entry:
    return Entry(
        row.id,
        row.path,
        row.conference,
        state,
        row.error,
        row.document,
        row.batch,
        row.size_bytes,
        row.priority,
        row.attempts,
        row.entered_at,
        row.changed_at,
    )
