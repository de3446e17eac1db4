"""Shapes of a slide that nobody sees: those whose eye is closed, and those no part of which is on the slide.

Titles, and what moves, count as seen wherever they stand. For measuring only.

Source: ISO/IEC 29500-1, 19.2.1.36 (sldSz), 19.5.4 (animMotion), 20.1.2.2.8 (cNvPr), 20.1.7.6 (xfrm).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import cos, radians, sin
from typing import NamedTuple

from lxml import etree

from bench.support.ooxml import above, named, tag

_SHAPES = ("p:sp", "p:grpSp", "p:graphicFrame", "p:pic", "p:cxnSp", "p:contentPart")
_TURN_PARTS = 60_000
"""Of a degree."""


class SlideSize(NamedTuple):
    """How large the slides of a presentation are."""

    width: int
    height: int


def slide_size(presentation: etree._Element) -> SlideSize:
    """Return the size that a presentation gives to its slides."""
    element = next(named(presentation, "p:sldSz"), None)
    return SlideSize(_number(element, "cx") or 9_144_000, _number(element, "cy") or 6_858_000)


def take_unseen(slide: etree._Element, size: SlideSize) -> list[etree._Element]:
    """Take the shapes that nobody sees off a slide, and return them."""
    unseen = list(dict.fromkeys((*_closed(slide), *_beside(slide, size))))
    for shape in unseen:
        parent = shape.getparent()
        if parent is not None:
            parent.remove(shape)
    return unseen


def _closed(slide: etree._Element) -> Iterator[etree._Element]:
    for about in named(slide, "p:cNvPr"):
        shape = above(about, *_SHAPES)
        if shape is not None and about.get("hidden") in ("1", "true"):
            yield shape


def _beside(slide: etree._Element, size: SlideSize) -> Iterator[etree._Element]:
    moving = {
        target.get("spid") for motion in named(slide, "p:animMotion") for target in named(motion, "p:spTgt")
    }
    for shape in named(slide, *_SHAPES):
        holder = above(shape, *_SHAPES, "p:spTree")
        if holder is not None and tag(holder) == "p:spTree" and _is_off(shape, size):
            is_title = any(each.get("type") in ("title", "ctrTitle") for each in named(shape, "p:ph"))
            if not is_title and moving.isdisjoint(each.get("id") for each in named(shape, "p:cNvPr")):
                yield shape


def _is_off(shape: etree._Element, size: SlideSize) -> bool:
    """Tell whether all corners of a shape are beyond one edge of the slide."""
    own = [each for child in shape for each in (child, *child) if tag(each) in ("a:xfrm", "p:xfrm")]
    place = next((each for transform in own for each in transform if tag(each) == "a:off"), None)
    extent = next((each for transform in own for each in transform if tag(each) == "a:ext"), None)
    if place is None:
        return False
    across, along = _number(extent, "cx") / 2, _number(extent, "cy") / 2
    middle_x, middle_y = _number(place, "x") + across, _number(place, "y") + along
    turn = radians(_number(own[0], "rot") / _TURN_PARTS)
    corners = [(x, y) for x in (-across, across) for y in (-along, along)]
    xs = [middle_x + x * cos(turn) - y * sin(turn) for x, y in corners]
    ys = [middle_y + x * sin(turn) + y * cos(turn) for x, y in corners]
    has_size = across > 0 or along > 0
    return has_size and (max(xs) <= 0 or min(xs) >= size.width or max(ys) <= 0 or min(ys) >= size.height)


def _number(element: etree._Element | None, name: str) -> int:
    found = None if element is None else re.fullmatch(r"-?[0-9]{1,12}", element.get(name, ""))
    return int(found[0]) if found else 0
