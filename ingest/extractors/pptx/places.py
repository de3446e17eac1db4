"""Where shapes stand on a slide and how large their text is, by themselves or as their layout says.

Source: ISO/IEC 29500-1, 19.3.1.36 (placeholders), 20.1.7 (transforms), 21.1.2.4.12 (list styles).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import pi
from typing import NamedTuple

from lxml import etree

from ingest.extractors import markup
from ingest.extractors.drawing import A
from ingest.extractors.order import Placed, reading_order

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

SHAPES = frozenset(("sp", "grpSp", "graphicFrame", "pic", "cxnSp", "contentPart", "wsp", "wgp"))
"""What stands on a slide or in a group, by the last part of its name."""

_NV_PR, _PH = f"{P}nvPr", f"{P}ph"
_TRANSFORMS = ("xfrm", "spPr", "grpSpPr")
_USUAL_SIZE = 1800
"""Hundredths of a point; what text has where nothing says otherwise."""

_HALF_TURN = 10_800_000
"""In the measure of angles, 60,000ths of a degree."""

_TOO_FAR = 10**12
"""No place on a slide is that far away, and no number with that many digits is of use."""

_TRUE = ("1", "true")
_STYLES = {"title": "titleStyle", "body": "bodyStyle"}


class Box(NamedTuple):
    """The place of a shape and, where it is a group, that of what is in it, in its own measure.

    `turn` is how far it is turned around its middle, in radians.
    """

    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0
    inner_height: int = 0
    flips_sides: bool = False
    flips_over: bool = False
    turn: float = 0.0

    @property
    def scale(self) -> float:
        """How much larger the things in a group are drawn than they say."""
        return self.height / self.inner_height if self.height > 0 and self.inner_height > 0 else 1.0


def box_of(shape: etree._Element) -> Box | None:
    """Return the place that a shape has by itself; None where it has none."""
    for child in shape:
        name = markup.local_name(child)
        if name in _TRANSFORMS:
            transform = child if name == "xfrm" else child.find(f"{A}xfrm")
            return None if transform is None else _box(transform)
    return None


def _box(transform: etree._Element) -> Box | None:
    place = size = inner = None
    for child in transform:
        name = markup.local_name(child)
        if name == "off":
            place = child
        elif name == "ext":
            size = child
        elif name == "chExt":
            inner = child
    if place is None:
        return None
    turn = _number(transform, "rot") % (2 * _HALF_TURN) if transform.get("rot") else 0
    turned = turn == _HALF_TURN
    return Box(
        _number(place, "x"),
        _number(place, "y"),
        _number(size, "cx"),
        _number(size, "cy"),
        _number(inner, "cy"),
        (transform.get("flipH") in _TRUE) != turned,
        (transform.get("flipV") in _TRUE) != turned,
        turn * pi / _HALF_TURN,
    )


def _number(element: etree._Element | None, name: str) -> int:
    try:
        number = 0 if element is None else int(element.get(name, "0"))
    except ValueError:
        return 0
    return number if abs(number) < _TOO_FAR else 0


def placeholder_of(shape: etree._Element) -> etree._Element | None:
    """Return what says that a shape fills a place of its layout."""
    for about in shape:
        for properties in about:
            if properties.tag == _NV_PR:
                return next(properties.iterchildren(_PH), None)
        return None
    return None


class Layout:
    """The placeholders of a layout and of its master, which say what a slide leaves open."""

    def __init__(self, *sheets: etree._Element) -> None:
        """Take layout and master, in this order; either may be missing."""
        self._sheets = sheets
        self._boxes: dict[tuple[str, str], Box | None] = {}
        self._levels: dict[tuple[str, str, int], tuple[etree._Element, ...]] = {}
        self._placeholders = [
            [
                (shape, placeholder)
                for shape in sheet.iterfind(f"{P}cSld/{P}spTree/*")
                if (placeholder := placeholder_of(shape)) is not None
            ]
            for sheet in sheets
        ]

    def box(self, shape: etree._Element) -> Box | None:
        """Return the place of a placeholder that has none by itself."""
        placeholder = placeholder_of(shape)
        if placeholder is None:
            return None
        key = _index(placeholder), kind_of(placeholder)
        if key not in self._boxes:
            places = (box_of(each) for each in self._inherited(shape))
            self._boxes[key] = next((box for box in places if box is not None), None)
        return self._boxes[key]

    def size(self, shape: etree._Element) -> int:
        """Return how large the text of a shape is that does not say so itself."""
        for each in self._inherited(shape):
            if size := _listed_size(each):
                return size
        placeholder = placeholder_of(shape)
        if placeholder is None:
            return _USUAL_SIZE
        style = _STYLES.get(kind_of(placeholder), "bodyStyle")
        for sheet in self._sheets:
            for properties in sheet.iterfind(f"{P}txStyles/{P}{style}/{A}lvl1pPr/{A}defRPr"):
                return _number(properties, "sz") or _USUAL_SIZE
        return _USUAL_SIZE

    def levels(self, shape: etree._Element, level: int) -> tuple[etree._Element, ...]:
        """Return what is said of a level, from 0, of the text of a placeholder, the nearest first."""
        placeholder = placeholder_of(shape)
        if placeholder is None:
            return ()
        key = _index(placeholder), kind_of(placeholder), level
        if key not in self._levels:
            properties = f"{A}lvl{level + 1}pPr"
            style = f"{P}txStyles/{P}{_STYLES.get(kind_of(placeholder), 'otherStyle')}/{properties}"
            nearer = (each.find(f"{P}txBody/{A}lstStyle/{properties}") for each in self._inherited(shape))
            farther = (sheet.find(style) for sheet in self._sheets)
            self._levels[key] = tuple(each for each in (*nearer, *farther) if each is not None)
        return self._levels[key]

    def _inherited(self, shape: etree._Element) -> Iterator[etree._Element]:
        placeholder = placeholder_of(shape)
        if placeholder is None:
            return
        for number, known in enumerate(self._placeholders):
            same = [shape for shape, found in known if kind_of(found) == kind_of(placeholder)]
            if not number:
                same = [shape for shape, found in known if _index(found) == _index(placeholder)] or same
            yield from same


def kind_of(placeholder: etree._Element) -> str:
    """Return "title", "body", or what is on every slide: "dt", "ftr", "hdr", "sldNum"."""
    kind = placeholder.get("type", "body")
    if kind in ("title", "ctrTitle"):
        return "title"
    return kind if kind in ("dt", "ftr", "hdr", "sldNum") else "body"


def _index(placeholder: etree._Element) -> str:
    return placeholder.get("idx", "0")


def text_size(shape: etree._Element, layout: Callable[[], Layout]) -> int:
    """Return how large the first paragraph with text of a shape is, in hundredths of a point."""
    paragraph = next(
        (
            each
            for each in shape.iter(f"{A}p")
            if any((text.text or "").strip() for text in each.iter(f"{A}t"))
        ),
        None,
    )
    if paragraph is None:
        return 0
    size = max((_number(run, "sz") for run in paragraph.iter(f"{A}rPr")), default=0)
    shrunk = next((_number(fit, "fontScale") for fit in shape.iter(f"{A}normAutofit")), 0)
    return (size or _listed_size(shape) or layout().size(shape)) * (shrunk or 100_000) // 100_000


def _listed_size(shape: etree._Element) -> int:
    properties = shape.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr/{A}defRPr")
    return 0 if properties is None else _number(properties, "sz")


def in_order(shapes: list[etree._Element], boxes: list[Box], group: Box, row_height: float) -> list[int]:
    """Return the numbers of shapes in reading order; `group` says how what holds them is turned."""
    placed = (
        Placed(
            -(box.top + box.height) if group.flips_over else box.top,
            -(box.left + box.width) if group.flips_sides else box.left,
            number,
        )
        for number, box in enumerate(boxes)
    )
    return reading_order(placed, row_height)


def around(group: etree._Element) -> Box:
    """Return the place of a group that has none by itself: the first corner of what is in it."""
    placed = (box_of(child) for child in group if markup.local_name(child) in SHAPES)
    boxes = [box for box in placed if box is not None]
    return Box(min((box.left for box in boxes), default=0), min((box.top for box in boxes), default=0))
