"""How documents, conferences and the thesaurus are named in the storage root, and where parts lie in them.

Source: OCFL 1.1 (ocfl.io/1.1/spec), section 3.5: an object's id is a URI, its parts have logical paths.
"""

from __future__ import annotations

RECORD = "record.json"
"""Logical path of the record, in every object."""

THESAURUS = "urn:konferenzarchiv:thesaurus"
"""The one object of what staff made of the thesaurus, with the SKOS files that they loaded."""

_DOCUMENT = "urn:konferenzarchiv:document:"
_CONFERENCE = "urn:konferenzarchiv:conference:"


def document_object(identifier: str) -> str:
    """Name the OCFL object of a document."""
    return _DOCUMENT + identifier


def document_of(name: str) -> str | None:
    """Name the document of an OCFL object; None for an object of another sort."""
    return name.removeprefix(_DOCUMENT) if name.startswith(_DOCUMENT) else None


def conference_object(identifier: str) -> str:
    """Name the OCFL object of a conference."""
    return _CONFERENCE + identifier


def conference_of(name: str) -> str | None:
    """Name the conference of an OCFL object; None for an object of another sort."""
    return name.removeprefix(_CONFERENCE) if name.startswith(_CONFERENCE) else None


def original_path(version: int, name: str) -> str:
    """Return the logical path of a file of a version."""
    return f"originals/{version}/{name}"
