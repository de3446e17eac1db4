"""What psycopg, the driver of PostgreSQL, is told. Loaded only where a catalogue is on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

from psycopg import Connection as Driver
from psycopg.abc import Buffer
from psycopg.errors import Diagnostic
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

_SESSION = """
SET TIME ZONE 'UTC';
SET lock_timeout = '60s';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
"""


def begin(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Begin a connection as the catalogue needs it."""
    driver = connection.driver_connection if hasattr(connection, "driver_connection") else connection
    if isinstance(driver, Driver):
        driver.adapters.register_dumper(str, _WithoutNul)
        driver.autocommit = True
        driver.execute(_SESSION)
        driver.autocommit = False


class _WithoutNul(StrDumperUnknown):
    """Writes a text, with U+FFFD in the place of NUL: to store and to compare."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def listen(connection: Connection, hear: Callable[[str], None]) -> None:
    """Hand on the details of what the server remarks to this connection."""
    driver = connection.connection.driver_connection
    if isinstance(driver, Driver):
        driver.add_notice_handler(lambda said: hear(_detail(said)))


def _detail(said: Diagnostic) -> str:
    return said.message_detail or ""
