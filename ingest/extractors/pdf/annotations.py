"""What was put onto the pages of a PDF: comments of its readers, text boxes, form fields, attached files.

Notes are comments always; marks (highlighting and the like), drawn shapes, pieces of film and sound and all
else only where somebody wrote something to them. Text boxes and what was filled into form fields are part of
what the page shows; a hidden text box is a comment. Links say nothing, windows of notes what their note says.

Source: ISO 32000-2, 12.5.3 (flags), 12.5.6 (annotation types).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from pypdfium2 import PdfPage, raw

from ingest.extractors.pdf.fields import PageFields
from ingest.extractors.pdf.lines import MAX_CHARACTERS
from ingest.extractors.pdf.strings import text_of

MAX_ANNOTATIONS = 10_000
"""At most so many of one page are looked at."""

SILENT: Mapping[str, int] = {
    "Link": raw.FPDF_ANNOT_LINK,
    "Popup": raw.FPDF_ANNOT_POPUP,
    "Widget": raw.FPDF_ANNOT_WIDGET,
}
"""Subtype of an annotation that is no comment whatever it says -> PDFium's number of it."""

_MAX_DRAWN = 100
"""Among so many drawings of an annotation letters are looked for."""

HIDDEN = int(raw.FPDF_ANNOT_FLAG_HIDDEN) | int(raw.FPDF_ANNOT_FLAG_NOVIEW)


@dataclass(slots=True)
class Annotations:
    """What was put onto one page: texts that it shows, comments with and without words, names of files.

    `drawn_count` counts stamps and the like that draw letters and do not say which. `is_cut` says that there
    is more than is read.
    """

    shown: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    comment_count: int = 0
    field_count: int = 0
    drawn_count: int = 0
    file_names: list[str] = field(default_factory=list)
    is_cut: bool = False

    def comment(self, text: str) -> None:
        self.comment_count += 1
        if text:
            self.comments.append(text)


def read_annotations(page: PdfPage) -> Annotations:
    """Read what was put onto a page. Fields are read where the document's forms were opened."""
    found = Annotations()
    fields = PageFields(page.formenv.raw) if page.formenv else None
    count = raw.FPDFPage_GetAnnotCount(page)
    characters = 0
    for index in range(count):
        if index == MAX_ANNOTATIONS or characters > MAX_CHARACTERS:
            break
        with _annotation(page, index) as annotation:
            if not annotation:
                continue
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            if kind == raw.FPDF_ANNOT_WIDGET:
                if fields is not None and not _is_hidden(annotation):
                    characters += fields.read(annotation)
            elif kind == raw.FPDF_ANNOT_FILEATTACHMENT:
                found.file_names.append(_file_name(annotation))
                contents = _contents(annotation)
                characters += len(contents)
                if contents and contents != found.file_names[-1]:
                    found.comment(contents)
            elif kind not in SILENT.values():
                contents = _contents(annotation)
                characters += len(contents)
                if kind == raw.FPDF_ANNOT_FREETEXT and not _is_hidden(annotation):
                    found.shown += filter(None, (contents,))
                elif contents or kind == raw.FPDF_ANNOT_TEXT:
                    found.comment(contents)
                elif not _is_hidden(annotation):
                    found.drawn_count += _draws_text(annotation)
    found.is_cut = count > MAX_ANNOTATIONS or characters > MAX_CHARACTERS
    if fields is not None:
        found.shown += fields.lines
        found.field_count = fields.count
        found.is_cut |= fields.is_cut
    return found


@contextmanager
def _annotation(page: PdfPage, index: int) -> Iterator[object]:
    annotation = raw.FPDFPage_GetAnnot(page.raw, index)
    try:
        yield annotation
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _contents(annotation: object) -> str:
    return text_of(partial(raw.FPDFAnnot_GetStringValue, annotation, b"Contents"))


def _draws_text(annotation: object) -> bool:
    """Say whether letters are among what an annotation draws, or among what it puts together of that."""
    for index in range(min(raw.FPDFAnnot_GetObjectCount(annotation), _MAX_DRAWN)):
        drawn = raw.FPDFAnnot_GetObject(annotation, index)
        kind = raw.FPDFPageObj_GetType(drawn)
        inner = raw.FPDFFormObj_CountObjects(drawn) if kind == raw.FPDF_PAGEOBJ_FORM else 0
        if kind == raw.FPDF_PAGEOBJ_TEXT or any(
            raw.FPDFPageObj_GetType(raw.FPDFFormObj_GetObject(drawn, place)) == raw.FPDF_PAGEOBJ_TEXT
            for place in range(min(inner, _MAX_DRAWN))
        ):
            return True
    return False


def _is_hidden(annotation: object) -> bool:
    return bool(raw.FPDFAnnot_GetFlags(annotation) & HIDDEN)


def _file_name(annotation: object) -> str:
    attachment = raw.FPDFAnnot_GetFileAttachment(annotation)
    return text_of(partial(raw.FPDFAttachment_GetName, attachment)) if attachment else ""
