"""PDF: the text layer by PDFium; pages that come back empty or garbled are read again by pdfminer.six.

Not read: scanned pages (they are named in `skipped`), form fields, comments and embedded files (counted).

Source: ISO 32000-2, 9.10 (extraction of text content), 14.3 (metadata).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from mmap import ACCESS_READ, mmap
from pathlib import Path

import pypdfium2
from pypdfium2 import PdfDocument, PdfiumError, PdfPage, raw

from ingest.extraction import DamagedError, EmptyError, EncryptedError, Extraction, PageText
from ingest.extractors.annotations import count_comments
from ingest.extractors.glyphs import garbled, garbled_share, is_doubtful, without_text
from ingest.extractors.pdf_lines import PageLines, read_lines
from ingest.extractors.pdf_rows import joined
from ingest.extractors.pdf_title import title_of
from ingest.extractors.properties import choose_title, sane_creators
from ingest.extractors.tools import tool

SECOND_LOOK_PAGES = 100
"""At most so many pages of a file are read again by pdfminer.six, which takes up to 0.1 s for each."""

_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def extract(path: Path) -> Extraction:
    """Read the text layer of every page."""
    with closing(open_pdf(path)) as document:
        pages: list[PageText] = []
        skipped: list[str] = []
        doubtful: list[int] = []
        cropped_count = comment_count = 0
        for index in range(len(document)):
            try:
                with closing(document[index]) as page:
                    comment_count += count_comments(page)
                    read, has_glyphs, found = _page(index + 1, page)
                    cropped_count += found.outside_count > 0
                    if found.is_cut:
                        skipped.append(
                            f"Page {index + 1} is longer than can be read; its beginning was read."
                        )
            except PdfiumError:
                skipped.append(f"Page {index + 1} is damaged.")
                read, has_glyphs = PageText(index + 1, ""), True
            pages.append(read)
            if (not read.text and has_glyphs) or is_doubtful(read.text):
                doubtful.append(index)
        metadata = document.get_metadata_dict(skip_empty=True)
        attachment_count = document.count_attachments()
    tools = tool("pypdfium2")
    counts = {
        "pages read again": len(doubtful),
        "comments": comment_count,
        "embedded files": attachment_count,
    }
    if doubtful:
        tools += f", {tool('pdfminer.six')}"
        skipped += _read_again(path, doubtful, pages)
    if cropped_count:
        skipped.append(f"{cropped_count} of {len(pages)} pages have text outside of what they show.")
    if attachment_count:
        skipped.append(f"Embedded files that were not read: {attachment_count}.")
    return Extraction(
        tuple(pages),
        title=choose_title(metadata.get("Title", ""), pages),
        creators=sane_creators(metadata.get("Author", "")),
        counts={name: count for name, count in counts.items() if count},
        skipped=(*skipped, *without_text(pages), *garbled(pages)),
        tool=tools,
    )


def open_pdf(path: Path) -> PdfDocument:
    """Open a PDF with PDFium.

    Raises:
        EncryptedError: it needs a password.
        DamagedError: it cannot be opened.
        EmptyError: it has no pages.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except PdfiumError as exc:
        # PDFium may still show the error of the file before, so the file itself is asked, too.
        is_locked = exc.err_code in _LOCKED and _names_encryption(path)
        raise (EncryptedError if is_locked else DamagedError) from exc
    if not len(document):
        document.close()
        raise EmptyError("The PDF has no pages. Check whether it was copied whole and hand it in again.")
    return document


def _names_encryption(path: Path) -> bool:
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content.find(b"/Encrypt") >= 0


def _page(number: int, page: PdfPage) -> tuple[PageText, bool, PageLines]:
    """Read what one page shows. Say also whether it has glyphs that should have become text."""
    with closing(page.get_textpage()) as layer:
        found = read_lines(page, layer)
        lines = list(joined(found.lines))
        if not lines:
            has_glyphs = not found.outside_count and _has_glyphs(page)
            return PageText(number, ""), has_glyphs, found
        text = "\n".join([line.text for line in lines])
        return PageText(number, text, title_of(found, lines)), True, found


def _has_glyphs(page: PdfPage) -> bool:
    return next(page.get_objects([raw.FPDF_PAGEOBJ_TEXT]), None) is not None


def _read_again(path: Path, doubtful: Sequence[int], pages: list[PageText]) -> Iterator[str]:
    """Replace pages by what pdfminer.six makes of them, where that is better."""
    from ingest.extractors.pdfminer_six import read_pages

    for index, text in read_pages(path, doubtful[:SECOND_LOOK_PAGES]):
        known = pages[index].text
        if text and (not known or garbled_share(text) < garbled_share(known)):
            pages[index] = PageText(index + 1, text, pages[index].title)
    if len(doubtful) > SECOND_LOOK_PAGES:
        yield f"{len(doubtful) - SECOND_LOOK_PAGES} doubtful pages were not read a second time."
