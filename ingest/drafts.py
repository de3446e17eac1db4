"""What lies on the desk of staff: the files of one batch or conference with the drafts they became.

Entries of the intake, documents, passports and proposals are put together here, in few statements whatever
the number of files; what was read of a single draft is asked for when somebody opens it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, select

from archive.errors import NotFoundError
from archive.model import Document, Sensitive, State
from archive.records import Json
from archive.repository import Archive
from archive.tables import documents, intake, passports
from archive.traces import DELETED
from ingest.batches import Batch, Batches
from ingest.intake import UNCHANGED
from ingest.proposals import Field, Proposal, proposals_from_json

_IN_BATCH = and_(intake.c.batch.is_not(None), intake.c.status != UNCHANGED)
"""What tells in which batch a draft is: not that its file came again with another."""

_PART = 500
"""How many identifiers one statement names at most."""


class Stage(StrEnum):
    """Where a file handed in stands."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file handed in. `status` says what became of it once it is done."""

    id: int
    path: str
    stage: Stage
    status: str
    error: str
    document: str | None
    conference: str
    sha512: str
    proposals: Mapping[Field, Proposal] = field(default_factory=dict)

    @property
    def is_under_way(self) -> bool:
        """Tell whether there is more to come."""
        return self.stage in (Stage.WAITING, Stage.READING)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document to be checked, with the files it came from and what reading them gave, by file name."""

    document: Document
    entries: tuple[Entry, ...] = ()
    passports: Mapping[str, Json] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The identifier of the document."""
        return self.document.id

    @property
    def found(self) -> tuple[Sensitive, ...]:
        """What its files hold that staff should decide about."""
        held = {each for file in self.document.current.files for each in file.sensitive}
        return tuple(each for each in Sensitive if each in held)

    @property
    def withheld(self) -> tuple[Sensitive, ...]:
        """What of that stays with staff: what they decided, else all of it."""
        decided = self.document.withheld
        return self.found if decided is None else tuple(each for each in self.found if each in decided)

    @property
    def is_unread(self) -> bool:
        """Tell whether nothing could be read of any of its files."""
        return bool(self.passports) and all(
            report.get("light", "red") == "red" for report in self.passports.values()
        )

    @property
    def is_held(self) -> bool:
        """Tell whether there is a reason not to publish it."""
        return bool(self.document.reason)

    @property
    def proposals(self) -> dict[Field, Proposal]:
        """What was found out of its files; of several files the first counts."""
        known: dict[Field, Proposal] = {}
        for entry in self.entries:
            for name, proposal in entry.proposals.items():
                known.setdefault(name, proposal)
        return known

    @property
    def alike(self) -> tuple[tuple[str, Proposal], ...]:
        """Other documents that it looks like: their identifiers, and why each."""
        known: dict[str, Proposal] = {}
        for name in (Field.SAME_BYTES, Field.REPLACES, Field.FORMAT_OF, Field.SIMILAR):
            proposal = self.proposals.get(name)
            for identifier in _texts(proposal.value if proposal else None):
                if proposal is not None and identifier != self.id:
                    known.setdefault(identifier, proposal)
        return tuple(known.items())

    @property
    def suspected_conference(self) -> str:
        """Another conference that it seems to be of; empty where nothing speaks for one."""
        proposal = self.proposals.get(Field.CONFERENCE)
        other = str(proposal.details.get("other_conference") or "") if proposal else ""
        return other if other != self.document.conference else ""

    def count(self, what: Sensitive) -> int:
        """Return how often its files hold something; 0 where that was not counted."""
        return max((_count(report, what) for report in self.passports.values()), default=0)


@dataclass(frozen=True, slots=True)
class Desk:
    """The files of one batch in the order of their paths, or the drafts of one conference as they came in."""

    entries: tuple[Entry, ...]
    drafts: tuple[Draft, ...]
    others: Mapping[str, Document]
    batch: Batch | None = None

    @property
    def published(self) -> tuple[Document, ...]:
        """What of it people can read by now."""
        own = {entry.document for entry in self.entries if entry.status in ("deposited", "held", "")}
        return tuple(
            each for each in self.others.values() if each.id in own and each.state is State.PUBLISHED
        )

    @property
    def under_way(self) -> int:
        """How many files wait or are being read."""
        return sum(1 for entry in self.entries if entry.is_under_way)

    @property
    def failed(self) -> tuple[Entry, ...]:
        """Files of which nothing became a document."""
        return tuple(entry for entry in self.entries if entry.stage is Stage.FAILED)

    @property
    def known(self) -> tuple[Entry, ...]:
        """Files that the archive had, or that came in twice."""
        return tuple(entry for entry in self.entries if entry.status == UNCHANGED and entry.document)

    @property
    def deleted(self) -> tuple[Entry, ...]:
        """Files whose document was deleted for good."""
        return tuple(entry for entry in self.entries if entry.status == DELETED)

    def draft(self, identifier: str) -> Draft | None:
        """Return one draft; None if it is none, or no more."""
        return next((draft for draft in self.drafts if draft.id == identifier), None)


@dataclass(frozen=True, slots=True)
class Heap:
    """Drafts to be looked at together: of a batch, or of a conference if they came in otherwise."""

    conference: str
    drafts: int
    newest_at: dt.datetime
    batch: Batch | None = None
    under_way: int = 0
    failed: int = 0


class Drafts:
    """What staff have to look at in one archive. Shared by threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._engine = archive.catalogue.engine

    def of_batch(self, identifier: str) -> Desk:
        """Return the files of a batch. Raises NotFoundError."""
        batch = Batches(self._engine).batch(identifier)
        entries = tuple(sorted(self._entries(intake.c.batch == identifier), key=_place_in_folder))
        known = self._archive.documents_by_id(_documents_of(entries))
        return self._desk(entries, known, batch)

    def of_conference(self, identifier: str) -> Desk:
        """Return all drafts of a conference."""
        drafts = self._archive.documents(conference=identifier, state=State.DRAFT)
        entries: list[Entry] = []
        for part in _parts([draft.id for draft in drafts]):
            entries += self._entries(intake.c.document.in_(part))
        return self._desk(tuple(entries), {draft.id: draft for draft in drafts}, None)

    def progress(self, batch: str) -> tuple[int, int]:
        """Return how many files of a batch are done with, and how many there are."""
        query = select(intake.c.state, func.count()).where(intake.c.batch == batch).group_by(intake.c.state)
        with self._engine.connect() as connection:
            counts = {state: count for state, count in connection.execute(query)}
        total = sum(counts.values())
        return total - counts.get(Stage.WAITING, 0) - counts.get(Stage.READING, 0), total

    def heaps(self) -> tuple[Heap, ...]:
        """List what there is to look at, the newest first."""
        heaps = [*self._batch_heaps(), *self._conference_heaps()]
        return tuple(sorted(heaps, key=lambda heap: heap.newest_at, reverse=True))

    def _batch_heaps(self) -> Iterable[Heap]:
        joined = documents.join(intake, intake.c.document == documents.c.id)
        in_draft = (
            select(intake.c.batch, func.count(documents.c.id.distinct()))
            .select_from(joined)
            .where(documents.c.state == State.DRAFT.value, _IN_BATCH)
            .group_by(intake.c.batch)
        )
        unfinished = (
            select(intake.c.batch, intake.c.state, func.count())
            .where(intake.c.batch.is_not(None), intake.c.state != Stage.DONE.value)
            .group_by(intake.c.batch, intake.c.state)
        )
        with self._engine.connect() as connection:
            drafts = {batch: count for batch, count in connection.execute(in_draft)}
            states = {(batch, state): count for batch, state, count in connection.execute(unfinished)}
        batches = Batches(self._engine)
        for identifier in {*drafts, *(batch for batch, _ in states)}:
            try:
                batch = batches.batch(identifier)
            except NotFoundError:
                continue
            under_way = states.get((identifier, "waiting"), 0) + states.get((identifier, "reading"), 0)
            failed = states.get((identifier, "failed"), 0)
            drafted = drafts.get(identifier, 0)
            yield Heap(batch.conference, drafted, batch.created_at, batch, under_way, failed)

    def _conference_heaps(self) -> Iterable[Heap]:
        of_batch = exists().where(intake.c.document == documents.c.id, _IN_BATCH)
        query = (
            select(documents.c.conference, func.count(), func.max(documents.c.created_at))
            .where(documents.c.state == State.DRAFT.value, ~of_batch)
            .group_by(documents.c.conference)
        )
        with self._engine.connect() as connection:
            for conference, count, newest in connection.execute(query):
                yield Heap(conference, count, newest)

    def _desk(self, entries: tuple[Entry, ...], known: Mapping[str, Document], batch: Batch | None) -> Desk:
        drafts = [each for each in known.values() if each.state is State.DRAFT]
        reports = self._passports([each.id for each in drafts])
        order = {name: place for place, name in enumerate(_documents_of(entries))}
        drafts.sort(key=lambda each: order.get(each.id, len(order)))
        of_document: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=lambda entry: entry.id):  # what came first made the draft
            if entry.document and entry.status != UNCHANGED:
                of_document.setdefault(entry.document, []).append(entry)
        own = set(of_document) if batch else set(known)
        made = (
            Draft(each, tuple(of_document.get(each.id, ())), reports.get(each.id, {}))
            for each in drafts
            if each.id in own
        )
        shown = tuple(made)
        others = {name: each for name, each in known.items() if name not in {draft.id for draft in shown}}
        return Desk(entries, shown, others, batch)

    def _entries(self, condition: ColumnElement[bool]) -> tuple[Entry, ...]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(intake).where(condition).order_by(intake.c.id)).all()
        return tuple(_entry(row) for row in rows)

    def _passports(self, identifiers: Sequence[str]) -> dict[str, dict[str, Json]]:
        found: dict[str, dict[str, Json]] = {}
        with self._engine.connect() as connection:
            for part in _parts(identifiers):
                for row in connection.execute(select(passports).where(passports.c.document.in_(part))):
                    found.setdefault(row.document, {})[row.name] = row.report
        return found


def _entry(row: Row[Any]) -> Entry:
    try:
        proposals = proposals_from_json(row.proposals)
    except (
        ValueError
    ):  # written by another version of this program: the values are in the record all the same
        proposals = {}
    return Entry(
        row.id,
        row.path,
        Stage(row.state),
        row.status,
        row.error,
        row.document,
        row.conference,
        row.sha512,
        proposals,
    )


def _place_in_folder(entry: Entry) -> list[tuple[int, str]]:
    """Sort paths as people list them: folder by folder, „2“ before „10“."""
    parts = re.split(r"(\d+)", entry.path.casefold())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def _documents_of(entries: Iterable[Entry]) -> list[str]:
    return list(dict.fromkeys(entry.document for entry in entries if entry.document))


def _parts(identifiers: Sequence[str]) -> Iterable[Sequence[str]]:
    return (identifiers[start : start + _PART] for start in range(0, len(identifiers), _PART))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [str(each) for each in value] if isinstance(value, Sequence) else []


def _count(report: Json, what: Sensitive) -> int:
    """Read a number from a passport, whichever of its fields has it."""
    if what is Sensitive.HIDDEN:
        hidden = report.get("hidden")
        return len(hidden) if isinstance(hidden, Sequence) else 0
    counts = report.get("counts")
    counted = counts.get(what.value) if isinstance(counts, Mapping) else None
    if counted is None and what is Sensitive.NOTES:
        counted = report.get("notes")
    return counted if isinstance(counted, int) else 0
