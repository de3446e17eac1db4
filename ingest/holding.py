"""What becomes of a file that staff look at first: a draft, and nothing that the public sees changes.

A file that belongs to a published document becomes a draft of its own that says so (`replaces`, `format_of`);
one that belongs to a draft goes into it. What people have set in a draft stays as they set it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from archive.model import Document, State
from archive.records import Json, document_from_json, document_to_json
from archive.repository import Archive
from ingest.detection import propose
from ingest.intake import Ticket
from ingest.matching import MOSTLY, contained_words
from ingest.neighbours import documents_at
from ingest.placing import (
    corrected,
    described,
    in_order,
    place_again,
    place_beside,
    place_first,
    place_instead,
)
from ingest.proposals import Field, Proposal, Proposals, Reason
from ingest.work import Work

_OF_THE_FILE = frozenset(
    (Field.TITLE, Field.CREATORS, Field.LANGUAGES, Field.PANEL, Field.KIND, Field.DATE, Field.TRANSLATION_OF)
)
"""Proposals that go into the record of a draft, as far as nobody has set them."""

_OF_A_DRAFT = _OF_THE_FILE | {Field.REPLACES, Field.FORMAT_OF}
"""Proposals that go into the record of a new draft."""

_IF_EMPTY = (Field.CREATORS, Field.PANEL, Field.DATE)
"""Proposals that another format of a draft adds where nothing is known yet."""


@dataclass(frozen=True, slots=True)
class Held:
    """The draft that a file became or went into, and what was found out of the file."""

    document: Document
    proposals: Proposals


def hold(archive: Archive, ticket: Ticket, work: Work) -> Held:
    """Make a draft of a file, or put it into the draft it belongs to."""
    found = propose(archive, ticket, work)
    documents = documents_at(archive, ticket.description.conference, ticket.path)
    there = {document.state: document for document in documents}
    if draft := there.get(State.DRAFT):
        return _hold_instead(archive, draft, ticket, work, found)
    if published := there.get(State.PUBLISHED):
        found[Field.REPLACES] = Proposal(published.id, Reason.SAME_PATH, {"title": published.title})
        return _hold_new(archive, ticket, work, found, work.error)
    if withdrawn := there.get(State.WITHDRAWN):
        reason = f"The document at this path was withdrawn: {withdrawn.reason}"
        return _hold_new(archive, ticket, work, found, reason)
    if not work.error and (same := _same_work(archive, ticket, work)):
        document, share = same
        details: Json = {"share": round(share, 2), "title": document.title}
        found[Field.FORMAT_OF] = Proposal(document.id, Reason.SAME_TEXT, details)
        if document.state is State.DRAFT:
            return _hold_beside(archive, document, ticket, work, found)
    return _hold_new(archive, ticket, work, found, work.error)


def hold_again(archive: Archive, draft: Document, ticket: Ticket, work: Work) -> Held:
    """Read the file of a draft again; it stays a draft."""
    found = propose(archive, ticket, work)
    document = _with(draft, found, _unset(archive, draft))
    document = _withheld(replace(document, reason=work.error))
    return Held(place_again(archive, document, ticket, work), found)


def look_again(archive: Archive, draft: Document, ticket: Ticket, work: Work) -> Held:
    """Find out again what a file is that a draft has already, for an entry that does not know it yet."""
    return Held(draft, propose(archive, ticket, work))


def _hold_new(archive: Archive, ticket: Ticket, work: Work, found: Proposals, reason: str) -> Held:
    document = replace(described(ticket, work, reason), state=State.DRAFT, withheld=())
    return Held(place_first(archive, _with(document, found, _OF_A_DRAFT), ticket, work), found)


def _hold_instead(
    archive: Archive, draft: Document, ticket: Ticket, work: Work, found: dict[Field, Proposal]
) -> Held:
    found[Field.REPLACES] = Proposal(draft.id, Reason.SAME_PATH, {"title": draft.title})
    document = _with(draft, found, _unset(archive, draft))
    document = _withheld(replace(document, reason=work.error))
    return Held(place_instead(archive, document, ticket, work), found)


def _hold_beside(archive: Archive, draft: Document, ticket: Ticket, work: Work, found: Proposals) -> Held:
    unset, record = _unset(archive, draft), document_to_json(draft)
    document = _with(draft, found, {name for name in _IF_EMPTY if name in unset and not record[name.value]})
    keep_languages = Field.LANGUAGES not in unset
    document = place_beside(archive, _withheld(document), ticket, work, keep_languages=keep_languages)
    return Held(document, found)


def _same_work(archive: Archive, ticket: Ticket, work: Work) -> tuple[Document, float] | None:
    """Find the document of which a file is another format, drafts first, and how much text they share."""
    siblings = archive.find_stem(ticket.description.conference, ticket.path)
    for document in sorted(siblings, key=lambda sibling: sibling.state is not State.DRAFT):
        formats = {file.media_type for file in document.current.files}
        if document.state is State.WITHDRAWN or ticket.media_type in formats:
            continue
        if ticket.description.access not in (None, document.access):
            continue  # One document has one access.
        share = contained_words(archive.pages(document.id), work.pages)
        if share >= MOSTLY:
            return document, share
    return None


def _unset(archive: Archive, draft: Document) -> frozenset[Field]:
    """Name the fields of a draft that nobody has set."""
    set_by_people = corrected(archive, draft.id)
    return frozenset(name for name in _OF_THE_FILE if name.value not in set_by_people)


def _with(document: Document, found: Proposals, fields: Collection[Field]) -> Document:
    """Put proposals into a record; where nothing was found, what is there stays."""
    values = {
        name.value: proposal.value
        for name, proposal in found.items()
        if name in fields and proposal.value not in (None, "", [])
    }
    return document_from_json({**document_to_json(document), **values})


def _withheld(draft: Document) -> Document:
    """Withhold all that the files of a draft hold, where nobody has decided about it yet."""
    if draft.withheld is not None:
        return draft
    return replace(
        draft, withheld=in_order({kind for file in draft.current.files for kind in file.sensitive})
    )
