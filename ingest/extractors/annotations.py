"""Comments that readers of a PDF left on its pages, counted, not read.

Notes count always; marks (highlighting and the like) and drawn shapes only where somebody wrote something to
them. Text boxes are part of what the page shows, links and form fields say nothing.

Source: ISO 32000-2, 12.5.6 (annotation types).
"""

from __future__ import annotations

from collections.abc import Mapping

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pypdfium2 import PdfPage, raw

_NOTE = "Text"
_MARKS: Mapping[str, int] = {
    "Line": raw.FPDF_ANNOT_LINE,
    "Square": raw.FPDF_ANNOT_SQUARE,
    "Circle": raw.FPDF_ANNOT_CIRCLE,
    "Polygon": raw.FPDF_ANNOT_POLYGON,
    "PolyLine": raw.FPDF_ANNOT_POLYLINE,
    "Highlight": raw.FPDF_ANNOT_HIGHLIGHT,
    "Underline": raw.FPDF_ANNOT_UNDERLINE,
    "Squiggly": raw.FPDF_ANNOT_SQUIGGLY,
    "StrikeOut": raw.FPDF_ANNOT_STRIKEOUT,
    "Stamp": raw.FPDF_ANNOT_STAMP,
    "Caret": raw.FPDF_ANNOT_CARET,
    "Ink": raw.FPDF_ANNOT_INK,
}
"""Subtype of an annotation -> PDFium's number of it."""

_MARK_NUMBERS = frozenset(_MARKS.values())
_EMPTY_BYTES = 2
"""PDFium ends a text in UTF-16 with one zero character."""


def count_comments(page: PdfPage) -> int:
    """Count the comments on a page that PDFium opened."""
    return sum(_is_comment(page, index) for index in range(raw.FPDFPage_GetAnnotCount(page)))


def count_comments_by_pdfminer(page: PDFPage) -> int:
    """Count the comments on a page that pdfminer.six opened."""
    annotations = resolve1(page.annots) if page.annots else None
    return sum(map(_is_comment_dictionary, annotations)) if isinstance(annotations, list) else 0


def _is_comment(page: PdfPage, index: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return False
    try:
        kind: int = raw.FPDFAnnot_GetSubtype(annotation)
        if kind not in _MARK_NUMBERS:
            return kind == int(raw.FPDF_ANNOT_TEXT)
        size_bytes: int = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
        return size_bytes > _EMPTY_BYTES
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _is_comment_dictionary(reference: object) -> bool:
    annotation = resolve1(reference)
    if not isinstance(annotation, dict):
        return False
    subtype = resolve1(annotation.get("Subtype"))
    name = subtype.name if isinstance(subtype, PSLiteral) else ""
    return name == _NOTE or (name in _MARKS and bool(resolve1(annotation.get("Contents"))))
