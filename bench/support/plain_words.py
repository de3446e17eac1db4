"""An index of plain words in the same engine, to compare with: one folded form for each word, nothing else.

No dictionary forms, compounds, titles of pages or filters by the language of pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive.model import Document, Page
from archive.repository import Archive
from bench.support.growth import words_of
from index.engine import Entry, Schema
from index.engines.whoosh import WhooshEngine
from index.entries import SCHEMA
from index.index_writer import BATCH
from index.text import fold, surfaces

PLAIN = Schema(("text", "title_text", "creator_text"), (), SCHEMA.keywords, SCHEMA.sorts)


def build_plain(archive: Archive, folder: Path) -> None:
    """Build the index of an archive, in commits as large as the indexer's when it builds anew."""
    engine = WhooshEngine.create(folder, PLAIN)
    names = sorted(document.id for document in archive.documents())
    for begin in range(0, len(names), BATCH):
        engine.write(_entries(archive, names[begin : begin + BATCH]), (), begin)
        while (put_in_place := engine.merge()) is not None:
            put_in_place()
    engine.close()


def _entries(archive: Archive, names: list[str]) -> Iterator[Entry]:
    pages = archive.pages_of(names)
    for name, document in archive.documents_by_id(names).items():
        yield _entry(document, pages[name])


def _entry(document: Document, pages: tuple[Page, ...]) -> Entry:
    return Entry(
        id=document.id,
        document=document.id,
        tokens={
            "text": " ¶ ".join(" ".join(words_of([page])) for page in pages),
            "title_text": _folded(document.title),
            "creator_text": _folded(" ".join(document.creators)),
        },
        keywords={
            "conference": (document.conference,),
            "panel": (document.panel or "",),
            "languages": document.languages,
            "language": ("*", *document.languages),
            "kind": (document.kind.value,),
            "year": (str(document.date.year),) if document.date else (),
            "creator": document.creators,
        },
        sorts={"date": document.date.isoformat() if document.date else "", "title": _folded(document.title)},
    )


def _folded(text: str) -> str:
    return " ".join(filter(None, map(fold, surfaces(text))))
