"""Files on their way into a conference: still being sent, or kept and waiting to be read.

What was set aside is not: nobody waits for it, and it says what to do when it is tried again.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Engine, Text, and_, cast, func, select

from archive.errors import EditError
from archive.tables import batches, intake, uploads


def refuse_if_awaited(engine: Engine, conference: str, panel: str | None = None) -> None:
    """Raise EditError where files are on their way into a conference, or into a panel of it."""
    if count := on_their_way(engine, conference, panel):
        raise EditError(
            f"Files still on their way to {panel or conference}: {count}. Wait until they are read."
        )


def on_their_way(engine: Engine, conference: str, panel: str | None = None) -> int:
    """Count the files on their way into a conference, or into a panel of it."""
    waiting = and_(intake.c.conference == conference, intake.c.state.in_(("waiting", "reading")))
    coming = and_(batches.c.conference == conference, uploads.c.arrived_at.is_(None))
    if panel is not None:
        coming = and_(coming, batches.c.panel == panel)
    joined = uploads.join(batches, uploads.c.batch == batches.c.id)
    with engine.connect() as connection:
        kept = _kept(connection, waiting, panel)
        sent = connection.scalar(select(func.count()).select_from(joined).where(coming)) or 0
    return kept + sent


def _kept(connection: Connection, waiting: ColumnElement[bool], panel: str | None) -> int:
    if panel is None:
        return connection.scalar(select(func.count()).select_from(intake).where(waiting)) or 0
    named = cast(intake.c.description, Text).contains(panel, autoescape=True)
    described = connection.scalars(select(intake.c.description).where(waiting, named))
    return sum(1 for each in described if each.get("panel") == panel)
