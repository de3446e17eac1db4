"""The bookmarks of a PDF: headings of the pages that they lead to.

Source: ISO 32000-2, 12.3.3 (document outline).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from pypdfium2 import PdfBookmark, PdfDocument, PdfiumError

from ingest.extractors.properties import sane_title

MAX_BOOKMARKS = 10_000
"""At most so many are looked at."""

_MAX_DEPTH = 100


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
    bookmarks = document.get_toc(max_depth=_MAX_DEPTH)
    for bookmark in islice(bookmarks, MAX_BOOKMARKS):
        if title := sane_title(bookmark.get_title()):
            waiting.append(title)
        index = _page_index(bookmark)
        if index is not None:
            last_index = index
            headings.setdefault(index, []).extend(waiting)
            waiting = []
    if waiting:
        headings.setdefault(last_index, []).extend(waiting)
    return Outline(headings, is_cut=next(bookmarks, None) is not None)


def _page_index(bookmark: PdfBookmark) -> int | None:
    try:
        place = bookmark.get_dest()
        index: int | None = None if place is None else place.get_index()
    except PdfiumError:
        return None
    return index
