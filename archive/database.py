"""Open the catalogue's database and bring its tables up to date.

The one place that knows which database it is: SQLite is put into WAL mode, with every commit flushed to the
disk.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from archive.durable import make_folders
from archive.errors import CatalogueError
from archive.lock import exclusive

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_SECONDS = 60


def open_database(url: str, lock: Path) -> Engine:
    """Connect to the database and run the migrations it lacks, under the lock file given.

    Raises:
        CatalogueError: it cannot be opened, or a newer program has changed it.
    """
    try:
        engine = _connect(url)
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except (SQLAlchemyError, OSError) as exc:
        raise CatalogueError(
            f"The catalogue {url} cannot be opened: {exc}. It can be deleted and built again "
            "from the storage root with: python -m portal rebuild"
        ) from exc
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    if found == script.get_current_head():
        return engine
    if found is not None and found not in {revision.revision for revision in script.walk_revisions()}:
        raise CatalogueError(
            f"The catalogue {url} was made by a newer version of this program (its tables are at {found}). "
            "Use that version, or delete the catalogue and run: python -m portal rebuild"
        )
    with exclusive(lock, BUSY_TIMEOUT_SECONDS), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return engine


def scrub(engine: Engine) -> None:
    """Wipe what was deleted from the files of the database, as far as the database leaves that to us."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _connect(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        if engine.url.database:
            make_folders(Path(engine.url.database).parent)
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
