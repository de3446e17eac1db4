"""Shapes that are on a slide and not shown: those whose eye is closed in the list of what is on the slide.

Source: ISO/IEC 29500-1, 20.1.2.2.8 (cNvPr, hidden).
"""

from __future__ import annotations

from lxml import etree

from ingest.extractors import markup
from ingest.extractors.pptx.places import SHAPES

_TRUE = ("1", "true")


def take_out_hidden(root: etree._Element) -> list[etree._Element]:
    """Take the shapes that are hidden off a slide and return them, with all that is in them."""
    found = []
    for properties in list(root.iter("{*}cNvPr")):
        if properties.get("hidden") not in _TRUE:
            continue
        shape = next((each for each in properties.iterancestors() if markup.local_name(each) in SHAPES), None)
        parent = None if shape is None else shape.getparent()
        if shape is not None and parent is not None:
            parent.remove(shape)
            found.append(shape)
    return found
