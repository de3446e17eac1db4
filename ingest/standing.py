"""How far a batch has come, in counts: from bytes on their way to published documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, and_, func, select

from archive.model import State
from archive.tables import documents, intake, uploads
from ingest.intake import DONE, UNCHANGED


@dataclass(frozen=True, slots=True)
class Standing:
    """The files of one batch, each counted once.

    Of `incomplete` ones only a part has arrived; `reading` ones are safe and wait to be read; `known` ones
    the archive had before; `other` ones could not be taken further, or what they became is gone.
    """

    incomplete: int = 0
    reading: int = 0
    drafts: int = 0
    published: int = 0
    known: int = 0
    other: int = 0


_FIELDS = {State.DRAFT.value: "drafts", State.PUBLISHED.value: "published"}


def standings(engine: Engine, batches: Sequence[str]) -> dict[str, Standing]:
    """Count the files of each of the batches."""
    counts: dict[str, Counter[str]] = {batch: Counter() for batch in batches}
    coming = (
        select(uploads.c.batch, func.count())
        .where(uploads.c.batch.in_(batches), uploads.c.arrived_at.is_(None))
        .group_by(uploads.c.batch)
    )
    columns = (intake.c.batch, intake.c.state, intake.c.status, documents.c.state)
    arrived = (
        select(*columns, func.count())
        .outerjoin_from(intake, documents, and_(intake.c.document == documents.c.id))
        .where(intake.c.batch.in_(batches))
        .group_by(*columns)
    )
    with engine.connect() as connection:
        for batch, count in connection.execute(coming):
            counts[batch]["incomplete"] += count
        for batch, state, status, document, count in connection.execute(arrived):
            counts[batch][_field(state, status, document)] += count
    return {batch: Standing(**found) for batch, found in counts.items()}


def _field(state: str, status: str, document: str | None) -> str:
    if state in ("waiting", "reading"):
        return "reading"
    if state != DONE:
        return "other"
    return "known" if status == UNCHANGED else _FIELDS.get(document or "", "other")
