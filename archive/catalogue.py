"""The catalogue: records, pages and passports in a database, and the feed of their changes.

Every transaction that changes a document appends to `changes`; whoever follows the feed sees every change
once and in order: a lower sequence number is never committed after a higher one. SQLite has one writer at a
time; elsewhere whoever appends keeps others from it until the end of the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from archive import tables
from archive.database import lock_feed, note_deleted, open_database, scrub, wipe
from archive.errors import NotFoundError
from archive.model import Change, Conference, Document, Page, State
from archive.page_rows import parts, read_pages, read_some_pages
from archive.records import Json, conference_from_json, conference_to_json, document_from_json
from archive.rows import composed, rows_of, stem_of
from archive.traces import digests_of_its_own, forget


def _with_a_file(*conditions: ColumnElement[bool]) -> Select[str]:
    """Select the documents of which a current file is as it is said."""
    document = tables.files.c.document
    return select(document).where(tables.files.c.current, *conditions).distinct().order_by(document)


# Statements that every file needs are made once, since making one takes longer than running it.
_IN_CONFERENCE = tables.files.c.conference == bindparam("conference")
_BY_PATH = _with_a_file(_IN_CONFERENCE, tables.files.c.path == bindparam("path"))
_BY_STEM = _with_a_file(_IN_CONFERENCE, tables.files.c.stem == bindparam("stem"))
_BY_BYTES = _with_a_file(tables.files.c.sha512 == bindparam("sha512"))
_DELETE = {table: delete(table).where(table.c.document == bindparam("of")) for table in tables.OF_DOCUMENTS}
_DELETE_DOCUMENT = delete(tables.documents).where(tables.documents.c.id == bindparam("of"))
_INSERT = {table: insert(table) for table in (tables.documents, *tables.OF_DOCUMENTS, tables.changes)}
_CHANGED = select(tables.changes.c.document).where(
    tables.changes.c.sequence > bindparam("after"),
    tables.changes.c.document.in_(bindparam("identifiers", expanding=True)),
)
_RECORDS = select(tables.documents.c.record).where(
    tables.documents.c.id.in_(bindparam("identifiers", expanding=True))
)


class Catalogue:
    """Records by identifier, by place and by content. Shared by threads; holds no state of its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str, lock: Path) -> Catalogue:
        """Open the database, with its tables brought up to date. Raises CatalogueError."""
        return cls(open_database(url, lock))

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    # Conferences

    def conferences(self) -> tuple[Conference, ...]:
        """List all conferences, the newest first, those without a date last."""
        table = tables.conferences
        query = select(table.c.record).order_by(table.c.start.is_(None), table.c.start.desc(), table.c.id)
        with self.engine.connect() as connection:
            return tuple(conference_from_json(record) for record in connection.scalars(query))

    def conference(self, identifier: str) -> Conference:
        """Return one conference. Raises NotFoundError."""
        table = tables.conferences
        with self.engine.connect() as connection:
            record = connection.scalar(select(table.c.record).where(table.c.id == identifier))
        if record is None:
            raise NotFoundError("conference", identifier)
        return conference_from_json(record)

    def put_conference(self, conference: Conference) -> None:
        """Add or change a conference; the documents of what changed in it are due to be looked at again."""
        table, documents = tables.conferences, tables.documents
        start = conference.start.isoformat() if conference.start else None
        with self.engine.begin() as connection:
            record = connection.scalar(select(table.c.record).where(table.c.id == conference.id))
            connection.execute(delete(table).where(table.c.id == conference.id))
            connection.execute(
                insert(table).values(id=conference.id, start=start, record=conference_to_json(conference))
            )
            of_it = select(documents.c.id).where(documents.c.conference == conference.id)
            panels = _changed_panels(conference_from_json(record), conference) if record else None
            due = of_it if panels is None else of_it.where(documents.c.panel.in_(panels))
            _announce(connection, connection.scalars(due).all())

    def remove_conference(self, identifier: str) -> None:
        """Forget a conference."""
        with self.engine.begin() as connection:
            connection.execute(delete(tables.conferences).where(tables.conferences.c.id == identifier))

    # Documents

    def document(self, identifier: str) -> Document:
        """Return one document in whatever state. Raises NotFoundError."""
        found = self.documents_by_id([identifier])
        if identifier not in found:
            raise NotFoundError("document", identifier)
        return found[identifier]

    def documents_by_id(self, identifiers: Sequence[str]) -> dict[str, Document]:
        """Return those of the documents that there are."""
        found: dict[str, Document] = {}
        if not identifiers:
            return found
        with self.engine.connect() as connection:
            for part in parts(identifiers):
                for record in connection.scalars(_RECORDS, {"identifiers": part}):
                    document = document_from_json(record)
                    found[document.id] = document
        return found

    def documents(
        self,
        *,
        conference: str | None = None,
        panel: str | None = None,
        state: State | None = State.PUBLISHED,
        newest: int | None = None,
    ) -> tuple[Document, ...]:
        """List documents in the order of their titles; with `newest`, that many, the latest arrived first."""
        table = tables.documents
        wanted = {table.c.conference: conference, table.c.panel: panel, table.c.state: state and state.value}
        query = select(table.c.record).where(
            and_(True, *(column == value for column, value in wanted.items() if value is not None))
        )
        if newest is not None:
            query = query.order_by(table.c.created_at.desc(), table.c.id).limit(newest)
        with self.engine.connect() as connection:
            found = tuple(document_from_json(record) for record in connection.scalars(query))
        return found if newest is not None else _by_title(found)

    def counts(self) -> dict[str, dict[State, int]]:
        """Count the documents of each conference by state; without conferences that have none."""
        table = tables.documents
        query = select(table.c.conference, table.c.state, func.count()).group_by(
            table.c.conference, table.c.state
        )
        found: dict[str, dict[State, int]] = {}
        with self.engine.connect() as connection:
            for conference, state, count in connection.execute(query):
                found.setdefault(conference, {})[State(state)] = count
        return found

    def find_path(self, conference: str, path: str) -> Document | None:
        """Find the document that holds the file handed in under this path of this conference."""
        found = self._find_all(_BY_PATH, conference=conference, path=composed(path))
        return min(found, key=lambda document: document.state is not State.PUBLISHED, default=None)

    def find_bytes(self, sha512: str) -> Document | None:
        """Find the document whose current version holds these bytes."""
        return next(iter(self._find_all(_BY_BYTES, sha512=sha512)), None)

    def find_stem(self, conference: str, path: str) -> tuple[Document, ...]:
        """Find the documents with a file of the same folder and name, whatever its extension."""
        return self._find_all(_BY_STEM, conference=conference, stem=stem_of(path))

    def _find_all(self, query: Select[str], **values: str) -> tuple[Document, ...]:
        with self.engine.connect() as connection:
            identifiers = connection.scalars(query, values).all()
        return tuple(self.documents_by_id(identifiers).values())

    def translations(self, identifier: str) -> tuple[Document, ...]:
        """List the documents that are translations of this one or of the same original, in title order."""
        originals = {identifier, *self._related(relations_of=[identifier])}
        group = originals | set(self._related(targets=sorted(originals)))
        documents = self.documents_by_id(sorted(group - {identifier})).values()
        return _by_title(documents)

    def translation_relations(self) -> tuple[tuple[str, str], ...]:
        """List which document is a translation of which, in whatever state they are, in order."""
        table = tables.relations
        query = (
            select(table.c.document, table.c.target)
            .where(table.c.relation == "translation_of")
            .order_by(table.c.document, table.c.target)
        )
        with self.engine.connect() as connection:
            return tuple((row.document, row.target) for row in connection.execute(query))

    def _related(self, *, relations_of: Sequence[str] = (), targets: Sequence[str] = ()) -> Sequence[str]:
        table = tables.relations
        same = table.c.relation == "translation_of"
        down = select(table.c.target).where(same, table.c.document.in_(relations_of))
        up = select(table.c.document).where(same, table.c.target.in_(targets))
        with self.engine.connect() as connection:
            return connection.scalars(down if relations_of else up).all()

    def put_document(
        self,
        document: Document,
        pages: Iterable[Page] | None = None,
        passports: Mapping[str, Json] | None = None,
    ) -> None:
        """Add or change a document and announce it; where pages are None, pages and passports stay."""
        with self.engine.begin() as connection:
            _delete_document(connection, document.id, reading=pages is not None)
            for table, rows in rows_of(document, pages, passports).items():
                _insert_all(connection, table, rows)
            _announce(connection, [document.id])

    def remove_document(self, identifier: str, *, for_good: bool = False) -> None:
        """Forget a document and announce that it is gone; `for_good`: with all that tells of it besides."""
        with self.engine.begin() as connection:
            _delete_document(connection, identifier, reading=True)
            if for_good:
                forget(connection, identifier)
                note_deleted(connection)
            _announce(connection, [identifier])
        scrub(self.engine)

    def tidy(self) -> bool:
        """Wipe what was deleted for good and is still in files of the database; tell whether anything was."""
        return wipe(self.engine)

    def digests_of_its_own(self, identifier: str, had: Iterable[str] = ()) -> frozenset[str]:
        """Return the SHA-512 of its files, and of those it `had` besides, that no other document has."""
        with self.engine.connect() as connection:
            return digests_of_its_own(connection, identifier, had)

    # What was read

    def pages(self, identifiers: Sequence[str]) -> dict[str, tuple[Page, ...]]:
        """Return the pages of each of the documents, in order; a document without text has none."""
        with self.engine.connect() as connection:
            return read_pages(connection, identifiers)

    def some_pages(self, numbers: Mapping[str, Iterable[int]]) -> dict[str, tuple[Page, ...]]:
        """Return single pages of documents, by the numbers of each, in order; without those that are not."""
        with self.engine.connect() as connection:
            return read_some_pages(connection, numbers)

    def passports(self, identifiers: Sequence[str]) -> dict[str, dict[str, Json]]:
        """Return for each document the extraction report of each file of the current version, by name."""
        table = tables.passports
        found: dict[str, dict[str, Json]] = {identifier: {} for identifier in identifiers}
        with self.engine.connect() as connection:
            for part in parts(identifiers):
                query = select(table).where(table.c.document.in_(part)).order_by(table.c.name)
                for row in connection.execute(query):
                    found[row.document][row.name] = row.report
        return found

    # The change feed

    def changes(self, after: int, limit: int) -> tuple[Change, ...]:
        """Return the next changes after a sequence number, in order, at most `limit`."""
        table = tables.changes
        query = select(table).where(table.c.sequence > after).order_by(table.c.sequence).limit(limit)
        with self.engine.connect() as connection:
            return tuple(Change(row.sequence, row.document) for row in connection.execute(query))

    def changed_since(self, sequence: int, identifiers: Sequence[str]) -> frozenset[str]:
        """Return those of the documents that have changed after a sequence number."""
        found: set[str] = set()
        with self.engine.connect() as connection:
            for part in parts(identifiers):
                found.update(connection.scalars(_CHANGED, {"after": sequence, "identifiers": part}))
        return frozenset(found)

    def last_change(self) -> int:
        """Return the sequence number of the newest change; 0 in an empty archive."""
        with self.engine.connect() as connection:
            return connection.scalar(select(func.max(tables.changes.c.sequence))) or 0

    def is_empty(self) -> bool:
        """Tell whether there is neither a conference nor a document."""
        found = select(tables.conferences.c.id).union_all(select(tables.documents.c.id)).limit(1)
        with self.engine.connect() as connection:
            return connection.execute(found).first() is None


def _by_title(documents: Iterable[Document]) -> tuple[Document, ...]:
    return tuple(sorted(documents, key=lambda document: (document.title.casefold(), document.id)))


def _changed_panels(before: Conference, after: Conference) -> list[str] | None:
    """Return the panels that are new, other or gone; None where more than the panels changed."""
    if replace(before, panels=()) != replace(after, panels=()):
        return None
    old, new = ({panel.id: panel for panel in each.panels} for each in (before, after))
    return [name for name in {**old, **new} if old.get(name) != new.get(name)]


def _announce(connection: Connection, identifiers: Sequence[str]) -> None:
    """Append to the feed, as the last thing in a transaction."""
    lock_feed(connection)
    _insert_all(connection, tables.changes, [{"document": identifier} for identifier in identifiers])


def _insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(_INSERT[table], list(rows))


def _delete_document(connection: Connection, identifier: str, *, reading: bool) -> None:
    """Delete the rows of a document; those of what was read only where it was read anew."""
    if not connection.execute(_DELETE_DOCUMENT, {"of": identifier}).rowcount:
        return
    for table in tables.OF_DOCUMENTS:
        if reading or table not in (tables.pages, tables.passports):
            connection.execute(_DELETE[table], {"of": identifier})
