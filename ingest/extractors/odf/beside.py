"""Shapes that stand wholly beside their slide, which nobody saw who looked at the presentation.

Shapes that are turned or that move are left where they are, and so are titles, which programs put there for
whoever has slides read aloud.

Source: OASIS OpenDocument 1.3 part 3, 17.2 (page layouts), 19.575 (svg:width), 15.4.12 (anim:animateMotion).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from lxml import etree

from ingest.extractors.markup import local_name
from ingest.extractors.odf.names import DRAW, FO, PRESENTATION, STYLE, SVG
from ingest.extractors.odf.places import centimetres, place

_CHILDREN = 200
"""So many shapes of a group are asked where they stand; one of more is taken to be on the slide."""


class Size(NamedTuple):
    """How large a slide is, in centimetres; 0 where that is not known."""

    width: float = 0.0
    height: float = 0.0


def slide_sizes(roots: Iterable[etree._Element]) -> Mapping[str, Size]:
    """Return the size of the slides of each master page, by its name."""
    layouts: dict[str, Size] = {}
    masters: dict[str, str] = {}
    for root in roots:
        for element in root.iter(f"{STYLE}page-layout", f"{STYLE}master-page"):
            name = element.get(f"{STYLE}name", "")
            if element.tag == f"{STYLE}master-page":
                masters[name] = element.get(f"{STYLE}page-layout-name", "")
                continue
            for properties in element.iterchildren(f"{STYLE}page-layout-properties"):
                width, height = (properties.get(f"{FO}page-{each}") for each in ("width", "height"))
                layouts[name] = Size(centimetres(width), centimetres(height))
    return {master: layouts.get(layout, Size()) for master, layout in masters.items()}


def moving(slide: etree._Element) -> frozenset[str]:
    """Return the identifiers of what moves on a slide."""
    return frozenset(
        str(value)
        for element in slide.iter()
        if local_name(element) == "animateMotion"
        for name, value in element.attrib.items()
        if str(name).endswith("}targetElement")
    )


def is_beside(shape: etree._Element, size: Size, moves: frozenset[str]) -> bool:
    """Say whether a shape is nowhere on a slide of this size."""
    if shape.get(f"{PRESENTATION}class") == "title" or not moves.isdisjoint(
        str(value) for name, value in shape.attrib.items() if str(name).endswith("}id")
    ):
        return False
    if shape.tag != f"{DRAW}g":
        return _is_outside(shape, size)
    inside = [each for each in islice(shape, _CHILDREN + 1) if each.get(f"{SVG}width")]
    return (
        len(shape) <= _CHILDREN
        and len(inside) > 0
        and not any(each.tag == f"{DRAW}g" for each in shape)
        and all(_is_outside(each, size) for each in inside)
    )


def _is_outside(shape: etree._Element, size: Size) -> bool:
    width, height = (centimetres(shape.get(f"{SVG}{name}")) for name in ("width", "height"))
    is_placed = None not in (shape.get(f"{SVG}x"), shape.get(f"{SVG}y"))
    if not (is_placed and width and height and all(size)) or shape.get(f"{DRAW}transform"):
        return False
    top, left = place(shape)
    return left + width <= 0 or top + height <= 0 or left >= size.width or top >= size.height
