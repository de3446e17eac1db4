"""PDF by pdfminer.six: slower than PDFium, and sometimes right where that is not.

pdfminer.six below 20251230 runs code from a malicious file (CVE-2025-64512): the requirements stay above.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import cast

from pdfminer.converter import TextConverter
from pdfminer.layout import LAParams, LTPage, LTTextBox, LTTextGroup
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import Matrix, decode_text

from ingest.extraction import DamagedError, EmptyError, EncryptedError, Extraction, PageText
from ingest.extractors.pdf.glyphs import garbled, lost, repaired, without_text
from ingest.extractors.pdf.pdfminer_annotations import annotations_by_pdfminer
from ingest.extractors.properties import choose_title, sane_creators
from ingest.extractors.tools import tool
from ingest.layers.mending import mend

MOST_BOXES = 400
"""pdfminer.six compares each piece of text of a page with each other: 1,600 of them take 20 seconds."""

UNREADABLE = (
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pdfminer.six raises on damaged files: it checks little of what it reads."""


def extract(path: Path) -> Extraction:
    """Read every page, for those who set ARCHIVE_PDF_READER=pdfminer."""
    with path.open("rb") as file:
        try:
            document = PDFDocument(PDFParser(file))
            put_on = [annotations_by_pdfminer(page) for page in PDFPage.create_pages(document)]
            properties = document.info[0] if document.info else {}
            title, author = (_text(properties.get(name)) for name in ("Title", "Author"))
        except PDFPasswordIncorrect as exc:
            raise EncryptedError from exc
        except UNREADABLE as exc:
            raise DamagedError from exc
    if not put_on:
        raise EmptyError("The PDF has no pages. Check whether it was copied whole and hand it in again.")
    layers = dict(read_pages(path, range(len(put_on))))
    texts = [layers.get(index, "") for index in range(len(put_on))]
    pages = [
        PageText(number, "\n".join(filter(None, (text, *put.shown))), notes="\n".join(put.comments))
        for number, (text, put) in enumerate(zip(texts, put_on, strict=True), 1)
    ]
    comment_count = sum(put.comment_count for put in put_on)
    skipped = [
        f"Page {number} is longer than can be read; its beginning was read."
        for number, put in enumerate(put_on, 1)
        if put.is_cut
    ]
    if field_count := sum(put.field_count for put in put_on):
        skipped.append(f"Form controls that were not read: {field_count}.")
    if file_count := sum(len(put.file_names) for put in put_on) + _embedded_count(path):
        skipped.append(f"Embedded files that were not read: {file_count}.")
    mended = mend(pages)
    garbled_pages = garbled(mended)
    return Extraction(
        mended.pages,
        title=choose_title(title, mended.pages),
        creators=sane_creators(author),
        counts={"comments": comment_count} if comment_count else {},
        skipped=(*skipped, *without_text(texts), *lost(garbled_pages, len(pages))),
        repairs=tuple(repaired(mended.repairs, len(pages))),
        for_ocr=tuple(sorted({*garbled_pages, *mended.guessed})),
        tool=tool("pdfminer.six"),
    )


def _embedded_count(path: Path) -> int:
    from ingest.extractors.pdf.pdfminer_catalogue import embedded_count, open_catalogue

    with open_catalogue(path) as entries:
        return embedded_count(entries)


def read_pages(path: Path, indexes: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield index (from 0) and text of the pages asked for, as far as they can be read."""
    resources = PDFResourceManager()
    with path.open("rb") as file:
        try:
            pages = list(PDFPage.get_pages(file, set(indexes)))
        except UNREADABLE:
            return
        for index, page in zip(sorted(indexes), pages, strict=False):
            output = StringIO()
            device = _Converter(resources, output, laparams=LAParams())
            try:
                PDFPageInterpreter(resources, device).process_page(page)
            except UNREADABLE:
                continue
            yield index, output.getvalue().replace("\f", "").strip()


class _Page(LTPage):
    """A page whose order is that of its places where finding the order of its boxes would take too long."""

    def group_textboxes(self, laparams: LAParams, boxes: Sequence[LTTextBox]) -> list[LTTextGroup]:
        if len(boxes) <= MOST_BOXES:
            return super().group_textboxes(laparams, boxes)
        return cast(list[LTTextGroup], sorted(boxes, key=lambda box: (-box.y1, box.x0)))


class _Converter(TextConverter):
    """Writes the text of pages."""

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        super().begin_page(page, ctm)
        self.cur_item: LTPage = _Page(self.cur_item.pageid, self.cur_item.bbox)


def _text(value: object) -> str:
    return decode_text(value) if isinstance(value, bytes) else ""
