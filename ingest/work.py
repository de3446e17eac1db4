"""What was read of one file, in the archive's own terms."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from archive.formats import FORMATS
from archive.model import File, Page, Sensitive
from archive.names import safe_name, unique_name
from archive.records import Json
from ingest.extraction import ExtractionError
from ingest.filenames import title_of
from ingest.intake import Ticket
from ingest.outcome import Outcome, Status
from ingest.reading import Reading

MOST_LABEL_CHARACTERS = 40
"""As the catalogue takes them."""

NO_TEXT = "No text could be read: hand in a version with text, or publish it without."


@dataclass(frozen=True, slots=True)
class Work:
    """What was read of a file, in the archive's own terms. `error` says why it has to be held.

    `found_title` is empty where the title is made of the file's name; `date` is that of the properties.
    """

    title: str
    creators: tuple[str, ...]
    languages: tuple[str, ...]
    pages: tuple[Page, ...]
    passport: Json
    sensitive: tuple[Sensitive, ...] = ()
    found_title: str = ""
    error: str = ""
    date: dt.date | None = None

    @classmethod
    def of(cls, ticket: Ticket, reading: Reading | ExtractionError) -> Work:
        """Take what a reader gave, or why it gave nothing; what was said of the file counts before it."""
        stem = title_of(safe_name(ticket.path))
        said = ticket.description
        if isinstance(reading, ExtractionError):
            is_zip = ticket.media_type == FORMATS["zip"] and said.problem
            error = said.problem if is_zip else " ".join(filter(None, (str(reading), said.problem)))
            return cls(stem, (), said.languages, (), passport_of(reading), error=error)
        pages = pages_of(reading)
        error = said.problem
        if not any(page.text.strip() or page.notes.strip() for page in pages):
            error = " ".join(filter(None, (*reading.extraction.skipped, NO_TEXT, said.problem)))
        extraction = reading.extraction
        return cls(
            extraction.title or stem,
            extraction.creators,
            said.languages or reading.languages,
            pages,
            passport_of(reading),
            extraction.sensitive,
            extraction.title,
            error,
            extraction.date,
        )

    def file(self, ticket: Ticket, others: tuple[File, ...]) -> File:
        """Describe the file, in a version that has `others` already."""
        name = unique_name(safe_name(ticket.path), [other.name for other in others])
        page_count = len(self.pages) or None
        return File(
            name,
            ticket.path,
            ticket.media_type,
            ticket.size_bytes,
            ticket.sha512,
            page_count,
            self.sensitive,
        )

    def outcome(self, ticket: Ticket, document: str, status: Status, error: str) -> Outcome:
        """Say what became of the file."""
        characters = sum(len(page.text) for page in self.pages)
        return Outcome(ticket.path, status, document, len(self.pages), characters, self.languages, error)


def passport_of(reading: Reading | ExtractionError) -> Json:
    """Write the extraction report of a file, or why it could not be read."""
    if isinstance(reading, ExtractionError):
        return {"light": "red", "error": str(reading)}
    return reading.passport.to_json()


def pages_of(reading: Reading) -> tuple[Page, ...]:
    """Put pages and their languages together."""
    return tuple(
        Page(
            page.number,
            _sane(page.text),
            _sane(page.title),
            _sane(page.notes),
            languages,
            page.hidden,
            _sane(page.label)[:MOST_LABEL_CHARACTERS],
        )
        for page, languages in zip(reading.extraction.pages, reading.page_languages, strict=True)
    )


def _sane(text: str) -> str:
    """Text as any catalogue takes it: without NUL and without halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
