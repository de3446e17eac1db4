"""Comments and text boxes on the pages of a PDF, by pdfminer.six. Form fields and files are counted only."""

from __future__ import annotations

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from ingest.extractors.pdf.annotations import HIDDEN, MAX_ANNOTATIONS, SILENT, Annotations

_NOTE = "Text"
_BOX = "FreeText"
_FIELD = "Widget"
_FILE = "FileAttachment"


def annotations_by_pdfminer(page: PDFPage) -> Annotations:
    """Read the comments and text boxes of a page that pdfminer.six opened."""
    found = Annotations()
    references = resolve1(page.annots) if page.annots else None
    listed = references if isinstance(references, list) else []
    found.is_cut = len(listed) > MAX_ANNOTATIONS
    for reference in listed[:MAX_ANNOTATIONS]:
        annotation = resolve1(reference)
        if not isinstance(annotation, dict):
            continue
        subtype, contents, flags = (resolve1(annotation.get(key)) for key in ("Subtype", "Contents", "F"))
        name = subtype.name if isinstance(subtype, PSLiteral) else ""
        text = decode_text(contents).strip() if isinstance(contents, bytes) else ""
        is_hidden = isinstance(flags, int) and bool(flags & HIDDEN)
        if name == _FIELD:
            found.field_count += _is_filled(annotation)
        elif name == _FILE:
            found.file_names.append("")
        if name == _BOX and text and not is_hidden:
            found.shown.append(text)
        elif name == _NOTE or (name not in SILENT and text):
            found.comment(text)
    return found


def _is_filled(field: dict[str, object]) -> bool:
    """Say whether something was written into a field, or into the one that it shows."""
    parent = resolve1(field.get("Parent"))
    holders = (field, parent) if isinstance(parent, dict) else (field,)
    return any(
        isinstance(value, bytes) and value for holder in holders if (value := resolve1(holder.get("V")))
    )
