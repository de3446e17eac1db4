"""PDF: the text layer by PDFium; pages that come back empty or garbled are read again by pdfminer.six.

Text that is wrong as text is mended (`ingest/layers`), or its page named in `for_ocr`. What a page shows
besides its text layer is in `annotations.py` and `structure.py`. Not read: scanned pages (they are named in
`for_ocr`) and embedded files (named in `skipped`).

Source: ISO 32000-2, 9.10 (extraction of text content), 14.3 (metadata).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from mmap import ACCESS_READ, mmap
from pathlib import Path

import pypdfium2
from pypdfium2 import PdfDocument, PdfiumError, raw

from ingest.extraction import DamagedError, EmptyError, EncryptedError, Extraction, PageText
from ingest.extractors.pdf.catalogue import Catalogue
from ingest.extractors.pdf.glyphs import garbled, garbled_share, lost, repaired, without_text
from ingest.extractors.pdf.labels import label_of
from ingest.extractors.pdf.outline import MAX_BOOKMARKS
from ingest.extractors.pdf.page import NO_PAGE, PageReader, ReadPage
from ingest.extractors.pdf.report import NAMED, counted, pictures, remarks
from ingest.extractors.pdf.strings import text_of
from ingest.extractors.properties import choose_title, sane_creators
from ingest.extractors.tools import tool
from ingest.layers.mending import mend

MAX_PAGES = 20_000
"""At most so many pages of a file are read."""

MAX_FILES = 10_000
"""At most so many embedded files are named."""

SECOND_LOOK_PAGES = 100
"""At most so many pages of a file are read again by pdfminer.six, which takes up to 0.1 s for each."""

MAX_SECONDS = 60.0
"""Pages that were not read by then are left out, before a reader has to be stopped and nothing is read."""

_VAIN_LOOKS = 3
"""After so many pages in a row that pdfminer.six reads no better it reads no more of the file."""

_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def extract(path: Path) -> Extraction:
    """Read every page."""
    skipped: list[str] = []
    repairs: list[str] = []
    catalogue = Catalogue(path)
    with closing(open_pdf(path)) as document:
        read = list(_read_pages(document, catalogue, skipped))
        labels = [label_of(document, index) for index in range(len(read))]
        metadata = document.get_metadata_dict(skip_empty=True)
        file_names = _embedded_files(document, read)
        if document.get_formtype() == raw.FORMTYPE_XFA_FULL:
            _read_form(document, read, skipped, repairs)
    mended = mend(_pages(read, labels))
    doubtful = [
        index for index, page in enumerate(read) if page.is_doubtful and index + 1 not in mended.recoded
    ]
    again_count = 0
    if doubtful:
        known = list(read)
        again_count = _read_again(path, doubtful, read)
        if read != known:
            mended = mend(_pages(read, labels))
    if len(doubtful) > SECOND_LOOK_PAGES:
        skipped.append(f"{len(doubtful) - SECOND_LOOK_PAGES} doubtful pages were not read a second time.")
    skipped += remarks(read, file_names, is_portfolio=bool(file_names) and catalogue.is_portfolio)
    garbled_pages = garbled(mended)
    return Extraction(
        mended.pages,
        title=choose_title(metadata.get("Title", ""), mended.pages),
        creators=sane_creators(metadata.get("Author", "")),
        counts=counted(read, file_names, again_count),
        skipped=(*skipped, *without_text([page.own for page in read]), *lost(garbled_pages, len(read))),
        repairs=(*repairs, *repaired(mended.repairs, len(read))),
        for_ocr=tuple(sorted({*pictures(read, mended.pages), *garbled_pages, *mended.guessed})),
        tool=", ".join(map(tool, ("pypdfium2", "pdfminer.six") if doubtful else ("pypdfium2",))),
    )


def open_pdf(path: Path) -> PdfDocument:
    """Open a PDF with PDFium, ready to read and draw what its forms were filled with.

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
    with suppress(PdfiumError):
        document.init_forms()
    if not len(document):
        document.close()
        raise EmptyError("The PDF has no pages. Check whether it was copied whole and hand it in again.")
    return document


def _names_encryption(path: Path) -> bool:
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content.find(b"/Encrypt") >= 0


def _read_pages(document: PdfDocument, catalogue: Catalogue, skipped: list[str]) -> Iterator[ReadPage]:
    """Yield the pages in order; one that cannot be read has no text."""
    reader = PageReader(document, catalogue)
    damaged: list[int] = []
    if reader.is_outline_cut:
        skipped.append(f"Only the first {MAX_BOOKMARKS} bookmarks were read.")
    page_count, begun = len(document), time.monotonic()
    for index in range(page_count):
        if index == MAX_PAGES or (index and time.monotonic() - begun > MAX_SECONDS):
            skipped.append(f"Only the first {index} of {page_count} pages were read.")
            break
        try:
            page = reader.read(index)
        except PdfiumError:
            page = NO_PAGE
            damaged.append(index + 1)
        if page.is_cut:
            skipped.append(f"Page {index + 1} is longer than can be read; its beginning was read.")
        yield page
    if len(damaged) > NAMED:
        skipped.append(f"{len(damaged)} of {page_count} pages are damaged.")
    else:
        for number in damaged:
            skipped.append(f"Page {number} is damaged.")


def _read_form(document: PdfDocument, read: list[ReadPage], skipped: list[str], repairs: list[str]) -> None:
    """Add the texts of a form that the pages do not show to the first page."""
    from ingest.extractors.pdf.xfa import form_text

    text, is_whole = form_text(document)
    if text:
        read[0] = read[0]._replace(added="\n".join(filter(None, (read[0].added, text))))
        repairs.append("The texts of an XFA form were read, not its pages.")
        if not is_whole:
            skipped.append(
                "The form (XFA) was read in part. Save it as an ordinary PDF and hand that in as well."
            )
    else:
        skipped.append("The form (XFA) was not read. Save it as an ordinary PDF and hand that in as well.")


def _embedded_files(document: PdfDocument, read: Sequence[ReadPage]) -> list[str]:
    """Name the files that are embedded in the document and attached to its pages."""
    count = document.count_attachments()
    names = [
        text_of(partial(raw.FPDFAttachment_GetName, raw.FPDFDoc_GetAttachment(document, index)))
        for index in range(min(count, MAX_FILES))
    ]
    known = frozenset(names)
    names += [""] * (count - len(names))
    return names + [name for page in read for name in page.annotations.file_names if name not in known]


def _pages(read: Sequence[ReadPage], labels: Sequence[str]) -> list[PageText]:
    return [page.page_text(index + 1, labels[index]) for index, page in enumerate(read)]


def _read_again(path: Path, doubtful: Sequence[int], read: list[ReadPage]) -> int:
    """Replace pages by what pdfminer.six makes of them, where that is better. Return how many it read."""
    from ingest.extractors.pdf.pdfminer_six import read_pages

    count = vain_count = 0
    for index, text in read_pages(path, doubtful[:SECOND_LOOK_PAGES]):
        count += 1
        known = read[index].own
        if text and (not known or garbled_share(text) < garbled_share(known)):
            read[index] = read[index]._replace(own=text)
            vain_count = 0
        elif (vain_count := vain_count + 1) == _VAIN_LOOKS:
            break
    return count
