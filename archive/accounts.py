"""People who sign in, their roles and passwords, and where they are signed in.

Passwords are kept as argon2id hashes. A session is a secret that only the browser holds; here is its digest.
Readers need no account.

Source: RFC 9106 (Argon2), with the parameters of argon2-cffi; OWASP Session Management Cheat Sheet.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from archive.errors import ArchiveError, NotFoundError
from archive.tables import people, sessions

FIRST_PERSON = "staff"
"""Name of the account that is made at the first start."""

PASSWORD_LENGTH = 10
"""A password has at least so many characters."""

SESSION_IDLE, SESSION_LIFE = dt.timedelta(hours=12), dt.timedelta(days=7)
"""A session ends after so long without a request, and after so long in any case."""

SEEN_EVERY = dt.timedelta(minutes=5)
"""How often it is noted that a session is in use."""

_NAME = re.compile(r"[\w.@+-]{1,64}")
_LONGEST_PASSWORD = 1000
_hasher = PasswordHasher()


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


class AccountError(ArchiveError):
    """An account cannot be made or changed like this."""


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
            row = connection.execute(select(people).where(people.c.name == _composed(name))).first()
        if row is None:
            raise NotFoundError("account", name)
        return _person(row)

    def add(self, name: str, role: Role, password: str) -> Person:
        """Make an account. Raises AccountError where name or password cannot be used."""
        name = _composed(name)
        if not _NAME.fullmatch(name):
            raise AccountError("A name has 1 to 64 letters, digits or signs of . @ + - _ and no spaces.")
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
            raise AccountError(f"There is an account {name!r} already.") from exc
        return Person(name, role, blocked=False, created_at=now)

    def set_password(self, name: str, password: str) -> None:
        """Set a password and end all sessions of the person. Raises NotFoundError, AccountError."""
        self._update(name, password=_hash(password), password_at=dt.datetime.now(dt.UTC))
        self.end_sessions(name)

    def set_role(self, name: str, role: Role) -> None:
        """Give a person another role. Raises NotFoundError, AccountError if no admin would be left."""
        if role is not Role.ADMIN:
            self._refuse_last_admin(name)
        self._update(name, role=role.name.lower())

    def set_blocked(self, name: str, *, blocked: bool) -> None:
        """Keep a person out, or let them in again. Raises NotFoundError, AccountError as `set_role`."""
        if blocked:
            self._refuse_last_admin(name)
            self.end_sessions(name)
        self._update(name, blocked=blocked)

    def _refuse_last_admin(self, name: str) -> None:
        admins = {person.name for person in self.people() if person.role is Role.ADMIN and not person.blocked}
        if admins == {_composed(name)}:
            raise AccountError("Somebody has to be left who may manage accounts.")

    def _update(self, name: str, **values: object) -> None:
        with self._engine.begin() as connection:
            done = connection.execute(update(people).where(people.c.name == _composed(name)).values(values))
        if not done.rowcount:
            raise NotFoundError("account", name)

    def check(self, name: str, password: str) -> Person | None:
        """Return the person that this password belongs to; None, after as long, where there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(select(people).where(people.c.name == _composed(name))).first()
        right = _matches(row.password if row is not None else _DECOY, password)
        if row is None or not right or row.blocked:
            return None
        if _hasher.check_needs_rehash(row.password):
            self._update(name, password=_hasher.hash(password))
        return _person(row)

    # Sessions

    def begin_session(self, name: str, agent: str) -> str:
        """Sign a person in; return the secret for their browser, 43 characters."""
        secret, now = secrets.token_urlsafe(32), dt.datetime.now(dt.UTC)
        values = {
            "digest": _digest(secret),
            "person": _composed(name),
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
        digest, now = _digest(secret), dt.datetime.now(dt.UTC)
        query = (
            select(people, sessions.c.created_at.label("begun_at"), sessions.c.seen_at)
            .join(sessions, sessions.c.person == people.c.name)
            .where(sessions.c.digest == digest)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None or row.blocked:
            return None
        seen_at = _aware(row.seen_at)
        if now - seen_at > SESSION_IDLE or now - _aware(row.begun_at) > SESSION_LIFE:
            return None
        if now - seen_at > SEEN_EVERY:
            with self._engine.begin() as connection:
                connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=now))
        return _person(row)

    def sessions(self, name: str) -> tuple[Session, ...]:
        """List where a person is signed in, the last seen first."""
        query = (
            select(sessions).where(sessions.c.person == _composed(name)).order_by(sessions.c.seen_at.desc())
        )
        with self._engine.connect() as connection:
            return tuple(
                Session(row.digest, row.person, _aware(row.created_at), _aware(row.seen_at), row.agent)
                for row in connection.execute(query)
            )

    def end_session(self, secret: str) -> None:
        """Sign out where this secret is held."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == _digest(secret)))

    def end_sessions(self, name: str) -> None:
        """Sign a person out everywhere."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.person == _composed(name)))


def _person(row: Row[Any]) -> Person:
    return Person(row.name, Role[row.role.upper()], row.blocked, _aware(row.created_at))


def _aware(moment: dt.datetime) -> dt.datetime:
    """SQLite forgets that every moment is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFKC", name.strip()).casefold()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _hash(password: str) -> str:
    if not PASSWORD_LENGTH <= len(password) <= _LONGEST_PASSWORD:
        raise AccountError(f"A password has {PASSWORD_LENGTH} to {_LONGEST_PASSWORD} characters.")
    return _hasher.hash(unicodedata.normalize("NFKC", password))


def _matches(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, unicodedata.normalize("NFKC", password[:_LONGEST_PASSWORD]))
    except (VerificationError, InvalidHashError):
        return False


_DECOY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$Rdescudvv5HpZJ4tLYkLzmFIhp0HLpnrqrUq3JUQHwk"
"""A hash of nothing known: a name that does not exist takes as long to refuse as a wrong password."""
