"""One file from Candidate to Outcome: keep it, and once it is read, make it part of the archive.

`receive` keeps the bytes and says whether there is anything to read; `accede` takes what was read and makes
a new document, a new version, another format of a document that is there, or a draft for staff to look at.
This is the one place where any error of a file becomes its outcome.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.errors import ArchiveError
from archive.gaps import Gap, passing
from archive.lock import exclusive
from archive.model import Conference, Document, State
from archive.names import printable_path
from archive.received import Received
from archive.records import Json
from archive.repository import Archive
from ingest.candidate import Candidate, Description
from ingest.conferences import conference_of, ensure_conference, refuse_deleted
from ingest.depositing import deposit, deposit_again, with_relations
from ingest.extraction import ExtractionError
from ingest.holding import Held, hold, hold_again, look_again
from ingest.intake import Intake, Ticket
from ingest.manifest import is_manifest_name
from ingest.manifest_shelf import ManifestShelf
from ingest.mediatypes import media_type_of
from ingest.neighbours import documents_at, same_path
from ingest.ordinary import open_ordinary
from ingest.outcome import Outcome, Status
from ingest.placing import is_held_by_person
from ingest.proposals import Field, Proposal, Proposals, Reason, proposals_to_json
from ingest.readers import Reading
from ingest.tabular import MAX_BYTES
from ingest.work import Work

LOCK_TIMEOUT_SECONDS = 300

DELETED_MEANWHILE = "Its draft was deleted for good while it was being read again."
"""Why nothing became of a file that was read."""


@dataclass(frozen=True, slots=True)
class _Acceded:
    """What became of a file, and what was found out of it where staff will look."""

    outcome: Outcome
    proposals: Proposals = field(default_factory=dict)


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

    def keep_place(self, description: Description) -> None:
        """Make sure of the conference and panel of a file that waited. Raises GoneError."""
        with exclusive(self._lock, LOCK_TIMEOUT_SECONDS):
            refuse_deleted(self._archive, description.conference)
            ensure_conference(self._archive, conference_of(description))

    def receive(self, candidate: Candidate) -> Ticket | Outcome:
        """Keep the bytes of a file; an Outcome where there is nothing to read."""
        path = printable_path(candidate.path)
        if candidate.skip:
            return Outcome(path, Status.SKIPPED, error=candidate.skip)
        if candidate.problem:
            return Outcome(path, Status.FAILED, error=candidate.problem)
        try:
            with open_ordinary(candidate.source) as stream:
                received, sha512, size_bytes = self._archive.receive(stream)
        except (OSError, ArchiveError) as exc:
            return Outcome(path, Status.FAILED, error=f"The file was not kept: {exc}")
        return self.take(path, candidate.place.name, received, sha512, size_bytes, candidate.description)

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
        if batch is not None and is_manifest_name(name) and size_bytes <= MAX_BYTES:
            return self._shelve(path, received, batch)
        try:
            media_type = media_type_of(received.path, name)
            outcome = None
            if self._is_there(sha512, path, description):
                with exclusive(self._lock, LOCK_TIMEOUT_SECONDS):  # Nobody deletes it between look and note.
                    outcome = self._take_known(path, sha512, size_bytes, media_type, description, batch)
            passing(Gap.RECEIVED)
            if outcome is None:
                return self._intake.enter(
                    path, received, sha512, size_bytes, media_type, description, batch, priority
                )
        except ArchiveError as exc:
            outcome = Outcome(path, Status.FAILED, error=f"The file was not kept: {exc}")
        received.discard()
        return outcome

    def _is_there(self, sha512: str, path: str, description: Description) -> Document | None:
        """Find the document that makes it needless to read a file."""
        known = self._known(sha512, path, description)
        return None if known is None or self._is_to_be_read_again(known) else known

    def _take_known(
        self,
        path: str,
        sha512: str,
        size_bytes: int,
        media_type: str,
        description: Description,
        batch: str | None,
    ) -> Outcome | None:
        """Note a file that the archive has; None where it has it no more."""
        known = self._is_there(sha512, path, description)
        if known is None:
            return None
        self._intake.settle(path, sha512, description.conference, known.id)
        outcome = self._unchanged(known, path, description)
        if batch is not None:
            self._intake.enter_known(
                path,
                sha512,
                size_bytes,
                media_type,
                description,
                batch,
                known.id,
                outcome.error,
                outcome.status.value,
                proposals_to_json(same_bytes(known)),
            )
        return outcome

    def _shelve(self, path: str, received: Received, batch: str) -> Outcome:
        """Keep a manifest of a batch for its drafts, whichever come first."""
        try:
            ManifestShelf(self._archive.settings.home).keep(batch, path, received.path)
        except OSError as exc:
            return Outcome(path, Status.FAILED, error=f"The file was not kept: {exc}")
        finally:
            received.discard()
        return Outcome(path, Status.SKIPPED, error="It describes the files of its batch.")

    def accede(self, ticket: Ticket, reading: Reading | ExtractionError) -> Outcome:
        """Make what was read part of the archive. Never raises for anything that one file can cause."""
        try:
            with exclusive(self._lock, LOCK_TIMEOUT_SECONDS):
                self._archive.recover()  # A file that a dead process was about to deposit has to be known.
                if not self._intake.is_open(ticket):
                    ticket.received.discard()
                    return Outcome(ticket.path, Status.SKIPPED, error=DELETED_MEANWHILE)
                acceded = self._accede(ticket, reading)
                outcome, proposals = acceded.outcome, proposals_to_json(acceded.proposals)
                self._intake.finish(ticket, outcome.document, outcome.error, outcome.status.value, proposals)
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

    def _accede(self, ticket: Ticket, reading: Reading | ExtractionError) -> _Acceded:
        work, hold_it = Work.of(ticket, reading), ticket.description.hold
        known = self._known(ticket.sha512, ticket.path, ticket.description)
        if known is None and not hold_it:
            return _Acceded(deposit(self._archive, ticket, work))
        if known is None:
            known = self._draft_with(ticket)
        if known is None:
            return _held(hold(self._archive, ticket, work), ticket, work)
        if self._is_to_be_read_again(known):
            if not (hold_it or known.replaces or known.format_of):
                return _Acceded(deposit_again(self._archive, known, ticket, work))
            return _held(hold_again(self._archive, known, ticket, work), ticket, work)
        if hold_it and self._was_left(known, ticket):
            return _held(look_again(self._archive, known, ticket, work), ticket, work)
        return _Acceded(self._unchanged(known, ticket.path, ticket.description), same_bytes(known))

    def _known(self, sha512: str, path: str, description: Description) -> Document | None:
        """Find the document that has these bytes, unless other bytes are at this path by now."""
        known = self._archive.find_bytes(sha512)
        if known is None or (known.conference == description.conference and _has(known, sha512, path)):
            return known
        there = self._archive.find_path(description.conference, path)
        return known if there is None or there.id == known.id else None

    def _draft_with(self, ticket: Ticket) -> Document | None:
        """Find the draft that has these bytes at this path, beside a published document with others there."""
        for there in documents_at(self._archive, ticket.description.conference, ticket.path):
            if there.state is State.DRAFT and _has(there, ticket.sha512, ticket.path):
                return there
        return None

    def _is_to_be_read_again(self, document: Document) -> bool:
        """A draft that says why it is held may be readable by now; it costs one reading to know.

        One that a person holds is their business.
        """
        if document.state is not State.DRAFT or not document.reason:
            return False
        return not is_held_by_person(self._archive, document.id)

    def _was_left(self, known: Document, ticket: Ticket) -> bool:
        """Tell whether a process died between making a draft of this file and noting it with its entry."""
        return (
            known.state is State.DRAFT
            and _has(known, ticket.sha512, ticket.path)
            and not self._intake.is_noted(known.id, ticket.sha512)
        )

    def _unchanged(self, known: Document, path: str, description: Description) -> Outcome:
        document = known if description.hold else with_relations(self._archive, known, description)
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


def same_bytes(known: Document) -> Proposals:
    """Say where a file is that the archive has already."""
    details: Json = {
        "path": known.current.files[0].path,
        "title": known.title,
        "conference": known.conference,
    }
    return {Field.SAME_BYTES: Proposal(known.id, Reason.SAME_BYTES, details)}


def _held(held: Held, ticket: Ticket, work: Work) -> _Acceded:
    document = held.document
    return _Acceded(work.outcome(ticket, document.id, Status.HELD, document.reason), held.proposals)


def _has(document: Document, sha512: str, path: str) -> bool:
    return any(file.sha512 == sha512 and same_path(file.path, path) for file in document.current.files)
