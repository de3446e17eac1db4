"""Moments in the tables, with the time zone that SQLite forgets: there they are all UTC."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[dt.datetime]):
    """A moment, in UTC where the database keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Put the time zone back."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=dt.UTC)
