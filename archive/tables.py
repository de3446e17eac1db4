"""The tables of the catalogue, and nothing else.

What the storage root gives is derived and may be deleted and built again. What is not comes after `changes`
and has to be in a backup: what was handed in and where it stands, people, what they did, what was sought.
Records are kept whole as JSON; the columns beside them are what is searched and sorted by. Texts are compared
and sorted by code points in every database (a migration gives them the collation "C" where there are others).
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy import Boolean as Bool

from archive.moments import Moment

REVISION = "0006"
"""The newest migration, after which the tables are as they are here."""

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
    Column("created_at", Moment, nullable=False),
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
    Column("languages", String(16), nullable=False),
    Column("hidden", Bool, nullable=False),
    Column("label", String(40), nullable=False, server_default=""),
)
"""What was read. `languages`: codes with spaces between."""

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

OF_DOCUMENTS = (files, relations, pages, passports)
"""Tables whose rows go with a document."""

changes = Table(
    "changes",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("document", String(10), nullable=False),
    sqlite_autoincrement=True,
)

batches = Table(
    "batches",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("source", String(16), nullable=False),
    Column("conference", String(64), nullable=False),
    Column("panel", String(130)),
    Column("created_at", Moment, nullable=False),
    Index(None, "created_at"),
)
"""Files that came in together, to be looked at together: one upload, one load from the watch folder."""

uploads = Table(
    "uploads",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("batch", String(32), nullable=False),
    Column("person", String(64), nullable=False),
    Column("path", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("modified", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("arrived_at", Moment),
    Index(None, "batch"),
)
"""Files on their way in; those that arrived are remembered for some days, so that none is sent twice.
`modified`: when the file was last changed, in milliseconds, as the browser has it; 0: not known."""

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
    Column("batch", String(32)),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("status", String(16), nullable=False, server_default=""),
    Column("proposals", JSON),
    Column("entered_at", Moment),
    Column("changed_at", Moment),
    Index(None, "state", "priority", "id"),
    Index(None, "document"),
    Index(None, "sha512"),
    Index(None, "received"),
    Index(None, "batch"),
    sqlite_autoincrement=True,
)
"""Every file handed in. `proposals`: what was found out of it and why, as `ingest/proposals.py` has it."""

people = Table(
    "people",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False),
    Column("blocked", Bool, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("password_at", Moment, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("agent", Text, nullable=False),
    Index(None, "person"),
)
"""Who is signed in where, by the digest of the secret that the browser holds."""

staff_log = Table(
    "staff_log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("person", String(64), nullable=False),
    Column("action", String(32), nullable=False),
    Column("batch", String(32)),
    Column("conference", String(64)),
    Column("differences", JSON, nullable=False),
    Column("undone_by", Integer),
    Index(None, "at"),
    Index(None, "batch"),
    sqlite_autoincrement=True,
)
"""What staff did. `differences`: {what it was done to: {field: [before, after]}}."""

unanswered = Table(
    "unanswered",
    metadata,
    Column("query", String(200), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
    Index(None, "last_day"),
)
"""Queries that found nothing, counted; nothing tells who asked."""

refused_pairs = Table(
    "refused_pairs",
    metadata,
    Column("one", String(10), primary_key=True),
    Column("other", String(10), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "other"),
)
"""Documents that are no translations of one another, as staff said; `one` comes before `other`."""

unwiped = Table(
    "unwiped",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)
"""Deletions for good whose bytes are still in files of the database; see `archive/postgresql.py`."""
