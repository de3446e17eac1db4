"""What becomes of a file that nobody looks at first: it is published, unless there is a reason to hold it."""

from __future__ import annotations

from dataclasses import replace

from archive.model import Document, State
from archive.repository import Archive
from ingest.candidate import Description
from ingest.detection import told_by_file
from ingest.intake import Ticket
from ingest.kinds import guess_kind
from ingest.matching import is_same_work
from ingest.outcome import Outcome, Status
from ingest.placing import (
    corrected,
    described,
    keeping,
    place_again,
    place_beside,
    place_first,
    place_instead,
)
from ingest.work import Work


def deposit(archive: Archive, ticket: Ticket, work: Work) -> Outcome:
    """Make a file a new version, another format, or a new document."""
    conference, path = ticket.description.conference, ticket.path
    earlier = archive.find_path(conference, path)
    if earlier is not None and earlier.state is State.WITHDRAWN:
        return _new(archive, ticket, work, f"The document at this path was withdrawn: {earlier.reason}")
    if earlier is not None and work.error and earlier.state is State.PUBLISHED:
        # What people can read stays what they see; the new bytes wait beside it for staff.
        return _new(archive, ticket, work, work.error)
    if earlier is not None:
        return _replace(archive, earlier, ticket, work)
    if work.pages and not work.error:
        for sibling in archive.find_stem(conference, path):
            if _is_rendition(archive, sibling, ticket, work):
                return _add_rendition(archive, sibling, ticket, work)
    return _new(archive, ticket, work, work.error)


def deposit_again(archive: Archive, held: Document, ticket: Ticket, work: Work) -> Outcome:
    """Publish a document that could not be read before and can be now; else say why it is still held."""
    if work.error == held.reason:
        return work.outcome(ticket, held.id, Status.HELD, work.error)
    said = ticket.description
    document = replace(
        held,
        title=said.title or work.title,
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
    )
    document = keeping(with_relations(archive, document, said), held, corrected(archive, held.id))
    place_again(archive, document, ticket, work)
    return work.outcome(ticket, held.id, Status.HELD if work.error else Status.DEPOSITED, work.error)


def with_relations(archive: Archive, document: Document, description: Description) -> Document:
    """Add the relations that the depositor named, as far as the archive has what they name."""
    if not description.translation_of:
        return document
    original = archive.find_path(description.conference, description.translation_of)
    if original is None or original.id in (document.id, *document.translation_of):
        return document
    return replace(document, translation_of=(*document.translation_of, original.id))


def _new(archive: Archive, ticket: Ticket, work: Work, reason: str) -> Outcome:
    creators, date = told_by_file(archive, ticket, work)
    document = replace(described(ticket, work, reason), creators=creators, date=date)
    document = with_relations(archive, document, ticket.description)
    place_first(archive, document, ticket, work)
    return work.outcome(ticket, document.id, Status.HELD if reason else Status.DEPOSITED, reason)


def _replace(archive: Archive, earlier: Document, ticket: Ticket, work: Work) -> Outcome:
    said = ticket.description
    document = replace(
        earlier,
        title=said.title or work.title,
        languages=work.languages,
        access=said.access or earlier.access,
        embargoed_until=said.embargoed_until or earlier.embargoed_until,
        state=State.DRAFT if work.error else State.PUBLISHED,
        reason=work.error,
    )
    document = keeping(document, earlier, corrected(archive, earlier.id))
    place_instead(archive, document, ticket, work)
    return work.outcome(ticket, document.id, Status.HELD if work.error else Status.REPLACED, work.error)


def _is_rendition(archive: Archive, sibling: Document, ticket: Ticket, work: Work) -> bool:
    formats = {file.media_type for file in sibling.current.files}
    if sibling.state is not State.PUBLISHED or ticket.media_type in formats:
        return False
    if ticket.description.access not in (None, sibling.access):
        return False  # One document has one access.
    return is_same_work(archive.pages(sibling.id), work.pages)


def _add_rendition(archive: Archive, sibling: Document, ticket: Ticket, work: Work) -> Outcome:
    document = replace(sibling, title=ticket.description.title or sibling.title or work.title)
    document = with_relations(archive, document, ticket.description)
    place_beside(archive, document, ticket, work)
    return work.outcome(ticket, document.id, Status.DEPOSITED, "")
