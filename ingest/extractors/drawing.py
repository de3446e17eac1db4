"""The text of drawings in Office files: text bodies, tables, charts, SmartArt, alternative text.

The same markup stands in presentations and in texts.

Source: ISO/IEC 29500-1, chapters 20 (DrawingML), 21 (charts, diagrams); part 3 (mc:AlternateContent).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_NO_DESCRIPTION = re.compile(
    r"\S+\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)|https?://\S+"
    r"|(picture|image|bild|grafik|рисунок|изображение|object|objekt|content placeholder|shape)\s*\d*",
    re.IGNORECASE,
)
"""Alternative text that says nothing."""

_GENERATED = re.compile(
    r"\s*(description automatically generated( with \w+ confidence)?|automatisch generierte beschreibung"
    r"|автоматически созданное описание|ai-generated content may be incorrect\.?|ki-generierte inhalte .*)",
    re.IGNORECASE,
)


def choose_alternatives(root: etree._Element) -> None:
    """Replace every mc:AlternateContent by its first choice, else its fallback: nothing is read twice."""
    for alternate in list(root.iter(f"{MC}AlternateContent")):
        parent = alternate.getparent()
        if parent is None:
            continue
        chosen = alternate.find(f"{MC}Choice")
        if chosen is None or not len(chosen):
            chosen = alternate.find(f"{MC}Fallback")
        place = parent.index(alternate)
        tail = alternate.tail
        children = [] if chosen is None else list(chosen)
        parent[place : place + 1] = children
        if tail and tail.strip() and children:
            children[-1].tail = tail


def paragraphs(body: etree._Element) -> Iterator[str]:
    """Yield the paragraphs of a text body that have text."""
    for paragraph in body.iter(f"{A}p"):
        text = "".join(_pieces(paragraph))
        if text.strip():
            yield text


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(f"{A}t", f"{A}br", f"{M}t"):
        if element.tag == f"{A}br":
            yield "\n"
        else:
            parent = element.getparent()
            if parent is None or parent.get("type") != "slidenum":
                yield element.text or ""


def table_rows(table: etree._Element) -> Iterator[str]:
    """Yield the rows of a table, cells divided by tabs."""
    for row in table.iter(f"{A}tr"):
        cells = [" ".join(paragraphs(cell)) for cell in row.iter(f"{A}tc")]
        if any(cells):
            yield "\t".join(cells).rstrip("\t")


def chart_lines(chart: etree._Element) -> Iterator[str]:
    """Yield titles and labels as they stand, then the names of series and categories, each once."""
    yield from paragraphs(chart)
    yield from dict.fromkeys(_chart_names(chart))


def _chart_names(chart: etree._Element) -> Iterable[str]:
    for place in (f"{C}tx", f"{C}cat", f"{CX}tx", f"{CX}strDim"):
        for holder in chart.iter(place):
            if holder.find(f".//{C}numRef") is not None or holder.find(f".//{C}numLit") is not None:
                continue
            for value in holder.iter(f"{C}v", f"{CX}v", f"{CX}pt"):
                if value.text and value.text.strip() and not len(value):
                    yield value.text.strip()


def diagram_lines(diagram: etree._Element) -> Iterator[str]:
    """Yield the text of each point of a SmartArt drawing's model; what is only for show holds no text."""
    for point in diagram.iter(f"{DGM}pt"):
        if point.get("type") != "pres":
            yield from paragraphs(point)


def description(properties: etree._Element | None) -> str:
    """Return the alternative text of a cNvPr or docPr element, where a person wrote it."""
    if properties is None:
        return ""
    found = []
    for name in ("title", "descr"):
        text = _GENERATED.sub("", properties.get(name) or "").strip()
        if text and not _NO_DESCRIPTION.fullmatch(text) and text not in found:
            found.append(text)
    return "\n".join(found)
