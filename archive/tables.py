"""The tables of the catalogue, and nothing else.

All but `intake` is derived from the storage root and may be deleted and built again; `intake` is not and
has to be in a backup. Records are kept whole as JSON; the columns beside them are what is searched and
sorted by.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy import Boolean as Bool

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
)

conferences = Table(
    "conferences",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("start", String(10)),
    Column("record", JSON, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(10), primary_key=True),
    Column("conference", String(64), nullable=False),
    Column("panel", String(130)),
    Column("state", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("record", JSON, nullable=False),
    Index(None, "conference", "panel"),
    Index(None, "created_at"),
)

files = Table(
    "files",
    metadata,
    Column("document", String(10), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("conference", String(64), nullable=False),
    Column("path", Text, nullable=False),
    Column("stem", Text, nullable=False),
    Column("sha512", String(128), nullable=False),
    Column("current", Bool, nullable=False),
    Index(None, "sha512"),
    Index(None, "conference", "path"),
    Index(None, "conference", "stem"),
)

pages = Table(
    "pages",
    metadata,
    Column("document", String(10), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("hidden", Bool, nullable=False),
)

passports = Table(
    "passports",
    metadata,
    Column("document", String(10), primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("report", JSON, nullable=False),
)

relations = Table(
    "relations",
    metadata,
    Column("document", String(10), primary_key=True),
    Column("relation", String(32), primary_key=True),
    Column("target", String(10), primary_key=True),
    Index(None, "target"),
)

changes = Table(
    "changes",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("document", String(10), nullable=False),
    sqlite_autoincrement=True,
)

intake = Table(
    "intake",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conference", String(64), nullable=False),
    Column("path", Text, nullable=False),
    Column("received", String(32), nullable=False),
    Column("sha512", String(128), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("media_type", String(255), nullable=False),
    Column("description", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("error", Text, nullable=False),
    Column("document", String(10)),
    Index(None, "state"),
    Index(None, "document"),
    Index(None, "sha512"),
    Index(None, "received"),
    sqlite_autoincrement=True,
)
