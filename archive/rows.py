"""The rows that a document has in the tables, and whether every database takes them.

SQLite takes texts and numbers of any size, others do not. A record that a database refuses has to be refused
before it is in the journal: there it would be tried again by every writer, and nobody could write any more.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from sqlalchemy import JSON, BigInteger, Integer, String, Table
from sqlalchemy.types import TypeEngine

from archive import tables
from archive.errors import ArchiveError
from archive.model import Document, Page
from archive.records import Json, document_to_json

Rows: TypeAlias = list[dict[str, object]]

_LARGEST = 2**31 - 1


def rows_of(
    document: Document, pages: Iterable[Page] | None = None, passports: Mapping[str, Json] | None = None
) -> dict[Table, Rows]:
    """Return the rows of a document by table; where pages are None, without those of what was read."""
    rows: dict[Table, Rows] = {
        tables.documents: [_document_row(document)],
        tables.files: _file_rows(document),
        tables.relations: [
            {"document": document.id, "relation": "translation_of", "target": target}
            for target in dict.fromkeys(document.translation_of)
        ],
    }
    if pages is not None:
        rows[tables.pages] = [_page_row(document.id, page) for page in pages]
        rows[tables.passports] = [
            {"document": document.id, "name": name, "report": report}
            for name, report in (passports or {}).items()
        ]
    return rows


def refuse_unfit(rows: Mapping[Table, Rows]) -> None:
    """Raise ArchiveError where a value is of a size or kind that not every database takes."""
    for table, each in rows.items():
        for column in table.columns:
            problem_of = _check_for(column.type)
            for row in each:
                if problem := problem_of(row.get(column.name)):
                    raise ArchiveError(f"The record cannot be kept: {column.name} in {table.name} {problem}.")


def _check_for(kind: TypeEngine[Any]) -> Callable[[object], str]:
    """Return what says of a value of a column why not every database takes it; empty: each does."""
    if isinstance(kind, JSON):
        return _problem_of_json
    if isinstance(kind, String):
        return partial(_problem_of_text, most_characters=kind.length)
    if isinstance(kind, Integer) and not isinstance(kind, BigInteger):
        return _problem_of_number
    return lambda _: ""


def _problem_of_json(value: object) -> str:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError as exc:
        return f"cannot be written: {exc}"
    return ""


def _problem_of_text(value: object, *, most_characters: int | None) -> str:
    if not isinstance(value, str):
        return ""
    try:
        value.encode()
    except UnicodeEncodeError as exc:
        return f"cannot be written: {exc}"
    if most_characters and len(value) > most_characters:
        return f"has {len(value)} characters, {most_characters} at most"
    return ""


def _problem_of_number(value: object) -> str:
    return "is too large a number" if isinstance(value, int) and abs(value) > _LARGEST else ""


def composed(path: str) -> str:
    """A path in NFC: file systems differ in how they write an umlaut, people do not."""
    return unicodedata.normalize("NFC", path)


def stem_of(path: str) -> str:
    """A path without its extension, the same for every spelling of its letters."""
    return composed(str(PurePosixPath(path).with_suffix(""))).casefold()


def _document_row(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "conference": document.conference,
        "panel": document.panel,
        "state": document.state.value,
        "title": document.title,
        "created_at": document.created_at,
        "record": document_to_json(document),
    }


def _file_rows(document: Document) -> Rows:
    return [
        {
            "document": document.id,
            "version": version.number,
            "name": file.name,
            "conference": document.conference,
            "path": composed(file.path),
            "stem": stem_of(file.path),
            "sha512": file.sha512,
            "current": version is document.current,
        }
        for version in document.versions
        for file in version.files
    ]


def _page_row(identifier: str, page: Page) -> dict[str, object]:
    return {
        "document": identifier,
        "number": page.number,
        "text": page.text,
        "title": page.title,
        "notes": page.notes,
        "languages": " ".join(page.languages),
        "hidden": page.hidden,
        "label": page.label,
    }
