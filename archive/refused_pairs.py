"""Documents that look like translations of one another, and of which staff said that they are none.

Kept by the pair, whatever the order its documents are named in, with who said so and when. It is in no
record, since it says nothing of a document alone; a rebuild leaves it as it is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import ColumnElement, Engine, and_, delete, insert, select
from sqlalchemy.exc import IntegrityError

from archive.tables import refused_pairs

RefusedPair: TypeAlias = frozenset[str]
"""The identifiers of two documents."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A pair that was refused, its documents in the order of their identifiers."""

    one: str
    other: str
    person: str
    at: dt.datetime


class RefusedPairs:
    """The refusals of one archive. Shared by threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def refuse(self, one: str, other: str, person: str) -> bool:
        """Keep a pair as refused; tell whether it was not yet."""
        first, second = _in_order(one, other)
        row = {"one": first, "other": second, "person": person, "at": dt.datetime.now(dt.UTC)}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(refused_pairs).values(row))
        except IntegrityError:  # Somebody refused it before.
            return False
        return True

    def take_back(self, one: str, other: str) -> bool:
        """Forget that a pair was refused; tell whether it was."""
        with self._engine.begin() as connection:
            return bool(connection.execute(delete(refused_pairs).where(_is(one, other))).rowcount)

    def entries(self) -> tuple[Refusal, ...]:
        """List what was refused, the newest first."""
        table = refused_pairs.c
        query = select(refused_pairs).order_by(table.at.desc(), table.one, table.other)
        with self._engine.connect() as connection:
            return tuple(Refusal(row.one, row.other, row.person, row.at) for row in connection.execute(query))

    def pairs(self) -> frozenset[RefusedPair]:
        """Return the pairs that were refused."""
        query = select(refused_pairs.c.one, refused_pairs.c.other)
        with self._engine.connect() as connection:
            return frozenset(frozenset(row) for row in connection.execute(query))


def _in_order(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _is(one: str, other: str) -> ColumnElement[bool]:
    first, second = _in_order(one, other)
    return and_(refused_pairs.c.one == first, refused_pairs.c.other == second)
