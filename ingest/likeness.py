"""What a file is like: its original in another language, or the same work under another name."""

from __future__ import annotations

from pathlib import PurePosixPath

from archive.model import Document
from archive.repository import Archive
from ingest.filenames import without_language
from ingest.intake import Ticket
from ingest.matching import shared_words
from ingest.neighbours import documents_named_like, documents_of_length
from ingest.proposals import Proposal, Reason
from ingest.work import Work

SIMILAR = 0.8
"""The share of its words that a text of a like length has to share for both to be nearly the same."""

_COMPARED = 10
"""No more texts than this are compared with one file."""

_PAGES_APART = 0.25
"""A translation has about as many pages as its original."""


def find_original(archive: Archive, ticket: Ticket, work: Work) -> Proposal | None:
    """Find the document of which a file is the translation.

    The same name in the same folder but for the language at its end, written in another language, and about
    as long.
    """
    if ticket.description.translation_of or not work.languages or not work.pages:
        return None
    path = PurePosixPath(ticket.path)
    base, _ = without_language(path.stem)
    for document in documents_named_like(archive, ticket.description.conference, str(path.with_name(base))):
        if _is_in_other_language(document, base, path, work):
            details = {"text": document.current.files[0].name, "title": document.title}
            return Proposal([document.id], Reason.FILE_NAME, details)
    return None


def _is_in_other_language(document: Document, base: str, path: PurePosixPath, work: Work) -> bool:
    if not document.languages or document.languages[0] == work.languages[0] or document.translation_of:
        return False
    own_suffix = without_language(path.stem)[1]
    for file in document.current.files:
        other = PurePosixPath(file.path)
        other_base, suffix = without_language(other.stem)
        if (
            other.parent == path.parent
            and other_base.casefold() == base.casefold()
            and suffix != own_suffix
            and suffix in ("", document.languages[0])
            and own_suffix in ("", work.languages[0])
            and abs((file.page_count or 0) - len(work.pages)) <= max(1, len(work.pages) * _PAGES_APART)
        ):
            return True
    return False


def find_similar(archive: Archive, ticket: Ticket, work: Work) -> Proposal | None:
    """Find the document of the same conference whose text is most nearly the same, under another name."""
    characters = sum(len(page.text) for page in work.pages)
    if not characters:
        return None
    conference = ticket.description.conference
    alike = documents_of_length(archive, conference, len(work.pages), characters, _COMPARED)
    own = {document.id for document in archive.find_stem(conference, ticket.path)}
    candidates = [identifier for identifier in alike if identifier not in own]
    shares = {
        identifier: shared_words(pages, work.pages)
        for identifier, pages in archive.pages_of(candidates).items()
    }
    best = max(shares, key=shares.__getitem__, default=None)
    if best is None or shares[best] < SIMILAR:
        return None
    title = archive.document(best).title
    return Proposal(best, Reason.SAME_TEXT, {"share": round(shares[best], 2), "title": title})
