"""A document as JSON: what `/api/v1/documents/{id}` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.model import Document, Page
from portal.results_json import Json, files_to_json


def document_to_json(
    document: Document,
    pages: Sequence[Page],
    sisters: Sequence[Document],
    passports: Mapping[str, object],
) -> Json:
    """Write a document with the text of its pages; `pages` and `sisters` are those a reader may see."""
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
        "version": document.current.number,
        "pages": [
            {"number": page.number, "text": page.text, "notes": page.notes, "language": page.language}
            for page in pages
        ],
        "files": files_to_json(document),
        "passport": dict(passports),
    }
