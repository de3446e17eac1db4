"""The text of SmartArt: of its model, or of the drawing that shows it.

Source: ISO/IEC 29500-1, chapter 21.4 (diagrams); [MS-ODRAWXML] 2.4 (dsp, dgm14).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from ingest.extractors.drawing import DGM, description, paragraphs

_DSP = "{http://schemas.microsoft.com/office/drawing/2008/diagram}"
_DGM14 = "{http://schemas.microsoft.com/office/drawing/2010/diagram}"

_SHOWN = "pres"
"""Points of this kind say how others look and hold no text of their own."""


def diagram_lines(model: etree._Element) -> Iterator[str]:
    """Yield the text of each point, those that belong to it after it, and what people said it shows."""
    points: dict[str, etree._Element] = {}
    for number, found in enumerate(model.iter(f"{DGM}pt")):
        if found.get("type") != _SHOWN:
            identifier = found.get("modelId", "")
            points[f"{identifier} {number}" if identifier in points else identifier] = found
    for identifier in _in_order(model, points):
        point = points[identifier]
        for body in point.iterchildren(f"{DGM}t"):
            yield from paragraphs(body)
        for properties in point.iter(f"{_DGM14}cNvPr"):
            if text := description(properties):
                yield text


def drawing_relationship(model: etree._Element) -> str:
    """Return the relationship of the slide that leads to the drawing of a model; "" where none is named."""
    named = next(model.iter(f"{_DSP}dataModelExt"), None)
    return "" if named is None else named.get("relId", "")


def drawn_lines(shown: etree._Element) -> Iterator[str]:
    """Yield the text of the drawing that shows a SmartArt."""
    for body in shown.iter(f"{_DSP}txBody"):
        yield from paragraphs(body)


def _in_order(model: etree._Element, points: dict[str, etree._Element]) -> Iterator[str]:
    """Yield each point once, before those that belong to it; at the end what is in no tree."""
    children: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    below: set[str] = set()
    for connection in model.iter(f"{DGM}cxn"):
        if connection.get("type", "parOf") != "parOf":
            continue
        place = connection.get("srcOrd", "0")
        members = [connection.get(name, "") for name in ("parTransId", "destId", "sibTransId")]
        children[connection.get("srcId", "")].append((int(place) if place.isdecimal() else 0, members))
        below.update(members)
    waiting = [identifier for identifier in reversed(points) if identifier not in below]
    seen: set[str] = set()
    while waiting:
        identifier = waiting.pop()
        if identifier in seen or identifier not in points:
            continue
        seen.add(identifier)
        yield identifier
        ordered = sorted(children.get(identifier, ()), key=lambda child: child[0])
        waiting += [member for _, members in reversed(ordered) for member in reversed(members)]
    yield from (identifier for identifier in points if identifier not in seen)
