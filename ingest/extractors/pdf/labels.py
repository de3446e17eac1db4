"""What the pages of a PDF are called in print: „iv“, „A-3“.

Source: ISO 32000-2, 12.4.2 (page labels).
"""

from __future__ import annotations

from functools import partial

from pypdfium2 import PdfDocument, raw

from ingest.extractors.pdf.strings import text_of

MAX_CHARACTERS = 40
"""No label is longer; whatever is in its place is none."""


def label_of(document: PdfDocument, index: int) -> str:
    """Return what a page, counted from 0, is called, "" where that is just its number from 1."""
    label = " ".join(text_of(partial(raw.FPDF_GetPageLabel, document, index)).split())
    return "" if label == str(index + 1) or len(label) > MAX_CHARACTERS or not label.isprintable() else label
