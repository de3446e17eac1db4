"""One file from Candidate to Outcome: keep it, and once it is read, make it part of the archive.

`receive` keeps the bytes and says whether there is anything to read; `accede` takes what was read and makes
a new document, a new version, another format of a document that is there, or a draft for staff to look at.
This is the one place where any error of a file becomes its outcome.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace

from archive.errors import ArchiveError
from archive.identifiers import mint_document_id
from archive.lock import exclusive
from archive.model import Access, Conference, Document, State, Version
from archive.names import printable_path
from archive.received import Received
from archive.repository import Archive
from ingest.candidate import Candidate, Description
from ingest.conferences import ensure_conference
from ingest.extraction import ExtractionError
from ingest.intake import Intake, Ticket
from ingest.kinds import guess_kind
from ingest.matching import is_same_work, reads_better
from ingest.mediatypes import media_type_of
from ingest.outcome import Outcome, Status
from ingest.readers import Reading
from ingest.work import Work

LOCK_TIMEOUT_SECONDS = 300


class Accession:
    """Takes files into one archive, one at a time among all processes; reading is done before, by many."""

    def __init__(self, archive: Archive, intake: Intake) -> None:
        self._archive = archive
        self._intake = intake
        self._lock = archive.settings.home / "accession.lock"

    def keep_conference(self, conference: Conference) -> None:
        """Make a conference, or add its panels to the one that is there, before a file of it is kept."""
        with exclusive(self._lock, LOCK_TIMEOUT_SECONDS):
            ensure_conference(self._archive, conference)

    def receive(self, candidate: Candidate) -> Ticket | Outcome:
        """Keep the bytes of a file; an Outcome where there is nothing to read."""
        path = printable_path(candidate.path)
        if candidate.skip:
            return Outcome(path, Status.SKIPPED, error=candidate.skip)
        if candidate.problem:
            return Outcome(path, Status.FAILED, error=candidate.problem)
        try:
            with candidate.source.open("rb") as stream:
                received, sha512, size_bytes = self._archive.receive(stream)
        except (OSError, ArchiveError) as exc:
            return Outcome(path, Status.FAILED, error=f"The file was not kept: {exc}")
        return self.take(path, candidate.source.name, received, sha512, size_bytes, candidate.description)

    def take(
        self,
        path: str,
        name: str,
        received: Received,
        sha512: str,
        size_bytes: int,
        description: Description,
        *,
        batch: str | None = None,
        priority: int = 0,
    ) -> Ticket | Outcome:
        """Take a file whose bytes are safe; an Outcome where there is nothing to read.

        Args:
            path: what the depositor called it, fit to be shown.
            name: its file name as given, to tell the format by.
            received: its receipt; let go of where an Outcome is returned.
        """
        try:
            known = self._known(sha512, path, description)
            if known is None or _to_be_read_again(known):
                media_type = media_type_of(received.path, name)
                return self._intake.enter(
                    path, received, sha512, size_bytes, media_type, description, batch, priority
                )
            self._intake.settle(path, sha512, description.conference, known.id)
            outcome = self._unchanged(known, path, description)
        except ArchiveError as exc:
            outcome = Outcome(path, Status.FAILED, error=f"The file was not kept: {exc}")
        received.discard()
        return outcome

    def accede(self, ticket: Ticket, reading: Reading | ExtractionError) -> Outcome:
        """Make what was read part of the archive. Never raises for anything that one file can cause."""
        try:
            with exclusive(self._lock, LOCK_TIMEOUT_SECONDS):
                self._archive.recover()  # A file that a dead process was about to deposit has to be known.
                outcome = self._accede(ticket, reading)
            self._intake.finish(ticket, outcome.document, outcome.error)
            if outcome.document is not None:
                conference = ticket.description.conference
                self._intake.settle(ticket.path, ticket.sha512, conference, outcome.document)
            return outcome
        except (ArchiveError, OSError) as exc:
            error = f"Kept, and tried again at the next run: {exc}"
        except Exception as exc:
            # The file's bytes are safe and its entry still waits, so that nothing is lost by going on.
            error = f"Kept, but an error of this program came between: {exc!r}. Please report it."
        finally:
            ticket.received.release()
        return Outcome(ticket.path, Status.FAILED, error=error)

    def _accede(self, ticket: Ticket, reading: Reading | ExtractionError) -> Outcome:
        description = ticket.description
        work = Work.of(ticket, reading)
        known = self._known(ticket.sha512, ticket.path, description)
        if known is not None:
            if _to_be_read_again(known):
                return self._read_again(known, ticket, work)
            return self._unchanged(known, ticket.path, description)
        earlier = self._archive.find_path(description.conference, ticket.path)
        if earlier is not None and earlier.state is State.WITHDRAWN:
            return self._deposit(ticket, work, f"The document at this path was withdrawn: {earlier.reason}")
        if earlier is not None and work.error and earlier.state is State.PUBLISHED:
            # What people can read stays what they see; the new bytes wait beside it for staff.
            return self._deposit(ticket, work, work.error)
        if earlier is not None:
            return self._replace(earlier, ticket, work)
        if work.pages and not work.error:
            for sibling in self._archive.find_stem(description.conference, ticket.path):
                if self._is_rendition(sibling, ticket, work):
                    return self._add_rendition(sibling, ticket, work)
        return self._deposit(ticket, work, work.error)

    def _known(self, sha512: str, path: str, description: Description) -> Document | None:
        """Find the document that has these bytes, unless other bytes are at this path by now."""
        known = self._archive.find_bytes(sha512)
        if known is None or (known.conference == description.conference and _has(known, sha512, path)):
            return known
        there = self._archive.find_path(description.conference, path)
        return known if there is None or there.id == known.id else None

    def _unchanged(self, known: Document, path: str, description: Description) -> Outcome:
        document = self._with_relations(known, description)
        if document != known:
            self._archive.save(document, message="Relation added")
        pages = self._archive.pages(known.id)
        characters = sum(len(page.text) for page in pages)
        error = ""
        if known.state is State.WITHDRAWN:
            error = f"The archive has this file, and it was withdrawn: {known.reason}"
        elif known.conference != description.conference:
            error = f"The archive has this file already, in the conference {known.conference}."
        return Outcome(path, Status.UNCHANGED, known.id, len(pages), characters, known.languages, error)

    def _read_again(self, held: Document, ticket: Ticket, work: Work) -> Outcome:
        """Publish a document that could not be read before and can be now; else say why it is still held."""
        if work.error == held.reason:
            return work.outcome(ticket, held.id, Status.HELD, work.error)
        (file, *others), said = held.current.files, ticket.description
        read = work.file(ticket, ())
        current = replace(held.current, files=(replace(file, page_count=read.page_count), *others))
        document = replace(
            held,
            title=ticket.description.title or work.title,
            creators=said.creators or held.creators or work.creators,
            languages=work.languages,
            kind=said.kind or guess_kind(ticket.path, ticket.media_type, work.pages),
            panel=said.panel or held.panel,
            date=said.date or held.date,
            rights=said.rights or held.rights,
            access=said.access or held.access,
            embargoed_until=said.embargoed_until if said.access else held.embargoed_until,
            state=State.DRAFT if work.error else State.PUBLISHED,
            reason=work.error,
            versions=(*held.versions[:-1], current),
            updated_at=_now(),
        )
        self._archive.save(
            self._with_relations(document, ticket.description),
            message="Read again",
            pages=work.pages,
            passports={file.name: work.passport},
        )
        return work.outcome(ticket, held.id, Status.HELD if work.error else Status.DEPOSITED, work.error)

    def _deposit(self, ticket: Ticket, work: Work, reason: str) -> Outcome:
        """Make a new document, a draft where there is a reason to hold it."""
        description, now = ticket.description, _now()
        file = work.file(ticket, ())
        document = Document(
            id=mint_document_id(),
            title=description.title or work.title,
            creators=description.creators or work.creators,
            kind=description.kind or guess_kind(ticket.path, ticket.media_type, work.pages),
            languages=work.languages,
            conference=description.conference,
            panel=description.panel,
            date=description.date,
            rights=description.rights,
            access=description.access or Access.PUBLIC,
            embargoed_until=description.embargoed_until,
            state=State.DRAFT if reason else State.PUBLISHED,
            reason=reason,
            versions=(Version(1, now, (file,)),),
            created_at=now,
            updated_at=now,
            example=description.example,
        )
        self._archive.save(
            self._with_relations(document, description),
            message="Deposited",
            originals={file.name: ticket.received.path},
            pages=work.pages,
            passports={file.name: work.passport},
        )
        return work.outcome(ticket, document.id, Status.HELD if reason else Status.DEPOSITED, reason)

    def _replace(self, earlier: Document, ticket: Ticket, work: Work) -> Outcome:
        """Add a version in which this file takes the place of the one handed in under the same path."""
        others = tuple(file for file in earlier.current.files if not _same(file.path, ticket.path))
        file = work.file(ticket, others)
        now = _now()
        version = Version(earlier.current.number + 1, now, (file, *others), note="")
        document = replace(
            earlier,
            title=ticket.description.title or work.title,
            languages=work.languages,
            access=ticket.description.access or earlier.access,
            embargoed_until=ticket.description.embargoed_until or earlier.embargoed_until,
            state=State.DRAFT if work.error else State.PUBLISHED,
            reason=work.error,
            versions=(*earlier.versions, version),
            updated_at=now,
        )
        kept = {
            other.name: self._archive.original(earlier.id, earlier.current.number, other.name)
            for other in others
        }
        passports = self._archive.passports(earlier.id)
        self._archive.save(
            document,
            message="Replaced by a new version",
            originals={**kept, file.name: ticket.received.path},
            pages=work.pages,
            passports={
                **{name: passports[name] for name in kept if name in passports},
                file.name: work.passport,
            },
        )
        return work.outcome(ticket, document.id, Status.HELD if work.error else Status.REPLACED, work.error)

    def _is_rendition(self, sibling: Document, ticket: Ticket, work: Work) -> bool:
        formats = {file.media_type for file in sibling.current.files}
        if sibling.state is not State.PUBLISHED or ticket.media_type in formats:
            return False
        if ticket.description.access not in (None, sibling.access):
            return False  # One document has one access.
        return is_same_work(self._archive.pages(sibling.id), work.pages)

    def _add_rendition(self, sibling: Document, ticket: Ticket, work: Work) -> Outcome:
        """Put the file into the current version of the document that is the same work in another format."""
        current = sibling.current
        file = work.file(ticket, current.files)
        read_now = self._archive.pages(sibling.id)
        first = reads_better(ticket.media_type, work.pages, current.files[0].media_type, read_now)
        files = (file, *current.files) if first else (*current.files, file)
        description = ticket.description
        document = replace(
            sibling,
            title=description.title or (work.title if first and not sibling.title else sibling.title),
            languages=work.languages if first else sibling.languages,
            versions=(*sibling.versions[:-1], replace(current, files=files)),
            updated_at=_now(),
        )
        passports = {**self._archive.passports(sibling.id), file.name: work.passport}
        self._archive.save(
            self._with_relations(document, description),
            message="Rendition added",
            originals={file.name: ticket.received.path},
            pages=work.pages if first else read_now,
            passports=passports,
        )
        return work.outcome(ticket, document.id, Status.DEPOSITED, "")

    def _with_relations(self, document: Document, description: Description) -> Document:
        if not description.translation_of:
            return document
        original = self._archive.find_path(description.conference, description.translation_of)
        if original is None or original.id in (document.id, *document.translation_of):
            return document
        return replace(document, translation_of=(*document.translation_of, original.id))


def _to_be_read_again(document: Document) -> bool:
    """A draft that says why it is held may be readable by now; it costs one reading to know."""
    return document.state is State.DRAFT and bool(document.reason)


def _has(document: Document, sha512: str, path: str) -> bool:
    return any(file.sha512 == sha512 and _same(file.path, path) for file in document.current.files)


def _same(path: str, other: str) -> bool:
    return unicodedata.normalize("NFC", path) == unicodedata.normalize("NFC", other)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
