"""The text of what stands on a slide or on its notes page, in the order in which people read it.

Whatever has paragraphs is read, also in containers that are not known here; what is only for show is passed
over. Nothing here calls itself: groups may be nested as deep as markup may be.

Source: ISO/IEC 29500-1, 19.3.1 (slides); [MS-PPTX] 2.2 (content parts); [MS-ODRAWXML].
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from ingest.extractors import drawing, markup
from ingest.extractors.drawing import CX, DGM, A, C
from ingest.extractors.pptx.beside import Beside, Deck
from ingest.extractors.pptx.places import (
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

_SHAPE, _PICTURE, _CONTROL, _OBJECT = f"{P}sp", f"{P}pic", f"{P}control", f"{P}oleObj"
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

_ONCE = frozenset(("ftr", "hdr", "dt", "sldNum"))
"""Placeholders that stand on every slide and are read where they say something new."""

_NUMBER = re.compile(
    r"(?:[\W\d_]|seite|folie|blatt|page|slide|sheet|страница|стр|слайд|лист|von|of|из)*", re.IGNORECASE
)
"""Says which slide it is, and nothing else."""

_NOWHERE = Box()
_BELOW = Box(top=10**12)


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
    reading order.
    """

    def __init__(
        self, deck: Deck, part: str, place: str, layout: Callable[[], Layout], *, is_shown: bool = True
    ) -> None:
        """`place` names the part to people: "slide 3"; `layout` is asked for what shapes leave open.

        Where what is read is not shown, it says no header or footer for the slides that are.
        """
        self.is_shown = is_shown
        self.spoken = False
        self.shown: list[Shown] = []
        self.beside = Beside(deck, part, place)
        self._deck = deck
        self._layout = layout

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
                if tag != _OBJECT:
                    continue
            name = tag.rpartition("}")[2]
            if name in ("cNvPr", "docPr"):
                if text := drawing.description(element):
                    yield text
            elif name in _GROUPS:
                waiting += reversed(self._in_order(current, name))
            elif tag == _SHAPE:
                yield from self._shape(current, title, waiting)
            else:
                if tag == _PICTURE:
                    self._deck.counts["pictures"] += 1
                if tag == _CONTROL:
                    self._deck.counts["form controls"] += 1
                if name == "contentPart":
                    for line in self.beside.ink(element):
                        self.spoken = True
                        yield line
                waiting += _below(current)

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
        """Read a shape; of headers, footers and what stands beside slide numbers only what is new."""
        element = current.element
        placeholder = placeholder_of(element)
        kind = "" if placeholder is None else placeholder.get("type", "")
        below = _below(current)
        if element is title or kind in _ONCE:
            below = below[-1:]
        else:
            self.shown.append(Shown(element, current.top or 0))
        waiting += below
        if kind in _ONCE:
            for line in drawing.paragraphs(element):
                is_number = kind == "sldNum" and _NUMBER.fullmatch(line)
                if line not in self._deck.footers and not is_number:
                    if self.is_shown:
                        self._deck.footers.add(line)
                    yield line

    def _table(self, element: etree._Element) -> Iterator[str]:
        self._deck.counts["tables"] += 1
        return drawing.table_rows(element)

    def _word_paragraph(self, element: etree._Element) -> Iterator[str]:
        text = "".join(each.text or "" for each in element.iter(f"{_W}t"))
        if text.strip():
            yield text

    def _paragraphs(self, element: etree._Element) -> Iterator[str]:
        return drawing.paragraphs(element)


def _below(current: _Waiting) -> list[_Waiting]:
    """Return what an element holds that may have text, the last first."""
    return [
        _Waiting(child, current.row_height, current.top)
        for child in current.element.iterchildren("*", reversed=True)
        if child.tag not in _FOR_SHOW
    ]


def _is_read(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag not in _FOR_SHOW


_READERS: dict[str, Callable[[Shapes, etree._Element], Iterator[str]]] = {
    f"{P}txBody": Shapes._paragraphs,
    f"{A}p": Shapes._paragraphs,
    f"{_W}p": Shapes._word_paragraph,
    f"{A}tbl": Shapes._table,
    f"{C}chart": lambda shapes, element: shapes.beside.chart(element),
    f"{CX}chart": lambda shapes, element: shapes.beside.chart(element),
    f"{DGM}relIds": lambda shapes, element: shapes.beside.diagram(element),
    _OBJECT: lambda shapes, element: shapes.beside.embedded(element),
}
