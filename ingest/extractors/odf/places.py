"""Where shapes of OpenDocument stand on their page.

Source: OASIS OpenDocument 1.3 part 3, 19.570 (svg:x), 19.228 (draw:transform), 18.3.18 (lengths).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from lxml import etree

from ingest.extractors.odf.names import DRAW, SVG
from ingest.extractors.order import Placed, reading_order

_LENGTH = re.compile(r"(-?[\d.]{1,20})(cm|mm|in|inch|pt|pc|px)?")
_CENTIMETRES = {
    "cm": 1.0,
    "mm": 0.1,
    "in": 2.54,
    "inch": 2.54,
    "pt": 2.54 / 72,
    "pc": 2.54 / 6,
    "px": 2.54 / 96,
}
_TRANSLATE = re.compile(r"translate\s*\(\s*([^\s,()]+)[\s,]*([^\s,()]*)\s*\)")
_ROW_CENTIMETRES = 0.6
_DEEPEST = 8
_CHILDREN = 200
"""So deep, and so many shapes of a group, are asked where they stand."""


def in_reading_order(shapes: Iterable[etree._Element]) -> list[etree._Element]:
    """Order the shapes of a slide or group by where they stand."""
    return reading_order((Placed(*place(shape), shape) for shape in shapes), _ROW_CENTIMETRES)


def place(shape: etree._Element, depth: int = 0) -> tuple[float, float]:
    """Return how far from top and left a shape begins, in centimetres; of a group, its first shape."""
    moved = _TRANSLATE.findall(shape.get(f"{DRAW}transform", ""))
    x = shape.get(f"{SVG}x") or shape.get(f"{SVG}x1")
    y = shape.get(f"{SVG}y") or shape.get(f"{SVG}y1")
    if shape.tag in (f"{DRAW}g", f"{DRAW}a") and x is None and len(shape) and not moved:
        if depth > _DEEPEST:
            return 0.0, 0.0
        places = [place(child, depth + 1) for child in islice(shape, _CHILDREN) if _is_placed(child)]
        return (min(each[0] for each in places), min(each[1] for each in places)) if places else (0.0, 0.0)
    top, left = centimetres(y), centimetres(x)
    for by_x, by_y in moved:
        top, left = top + centimetres(by_y), left + centimetres(by_x)
    return top, left


def _is_placed(shape: etree._Element) -> bool:
    return isinstance(shape.tag, str) and shape.tag.startswith(DRAW)


def centimetres(length: str | None) -> float:
    """Return a length in centimetres; 0 where it is none."""
    match = _LENGTH.fullmatch(length or "")
    try:
        return float(match[1]) * _CENTIMETRES[match[2] or "cm"] if match else 0.0
    except ValueError:
        return 0.0
