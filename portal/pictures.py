"""Which file gives the pictures of a document's pages, and how wide they are drawn."""

from __future__ import annotations

from archive.model import Document, File
from portal.formats import PDF

THUMBNAIL_WIDTH = 352
"""Pixels of a thumbnail: twice its width on the page, for dense screens."""

PAGE_WIDTH = 1000
"""Pixels of a page being read."""


def pictured(document: Document) -> File | None:
    """Return the PDF of the current version whose pages are those of the document, if it has one.

    Pages are counted as in the first file; a PDF with another number of pages (notes, handouts) would show
    the wrong one.
    """
    files = document.current.files
    count = files[0].page_count if files else None
    for file in files:
        if file.media_type == PDF and file.page_count and (file.page_count == count or file is files[0]):
            return file
    return None
