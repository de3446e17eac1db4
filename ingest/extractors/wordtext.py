"""The text of WordprocessingML, in the order a reader meets it.

Read: paragraphs, tables at any depth, content controls, text boxes and drawings where they are anchored,
footnotes and endnotes after their paragraph, results of fields, insertions. Not read: deletions, the numbers
of numbered lists, pictures of symbols.

Source: ISO/IEC 29500-1, 17.3 (paragraphs), 17.4 (tables), 17.11 (notes), 17.13 (annotations).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from lxml import etree

from ingest.extractors import drawing
from ingest.extractors.charts import chart_lines
from ingest.extractors.diagrams import diagram_lines
from ingest.extractors.drawing import CX, DGM, A, C, M, R
from ingest.extractors.flow import Block

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"

PartReader: TypeAlias = Callable[[etree._Element], Iterator[str]]
PartLines: TypeAlias = Callable[[str, PartReader], list[str] | None]
"""Read the part behind a relationship; None where it cannot be read."""

_LEFT_OUT = frozenset(
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "pPr",
        "rPr",
        "tblPr",
        "trPr",
        "tcPr",
        "tblGrid",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
    )
)
"""Elements whose content is no text of the document."""

_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_OFF = ("0", "false", "off")


class Story:
    """Reads containers of paragraphs; what was met is in `counts`, what was not read in `skipped`."""

    def __init__(self, heading_styles: frozenset[str], part_lines: PartLines) -> None:
        self.footnotes: Mapping[str, etree._Element] = {}
        self.endnotes: Mapping[str, etree._Element] = {}
        self.comments: Mapping[str, etree._Element] = {}
        self.counts: Counter[str] = Counter()
        self.skipped: list[str] = []
        self._heading_styles = heading_styles
        self._part_lines = part_lines
        self._page_break = False

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """Yield the paragraphs and table rows of a body, cell, text box, header or note, in order."""
        for element in container:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self.counts["tables"] += 1
                yield from self._rows(element)
            elif element.tag == f"{W}altChunk":
                self.skipped.append("A file inserted as a whole was not read.")
            elif element.tag not in _LEFT_OUT:
                yield from self.blocks(element)

    def text(self, container: etree._Element, separator: str = "\n") -> str:
        """Return the text of a container in one piece."""
        return separator.join(block.text for block in self.blocks(container) if block.text)

    def _rows(self, table: etree._Element) -> Iterator[Block]:
        """Yield one block a row, its cells divided by tabs."""
        for element in table:
            if element.tag == f"{W}tr":
                blocks = [list(self.blocks(cell)) for cell in _cells(element)]
                cells = [" ".join(block.text for block in cell if block.text) for cell in blocks]
                notes = "\n".join(block.notes for cell in blocks for block in cell if block.notes)
                starts_page = any(block.starts_page for cell in blocks for block in cell)
                yield Block("\t".join(cells).rstrip("\t"), starts_page=starts_page, notes=notes)
            elif element.tag not in _LEFT_OUT:
                yield from self._rows(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        paragraph = _Paragraph(starts_page=self._page_break)
        self._page_break = False
        properties = element.find(f"{W}pPr")
        if properties is not None:
            paragraph.starts_page |= _is_on(properties.find(f"{W}pageBreakBefore"))
            section = properties.find(f"{W}sectPr")
            if section is not None:
                kind = section.find(f"{W}type")
                self._page_break = kind is None or kind.get(f"{W}val") not in ("continuous", "nextColumn")
        self._inline(element, paragraph)
        self._page_break |= paragraph.ends_page
        text = "".join(paragraph.pieces)
        notes = [self.text(self.comments[number]) for number in paragraph.comments if number in self.comments]
        yield Block(text, self._is_heading(properties), paragraph.starts_page, "\n".join(notes))
        for box in paragraph.boxes:
            self.counts["text boxes"] += 1
            yield from self.blocks(box)
        for line in paragraph.lines:
            yield Block(line)
        for note in paragraph.notes:
            self.counts["footnotes"] += 1
            yield from self.blocks(note)

    def _is_heading(self, properties: etree._Element | None) -> bool:
        if properties is None:
            return False
        style, level = properties.find(f"{W}pStyle"), properties.find(f"{W}outlineLvl")
        return (style is not None and style.get(f"{W}val") in self._heading_styles) or (
            level is not None and level.get(f"{W}val", "9") < "9"
        )

    def _inline(self, element: etree._Element, paragraph: _Paragraph) -> None:
        """Collect what stands inside a paragraph."""
        for child in element:
            tag = child.tag
            if tag in (f"{W}t", f"{M}t"):
                paragraph.pieces.append(child.text or "")
            elif tag in _CHARACTERS:
                paragraph.pieces.append(_CHARACTERS[tag])
            elif tag == f"{W}lastRenderedPageBreak" or (tag == f"{W}br" and child.get(f"{W}type") == "page"):
                paragraph.break_page()
            elif tag == f"{W}br":
                paragraph.pieces.append("\n")
            elif tag == f"{W}footnoteReference":
                paragraph.add(paragraph.notes, self.footnotes, child)
            elif tag == f"{W}endnoteReference":
                paragraph.add(paragraph.notes, self.endnotes, child)
            elif tag == f"{W}commentReference":
                paragraph.comments.append(child.get(f"{W}id", ""))
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._drawing(child, paragraph)
            elif tag not in _LEFT_OUT:
                self._inline(child, paragraph)

    def _drawing(self, element: etree._Element, paragraph: _Paragraph) -> None:
        """Collect text boxes, alternative text, charts and SmartArt of a drawing in either markup."""
        for child in element.iter():
            tag = child.tag
            if tag == f"{W}txbxContent":
                if not any(parent.tag == tag for parent in child.iterancestors() if parent is not None):
                    paragraph.boxes.append(child)
            elif tag == f"{_WP}docPr":
                paragraph.add_line(drawing.description(child))
            elif tag == f"{A}blip" or tag == f"{_V}imagedata":
                self.counts["pictures"] += 1
                paragraph.add_line(child.get(f"{_O}title", "") if tag == f"{_V}imagedata" else "")
            elif tag == f"{_V}textpath":
                paragraph.add_line(child.get("string", ""))
            elif tag == f"{A}p":
                paragraph.lines += drawing.paragraphs(child)
            elif tag in (f"{C}chart", f"{CX}chart") and child.get(f"{R}id"):
                self.counts["charts"] += 1
                self._part(child.get(f"{R}id", ""), chart_lines, paragraph)
            elif tag == f"{DGM}relIds":
                self.counts["diagrams"] += 1
                self._part(child.get(f"{R}dm", ""), diagram_lines, paragraph)

    def _part(self, relationship: str, reader: PartReader, paragraph: _Paragraph) -> None:
        lines = self._part_lines(relationship, reader)
        if lines is None:
            self.skipped.append("A chart or SmartArt drawing is damaged.")
        else:
            paragraph.lines += lines


class _Paragraph:
    """A paragraph being read: its text, and what is anchored in it."""

    def __init__(self, starts_page: bool) -> None:
        self.starts_page = starts_page
        self.ends_page = False
        self.pieces: list[str] = []
        self.lines: list[str] = []
        self.boxes: list[etree._Element] = []
        self.notes: list[etree._Element] = []
        self.comments: list[str] = []

    def break_page(self) -> None:
        """Note a page break: before this paragraph where it has no text yet, else before the next."""
        if any(piece.strip() for piece in self.pieces):
            self.ends_page = True
        else:
            self.starts_page = True

    def add(
        self, notes: list[etree._Element], known: Mapping[str, etree._Element], reference: etree._Element
    ) -> None:
        note = known.get(reference.get(f"{W}id", ""))
        if note is not None:
            notes.append(note)

    def add_line(self, line: str) -> None:
        if line.strip() and line not in self.lines:
            self.lines.append(line)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag not in _LEFT_OUT:
            yield from _cells(element)


def _is_on(toggle: etree._Element | None) -> bool:
    return toggle is not None and toggle.get(f"{W}val") not in _OFF
