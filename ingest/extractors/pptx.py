"""Presentations: PPTX, PPSX, POTX and their kin with macros.

python-pptx opens the deck and says where placeholders stand; the text itself is taken from the markup, since
python-pptx has no words for groups in groups, SmartArt, comments and what stands in alternatives.
Not read: embedded files (counted), equations drawn as pictures, text on layouts and masters.

Source: ISO/IEC 29500-1, chapter 19 (PresentationML); [MS-PPTX] 2.6 (threaded comments).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

import pptx
from lxml import etree
from pptx.exc import PythonPptxError
from pptx.presentation import Presentation
from pptx.slide import Slide

from ingest.extraction import DamagedError, EmptyError, Extraction, PageText
from ingest.extractors import drawing, markup
from ingest.extractors.charts import chart_lines
from ingest.extractors.diagrams import diagram_lines
from ingest.extractors.drawing import CX, DGM, A, C, R
from ingest.extractors.order import Placed, reading_order
from ingest.extractors.package import mend
from ingest.extractors.properties import choose_title, sane_creators

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

_UNREADABLE = (PythonPptxError, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, TypeError)
"""What python-pptx raises on parts that are not as they should be."""

_COMMENTS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    "http://schemas.microsoft.com/office/2018/10/relationships/comments",
)
_A_COMMENT = ("cm", "reply")
_TITLE_CHARACTERS = 120

_ONCE = ("ftr", "hdr", "dt")
"""Placeholders that stand on every slide and are read where they say something new."""

_ROWS = 30
"""Shapes whose tops differ by less than this part of the slide's height stand in one row."""


def extract(path: Path) -> Extraction:
    """Read all slides. Slides that are damaged stay empty and are named in `skipped`."""
    package = mend(path)
    try:
        deck = pptx.Presentation(package.content)
    except _UNREADABLE:
        package = mend(path, recover=True)
        try:
            deck = pptx.Presentation(package.content)
        except _UNREADABLE as exc:
            raise DamagedError from exc
    reading = _Reading((deck.slide_height or 6858000) / _ROWS, list(package.skipped))
    pages = []
    slide_ids = deck.element.findall(f"{P}sldIdLst/{P}sldId")
    for number, slide_id in enumerate(slide_ids, start=1):
        try:
            slide = deck.part.related_slide(slide_id.get(f"{R}id"))
            pages.append(reading.page(number, slide))
        except _UNREADABLE:
            reading.skipped.append(f"Slide {number} is damaged.")
            pages.append(PageText(number, ""))
    if not slide_ids:
        raise EmptyError("The presentation has no slides. Check whether it was saved whole.")
    if package.embedded_count:
        reading.counts["embedded files"] = package.embedded_count
        reading.skipped.append(f"Embedded files that were not read: {package.embedded_count}.")
    title, author = _properties(deck)
    return Extraction(
        tuple(pages),
        title=choose_title(title, pages),
        creators=sane_creators(author),
        counts={name: count for name, count in reading.counts.items() if count},
        skipped=tuple(reading.skipped),
        tool=f"python-pptx {version('python-pptx')}",
    )


def _properties(deck: Presentation) -> tuple[str, str]:
    """Return title and author as they stand; empty where the properties are damaged."""
    try:
        return deck.core_properties.title or "", deck.core_properties.author or ""
    except _UNREADABLE:
        return "", ""


_Lines: TypeAlias = Callable[[etree._Element], Iterator[str]]


class _Reading:
    """What is kept while the slides are read, one after the other."""

    def __init__(self, row_height: float, skipped: list[str]) -> None:
        self.row_height = row_height
        self.skipped = skipped
        self.counts: Counter[str] = Counter()
        self.footers: set[str] = set()

    def page(self, number: int, slide: Slide) -> PageText:
        root = slide.element
        drawing.choose_alternatives(root)
        hidden = root.get("show") in ("0", "false")
        if hidden:
            self.counts["hidden slides"] += 1
        title_shape = slide.shapes.title
        title_element = None if title_shape is None else title_shape._element
        title = "" if title_element is None else " ".join(" ".join(drawing.paragraphs(title_element)).split())
        lines = [title] if title else []
        elements = self._in_reading_order(slide)
        for element in elements:
            lines += _description(element) if element is title_element else self._shape(element, slide)
        return PageText(
            number, "\n".join(lines), title or _first_line(elements), "\n".join(self._notes(slide)), hidden
        )

    def _in_reading_order(self, slide: Slide) -> list[etree._Element]:
        """Order the shapes; placeholders without a place of their own stand where the layout says."""
        elements = [element for element in slide.shapes.element if _is_shape(element)]
        inherited: dict[etree._Element, Placed[etree._Element]] = {}
        if sum(_offset(element) is None for element in elements) > 1:
            for shape in slide.placeholders:
                if _offset(shape.element) is None:
                    with suppress(*_UNREADABLE):
                        inherited[shape.element] = Placed(shape.top or 0, shape.left or 0, shape.element)
        return reading_order(
            (inherited.get(element) or _placed(element) for element in elements), self.row_height
        )

    def _shape(self, element: etree._Element, slide: Slide) -> Iterator[str]:
        yield from _description(element)
        kind = markup.local_name(element)
        if kind == "grpSp":
            self.counts["groups"] += 1
            for child in reading_order(map(_placed, filter(_is_shape, element)), self.row_height):
                yield from self._shape(child, slide)
        elif kind == "graphicFrame":
            yield from self._frame(element, slide)
        else:
            if kind == "pic":
                self.counts["pictures"] += 1
            yield from self._text(element)

    def _text(self, element: etree._Element) -> Iterator[str]:
        """Yield the text of a shape; slide numbers never, headers and footers only where they are new."""
        placeholder = element.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        kind = "" if placeholder is None else placeholder.get("type", "")
        if kind == "sldNum":
            return
        for line in drawing.paragraphs(element):
            if kind not in _ONCE:
                yield line
            elif line not in self.footers:
                self.footers.add(line)
                yield line

    def _frame(self, element: etree._Element, slide: Slide) -> Iterator[str]:
        """Yield the text of what a frame holds: a table, a chart, a SmartArt drawing."""
        for table in element.iter(f"{A}tbl"):
            self.counts["tables"] += 1
            yield from drawing.table_rows(table)
        for chart in element.iter(f"{C}chart", f"{CX}chart"):
            self.counts["charts"] += 1
            yield from self._related(slide, chart.get(f"{R}id", ""), chart_lines)
        for diagram in element.iter(f"{DGM}relIds"):
            self.counts["diagrams"] += 1
            yield from self._related(slide, diagram.get(f"{R}dm", ""), diagram_lines)

    def _related(self, slide: Slide, relationship: str, lines: _Lines) -> Iterator[str]:
        try:
            root = markup.parse(slide.part.related_part(relationship).blob)
        except (KeyError, DamagedError):
            self.skipped.append(f"A chart or SmartArt drawing of {slide.part.partname} is damaged.")
            return
        drawing.choose_alternatives(root)
        yield from lines(root)

    def _notes(self, slide: Slide) -> Iterator[str]:
        """Yield the speaker's notes, then the comments."""
        if slide.has_notes_slide:
            notes = slide.notes_slide.element
            drawing.choose_alternatives(notes)
            lines = [line for shape in notes.iter(f"{P}sp") for line in self._text(shape)]
            self.counts["notes"] += any(line.strip() for line in lines)
            yield from lines
        for relationship in slide.part.rels.values():
            if relationship.reltype in _COMMENTS and not relationship.is_external:
                root = markup.parse(relationship.target_part.blob)
                self.counts["comments"] += sum(markup.local_name(each) in _A_COMMENT for each in root.iter())
                yield from (text.text for text in root.iter(f"{P}text") if text.text)
                yield from drawing.paragraphs(root)


def _first_line(elements: list[etree._Element]) -> str:
    """Return the first text of a slide without a title, where it is short enough to be one."""
    shapes = (element for element in elements if markup.local_name(element) in ("sp", "grpSp"))
    line = next((line for shape in shapes for line in drawing.paragraphs(shape)), "")
    return " ".join(line.split()) if len(line) <= _TITLE_CHARACTERS else ""


def _is_shape(element: etree._Element) -> bool:
    return markup.local_name(element) in ("sp", "grpSp", "graphicFrame", "pic", "cxnSp", "contentPart")


def _placed(element: etree._Element) -> Placed[etree._Element]:
    """Return a shape with its own place; without one, it stands first."""
    offset = _offset(element)
    try:
        top, left = (0, 0) if offset is None else (int(offset.get("y", "0")), int(offset.get("x", "0")))
    except ValueError:
        top, left = 0, 0
    return Placed(top, left, element)


def _offset(element: etree._Element) -> etree._Element | None:
    return next(element.iter(f"{A}off"), None)


def _description(element: etree._Element) -> Iterator[str]:
    text = drawing.description(element.find(f"*/{P}cNvPr"))
    if text:
        yield text
