"""One page of a PDF: what it shows, what was put onto it, and what is written behind it.

The text of a page is its lines, then bookmarks that stand nowhere on it, text boxes, form fields, and
alternative texts of pictures. A page without a title has its first bookmark for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from typing import NamedTuple

from pypdfium2 import PdfDocument, PdfPage, PdfTextPage, raw

from ingest.extraction import PageText
from ingest.extractors.pdf.annotations import Annotations, read_annotations
from ingest.extractors.pdf.catalogue import Catalogue
from ingest.extractors.pdf.columns import in_columns
from ingest.extractors.pdf.glyphs import is_doubtful
from ingest.extractors.pdf.gutter import parted
from ingest.extractors.pdf.lines import Line, PageLines, read_lines
from ingest.extractors.pdf.optional_content import shown_lines
from ingest.extractors.pdf.outline import read_outline
from ingest.extractors.pdf.rows import joined
from ingest.extractors.pdf.spaces import spaced
from ingest.extractors.pdf.structure import alternatives, is_tagged
from ingest.extractors.pdf.title import title_of
from ingest.extractors.pdf.turned import in_turn
from ingest.extractors.properties import sane_title

MAX_ADDED = 1_000
"""At most so many bookmarks, and so many alternative texts, are added to one page."""

_NO_LETTERS = re.compile(r"[\W_]+")
_INVISIBLE = int(raw.FPDF_TEXTRENDERMODE_INVISIBLE)


class ReadPage(NamedTuple):
    """A page and what is to be said about it.

    `own` is the text of its own layer, `added` what was put to it from elsewhere. `is_doubtful` says that
    another reader may read it better, `is_cropped` that there is text outside of it, `is_cut` that it is too
    long, `is_layered` that it has text in hidden layers, `was_recognised` that its text lies unseen over a
    picture, `has_content` that something is drawn.
    """

    own: str
    added: str
    title: str
    annotations: Annotations
    is_doubtful: bool
    is_cropped: bool
    is_cut: bool
    is_layered: bool
    was_recognised: bool
    has_content: bool

    def page_text(self, number: int, label: str) -> PageText:
        """Return it as extractors do."""
        text = "\n".join(filter(None, (self.own, self.added)))
        return PageText(number, text, self.title, "\n".join(self.annotations.comments), label=label)


NO_PAGE = ReadPage("", "", "", Annotations(), True, False, False, False, False, True)
"""A page that PDFium cannot read: another reader may."""


class PageReader:
    """Reads the pages of one document. `is_outline_cut` says that it has more bookmarks than are read."""

    def __init__(self, document: PdfDocument, catalogue: Catalogue) -> None:
        self._document = document
        self._catalogue = catalogue
        self._is_tagged = is_tagged(document)
        self._headings, self.is_outline_cut = read_outline(document)
        self._described: set[str] = set()

    def read(self, index: int) -> ReadPage:
        """Read a page by its index from 0.

        Raises:
            PdfiumError: it is damaged.
        """
        with closing(self._document[index]) as page:
            annotations = read_annotations(page)
            with closing(page.get_textpage()) as layer:
                read = read_lines(page, layer)
                found = read._replace(lines=shown_lines(read.lines, layer, self._catalogue))
                lines = spaced(found, layer, _in_order(found, layer))
                own = "\n".join([line.text for line in lines])
                title = title_of(found, lines)
                was_recognised = bool(lines) and _is_invisible(layer, (lines[0].start, lines[-1].start))
            added, is_cut = self._added(index, page, own, annotations.shown)
            headings = self._headings.get(index, ())
            return ReadPage(
                own,
                "\n".join(added),
                title or next(filter(None, map(sane_title, headings)), ""),
                annotations,
                is_doubtful=is_doubtful(own)
                if own
                else not read.outside_count and not read.lines and _has_letters(page),
                is_cropped=found.outside_count > 0,
                is_cut=found.is_cut or annotations.is_cut or is_cut,
                is_layered=len(found.lines) < len(read.lines),
                was_recognised=was_recognised,
                has_content=bool(own) or raw.FPDFPage_CountObjects(page) > 0,
            )

    def _added(self, index: int, page: PdfPage, own: str, shown: Sequence[str]) -> tuple[Sequence[str], bool]:
        """Return what stands nowhere in the text of the page itself, and whether there is more of it."""
        alternative_texts, is_cut = alternatives(page, MAX_ADDED) if self._is_tagged else ([], False)
        headings = self._headings.get(index, ())
        is_cut |= len(headings) > MAX_ADDED
        headings = headings[:MAX_ADDED]
        added: list[str] = []
        if not (shown or alternative_texts or headings):
            return added, is_cut
        known = _letters("\n".join((own, *shown)))
        for text in headings:
            if (letters := _letters(text)) not in known:
                known += letters
                added.append(text)
        added += shown
        for text in alternative_texts:
            letters = _letters(text)
            if letters not in known and letters not in self._described:
                self._described.add(letters)
                added.append(text)
        return added, is_cut


def _in_order(page: PageLines, layer: PdfTextPage) -> Sequence[Line]:
    """Return the lines of a page as they are read; rows stay rows unless they are rows of columns."""
    lines = in_turn(page, layer, list(joined(page.lines)))
    parts = parted(page, layer)
    if parts is not page.lines:
        columns = list(joined(parts))
        ordered = in_columns(page, columns)
        if ordered is not columns:
            return ordered
    return in_columns(page, lines)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


def _is_invisible(layer: PdfTextPage, indexes: Sequence[int]) -> bool:
    """Say whether characters are there to be found and not to be seen, as programs for OCR write them."""
    for index in indexes:
        letters = raw.FPDFText_GetTextObject(layer, index)
        if not letters or raw.FPDFTextObj_GetTextRenderMode(letters) != _INVISIBLE:
            return False
    return True


def _has_letters(page: PdfPage) -> bool:
    return next(page.get_objects([raw.FPDF_PAGEOBJ_TEXT]), None) is not None
