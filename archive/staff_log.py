"""What staff did, one entry for each thing a person set out to do, however many records it touched.

The history of a record is kept with it (see `history.py`); the log groups changes by what was done, so that
a step can be taken back whole, and holds what has no record: accounts, sign-ins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import ColumnElement, Engine, Row, insert, select, true, update

from archive.errors import NotFoundError
from archive.history import Differences
from archive.tables import batches, staff_log

PURGE = "purge"
"""What was done where somebody deleted a document for good."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done. `differences`: what it was done to -> what changed of it. `undone_by`: another step.

    `conference` is where it was done; it is among what it was done to where the conference itself changed.
    """

    id: int
    at: dt.datetime
    person: str
    action: str
    batch: str | None = None
    conference: str | None = None
    differences: Mapping[str, Differences] = field(default_factory=dict)
    undone_by: int | None = None

    @property
    def has_values(self) -> bool:
        """Tell whether there is anything to take back; of what was deleted for good, no value is known."""
        return any(pair != (None, None) for each in self.differences.values() for pair in each.values())


class StaffLog:
    """The log of one archive. Shared by threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def enter(
        self,
        person: str,
        action: str,
        differences: Mapping[str, Differences] | None = None,
        *,
        batch: str | None = None,
        conference: str | None = None,
    ) -> Step:
        """Note what a person did; see `open_step.py` for what takes its time.

        What is done in a batch is done in the conference of that, unless another is named.
        """
        changed = _written(differences or {})
        at = dt.datetime.now(dt.UTC)
        values = {
            "at": at,
            "person": person,
            "action": action,
            "batch": batch,
            "conference": conference,
            "differences": changed,
        }
        with self._engine.begin() as connection:
            if batch is not None and conference is None:
                of_batch = select(batches.c.conference).where(batches.c.id == batch)
                values["conference"] = conference = connection.scalar(of_batch)
            number = connection.execute(
                insert(staff_log).values(values).returning(staff_log.c.id)
            ).scalar_one()
        return Step(number, at, person, action, batch, conference, changed)

    def grow(self, number: int, differences: Mapping[str, Differences]) -> None:
        """Note what a step that is under way has changed by now, all of it."""
        self._update(number, {"differences": _written(differences)})

    def mark_undone(self, number: int, by: int) -> None:
        """Note that a step has been taken back by another."""
        self._update(number, {"undone_by": by})

    def _update(self, number: int, values: dict[str, object]) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(staff_log).where(staff_log.c.id == number).values(values))

    def step(self, number: int) -> Step:
        """Return one entry. Raises NotFoundError."""
        for found in self._list(staff_log.c.id == number, 1):
            return found
        raise NotFoundError("step", str(number))

    def steps(
        self,
        *,
        person: str | None = None,
        batch: str | None = None,
        conference: str | None = None,
        actions: Collection[str] | None = None,
        limit: int = 100,
    ) -> tuple[Step, ...]:
        """List entries, the newest first."""
        conditions: ColumnElement[bool] = true()
        if person is not None:
            conditions = conditions & (staff_log.c.person == person)
        if batch is not None:
            conditions = conditions & (staff_log.c.batch == batch)
        if conference is not None:
            conditions = conditions & (staff_log.c.conference == conference)
        if actions is not None:
            conditions = conditions & staff_log.c.action.in_(actions)
        return self._list(conditions, limit)

    def deletions(self, documents: Collection[str]) -> dict[str, Step]:
        """Return for each of the documents the step that deleted it for good, if a person did."""
        steps = self._list(staff_log.c.action == PURGE, None) if documents else ()
        return {name: step for step in steps for name in step.differences if name in documents}

    def _list(self, condition: ColumnElement[bool], limit: int | None) -> tuple[Step, ...]:
        query = select(staff_log).where(condition).order_by(staff_log.c.id.desc()).limit(limit)
        with self._engine.connect() as connection:
            return tuple(_step(row) for row in connection.execute(query))


def _written(differences: Mapping[str, Differences]) -> dict[str, Differences]:
    return {subject: dict(each) for subject, each in differences.items()}


def _step(row: Row[Any]) -> Step:
    differences = {
        subject: {name: (pair[0], pair[1]) for name, pair in each.items()}
        for subject, each in row.differences.items()
    }
    return Step(
        row.id,
        row.at,
        row.person,
        row.action,
        row.batch,
        row.conference,
        cast(Mapping[str, Differences], differences),
        row.undone_by,
    )
