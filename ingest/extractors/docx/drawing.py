"""Drawings in texts, in either markup: text boxes, shapes in groups, alternative text, charts, SmartArt, ink.

Source: ISO/IEC 29500-1, 20.4 (drawings in texts); 29500-4, 14 and 19 (VML); [MS-ODRAWXML] 2.3 (shapes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeAlias

from lxml import etree

from ingest.extractors import drawing
from ingest.extractors.descriptions import written_description
from ingest.extractors.docx.styles import W
from ingest.extractors.drawing import CX, DGM, A, C, R
from ingest.extractors.drawing.charts import chart_lines
from ingest.extractors.drawing.diagrams import diagram_lines
from ingest.extractors.drawing.ink import ink_lines
from ingest.extractors.markup import local_name

_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
MC = drawing.MC

PartReader: TypeAlias = Callable[[etree._Element], Iterator[str]]
PartLines: TypeAlias = Callable[[str, PartReader], list[str]]
"""Read the part behind a relationship."""


class Drawing:
    """What one drawing holds: text boxes, and lines of text that stand in no box.

    `is_unseen`: its eye is closed in the list of what is on the page.
    """

    def __init__(self, element: etree._Element, counts: Counter[str], part_lines: PartLines) -> None:
        self.boxes: list[etree._Element] = []
        self.lines: list[str] = []
        self.embedded: list[str] = []
        self.is_unseen = False
        self._described: set[str] = set()
        self._counts = counts
        self._part_lines = part_lines
        waiting = [iter(element)]
        while waiting:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
            elif child.tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif child.tag == f"{A}p":
                self.lines += drawing.paragraphs(child)
            else:
                self._take(child)
                waiting.append(iter(chosen(child)) if child.tag == f"{MC}AlternateContent" else iter(child))

    def _take(self, element: etree._Element) -> None:
        tag = element.tag
        name = local_name(element)
        if name in ("docPr", "cNvPr"):
            self.is_unseen |= name == "docPr" and element.get("hidden") in ("1", "true")
            self._describe(drawing.description(element))
        elif tag == f"{A}blip" or tag == f"{_V}imagedata":
            self._counts["pictures"] += 1
            self._describe(element.get(f"{_O}title", ""))
        elif tag == f"{_V}textpath":
            self.lines.append(element.get("string", ""))
        elif tag in (f"{C}chart", f"{CX}chart") and element.get(f"{R}id"):
            self._counts["charts"] += 1
            self.lines += self._part_lines(element.get(f"{R}id", ""), chart_lines)
        elif tag == f"{DGM}relIds":
            self._counts["diagrams"] += 1
            self.lines += self._part_lines(element.get(f"{R}dm", ""), diagram_lines)
        elif name == "contentPart":
            self.lines += self._part_lines(element.get(f"{R}id", ""), ink_lines)
        elif tag == f"{W}control":
            self._counts["form controls"] += 1
        elif tag == f"{_O}OLEObject":
            self.embedded.append(element.get(f"{R}id", ""))
        elif tag.startswith(_V):
            self._describe(written_description(element.get("alt", "")))

    def _describe(self, text: str) -> None:
        """Add a description once: a drawing and the picture in it mostly carry the same."""
        if text.strip() and text not in self._described:
            self._described.add(text)
            self.lines.append(text)


def chosen(alternate: etree._Element) -> etree._Element:
    """Return the one of several alternatives that is read: the first, or the fallback where that is empty."""
    choice, fallback = alternate.find(f"{MC}Choice"), alternate.find(f"{MC}Fallback")
    if choice is not None and (len(choice) or fallback is None):
        return choice
    return alternate if fallback is None else fallback
