"""Open the catalogue's database and bring its tables up to date.

The one place that knows which database it is: SQLite is put into WAL mode, with every commit flushed to the
disk; what PostgreSQL needs is in `postgresql.py`. Errors of the database leave as a CatalogueError, at any
time; those that say that it is damaged as a DamagedCatalogueError. No message names a password.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    InterfaceError,
    InternalError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.pool import ConnectionPoolEntry

from archive import postgresql
from archive.durable import make_folders
from archive.errors import CatalogueError, DamagedCatalogueError, SettingsError
from archive.lock import exclusive
from archive.tables import REVISION, metadata

BUSY_TIMEOUT_SECONDS = 60

_VERSION_TABLE = "alembic_version"
_SIDE_FILES = ("-wal", "-shm", "")
"""What SQLite keeps beside a database, and the database last: without it, a log left alone would be taken
for that of the next database of this name."""

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_TROUBLE = frozenset({OperationalError, DatabaseError, InterfaceError, InternalError})
"""The database cannot, at this time; other errors are faults of a statement, and so of this program."""


def open_database(url: str, lock: Path) -> Engine:
    """Connect to the database and run the migrations it lacks, under the lock file given.

    Raises:
        SettingsError: this is no URL of a database, or its driver is not installed.
        DamagedCatalogueError: the file is no database, or damaged.
        CatalogueError: it cannot be opened now, or a newer program has changed it.
    """
    engine = _connect(url)
    try:
        with _wrapped(url):
            _bring_up_to_date(engine, url, lock)
    except BaseException:
        engine.dispose()
        raise
    event.listen(engine, "handle_error", _raise_ours)
    return engine


def _bring_up_to_date(engine: Engine, url: str, lock: Path) -> None:
    with engine.connect() as connection:
        found = _revision(connection)
        if _is_postgresql(engine) and (fault := postgresql.fault(connection)) is not None:
            raise CatalogueError(f"The catalogue {_name(url)} cannot be used: {fault}.")
    if found == REVISION:
        return
    if found is not None:
        _refuse_unknown(found, url)
    with exclusive(lock, BUSY_TIMEOUT_SECONDS), engine.begin() as connection:
        if _is_postgresql(engine):
            postgresql.lock_migrations(connection)
        elif engine.dialect.name == "sqlite":  # The driver begins none for tables by itself.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            if not inspect(connection).get_table_names():
                _make_tables(connection)
                return
        from archive.migrating import migrate  # with alembic, which takes longer to load than all the rest

        migrate(connection)


def _refuse_unknown(revision: str, url: str) -> None:
    from archive.migrating import is_known

    if not is_known(revision):
        raise CatalogueError(
            f"The catalogue {_name(url)} was made by a newer version of this program (its tables are "
            f"at {revision}). Use that version, or move the catalogue away and run: "
            "python -m portal rebuild. Files that wait in it have to be handed in again then."
        )


def _revision(connection: Connection) -> str | None:
    """Return how far the tables are; None where there are none."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    found = connection.exec_driver_sql(f"SELECT version_num FROM {_VERSION_TABLE}").scalar()
    return None if found is None else str(found)


def _make_tables(connection: Connection) -> None:
    """Make in an empty SQLite database what all migrations one after the other would make."""
    metadata.create_all(connection)
    connection.exec_driver_sql(
        f"CREATE TABLE {_VERSION_TABLE} (version_num VARCHAR(32) NOT NULL, "
        f"CONSTRAINT {_VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO {_VERSION_TABLE} VALUES ('{REVISION}')")


def check_database(url: str) -> None:
    """Look at every page of an SQLite database; others look after themselves.

    Raises:
        DamagedCatalogueError: the file is no database, or damaged.
        CatalogueError: it cannot be opened now.
    """
    engine = _connect(url)
    if engine.dialect.name == "sqlite":
        with _wrapped(url), engine.connect() as connection:
            problem = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar())
            if problem != "ok":
                raise _damaged(url, problem.replace("\n", " "))
    engine.dispose()


def set_aside(url: str, *beside: Path) -> Path | None:
    """Rename a damaged SQLite catalogue, so that a new one can be made and nothing is lost.

    It holds what cannot be made again: which files wait. What belongs to those is renamed with it.

    Args:
        beside: files and folders that mean nothing without this catalogue.

    Returns:
        Where it is now, `catalogue.sqlite.damaged-TIMESTAMP`; None where there is no such file to rename.

    Raises:
        CatalogueError: it cannot be renamed.
    """
    place = make_url(url)
    if place.get_backend_name() != "sqlite" or not place.database or not Path(place.database).is_file():
        return None
    path = Path(place.database)
    suffix = f".damaged-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%fZ}"
    kept = path.with_name(path.name + suffix)
    try:
        for other in beside:
            if other.exists():
                other.rename(other.with_name(other.name + suffix))
        for end in _SIDE_FILES:
            if (part := path.with_name(path.name + end)).exists():
                part.rename(kept.with_name(kept.name + end))
    except OSError as exc:
        raise CatalogueError(f"The damaged catalogue {path} cannot be renamed: {exc}.") from exc
    return kept


def lock_feed(connection: Connection) -> None:
    """Let nobody else append to the feed until this transaction ends, where the database would."""
    if _is_postgresql(connection.engine):
        postgresql.lock_feed(connection)


def note_deleted(connection: Connection) -> None:
    """Note that this transaction deletes for good, where the bytes of that stay until `wipe`."""
    if _is_postgresql(connection.engine):
        postgresql.note_unwiped(connection)


def scrub(engine: Engine) -> None:
    """Wipe what was deleted from the files of the database, where that takes no time."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def wipe(engine: Engine) -> bool:
    """Wipe what was deleted for good where that takes its time; tell whether anything was."""
    return _is_postgresql(engine) and postgresql.wipe(engine)


def _is_postgresql(engine: Engine) -> bool:
    return engine.dialect.name == postgresql.NAME


def _connect(url: str) -> Engine:
    try:
        place = make_url(url)
        if "@" in (place.host or ""):
            raise ValueError("signs of the password are not escaped")
        more: dict[str, Any] = {}
        if place.get_backend_name() == postgresql.NAME:
            if place.get_driver_name() != postgresql.DRIVER:
                raise ValueError("another driver")
            more["connect_args"] = {
                name: value for name, value in postgresql.CONNECT.items() if name not in place.query
            }
            more["pool_pre_ping"] = True
        engine = create_engine(place, json_deserializer=_read_json, hide_parameters=True, **more)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError, TypeError):
        raise SettingsError(
            "ARCHIVE_CATALOGUE_URL",
            _name(url),
            "sqlite:////srv/catalogue.sqlite or postgresql+psycopg://user:password@host/database, with signs "
            "of the password such as @ : / escaped (%40 %3A %2F)",
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    elif _is_postgresql(engine):
        postgresql.prepare(engine)
    return engine


@contextmanager
def _wrapped(url: str) -> Iterator[None]:
    """Make the folder of the database, and errors of the block ours."""
    try:
        place = make_url(url)
        if place.get_backend_name() == "sqlite" and place.database:
            make_folders(Path(place.database).parent)
        yield
    except (SQLAlchemyError, OSError) as exc:
        raise _error(url, exc) from exc


def _raise_ours(context: ExceptionContext) -> None:
    """Turn what the database reports in use into an error of the archive."""
    error = context.sqlalchemy_exception
    if type(error) in _TROUBLE and context.engine is not None:
        url = context.engine.url.render_as_string(hide_password=False)
        raise _error(url, error) from context.original_exception


def _error(url: str, error: Exception | None) -> CatalogueError:
    reason = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(reason, "sqlite_errorcode", 0)
    said = " ".join(str(reason).split()).rstrip(".")
    if code & 0xFF in _DAMAGE or "Could not decode" in said or postgresql.is_damage(reason):
        return _damaged(url, said)
    if postgresql.is_unreached(reason):
        return CatalogueError(
            f"The catalogue {_name(url)} cannot be reached: {said}. See that its server runs; "
            "ARCHIVE_CATALOGUE_URL says where it is, which database, which user and the password."
        )
    return CatalogueError(
        f"The catalogue {_name(url)} cannot be used now: {said}.{postgresql.advice(reason)}"
    )


def _damaged(url: str, problem: str) -> DamagedCatalogueError:
    if url.startswith(postgresql.NAME):
        return DamagedCatalogueError(
            f"The catalogue {_name(url)} is damaged: {problem}. Restore the database from a backup; or let "
            "ARCHIVE_CATALOGUE_URL name an empty one, and run: python -m portal rebuild. Accounts, the staff "
            "log and files that wait are in the damaged one alone."
        )
    return DamagedCatalogueError(
        f"The catalogue {_name(url)} is damaged: {problem}. To make it again from the storage root, "
        "run: python -m portal rebuild (the damaged file is kept beside it)."
    )


def _name(url: str) -> str:
    """Name a database without password and options, whatever is wrong with the URL."""
    scheme, colon, rest = url.partition("://")
    before, at, after = rest.rpartition("@")
    user, _, password = before.partition(":")
    return f"{scheme}{colon}{user}{':***' if password else ''}{at}{after.partition('?')[0]}"


def _read_json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as exc:
        raise DamagedCatalogueError(
            f"A record in the catalogue is damaged: {exc}. To make it again from the storage root, "
            "run: python -m portal rebuild (the damaged file is kept beside it)."
        ) from exc


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
