"""What is drawn over the cells of a workbook: text boxes, charts, SmartArt, alternative text.

Source: ISO/IEC 29500-1, 20.5 (SpreadsheetML drawings).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from ingest.extractors import drawing
from ingest.extractors.drawing import CX, DGM, C, R, charts, diagrams
from ingest.extractors.drawing.ink import ink_lines
from ingest.extractors.drawing.numbering import write_numbers
from ingest.extractors.markup import local_name
from ingest.extractors.parts import Parts, Relation

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


def lines(
    parts: Parts, name: str, counts: Counter[str], skipped: list[str], unseen: list[str]
) -> Iterator[str]:
    """Yield the text of a drawing, from the top rows down; what is hidden of it goes to `unseen`."""
    root = parts.root(name) if parts.is_there(name) else None
    if root is None:
        return
    drawing.choose_alternatives(root)
    write_numbers(root)
    related = parts.relations(name)
    anchors = [element for element in root if local_name(element) in _ANCHORS]
    for anchor in sorted(anchors, key=_place):
        hidden = {shape for about in anchor.iter("{*}cNvPr") if (shape := _hidden_shape(about)) is not None}
        for element in anchor.iter():
            found = _element(element, parts, related, counts, skipped)
            if hidden and not hidden.isdisjoint((element, *element.iterancestors())):
                unseen += found
            else:
                yield from found


def _element(
    element: etree._Element,
    parts: Parts,
    related: Mapping[str, Relation],
    counts: Counter[str],
    skipped: list[str],
) -> Iterator[str]:
    kind = local_name(element)
    if kind == "cNvPr":
        if text := drawing.description(element):
            yield text
    elif kind == "txBody":
        yield from drawing.paragraphs(element)
    elif kind in ("grpSp", "pic"):
        counts["groups" if kind == "grpSp" else "pictures"] += 1
    elif element.tag in (f"{C}chart", f"{CX}chart", f"{DGM}relIds"):
        is_chart = element.tag != f"{DGM}relIds"
        counts["charts" if is_chart else "diagrams"] += 1
        target = related.get(element.get(f"{R}{'id' if is_chart else 'dm'}", ""))
        part = None if target is None else parts.root(target.target)
        if part is None:
            skipped.append("A chart or SmartArt drawing is damaged.")
            return
        drawing.choose_alternatives(part)
        yield from charts.chart_lines(part) if is_chart else diagrams.diagram_lines(part)
        if target is not None:
            yield from _drawn_over(parts, target.target, skipped)
    elif kind == "contentPart":
        target = related.get(element.get(f"{R}id", ""))
        part = None if target is None else parts.root(target.target)
        if part is not None:
            yield from ink_lines(part)


def _drawn_over(parts: Parts, chart: str, skipped: list[str]) -> Iterator[str]:
    """Yield the text of what was drawn over a chart."""
    for name in parts.related(chart, "chartUserShapes"):
        root = parts.root(name)
        if root is None:
            skipped.append("A chart or SmartArt drawing is damaged.")
        else:
            yield from drawing.paragraphs(root)
            yield from filter(None, map(drawing.description, root.iter("{*}cNvPr")))


def _hidden_shape(about: etree._Element) -> etree._Element | None:
    """Return the shape that these properties call hidden: they stand two steps below it."""
    properties = about.getparent() if about.get("hidden") in ("1", "true") else None
    return None if properties is None else properties.getparent()


def _place(anchor: etree._Element) -> tuple[int, int]:
    corner = anchor.find("{*}from")
    found = []
    for name in ("row", "col"):
        value = "" if corner is None else (corner.findtext(f"{{*}}{name}") or "").strip()
        found.append(int(value) if value.isdecimal() and len(value) < 10 else 0)
    return found[0], found[1]
