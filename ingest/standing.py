"""How far a batch has come, in counts: from bytes on their way to published documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, and_, case, func, select

from archive.model import State
from archive.tables import documents, intake, uploads
from archive.traces import DELETED
from ingest.intake import DISMISSED, DONE, UNCHANGED
from ingest.outcome import Status


@dataclass(frozen=True, slots=True)
class Standing:
    """The files of one batch and what they became.

    Of `incomplete` files only a part has arrived; `reading` ones are safe and wait to be read; `known` ones
    the archive had before; `deleted` ones became documents that somebody deleted; `dismissed` ones could not
    be taken in and are not wanted any more; `other` ones could not be taken further, or what they became is
    withdrawn. `drafts` and `published` count documents: slides and their PDF are one.
    """

    incomplete: int = 0
    reading: int = 0
    drafts: int = 0
    published: int = 0
    known: int = 0
    deleted: int = 0
    dismissed: int = 0
    other: int = 0


_FIELDS = {State.DRAFT.value: "drafts", State.PUBLISHED.value: "published"}
_STATUSES = {UNCHANGED: "known", DELETED: "deleted", DISMISSED: "dismissed"}


def standings(engine: Engine, batches: Sequence[str]) -> dict[str, Standing]:
    """Count the files of each of the batches."""
    counts: dict[str, Counter[str]] = {batch: Counter() for batch in batches}
    coming = (
        select(uploads.c.batch, func.count())
        .where(uploads.c.batch.in_(batches), uploads.c.arrived_at.is_(None))
        .group_by(uploads.c.batch)
    )
    became = case((intake.c.status.in_(tuple(_STATUSES)), intake.c.status), else_="").label("became")
    columns = (intake.c.batch, intake.c.state, became, documents.c.state)
    arrived = (
        select(*columns, func.count(), func.count(intake.c.document.distinct()))
        .outerjoin_from(intake, documents, and_(intake.c.document == documents.c.id))
        .where(intake.c.batch.in_(batches), intake.c.status != Status.SKIPPED.value)  # no zips: their files
        .group_by(intake.c.batch, intake.c.state, "became", documents.c.state)
    )
    with engine.connect() as connection:
        for batch, count in connection.execute(coming):
            counts[batch]["incomplete"] += count
        for batch, state, status, document, entries, different in connection.execute(arrived):
            name = _field(state, status, document)
            counts[batch][name] += different if name in _FIELDS.values() else entries
    return {batch: Standing(**found) for batch, found in counts.items()}


def _field(state: str, status: str, document: str | None) -> str:
    if state in ("waiting", "reading"):
        return "reading"
    if state != DONE:
        return "other"
    if status in _STATUSES:
        return _STATUSES[status]
    return _FIELDS.get(document or "", "other")
