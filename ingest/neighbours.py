"""What lies near a file in its conference: at its path, in its folder, under a like name, of a like length.

Answers come from the catalogue in one statement each, whatever the number of documents.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import PurePosixPath

from sqlalchemy import ColumnElement, exists, func, select

from archive.model import Document, State
from archive.repository import Archive
from archive.tables import documents, files, pages

FOLDER_FILES = 200
"""More files of a folder are not asked where they went."""

LIKE_NAMES = 50
"""More documents whose files have like names are not compared."""

LENGTH_SHARE = 0.15
"""Texts whose numbers of characters differ by more than this share are not of a like length."""


def same_path(path: str, other: str) -> bool:
    """Tell whether two paths are the same, however their letters are written."""
    return unicodedata.normalize("NFC", path) == unicodedata.normalize("NFC", other)


def documents_at(archive: Archive, conference: str, path: str) -> tuple[Document, ...]:
    """List the documents with a file of this path in their current version, in whatever state."""
    return tuple(
        document
        for document in archive.find_stem(conference, path)
        if any(same_path(file.path, path) for file in document.current.files)
    )


def panels_of_folder(archive: Archive, conference: str, path: str) -> Counter[str]:
    """Count the panels of the documents with files in the same folder."""
    folder = unicodedata.normalize("NFC", str(PurePosixPath(path).parent))
    if folder == ".":
        return Counter()
    query = (
        select(documents.c.panel)
        .join(files, files.c.document == documents.c.id)
        .where(
            files.c.conference == conference,
            files.c.current,
            files.c.stem.startswith(f"{folder.casefold()}/", autoescape=True),
            documents.c.panel.is_not(None),
        )
        .limit(FOLDER_FILES)
    )
    with archive.catalogue.engine.connect() as connection:
        return Counter(connection.scalars(query))


def documents_named_like(archive: Archive, conference: str, beginning: str) -> tuple[Document, ...]:
    """List documents, not withdrawn, with a file whose path begins like this, however it is spelt."""
    query = (
        select(files.c.document)
        .where(
            files.c.conference == conference,
            files.c.current,
            files.c.stem.startswith(unicodedata.normalize("NFC", beginning).casefold(), autoescape=True),
        )
        .distinct()
        .limit(LIKE_NAMES)
    )
    with archive.catalogue.engine.connect() as connection:
        found = archive.documents_by_id(connection.scalars(query).all())
    return tuple(document for document in found.values() if document.state is not State.WITHDRAWN)


def documents_of_length(
    archive: Archive, conference: str, page_count: int, characters: int, limit: int
) -> tuple[str, ...]:
    """Name documents of the conference with nearly so many pages and characters, not withdrawn."""
    spare = max(1, page_count // 10)

    def has_page(number: int) -> ColumnElement[bool]:
        return exists(
            select(pages.c.number).where(pages.c.document == documents.c.id, pages.c.number == number)
        )

    length = (
        select(func.sum(func.length(pages.c.text)))
        .where(pages.c.document == documents.c.id)
        .scalar_subquery()
    )
    query = (
        select(documents.c.id)
        .where(
            documents.c.conference == conference,
            documents.c.state != State.WITHDRAWN.value,
            has_page(max(1, page_count - spare)),
            ~has_page(page_count + spare + 1),
            length.between(int(characters * (1 - LENGTH_SHARE)), int(characters * (1 + LENGTH_SHARE))),
        )
        .order_by(documents.c.id)
        .limit(limit)
    )
    with archive.catalogue.engine.connect() as connection:
        return tuple(connection.scalars(query))
