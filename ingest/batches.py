"""Files that came in together and are looked at together: one upload, one load from the watch folder."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, insert, select

from archive.errors import NotFoundError
from archive.tables import batches


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch. `person` is empty, and `source` not `upload`, where nobody was there when it came in.

    `conference` and `panel` are what was said when it began; each file may have been given others since.
    """

    id: str
    person: str
    source: str
    conference: str
    panel: str | None
    created_at: dt.datetime


class Batches:
    """All batches of one archive. Shared by threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, person: str, source: str, conference: str, panel: str | None = None) -> Batch:
        """Begin a batch."""
        batch = Batch(uuid.uuid4().hex, person, source, conference, panel, dt.datetime.now(dt.UTC))
        values = {
            "id": batch.id,
            "person": person,
            "source": source,
            "conference": conference,
            "panel": panel,
            "created_at": batch.created_at,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(batches).values(values))
        return batch

    def batch(self, identifier: str) -> Batch:
        """Return one batch. Raises NotFoundError."""
        with self._engine.connect() as connection:
            row = connection.execute(select(batches).where(batches.c.id == identifier)).first()
        if row is None:
            raise NotFoundError("batch", identifier)
        return _batch(row)

    def newest(self, limit: int) -> tuple[Batch, ...]:
        """List batches, the newest first."""
        query = select(batches).order_by(batches.c.created_at.desc(), batches.c.id).limit(limit)
        with self._engine.connect() as connection:
            return tuple(_batch(row) for row in connection.execute(query))


def _batch(row: Row[Any]) -> Batch:
    return Batch(row.id, row.person, row.source, row.conference, row.panel, row.created_at)
