"""What reading one file gives: its text, the languages of it, and the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from archive.records import Json
from ingest import wire
from ingest.extraction import (
    DamagedError,
    EmptyError,
    EncryptedError,
    Extraction,
    ExtractionError,
    PageText,
    ReaderError,
    UnsupportedError,
)
from ingest.passport import Passport

_ERRORS: Mapping[str, type[ExtractionError]] = {
    error.__name__: error
    for error in (EncryptedError, DamagedError, EmptyError, UnsupportedError, ReaderError, ExtractionError)
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as read.

    `page_languages` has one entry a page, as in `archive.model.Page`; `languages` begins with the one that
    has most text.
    """

    extraction: Extraction
    page_languages: tuple[tuple[str, ...], ...]
    languages: tuple[str, ...]
    passport: Passport

    def to_json(self) -> Json:
        """Return plain values, as a reader process sends them."""
        extraction = self.extraction
        return {
            "pages": [
                {
                    "number": page.number,
                    "text": page.text,
                    "title": page.title,
                    "notes": page.notes,
                    "hidden": page.hidden,
                    "label": page.label,
                }
                for page in extraction.pages
            ],
            "title": extraction.title,
            "creators": list(extraction.creators),
            "date": "" if extraction.date is None else extraction.date.isoformat(),
            "counts": dict(extraction.counts),
            "skipped": list(extraction.skipped),
            "repairs": list(extraction.repairs),
            "for_ocr": list(extraction.for_ocr),
            "tool": extraction.tool,
            "page_languages": [" ".join(languages) for languages in self.page_languages],
            "languages": list(self.languages),
            "passport": self.passport.to_json(),
        }

    @classmethod
    def from_json(cls, record: Json) -> Self:
        """Take what `to_json` gave.

        Raises:
            ValueError: a value is missing or of another type.
        """
        counts = wire.child(record, "counts")
        extraction = Extraction(
            tuple(
                PageText(
                    wire.integer(page, "number"),
                    wire.text(page, "text"),
                    wire.text(page, "title"),
                    wire.text(page, "notes"),
                    wire.flag(page, "hidden"),
                    wire.text(page, "label"),
                )
                for page in wire.children(record, "pages")
            ),
            title=wire.text(record, "title"),
            creators=wire.texts(record, "creators"),
            date=dt.date.fromisoformat(date) if (date := wire.text(record, "date")) else None,
            counts={name: wire.integer(counts, name) for name in counts},
            skipped=wire.texts(record, "skipped"),
            repairs=wire.texts(record, "repairs"),
            for_ocr=wire.integers(record, "for_ocr"),
            tool=wire.text(record, "tool"),
        )
        page_languages = tuple(tuple(codes.split()) for codes in wire.texts(record, "page_languages"))
        if len(page_languages) != len(extraction.pages):
            raise ValueError("page_languages has not one entry a page")
        return cls(
            extraction,
            page_languages,
            wire.texts(record, "languages"),
            Passport.from_json(wire.child(record, "passport")),
        )


def error_to_json(error: ExtractionError) -> Json:
    """Return a failure as plain values."""
    return {"error": type(error).__name__, "message": str(error)}


def error_from_json(record: Json) -> ExtractionError:
    """Take what `error_to_json` gave; a kind that is not known becomes a ReaderError.

    Raises:
        ValueError: a value is missing or of another type.
    """
    return _ERRORS.get(wire.text(record, "error"), ReaderError)(wire.text(record, "message"))
