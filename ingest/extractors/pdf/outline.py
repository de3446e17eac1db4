"""The bookmarks of a PDF: headings of the pages that they lead to.

Source: ISO 32000-2, 12.3.3 (document outline).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from pypdfium2 import PdfBookmark, PdfDocument, PdfiumError, raw

from ingest.extractors.properties import TITLE_CHARACTERS, sane_title

MAX_BOOKMARKS = 10_000
"""At most so many are looked at."""


class Outline(NamedTuple):
    """Index of a page (from 0) -> its bookmarks in order, and whether there are more than are looked at."""

    headings: Mapping[int, Sequence[str]]
    is_cut: bool


def read_outline(document: PdfDocument) -> Outline:
    """Read the bookmarks.

    One that leads nowhere belongs to the page of the next one that does, else of the last one.
    """
    headings: dict[int, list[str]] = {}
    waiting: list[str] = []
    last_index = 0
    bookmarks = _bookmarks(document)
    for bookmark in islice(bookmarks, MAX_BOOKMARKS):
        if heading := _heading(bookmark.get_title()):
            waiting.append(heading)
        index = _page_index(bookmark)
        if index is not None:
            last_index = index
            headings.setdefault(index, []).extend(waiting)
            waiting = []
    if waiting:
        headings.setdefault(last_index, []).extend(waiting)
    return Outline(headings, is_cut=next(bookmarks, None) is not None)


def _bookmarks(document: PdfDocument) -> Iterator[PdfBookmark]:
    """Yield each bookmark once, before those below it, however deep they lie; circles end."""
    seen: set[int] = set()
    waiting = [raw.FPDFBookmark_GetFirstChild(document, None)]
    while waiting:
        found = waiting.pop()
        if not found or (address := ctypes.addressof(found.contents)) in seen:
            continue
        seen.add(address)
        yield PdfBookmark(found, document, 0)
        waiting.append(raw.FPDFBookmark_GetNextSibling(document, found))
        waiting.append(raw.FPDFBookmark_GetFirstChild(document, found))


def _heading(title: str) -> str:
    """Return what a bookmark says; one that is too long for a title is text all the same."""
    line = " ".join(title.split())
    return line if len(line) > TITLE_CHARACTERS else sane_title(line)


def _page_index(bookmark: PdfBookmark) -> int | None:
    try:
        place = bookmark.get_dest()
        index: int | None = None if place is None else place.get_index()
    except PdfiumError:
        return None
    return index
