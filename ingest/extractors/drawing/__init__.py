"""The text of drawings in Office files: text bodies, tables, alternative text.

The same markup stands in presentations and in texts. Charts are in `charts.py`, SmartArt in `diagrams.py`.

Source: ISO/IEC 29500-1, chapters 20 (DrawingML), 21.1 (text, tables); part 3 (mc:AlternateContent).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.extractors.descriptions import written_description
from ingest.extractors.drawing.equations import M as M
from ingest.extractors.drawing.equations import linear, space_between

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_COUNTED = frozenset(
    (
        "slidenum",
        *("CATEGORYNAME", "CELLRANGE", "CELLREF", "PERCENTAGE", "SERIESNAME", "VALUE", "XVALUE", "YVALUE"),
    )
)
"""Fields whose text is the number of a slide, or a mark in a label for what the chart puts there."""

_PARAGRAPH, _TEXT, _BREAK, _FIELD, _EQUATION = f"{A}p", f"{A}t", f"{A}br", f"{A}fld", f"{M}oMath"
_TRUE = ("1", "true")


def choose_alternatives(root: etree._Element) -> None:
    """Replace every mc:AlternateContent by its first choice, else its fallback: nothing is read twice."""
    for alternate in list(root.iter(f"{MC}AlternateContent")):
        parent = alternate.getparent()
        if parent is None:
            continue
        chosen = alternate.find(f"{MC}Choice")
        if chosen is None or not len(chosen):
            chosen = alternate.find(f"{MC}Fallback")
        children = [] if chosen is None else list(chosen)
        for child in children:
            alternate.addprevious(child)
        tail = alternate.tail
        parent.remove(alternate)
        if tail and tail.strip() and children:
            children[-1].tail = tail


def paragraphs(body: etree._Element) -> Iterator[str]:
    """Yield the paragraphs of a text body that have text."""
    for paragraph in body.iter(_PARAGRAPH):
        text = "".join(_pieces(paragraph))
        if text.strip():
            yield text


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    """Yield the pieces of a paragraph, equations a space apart from words."""
    before, is_after_equation = "", False
    counted = None
    for element in paragraph.iter(_TEXT, _BREAK, _FIELD, _EQUATION):
        tag = element.tag
        if tag == _FIELD:
            if element.get("type") in _COUNTED:
                counted = element.find(_TEXT)
            continue
        if element is counted:
            continue
        is_equation = tag == _EQUATION
        piece = linear(element) if is_equation else "\n" if tag == _BREAK else element.text
        if not piece:
            continue
        if is_equation or is_after_equation:
            yield space_between(before, piece)
        yield piece
        before, is_after_equation = piece, is_equation


def table_rows(table: etree._Element) -> Iterator[str]:
    """Yield the rows of a table, cells divided by tabs; what stands twice since cells are merged, once."""
    above: dict[int, str] = {}
    for row in table.iter(f"{A}tr"):
        cells: list[str] = []
        origin = ""
        for column, cell in enumerate(row.iterchildren(f"{A}tc")):
            text = " ".join(paragraphs(cell))
            is_double = (cell.get("vMerge") in _TRUE and text == above.get(column, "")) or (
                cell.get("hMerge") in _TRUE and text == origin
            )
            if is_double:
                cells.append("")
            else:
                cells.append(text)
                above[column] = origin = text
        if any(cells):
            yield "\t".join(cells).rstrip("\t")


def description(properties: etree._Element | None) -> str:
    """Return the alternative text of a cNvPr or docPr element, where a person wrote it."""
    if properties is None:
        return ""
    found = []
    for name in ("title", "descr"):
        text = written_description(properties.get(name) or "")
        if text and text not in found:
            found.append(text)
    return "\n".join(found)
