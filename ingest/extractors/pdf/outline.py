"""The bookmarks of a PDF: headings of the pages that they lead to.

Source: ISO 32000-2, 12.3.3 (document outline).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from pypdfium2 import PdfBookmark, PdfDocument, PdfiumError

from ingest.extractors.properties import sane_title

MAX_BOOKMARKS = 10_000
"""At most so many are looked at."""


def headings_by_page(document: PdfDocument) -> Mapping[int, list[str]]:
    """Return index of a page (from 0) -> its bookmarks in order.

    A bookmark that leads nowhere belongs to the page of the next one that does, else of the last one.
    """
    headings: dict[int, list[str]] = {}
    waiting: list[str] = []
    last_index = 0
    for bookmark in islice(document.get_toc(), MAX_BOOKMARKS):
        if title := sane_title(bookmark.get_title()):
            waiting.append(title)
        index = _page_index(bookmark)
        if index is not None:
            last_index = index
            headings.setdefault(index, []).extend(waiting)
            waiting = []
    if waiting:
        headings.setdefault(last_index, []).extend(waiting)
    return headings


def _page_index(bookmark: PdfBookmark) -> int | None:
    try:
        place = bookmark.get_dest()
        index: int | None = None if place is None else place.get_index()
    except PdfiumError:
        return None
    return index
