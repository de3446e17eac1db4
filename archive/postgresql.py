"""What PostgreSQL needs that SQLite does by itself, and what it has to be told not to do.

Times are UTC, every commit is flushed to the disk, a lock is not waited for for ever. PostgreSQL takes no
NUL in a text; it is kept as U+FFFD there, while records, which are JSON, keep it. Deleted rows stay in the
files of a table until it is written anew: VACUUM alone leaves the last row of each block where it was. So a
deletion for good is noted in the table `unwiped` within its transaction, and `wipe` does the rest.

Source: PostgreSQL 15 documentation, 13.3 Explicit Locking, 25.1.2 Recovering Disk Space.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, Engine, delete, event, func, insert, select, text

from archive import tables
from archive.errors import CatalogueError

NAME = "postgresql"
DRIVER = "psycopg"

CONNECT = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
"""Unless the URL says otherwise: a server that is gone without a word is noticed within a minute."""

WIPE_WAIT = "2s"
"""So long readers are kept waiting at most for those who keep a table from being written anew."""

_MIGRATION = 7_201_411_209_314
"""Any number will do, as long as nobody else locks it."""

_UNREACHED = ("08", "28", "3D", "53300", "57P")
"""Beginnings of the codes of errors that say that there is no connection, or no more."""

_DAMAGED = ("XX001", "XX002")
_LOCK_NOT_AVAILABLE = "55P03"

_WITH_WORDS = (
    tables.documents,
    tables.files,
    tables.pages,
    tables.passports,
    tables.relations,
    tables.intake,
    tables.staff_log,
)
"""Tables that hold what a document said."""


def prepare(engine: Engine) -> None:
    """Let every connection of an engine begin as the catalogue needs it."""
    from archive.postgresql_driver import begin

    event.listen(engine, "connect", begin)


def fault(connection: Connection) -> str | None:
    """Say what is wrong with a database that no catalogue can be kept in; None: nothing."""
    encoding = connection.scalar(text("SELECT current_setting('server_encoding')"))
    if encoding != "UTF8":
        return f"it keeps texts as {encoding}; make it with ENCODING 'UTF8' TEMPLATE template0"
    return None


def lock_migrations(connection: Connection) -> None:
    """Keep every other process, of whatever machine, from changing tables until the transaction ends."""
    connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION)))


def lock_feed(connection: Connection) -> None:
    """Keep others from appending to the feed until the transaction ends.

    Numbers come from a sequence, which does not wait for anybody: without this, a transaction could commit a
    lower number after a higher one had been read, and whoever follows the feed would pass it over.
    """
    connection.execute(text("LOCK TABLE changes IN EXCLUSIVE MODE"))


def is_unreached(error: BaseException | None) -> bool:
    """Tell whether an error says that there is no connection to the server, or no more."""
    code = _code(error)
    return code is not None and (not code or code.startswith(_UNREACHED))


def is_damage(error: BaseException | None) -> bool:
    """Tell whether an error says that parts of the database are lost."""
    return _code(error) in _DAMAGED


def advice(error: BaseException | None) -> str:
    """Say what to do where a right is missing; empty: nothing to add."""
    if _code(error) == "42501":
        return " The user has to own the database: ALTER DATABASE … OWNER TO …"
    return ""


def _code(error: BaseException | None) -> str | None:
    """Return what the driver has as SQLSTATE, empty where it has none; None: it is no error of the driver."""
    code: object = getattr(error, "sqlstate", False)
    return None if code is False else str(code or "")


def note_unwiped(connection: Connection) -> None:
    """Note that this transaction deletes something for good, so that the next `wipe` takes its bytes."""
    connection.execute(insert(tables.unwiped).values(at=func.now()))


def wipe(engine: Engine) -> bool:
    """Write those tables anew that still hold bytes of what was deleted for good; tell whether that was done.

    Readers of a table wait meanwhile. What is deleted during that, or still seen by a transaction that began
    before, such as a backup, is left to the next time, and so is all where somebody keeps a table in use.
    """
    with engine.connect() as connection:
        last = connection.scalar(select(func.max(tables.unwiped.c.id)))
    if last is None or not all(_write_anew(engine, table.name) for table in _WITH_WORDS):
        return False
    with engine.begin() as connection:
        connection.execute(delete(tables.unwiped).where(tables.unwiped.c.id <= last))
    return True


def _write_anew(engine: Engine, table: str) -> bool:
    """Write a table into a new file without what was deleted; tell whether nothing of that had to be kept."""
    from archive.postgresql_driver import listen

    kept: list[int] = []

    def hear(detail: str) -> None:
        """Take the number at the beginning of: 3 dead row versions cannot be removed yet."""
        if number := re.match(r"\d+", detail):
            kept.append(int(number[0]))

    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        listen(connection, hear)
        try:
            connection.exec_driver_sql(f"SET lock_timeout = '{WIPE_WAIT}'")
            connection.exec_driver_sql(f"VACUUM (FULL, VERBOSE) {table}")
        except CatalogueError as exc:
            if getattr(exc.__cause__, "sqlstate", "") == _LOCK_NOT_AVAILABLE:
                return False
            raise
        finally:
            connection.invalidate()  # What was set is for this alone.
    return not any(kept)
