"""Dismiss files that were set aside: nobody wants them tried again, and their bytes go.

What they were called, and who dismissed them, stays in the queue and in the staff log.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import and_, case, update

from archive.repository import Archive
from archive.staff_log import StaffLog
from archive.tables import intake
from ingest.intake import DISMISSED, DONE, FAILED
from ingest.outcome import Status

DISMISS = "dismiss"
"""What was done, in the staff log."""

_PART = 500


def dismiss(archive: Archive, person: str, identifiers: Sequence[int] | None = None) -> int:
    """Dismiss files that were set aside, all of them where none is named; return how many.

    A draft whose original could not be read again stays as it is.
    """
    if identifiers is None:
        return _dismissed(archive, person, None)
    parts = (identifiers[start : start + _PART] for start in range(0, len(identifiers), _PART))
    return sum(_dismissed(archive, person, part) for part in parts)


def _dismissed(archive: Archive, person: str, identifiers: Sequence[int] | None) -> int:
    condition = intake.c.state == FAILED
    if identifiers is not None:
        condition = and_(condition, intake.c.id.in_(list(identifiers)))
    became = case((intake.c.document.is_not(None), Status.HELD.value), else_=DISMISSED)
    values = {"state": DONE, "status": became, "changed_at": dt.datetime.now(dt.UTC)}
    known = (intake.c.id, intake.c.path, intake.c.batch, intake.c.conference, intake.c.received)
    with archive.catalogue.engine.begin() as connection:
        rows = connection.execute(update(intake).where(condition).values(values).returning(*known)).all()
    places: defaultdict[tuple[str | None, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        places[row.batch, row.conference][f"file:{row.id}"] = row.path
        received = archive.claim_received(row.received) if row.received else None
        if received is not None:
            received.discard()
    log = StaffLog(archive.catalogue.engine)
    for (batch, conference), paths in places.items():
        gone = {name: {"path": (path, None)} for name, path in paths.items()}
        log.enter(person, DISMISS, gone, batch=batch, conference=conference)
    return len(rows)
