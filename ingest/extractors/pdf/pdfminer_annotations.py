"""Comments and text boxes on the pages of a PDF, by pdfminer.six. Form fields and files are not read."""

from __future__ import annotations

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from ingest.extractors.pdf.annotations import HIDDEN, MARKS, MAX_ANNOTATIONS, Annotations

_NOTE = "Text"
_BOX = "FreeText"


def annotations_by_pdfminer(page: PDFPage) -> Annotations:
    """Read the comments and text boxes of a page that pdfminer.six opened."""
    found = Annotations()
    references = resolve1(page.annots) if page.annots else None
    for reference in references[:MAX_ANNOTATIONS] if isinstance(references, list) else []:
        annotation = resolve1(reference)
        if not isinstance(annotation, dict):
            continue
        subtype, contents, flags = (resolve1(annotation.get(key)) for key in ("Subtype", "Contents", "F"))
        name = subtype.name if isinstance(subtype, PSLiteral) else ""
        text = decode_text(contents).strip() if isinstance(contents, bytes) else ""
        is_hidden = isinstance(flags, int) and bool(flags & HIDDEN)
        if name == _BOX and text and not is_hidden:
            found.shown.append(text)
        elif name == _NOTE or (name in (*MARKS, _BOX) and text):
            found.comment(text)
    return found
