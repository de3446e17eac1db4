"""A zip that somebody uploaded and that waits -> its files, which wait in its place, in the same batch.

A file is entered once: whoever does it again, after a process died in the middle, finds by path and bytes
what is entered already. The zip's own entry is closed last. Where a file cannot be taken out, the zip is kept
as a draft as well, so that it is not lost.
"""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import replace
from typing import Self

from sqlalchemy import select

from archive.errors import ArchiveError, StorageError
from archive.formats import FORMATS
from archive.names import numbered_path, printable_path
from archive.repository import Archive
from archive.tables import intake
from ingest.accession import Accession
from ingest.candidate import Description
from ingest.errors import ZipError
from ingest.extraction import UnsupportedError
from ingest.intake import Intake, Ticket
from ingest.outcome import Outcome, Status
from ingest.unpacking import Member, Unpacking, unpacked_name
from ingest.uploads import PathError, deposited_path


class Entered:
    """What came into a batch: paths, in NFC, each with the digests of the files there."""

    def __init__(self) -> None:
        self._found: dict[str, set[str]] = {}

    @classmethod
    def of(cls, archive: Archive, batch: str | None, leave_out: int = 0) -> Self:
        """Look what came into a batch, but for one entry."""
        found = cls()
        query = select(intake.c.path, intake.c.sha512).where(
            intake.c.batch == batch, intake.c.id != leave_out
        )
        with archive.catalogue.engine.connect() as connection:
            for path, sha512 in connection.execute(query):
                found.add(path, sha512)
        return found

    def has(self, path: str, sha512: str) -> bool:
        """Tell whether a file came in under this path."""
        return sha512 in self._found.get(unicodedata.normalize("NFC", path), ())

    def is_free(self, path: str) -> bool:
        """Tell whether nothing came in under this path."""
        return unicodedata.normalize("NFC", path) not in self._found

    def add(self, path: str, sha512: str) -> None:
        """Note a file."""
        self._found.setdefault(unicodedata.normalize("NFC", path), set()).add(sha512)


class ZipEntries:
    """Unpacks zips that wait in one archive. Shared by threads."""

    def __init__(self, archive: Archive, accession: Accession, entries: Intake) -> None:
        self._archive = archive
        self._accession = accession
        self._entries = entries

    def is_unpacked(self, ticket: Ticket) -> bool:
        """Tell whether a file that waits is a zip of a batch, and nothing was said against unpacking it."""
        if ticket.media_type != FORMATS["zip"] or ticket.batch is None or ticket.description.problem:
            return False
        document, _ = self._document_and_priority(ticket)
        return document is None  # else it is a draft, which is read again

    def unpack(self, ticket: Ticket) -> Outcome:
        """Enter what comes out of a zip, and close its entry.

        It may be done again after a crash at any point. Where the outcome is `failed`, it has to be.
        """
        try:
            with Unpacking(self._archive.settings.home) as unpacking:
                unpacked = unpacking.unpack(ticket.received.path)
                self._enter_all(ticket, unpacked.members)
        except ZipError as exc:
            return self._keep(ticket, str(exc))
        except (ArchiveError, OSError) as exc:
            return Outcome(ticket.path, Status.FAILED, error=str(exc))
        if unpacked.has_failed:
            return self._keep(ticket, unpacked.summary)
        self._entries.finish(ticket, None, unpacked.summary, Status.SKIPPED.value)
        return Outcome(ticket.path, Status.SKIPPED, error=unpacked.summary)

    def _keep(self, ticket: Ticket, why: str) -> Outcome:
        """Keep a zip itself, as a draft that says why."""
        said = replace(ticket.description, problem=why)
        return self._accession.accede(replace(ticket, description=said), UnsupportedError())

    def _enter_all(self, ticket: Ticket, members: tuple[Member, ...]) -> None:
        folder, _, name = ticket.path.rpartition("/")
        prefix = f"{folder}/{unpacked_name(name)}/" if folder else f"{unpacked_name(name)}/"
        entered = Entered.of(self._archive, ticket.batch, leave_out=ticket.id)
        _, priority = self._document_and_priority(ticket)
        for member in members:
            if member.is_taken:
                try:
                    path = prefix + deposited_path(member.path)
                except PathError as exc:
                    raise ZipError(f"{printable_path(member.path[:100])}: {exc}") from exc
                self._enter(ticket, path, member, entered, priority)

    def _enter(self, ticket: Ticket, path: str, member: Member, entered: Entered, priority: int) -> None:
        with member.source.open("rb") as stream:
            received, sha512, size_bytes = self._archive.receive(stream)
        member.source.unlink()
        for free in (numbered_path(path, number) for number in itertools.count(1)):
            if entered.has(free, sha512):
                received.discard()
                return
            if entered.is_free(free):
                break
        said = ticket.description
        description = Description(
            said.conference, said.panel, said.kind, hold=said.hold, problem=member.doubt
        )
        taken = self._accession.take(
            free,
            member.path.rsplit("/", 1)[-1],
            received,
            sha512,
            size_bytes,
            description,
            batch=ticket.batch,
            priority=priority,
        )
        if isinstance(taken, Ticket):
            taken.received.release()
        elif taken.status is Status.FAILED:
            raise StorageError(taken.error)
        entered.add(free, sha512)

    def _document_and_priority(self, ticket: Ticket) -> tuple[str | None, int]:
        query = select(intake.c.document, intake.c.priority).where(intake.c.id == ticket.id)
        with self._archive.catalogue.engine.connect() as connection:
            document, priority = connection.execute(query).one()
        return document, priority
