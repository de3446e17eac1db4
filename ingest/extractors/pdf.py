"""PDF: the text layer by PDFium; pages that come back empty or garbled are read again by pdfminer.six.

Not read: scanned pages (they are named in `skipped`), form fields, comments and embedded files (counted).

Source: ISO 32000-2, 9.10 (extraction of text content), 14.3 (metadata).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib.metadata import version
from itertools import takewhile
from math import isfinite
from mmap import ACCESS_READ, mmap
from pathlib import Path

import pypdfium2
from pypdfium2 import PdfDocument, PdfiumError, PdfPage, PdfTextPage, raw

from ingest.extraction import DamagedError, EmptyError, EncryptedError, Extraction, PageText
from ingest.extractors.annotations import count_comments
from ingest.extractors.glyphs import MOSTLY, garbled, garbled_share, without_text
from ingest.extractors.properties import choose_title, sane_creators

SECOND_LOOK_PAGES = 100
"""At most so many pages of a file are read again by pdfminer.six, which takes up to 0.1 s for each."""

_JOINED = str.maketrans({"\ufffe": None, "\x02": None})
_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_LINE_ENDS = str.maketrans({"\ufffe": "-\n", "\x02": "-\n", "\r": None, "\0": None})
"""PDFium puts one of these for a hyphen at the end of a line and the line's end together."""

_SHOWN_SHARE = 0.8
_TITLE_LINES = 12
_TITLE_SPAN = 600
_SLIDE_CHARACTERS = 900
_TITLE_CHARACTERS = 150
_LARGER = 1.15
"""A title is set so much larger than the text."""


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
                    read, has_glyphs, is_cropped = _page(index + 1, page)
            except PdfiumError:
                skipped.append(f"Page {index + 1} is damaged.")
                read, has_glyphs, is_cropped = PageText(index + 1, ""), True, False
            pages.append(read)
            cropped_count += is_cropped
            if (not read.text and has_glyphs) or garbled_share(read.text) > MOSTLY:
                doubtful.append(index)
        metadata = document.get_metadata_dict(skip_empty=True)
        attachment_count = document.count_attachments()
    tool = f"pypdfium2 {version('pypdfium2')}"
    counts = {
        "pages read again": len(doubtful),
        "comments": comment_count,
        "embedded files": attachment_count,
    }
    if doubtful:
        tool += f", pdfminer.six {version('pdfminer.six')}"
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
        tool=tool,
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


def _page(number: int, page: PdfPage) -> tuple[PageText, bool, bool]:
    """Read what one page shows.

    Say also whether it has glyphs that should have become text, and whether much text is cropped away.
    """
    with closing(page.get_textpage()) as layer:
        text = layer.get_text_bounded()
        is_cropped = len(text) < layer.count_chars() * _SHOWN_SHARE
        text = text.translate(_LINE_ENDS).strip()
        if not text:
            has_glyphs = not is_cropped and next(page.get_objects([raw.FPDF_PAGEOBJ_TEXT]), None) is not None
            return PageText(number, ""), has_glyphs, is_cropped
        return PageText(number, text, _title(layer)), True, is_cropped


def _title(layer: PdfTextPage) -> str:
    """Return the largest of the first lines, where it is larger than the rest or the page is a slide."""
    beginning = layer.get_text_range(0, min(_TITLE_SPAN, layer.count_chars()))
    lines: list[tuple[float, str]] = []
    start = 0
    for line in beginning.split("\n")[:_TITLE_LINES]:
        indent = len(line) - len(line.lstrip())
        if line.strip():
            _, bottom, _, top = layer.get_charbox(start + indent, loose=True)
            lines.append(
                (top - bottom if isfinite(top - bottom) else 0.0, " ".join(line.translate(_JOINED).split()))
            )
        start += len(line) + 1
    if not lines:
        return ""
    sizes = sorted(size for size, _ in lines)
    largest = sizes[-1]
    if largest < sizes[len(sizes) // 2] * _LARGER:
        title = lines[0][1] if layer.count_chars() < _SLIDE_CHARACTERS else ""
    else:
        first = next(number for number, (size, _) in enumerate(lines) if size == largest)
        title = " ".join(
            line for _, line in takewhile(lambda line: line[0] * _LARGER > largest, lines[first : first + 3])
        )
    return title if len(title) <= _TITLE_CHARACTERS else ""


def _read_again(path: Path, doubtful: Sequence[int], pages: list[PageText]) -> Iterator[str]:
    """Replace pages by what pdfminer.six makes of them, where that is better."""
    from ingest.extractors.pdfminer_six import read_pages

    for index, text in read_pages(path, doubtful[:SECOND_LOOK_PAGES]):
        known = pages[index].text
        if text and (not known or garbled_share(text) < garbled_share(known)):
            pages[index] = PageText(index + 1, text, pages[index].title)
    if len(doubtful) > SECOND_LOOK_PAGES:
        yield f"{len(doubtful) - SECOND_LOOK_PAGES} doubtful pages were not read a second time."
