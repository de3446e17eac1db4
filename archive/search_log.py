"""What was sought and not found, counted by query and language of the pages; nothing tells who asked.

No address, no person, no time of day is kept, only the first and the last day. What looks like an e-mail
address or a phone number is taken out before anything is written, and everything is forgotten in time.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from archive.contacts import MASK, mask_contacts
from archive.tables import unanswered

QUERY_LENGTH = 200
KEPT_DAYS = 365
MOST_ROWS = 5000

_LONG_NUMBER = re.compile(
    r"(?<![\w])(?:0(?:[ \u00a0()/.–-]{0,3}\d){6,}|\d(?:[ \u00a0()/.–-]{0,3}\d){9,})(?!\w)"
)
"""Nobody looks for so many digits in slides; people do look for a phone number."""


class Order(StrEnum):
    """What comes first in the list."""

    TIMES = "times"
    LAST_DAY = "last_day"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A query that found nothing, and how often."""

    query: str
    language: str
    times: int
    first_day: dt.date
    last_day: dt.date


class SearchLog:
    """The log of one archive. Shared by threads."""

    def __init__(self, engine: Engine, today: Callable[[], dt.date] = dt.date.today) -> None:
        self._engine = engine
        self._today = today

    def note(self, query: str, language: str) -> None:
        """Count a query that found nothing; `language` is that of the pages it was asked on."""
        folded = fold(query)
        if not any(character.isalnum() for character in folded):
            return
        try:
            self._note(folded, language)
        except IntegrityError:  # Somebody noted the same at the same moment.
            self._note(folded, language)

    def _note(self, folded: str, language: str) -> None:
        today = self._today().isoformat()
        same = _is(folded, language)
        with self._engine.begin() as connection:
            counted = update(unanswered).where(same).values(times=unanswered.c.times + 1, last_day=today)
            if connection.execute(counted).rowcount:
                return
            self._make_room(connection)
            row = {"query": folded, "language": language, "times": 1, "first_day": today, "last_day": today}
            connection.execute(insert(unanswered).values(row))

    def _make_room(self, connection: Connection) -> None:
        """Forget what is too old, and, where there is too much, what was sought longest ago and least."""
        oldest = self._today() - dt.timedelta(days=KEPT_DAYS)
        connection.execute(delete(unanswered).where(unanswered.c.last_day < oldest.isoformat()))
        count = connection.scalar(select(func.count()).select_from(unanswered)) or 0
        if count < MOST_ROWS:
            return
        first = select(unanswered.c.query, unanswered.c.language).order_by(
            unanswered.c.last_day, unanswered.c.times, unanswered.c.query
        )
        for row in connection.execute(first.limit(count - MOST_ROWS + 1)).all():
            connection.execute(delete(unanswered).where(_is(row.query, row.language)))

    def entries(self, order: Order = Order.TIMES, limit: int = 100) -> tuple[Unanswered, ...]:
        """List queries, at most `limit`; those that are too old are left out."""
        oldest = (self._today() - dt.timedelta(days=KEPT_DAYS)).isoformat()
        first, second = unanswered.c.times.desc(), unanswered.c.last_day.desc()
        orders = (first, second) if order is Order.TIMES else (second, first)
        query = select(unanswered).where(unanswered.c.last_day >= oldest)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(*orders, unanswered.c.query).limit(limit))
            return tuple(_unanswered(row) for row in rows)

    def count(self) -> int:
        """Return how many different queries are kept."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(unanswered)) or 0

    def forget_all(self) -> int:
        """Forget everything; return how many queries that were."""
        with self._engine.begin() as connection:
            return connection.execute(delete(unanswered)).rowcount


def fold(query: str) -> str:
    """Write a query as it is kept: without contacts, in small letters, spaces joined, not too long."""
    masked = _LONG_NUMBER.sub(MASK, mask_contacts(unicodedata.normalize("NFKC", query)))
    printable = "".join(c if c.isprintable() else " " for c in masked)
    return " ".join(printable.casefold().split())[:QUERY_LENGTH].strip()


def _is(query: str, language: str) -> ColumnElement[bool]:
    return and_(unanswered.c.query == query, unanswered.c.language == language)


def _unanswered(row: Row[Any]) -> Unanswered:
    first, last = dt.date.fromisoformat(row.first_day), dt.date.fromisoformat(row.last_day)
    return Unanswered(row.query, row.language, row.times, first, last)
