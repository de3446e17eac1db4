"""The text of what stands on a slide or on its notes page, in the order in which people read it.

Whatever has paragraphs is read, also in containers that are not known here; what is only for show is passed
over. Nothing here calls itself: groups may be nested as deep as markup may be.

Source: ISO/IEC 29500-1, 19.3.1 (slides); [MS-PPTX] 2.2 (content parts); [MS-ODRAWXML].
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from ingest.extractors import drawing, markup
from ingest.extractors.charts import chart_lines
from ingest.extractors.diagrams import diagram_lines, drawing_relationship, drawn_lines
from ingest.extractors.drawing import CX, DGM, A, C, R
from ingest.extractors.embedded import EmbeddedFiles, EmbeddedText
from ingest.extractors.ink import ink_lines
from ingest.extractors.parts import Part, Parts
from ingest.extractors.pptxplaces import (
    SHAPES,
    Box,
    Layout,
    P,
    around,
    box_of,
    in_order,
    kind_of,
    placeholder_of,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_GROUPS = frozenset(("spTree", "grpSp", "wgp", "wpc"))
_FOR_SHOW = frozenset(
    (
        *(f"{P}{name}" for name in ("nvPr", "cNvSpPr", "cNvPicPr", "cNvCxnSpPr", "cNvGrpSpPr", "spPr")),
        *(f"{P}{name}" for name in ("cNvGraphicFramePr", "grpSpPr", "style", "xfrm")),
        *(f"{P}{name}" for name in ("blipFill", "timing", "transition", "clrMapOvr", "bg")),
        *(f"{A}{name}" for name in ("bodyPr", "lstStyle", "xfrm")),
    )
)
"""Elements without text of their own; outlines among them have thousands of points."""

_ONCE = frozenset(("ftr", "hdr", "dt"))
"""Placeholders that stand on every slide and are read where they say something new."""

_OBJECTS = ("package", "oleObject")


_NOWHERE = Box()
_BELOW = Box(top=10**12)


@dataclass(slots=True)
class Deck:
    """What is kept while the slides are read, one after the other."""

    parts: Parts
    embedded: EmbeddedFiles
    row_height: float
    counts: Counter[str]
    skipped: list[str] = field(default_factory=list)
    footers: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Shown:
    """A shape with text and the height at which it, or the outermost group around it, stands."""

    shape: etree._Element
    top: int


class _Waiting(NamedTuple):
    """An element to be read; `top` is None outside of any shape."""

    element: etree._Element
    row_height: float
    top: int | None = None
    box: Box = _NOWHERE


class Shapes:
    """Reads the shapes of one part.

    `spoken` says whether any text was read that is no header or footer; `shown` are the shapes with text, in
    reading order; `notes` what embedded files hold that they do not show.
    """

    def __init__(self, deck: Deck, part: str, place: str, layout: Callable[[], Layout]) -> None:
        """`place` names the part to people: "slide 3"; `layout` is asked for what shapes leave open."""
        self.spoken = False
        self.shown: list[Shown] = []
        self.notes: list[str] = []
        self._deck = deck
        self._part = part
        self._place = place
        self._layout = layout
        self._met: set[str] = set()
        self._read: set[str] = set()

    def lines(self, root: etree._Element, title: etree._Element | None = None) -> Iterator[str]:
        """Yield all text under `root`, but that of `title`, of which only what it is said to show is read."""
        waiting = [_Waiting(root, self._deck.row_height)]
        while waiting:
            current = waiting.pop()
            element = current.element
            tag = element.tag
            read = _READERS.get(tag)
            if read is not None:
                for line in read(self, element):
                    self.spoken = True
                    yield line
                if tag != f"{P}oleObj":
                    continue
            name = tag.rpartition("}")[2]
            if name in ("cNvPr", "docPr"):
                if text := drawing.description(element):
                    yield text
            elif name in _GROUPS:
                waiting += reversed(self._in_order(current, name))
            elif tag == f"{P}sp":
                yield from self._shape(current, title, waiting)
            else:
                if tag == f"{P}pic":
                    self._deck.counts["pictures"] += 1
                if tag == f"{P}control":
                    self._deck.counts["form controls"] += 1
                if name == "contentPart":
                    yield from self._ink(element)
                waiting += _below(current)

    def objects(self) -> Iterator[str]:
        """Yield the text of embedded files that no shape shows."""
        for identifier, relationship in self._deck.parts.relations(self._part).items():
            if relationship.kind in _OBJECTS and identifier not in self._met:
                yield from self._embedded(identifier)

    def _in_order(self, current: _Waiting, name: str) -> list[_Waiting]:
        """Return what is in a group: what belongs to it, its shapes in reading order, anything else."""
        if name != "spTree":
            self._deck.counts["groups"] += 1
        before: list[etree._Element] = []
        shapes: list[etree._Element] = []
        after: list[etree._Element] = []
        for child in current.element:
            if markup.local_name(child) in SHAPES:
                shapes.append(child)
            elif _is_read(child):
                (after if shapes else before).append(child)
        boxes = self._boxes(shapes)
        row_height = current.row_height / current.box.scale
        ordered = in_order(shapes, boxes, current.box, row_height)
        return [
            *(_Waiting(child, row_height, current.top) for child in before),
            *(
                _Waiting(
                    shapes[number],
                    row_height,
                    boxes[number].top if current.top is None else current.top,
                    boxes[number],
                )
                for number in ordered
            ),
            *(_Waiting(child, row_height, current.top) for child in after),
        ]

    def _boxes(self, shapes: list[etree._Element]) -> list[Box]:
        """Return the places of shapes: their own, else what the layout says, else that of what is in them."""
        boxes = [box_of(shape) for shape in shapes]
        inheriting: list[int] = []
        beside = len(shapes)
        for number, shape in enumerate(shapes):
            box = boxes[number]
            if markup.local_name(shape) in _GROUPS:
                if box is None or not (box.width or box.height):
                    boxes[number] = around(shape)
            elif box is None and (placeholder := placeholder_of(shape)) is not None:
                kind = kind_of(placeholder)
                if kind == "body":
                    inheriting.append(number)
                else:  # the title is read first wherever it is, and the others are at the foot of the slide
                    boxes[number] = _NOWHERE if kind == "title" else _BELOW
                    beside -= 1
        if beside > 1:
            for number in inheriting:
                boxes[number] = self._layout().box(shapes[number])
        return [box or _NOWHERE for box in boxes]

    def _shape(
        self, current: _Waiting, title: etree._Element | None, waiting: list[_Waiting]
    ) -> Iterator[str]:
        """Read a shape; of slide numbers never, of headers and footers only what is new."""
        element = current.element
        placeholder = placeholder_of(element)
        kind = "" if placeholder is None else placeholder.get("type", "")
        below = _below(current)
        if element is title or kind == "sldNum" or kind in _ONCE:
            below = below[-1:]
        else:
            self.shown.append(Shown(element, current.top or 0))
        waiting += below
        if kind in _ONCE:
            for line in drawing.paragraphs(element):
                if line not in self._deck.footers:
                    self._deck.footers.add(line)
                    yield line

    def _table(self, element: etree._Element) -> Iterator[str]:
        self._deck.counts["tables"] += 1
        return drawing.table_rows(element)

    def _chart(self, element: etree._Element) -> Iterator[str]:
        """Yield the text of a chart and of what is drawn over it; the workbook beside it is left alone."""
        target = self._target(element.get(f"{R}id", ""))
        self._deck.counts["charts"] += 1
        if self._is_again(target):
            return
        chart = self._related(target)
        if chart is None or not chart.is_whole:
            self._damaged()
        if chart is None:
            return
        yield from chart_lines(chart.root)
        for name in self._deck.parts.related(target, "chartUserShapes"):
            over = self._related(name)
            if over is None or not over.is_whole:
                self._damaged()
            if over is not None:
                yield from drawing.paragraphs(over.root)

    def _diagram(self, element: etree._Element) -> Iterator[str]:
        """Yield the text of a SmartArt's model; of its drawing where the model has none or is damaged."""
        target = self._target(element.get(f"{R}dm", ""))
        self._deck.counts["diagrams"] += 1
        if self._is_again(target):
            return
        model = self._related(target)
        lines = [] if model is None else list(diagram_lines(model.root))
        if model is None or not model.is_whole or not lines:
            drawn = self._related(self._drawing(model))
            if drawn is not None:
                shown = list(drawn_lines(drawn.root))
                lines = shown if len(shown) > len(lines) else lines
            if (model is None or not model.is_whole) and (drawn is None or not drawn.is_whole):
                self._damaged()
        yield from lines

    def _drawing(self, model: Part | None) -> str:
        named = "" if model is None else self._target(drawing_relationship(model.root))
        drawings = list(self._deck.parts.related(self._part, "diagramDrawing"))
        return named or (drawings[0] if len(drawings) == 1 else "")

    def _ink(self, element: etree._Element) -> Iterator[str]:
        target = self._target(element.get(f"{R}id", ""))
        content = None if self._is_again(target) else self._related(target)
        if content is not None:
            self._deck.counts["ink"] += 1
            for line in ink_lines(content.root):
                self.spoken = True
                yield line

    def _object(self, element: etree._Element) -> Iterator[str]:
        return self._embedded(element.get(f"{R}id", ""))

    def _embedded(self, identifier: str) -> Iterator[str]:
        relationship = self._deck.parts.relations(self._part).get(identifier)
        if relationship is None or relationship.external or identifier in self._met:
            return
        self._met.add(identifier)
        found: EmbeddedText = self._deck.embedded.read(relationship.target)
        self.notes += found.notes
        yield from found.lines

    def _word_paragraph(self, element: etree._Element) -> Iterator[str]:
        text = "".join(each.text or "" for each in element.iter(f"{_W}t"))
        if text.strip():
            yield text

    def _paragraph(self, element: etree._Element) -> Iterator[str]:
        return drawing.paragraphs(element)

    def _is_again(self, target: str) -> bool:
        """Say whether a part was read for this slide already: what it says stands there."""
        known = target in self._read
        if target:
            self._read.add(target)
        return known

    def _target(self, identifier: str) -> str:
        relationship = self._deck.parts.relations(self._part).get(identifier)
        return "" if relationship is None or relationship.external else relationship.target

    def _related(self, name: str) -> Part | None:
        part = self._deck.parts.read(name)
        if part is not None:
            drawing.choose_alternatives(part.root)
        return part

    def _damaged(self) -> None:
        self._deck.skipped.append(f"A chart or SmartArt drawing of {self._place} is damaged.")


def _below(current: _Waiting) -> list[_Waiting]:
    """Return what an element holds that may have text, the last first."""
    return [
        _Waiting(child, current.row_height, current.top)
        for child in current.element.iterchildren(reversed=True)
        if _is_read(child)
    ]


def _is_read(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag not in _FOR_SHOW


_READERS: dict[str, Callable[[Shapes, etree._Element], Iterator[str]]] = {
    f"{A}p": Shapes._paragraph,
    f"{_W}p": Shapes._word_paragraph,
    f"{A}tbl": Shapes._table,
    f"{C}chart": Shapes._chart,
    f"{CX}chart": Shapes._chart,
    f"{DGM}relIds": Shapes._diagram,
    f"{P}oleObj": Shapes._object,
}
