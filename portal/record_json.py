"""A document as JSON: what `/api/v1/documents/{id}` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.access import Audience
from archive.model import Document, Page
from portal.results_json import Json, files_to_json


def document_to_json(
    document: Document,
    pages: Sequence[Page],
    sisters: Sequence[Document],
    similar: Sequence[Document],
    passports: Mapping[str, object],
    audience: Audience,
) -> Json:
    """Write a document with the text of its pages; what is given is what the audience may see."""
    return {
        "document": document.id,
        "title": document.title,
        "creators": list(document.creators),
        "languages": list(document.languages),
        "conference": document.conference,
        "panel": document.panel,
        "kind": document.kind.value,
        "date": document.date.isoformat() if document.date else None,
        "state": document.state.value,
        "access": document.access.value,
        "rights": document.rights,
        "example": document.example,
        "translations": [sister.id for sister in sisters],
        "similar": [other.id for other in similar],
        "version": document.current.number,
        "pages": [
            {
                "number": page.number,
                "label": page.label,
                "text": page.text,
                "notes": page.notes,
                "language": page.language,
                "languages": list(page.languages),
            }
            for page in pages
        ],
        "files": files_to_json(document, audience),
        "passport": dict(passports),
    }


def tombstone_to_json(document: Document) -> Json:
    """Write what remains of a withdrawn document."""
    return {
        "detail": "This document was withdrawn.",
        "document": document.id,
        "title": document.title,
        "creators": list(document.creators),
        "conference": document.conference,
        "state": document.state.value,
        "withdrawn_at": document.withdrawn_at.isoformat() if document.withdrawn_at else None,
        "reason": document.reason,
    }
