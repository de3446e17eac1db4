"""The text of OpenDocument markup, in the order a reader meets it.

Source: OASIS OpenDocument 1.3 part 3: 5 (paragraphs), 6.3 (notes), 9 (tables), 10 (shapes), 14 (comments).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.extractors import markup
from ingest.extractors.flow import Block
from ingest.extractors.order import Placed, reading_order

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_CHART = "{urn:oasis:names:tc:opendocument:xmlns:chart:1.0}"
_MATH = "{http://www.w3.org/1998/Math/MathML}"
_XLINK = "{http://www.w3.org/1999/xlink}"

_LEFT_OUT = frozenset(
    (
        f"{TEXT}tracked-changes",
        f"{TEXT}note-citation",
        f"{TEXT}page-number",
        f"{TEXT}script",
        f"{OFFICE}forms",
        f"{OFFICE}scripts",
        f"{OFFICE}binary-data",
        f"{OFFICE}event-listeners",
        f"{TABLE}table-template",
        f"{DRAW}glue-point",
    )
)
"""Elements whose content is no text of the document."""

_NESTED_OBJECTS = 3
_SPACE = re.compile(r"[ \t\r\n]+")
_LENGTH = re.compile(r"(-?[\d.]+)(cm|mm|in|pt|pc|px)?")
_CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6, "px": 2.54 / 96}
_ROW_CENTIMETRES = 0.6


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a paragraph style breaks the page."""

    before: bool
    after: bool


class OdfText:
    """Reads containers of paragraphs and shapes; what was met is in `counts`."""

    def __init__(
        self, embedded: Callable[[str], etree._Element | None], page_breaks: Mapping[str, PageBreak]
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._embedded = embedded
        self._page_breaks = page_breaks
        self._break_next = False
        self._depth = 0

    def blocks(self, container: Iterable[etree._Element]) -> Iterator[Block]:
        """Yield the paragraphs, table rows and shapes' texts of a container, in order."""
        for element in container:
            tag = element.tag
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(element)
            elif tag == f"{TEXT}soft-page-break":
                self._break_next = True
            elif tag == f"{TABLE}table":
                self.counts["tables"] += 1
                yield from self._rows(element)
            elif tag == f"{DRAW}g":
                self.counts["groups"] += 1
                yield from self.blocks(self.in_reading_order(element))
            elif tag in (f"{DRAW}object", f"{DRAW}object-ole"):
                yield from self._object(element)
            elif tag in (f"{_SVG}title", f"{_SVG}desc"):
                yield Block((element.text or "").strip())
            elif tag == f"{OFFICE}annotation":
                yield Block("", notes="\n".join(_flat(element.iter(f"{TEXT}p"))))
            elif tag not in _LEFT_OUT:
                if tag == f"{DRAW}image":
                    self.counts["pictures"] += 1
                yield from self.blocks(element)

    def in_reading_order(self, shapes: Iterable[etree._Element]) -> list[etree._Element]:
        """Order the shapes of a slide or group by where they stand."""
        return reading_order(
            (Placed(_length(shape, "y"), _length(shape, "x"), shape) for shape in shapes), _ROW_CENTIMETRES
        )

    def _rows(self, table: etree._Element) -> Iterator[Block]:
        """Yield one block a row, its cells divided by tabs."""
        for element in table:
            if element.tag == f"{TABLE}table-row":
                cells = [list(self.blocks(cell)) for cell in element]
                line = "\t".join(" ".join(block.text for block in cell if block.text) for cell in cells)
                notes = "\n".join(block.notes for cell in cells for block in cell if block.notes)
                if line.strip() or notes:
                    starts_page = any(block.starts_page for cell in cells for block in cell)
                    yield Block(line.rstrip("\t"), starts_page=starts_page, notes=notes)
            elif markup.local_name(element) in ("shapes", "title", "desc"):
                yield from self.blocks([element])
            elif element.tag not in _LEFT_OUT:
                yield from self._rows(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        page_break = self._page_breaks.get(element.get(f"{TEXT}style-name", ""))
        starts_page = self._break_next or (page_break is not None and page_break.before)
        self._break_next = page_break is not None and page_break.after
        anchored: list[etree._Element] = []
        text = "".join(self._inline(element, anchored)).strip(" ")
        yield Block(text, element.tag == f"{TEXT}h" and bool(text), starts_page)
        for child in anchored:
            if child.tag == f"{TEXT}note":
                self.counts["footnotes"] += 1
            yield from self.blocks([child])

    def _inline(self, element: etree._Element, anchored: list[etree._Element]) -> Iterator[str]:
        """Yield the text in a paragraph; what is only anchored in it is put into `anchored`."""
        yield _SPACE.sub(" ", element.text or "")
        for child in element:
            tag = child.tag
            if tag == f"{TEXT}s":
                yield " "
            elif tag == f"{TEXT}tab":
                yield "\t"
            elif tag == f"{TEXT}line-break":
                yield "\n"
            elif tag == f"{TEXT}soft-page-break":
                self._break_next = True
            elif tag in (f"{TEXT}note", f"{OFFICE}annotation") or (
                isinstance(tag, str) and tag.startswith((DRAW, TABLE)) and tag != f"{DRAW}a"
            ):
                anchored.append(child)
            elif isinstance(tag, str) and tag not in _LEFT_OUT:
                yield from self._inline(child, anchored)
            yield _SPACE.sub(" ", child.tail or "")

    def _object(self, element: etree._Element) -> Iterator[Block]:
        """Yield the text of an embedded chart, formula or document."""
        root = element[0] if len(element) else self._embedded(element.get(f"{_XLINK}href", ""))
        if root is None or self._depth >= _NESTED_OBJECTS or markup.local_name(root) == "binary-data":
            self.counts["embedded files"] += 1
            return
        chart = next(root.iter(f"{_CHART}chart"), None)
        if chart is not None:
            self.counts["charts"] += 1
            yield from (Block(line) for line in _chart_lines(chart))
        elif root.tag == f"{_MATH}math":
            self.counts["formulas"] += 1
            tokens = (
                token.text or ""
                for token in root.iter()
                if markup.local_name(token) in ("mi", "mn", "mo", "mtext")
            )
            yield Block(" ".join(token.strip() for token in tokens if token.strip()))
        else:
            body = root.find(f"{OFFICE}body")
            self._depth += 1
            yield from self.blocks([] if body is None else body)
            self._depth -= 1


def _chart_lines(chart: etree._Element) -> Iterator[str]:
    """Yield the titles, then the names of series and categories, each once."""
    for place in ("title", "subtitle", "footer"):
        for holder in chart.iter(f"{_CHART}{place}"):
            yield from _flat(holder.iter(f"{TEXT}p"))
    names = (
        line
        for cell in chart.iter(f"{TABLE}table-cell")
        if cell.get(f"{OFFICE}value-type") == "string"
        for line in _flat(cell.iter(f"{TEXT}p"))
    )
    yield from dict.fromkeys(names)


def _flat(paragraphs: Iterable[etree._Element]) -> Iterator[str]:
    for paragraph in paragraphs:
        text = _SPACE.sub(" ", "".join(str(piece) for piece in paragraph.itertext())).strip()
        if text:
            yield text


def _length(shape: etree._Element, name: str) -> float:
    """Return a place in centimetres; of a group, that of its first shape."""
    value = shape.get(f"{_SVG}{name}") or shape.get(f"{_SVG}{name}1")
    if value is None and shape.tag == f"{DRAW}g" and len(shape):
        return min(_length(child, name) for child in shape)
    match = _LENGTH.fullmatch(value or "")
    try:
        return float(match[1]) * _CENTIMETRES[match[2] or "cm"] if match else 0.0
    except ValueError:
        return 0.0
