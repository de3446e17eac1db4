"""People who sign in, their roles and passwords, and where they are signed in.

A session is a secret that only the browser holds; here is its digest. Readers need no account.

Source: OWASP Session Management Cheat Sheet.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from archive.errors import ArchiveError, NotFoundError
from archive.passwords import (
    DECOY,
    LONGEST_PASSWORD,
    PASSWORD_LENGTH,
    hash_password,
    is_outdated,
    is_password,
    matches,
)
from archive.tables import people, sessions

FIRST_PERSON = "staff"
"""Name of the account that is made at the first start."""

SESSION_IDLE, SESSION_LIFE = dt.timedelta(hours=12), dt.timedelta(days=7)
"""A session ends after so long without a request, and after so long in any case."""

SEEN_EVERY = dt.timedelta(minutes=5)
"""How often it is noted that a session is in use."""

_NAME = re.compile(r"[\w.@+-]{1,64}")
_ADMIN = (people.c.role == "admin") & people.c.blocked.is_(False)


class Role(IntEnum):
    """What somebody may do; a higher role may do all that a lower one may."""

    READER = 1
    STAFF = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    name: str
    role: Role
    blocked: bool
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A place where somebody is signed in. `digest` names it; `agent` is what the browser calls itself."""

    digest: str
    person: str
    created_at: dt.datetime
    seen_at: dt.datetime
    agent: str


class Problem(Enum):
    """Why an account cannot be made or changed, as a sentence."""

    NAME = "A name has 1 to 64 letters, digits or signs of . @ + - _ and no spaces."
    TAKEN = "There is an account with this name already."
    PASSWORD = f"A password has {PASSWORD_LENGTH} to {LONGEST_PASSWORD} characters."
    LAST_ADMIN = "Somebody has to be left who may manage accounts."


class AccountError(ArchiveError):
    """An account cannot be made or changed like this."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class Accounts:
    """All accounts of one archive. Shared by threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def people(self) -> tuple[Person, ...]:
        """List everybody, by name."""
        with self._engine.connect() as connection:
            return tuple(_person(row) for row in connection.execute(select(people).order_by(people.c.name)))

    def person(self, name: str) -> Person:
        """Return one person. Raises NotFoundError."""
        with self._engine.connect() as connection:
            row = connection.execute(select(people).where(people.c.name == composed(name))).first()
        if row is None:
            raise NotFoundError("account", name)
        return _person(row)

    def add(self, name: str, role: Role, password: str) -> Person:
        """Make an account. Raises AccountError where name or password cannot be used."""
        name = composed(name)
        if not _NAME.fullmatch(name):
            raise AccountError(Problem.NAME)
        now = dt.datetime.now(dt.UTC)
        values = {
            "name": name,
            "role": role.name.lower(),
            "password": _hash(password),
            "blocked": False,
            "created_at": now,
            "password_at": now,
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(people).values(values))
        except IntegrityError as exc:
            raise AccountError(Problem.TAKEN) from exc
        return Person(name, role, blocked=False, created_at=now)

    def set_password(self, name: str, password: str) -> None:
        """Set a password and end all sessions of the person. Raises NotFoundError, AccountError."""
        self._update(name, password=_hash(password), password_at=dt.datetime.now(dt.UTC))
        self.end_sessions(name)

    def set_role(self, name: str, role: Role) -> None:
        """Give a person another role. Raises NotFoundError, AccountError if no admin would be left."""
        self._update(name, role=role.name.lower())

    def set_blocked(self, name: str, *, blocked: bool) -> None:
        """Keep a person out, or let them in again. Raises NotFoundError, AccountError as `set_role`."""
        self._update(name, blocked=blocked)
        if blocked:
            self.end_sessions(name)

    def _update(self, name: str, **values: object) -> None:
        with self._engine.begin() as connection:
            admins_before = _admins(connection)
            done = connection.execute(update(people).where(people.c.name == composed(name)).values(values))
            if admins_before and not _admins(connection):
                raise AccountError(Problem.LAST_ADMIN)
        if not done.rowcount:
            raise NotFoundError("account", name)

    def check(self, name: str, password: str) -> Person | None:
        """Return the person that this password belongs to; None, after as long, where there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(select(people).where(people.c.name == composed(name))).first()
        right = matches(row.password if row is not None else DECOY, password)
        if row is None or not right or row.blocked:
            return None
        if is_outdated(row.password):
            self._update(name, password=hash_password(password))
        return _person(row)

    # Sessions

    def begin_session(self, name: str, agent: str) -> str:
        """Sign a person in; return the secret for their browser, 43 characters."""
        secret, now = secrets.token_urlsafe(32), dt.datetime.now(dt.UTC)
        values = {
            "digest": digest_of(secret),
            "person": composed(name),
            "created_at": now,
            "seen_at": now,
            "agent": agent[:200],
        }
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.created_at < now - SESSION_LIFE))
            connection.execute(insert(sessions).values(values))
        return secret

    def session_person(self, secret: str) -> Person | None:
        """Return who holds the secret of a session that has not ended."""
        digest, now = digest_of(secret), dt.datetime.now(dt.UTC)
        query = (
            select(people, sessions.c.created_at.label("begun_at"), sessions.c.seen_at)
            .join(sessions, sessions.c.person == people.c.name)
            .where(sessions.c.digest == digest)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None or row.blocked:
            return None
        if now - row.seen_at > SESSION_IDLE or now - row.begun_at > SESSION_LIFE:
            return None
        if now - row.seen_at > SEEN_EVERY:
            with self._engine.begin() as connection:
                connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=now))
        return _person(row)

    def sessions(self, name: str) -> tuple[Session, ...]:
        """List where a person is signed in, the last seen first."""
        query = (
            select(sessions)
            .where((sessions.c.person == composed(name)) & _live())
            .order_by(sessions.c.seen_at.desc())
        )
        with self._engine.connect() as connection:
            return tuple(
                Session(row.digest, row.person, row.created_at, row.seen_at, row.agent)
                for row in connection.execute(query)
            )

    def last_seen(self) -> Mapping[str, dt.datetime]:
        """Return when each person who is signed in was last seen, by name."""
        query = (
            select(sessions.c.person, func.max(sessions.c.seen_at)).where(_live()).group_by(sessions.c.person)
        )
        with self._engine.connect() as connection:
            return {name: moment for name, moment in connection.execute(query)}

    def end_session(self, secret: str) -> None:
        """Sign out where this secret is held."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest_of(secret)))

    def end_sessions(self, name: str) -> None:
        """Sign a person out everywhere."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.person == composed(name)))


def _live() -> ColumnElement[bool]:
    """Choose sessions that have not ended by themselves."""
    now = dt.datetime.now(dt.UTC)
    return (sessions.c.seen_at >= now - SESSION_IDLE) & (sessions.c.created_at >= now - SESSION_LIFE)


def _person(row: Row[Any]) -> Person:
    return Person(row.name, Role[row.role.upper()], row.blocked, row.created_at)


def composed(name: str) -> str:
    """Write a name as it is kept, so that the same name in other letters or forms is the same account."""
    return unicodedata.normalize("NFKC", name.strip()).casefold()


def _admins(connection: Connection) -> int:
    """Count those who may manage accounts, and keep others from changing who they are meanwhile."""
    return len(connection.execute(select(people.c.name).where(_ADMIN).with_for_update()).all())


def digest_of(secret: str) -> str:
    """Return by what a session is known here, which does not betray its secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _hash(password: str) -> str:
    if not is_password(password):
        raise AccountError(Problem.PASSWORD)
    return hash_password(password)
