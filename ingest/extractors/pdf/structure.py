"""Alternative texts of a tagged PDF: what stands for a picture, and what stands for drawn letters.

Source: ISO 32000-2, 14.9.3 (Alt), 14.9.4 (ActualText).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pypdfium2 import PdfDocument, PdfPage, raw

from ingest.extractors.descriptions import written_description
from ingest.extractors.pdf.lines import MAX_CHARACTERS
from ingest.extractors.pdf.strings import NOTHING, text_of

MAX_ELEMENTS = 20_000
"""At most so many elements of the structure of a page are looked at."""

_LEAST_LETTERS = 3


def is_tagged(document: PdfDocument) -> bool:
    """Say whether the PDF has a structure."""
    return bool(raw.FPDFCatalog_IsTagged(document))


def alternatives(page: PdfPage, most: int) -> tuple[Sequence[str], bool]:
    """Return the alternative texts of a page in reading order, one line each, and whether there are more."""
    found: list[str] = []
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return found, False
    get_alternative = raw.FPDF_StructElement_GetAltText
    get_actual = raw.FPDF_StructElement_GetActualText
    try:
        count = raw.FPDF_StructTree_CountChildren(tree)
        is_cut = count > MAX_ELEMENTS
        left = [
            raw.FPDF_StructTree_GetChildAtIndex(tree, index)
            for index in reversed(range(min(count, MAX_ELEMENTS)))
        ]
        characters = 0
        for _ in range(MAX_ELEMENTS):
            if not left or len(found) > most or characters > MAX_CHARACTERS:
                break
            element = left.pop()
            if not element:
                continue
            text = ""
            if get_alternative(element, None, 0) > NOTHING:
                text = written_description(text_of(partial(get_alternative, element)))
            if not text and get_actual(element, None, 0) > NOTHING:
                text = text_of(partial(get_actual, element))
            characters += len(text)
            if sum(map(str.isalpha, text)) >= _LEAST_LETTERS:
                found.append(" ".join(text.split()))
            count = raw.FPDF_StructElement_CountChildren(element)
            is_cut |= count > MAX_ELEMENTS
            left += [
                raw.FPDF_StructElement_GetChildAtIndex(element, index)
                for index in reversed(range(min(count, MAX_ELEMENTS)))
            ]
    finally:
        raw.FPDF_StructTree_Close(tree)
    return found[:most], is_cut or bool(left) or len(found) > most or characters > MAX_CHARACTERS
