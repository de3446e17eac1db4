"""Shapes that belong to a slide and are not shown: those whose eye is closed, and those that stand beside it.

Titles beside the slide stay what they are: programs put them there for whoever has slides read aloud.

Source: ISO/IEC 29500-1, 19.2.1.36 (sldSz), 19.5.4 (animMotion), 20.1.2.2.8 (cNvPr, hidden).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import cos, sin
from typing import NamedTuple

from lxml import etree

from ingest.extractors import markup
from ingest.extractors.pptx.places import SHAPES, Box, P, box_of, kind_of, placeholder_of

_TRUE = ("1", "true")


class Size(NamedTuple):
    """How large the slides of a deck are."""

    width: int
    height: int


def take_out_hidden(root: etree._Element, size: Size) -> list[etree._Element]:
    """Take the shapes that are not shown off a slide and return them, with all that is in them."""
    found = []
    for shape in (*_closed(root), *_beside(root, size)):
        parent = shape.getparent()
        if parent is not None:
            parent.remove(shape)
            found.append(shape)
    return found


def _closed(root: etree._Element) -> Iterator[etree._Element]:
    for properties in list(root.iter("{*}cNvPr")):
        if properties.get("hidden") in _TRUE:
            around = (each for each in properties.iterancestors() if markup.local_name(each) in SHAPES)
            yield from islice(around, 1)


def _beside(root: etree._Element, size: Size) -> Iterator[etree._Element]:
    """Yield the shapes no part of which is on the slide, unless they move."""
    tree = root.find(f"{P}cSld/{P}spTree")
    shapes = [] if tree is None else [each for each in tree if markup.local_name(each) in SHAPES]
    outside = [each for each in shapes if (box := box_of(each)) is not None and _is_outside(box, size)]
    if not outside:
        return
    moving = {
        target.get("spid") for motion in root.iter(f"{P}animMotion") for target in motion.iter(f"{P}spTgt")
    }
    for shape in outside:
        placeholder = placeholder_of(shape)
        is_title = placeholder is not None and kind_of(placeholder) == "title"
        if not is_title and moving.isdisjoint(each.get("id") for each in shape.iter(f"{P}cNvPr")):
            yield shape


def _is_outside(box: Box, size: Size) -> bool:
    """Say whether no part of a box is on the slide, as it is turned."""
    if box.width <= 0 and box.height <= 0:
        return False
    sine, cosine = abs(sin(box.turn)), abs(cos(box.turn))
    right, down = box.left + box.width / 2, box.top + box.height / 2
    across = (box.width * cosine + box.height * sine) / 2
    along = (box.width * sine + box.height * cosine) / 2
    return not (-across < right < size.width + across and -along < down < size.height + along)
