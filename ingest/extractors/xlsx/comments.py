"""Comments on the cells of a workbook: notes as they were, and threads with replies.

Source: ISO/IEC 29500-1, 18.7 (comments); [MS-XLSX] 2.6.205 (threaded comments), 2.6.208 (persons).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ingest.extractors.parts import Parts, Relation
from ingest.extractors.sheet import Sheet
from ingest.extractors.xlsx.book import rich_text
from ingest.extractors.xlsx.cells import address

_THREAD_AUTHOR = "tc="
"""Begins the author of a comment that only stands in for a thread."""


def people(parts: Parts, related: Iterable[Relation]) -> Mapping[str, str]:
    """Return who wrote threads: identifier -> name."""
    roots = (parts.root(each.target) for each in related if each.kind == "person")
    return {
        person.get("id", ""): person.get("displayName", "")
        for root in roots
        if root is not None
        for person in root.iter("{*}person")
    }


def read(parts: Parts, related: Collection[Relation], people: Mapping[str, str], sheet: Sheet) -> int:
    """Put the comments of a sheet beside its rows and return how many there are."""
    count = 0
    threads = [each for each in related if each.kind == "threadedComment"]
    for each in threads:
        root = parts.root(each.target) if parts.is_there(each.target) else None
        for comment in [] if root is None else root.iter("{*}threadedComment"):
            count += _put(
                sheet,
                comment.get("ref", ""),
                people.get(comment.get("personId", ""), ""),
                comment.findtext("{*}text") or "",
            )
    for each in related:
        root = parts.root(each.target) if each.kind == "comments" and parts.is_there(each.target) else None
        if root is None:
            continue
        authors = [author.text or "" for author in root.iterfind("{*}authors/{*}author")]
        for comment in root.iterfind("{*}commentList/{*}comment"):
            number = comment.get("authorId", "")
            author = authors[int(number)] if number.isdecimal() and int(number[:9]) < len(authors) else ""
            text = comment.find("{*}text")
            if text is not None and not (threads and author.startswith(_THREAD_AUTHOR)):
                count += _put(sheet, comment.get("ref", ""), author, rich_text(text))
    return count


def _put(sheet: Sheet, reference: str, author: str, text: str) -> int:
    place = address(reference)
    if not text.strip():
        return 0
    line = text if not author or text.startswith(author) else f"{author}: {text}"
    sheet.notes[0 if place is None else place[0]].append(line)
    return 1
