"""What shapes show of other parts: charts, SmartArt, ink, embedded files. Each part is read once a slide.

Source: ISO/IEC 29500-1, 19.3.2 (embedded objects), 21.2, 21.4; [MS-PPTX] 2.2.1 (contentPart).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.extractors import drawing
from ingest.extractors.drawing import R
from ingest.extractors.drawing.charts import chart_lines
from ingest.extractors.drawing.diagrams import diagram_lines, drawing_relationship, drawn_lines
from ingest.extractors.drawing.ink import ink_lines
from ingest.extractors.embedded import EmbeddedFiles
from ingest.extractors.parts import Part, Parts

_CDR = "{http://schemas.openxmlformats.org/drawingml/2006/chartDrawing}"
_OBJECTS = ("package", "oleObject")


@dataclass(slots=True)
class Deck:
    """What is kept while the slides are read, one after the other."""

    parts: Parts
    embedded: EmbeddedFiles
    row_height: float
    counts: Counter[str]
    skipped: list[str] = field(default_factory=list)
    footers: set[str] = field(default_factory=set)


class Beside:
    """Reads what a part of a deck refers to; `notes` is what embedded files hold and do not show."""

    def __init__(self, deck: Deck, part: str, place: str) -> None:
        """`place` names the part to people: "slide 3"."""
        self.notes: list[str] = []
        self._deck = deck
        self._part = part
        self._place = place
        self._met: set[str] = set()
        self._read: set[str] = set()

    def chart(self, element: etree._Element) -> Iterator[str]:
        """Yield the text of a chart and of what is drawn over it; the workbook beside it is left alone."""
        target = self._target(element.get(f"{R}id", ""))
        self._deck.counts["charts"] += 1
        if self._is_again(target):
            return
        chart = self._related(target)
        if chart is None or not chart.is_whole:
            self._damaged()
        if chart is None:
            return
        yield from chart_lines(chart.root)
        for name in self._deck.parts.related(target, "chartUserShapes"):
            over = self._related(name)
            if over is None or not over.is_whole:
                self._damaged()
            if over is not None:
                yield from drawing.paragraphs(over.root)
                yield from filter(None, map(drawing.description, over.root.iter(f"{_CDR}cNvPr")))

    def diagram(self, element: etree._Element) -> Iterator[str]:
        """Yield the text of a SmartArt's model; of its drawing where the model has none or is damaged."""
        target = self._target(element.get(f"{R}dm", ""))
        self._deck.counts["diagrams"] += 1
        if self._is_again(target):
            return
        model = self._related(target)
        lines = [] if model is None else list(diagram_lines(model.root))
        if model is None or not model.is_whole or not lines:
            drawn = self._related(self._drawing(model))
            if drawn is not None:
                shown = list(drawn_lines(drawn.root))
                lines = shown if len(shown) > len(lines) else lines
            if (model is None or not model.is_whole) and (drawn is None or not drawn.is_whole):
                self._damaged()
        yield from lines

    def ink(self, element: etree._Element) -> Iterator[str]:
        """Yield what was written by hand, as far as it was recognised."""
        target = self._target(element.get(f"{R}id", ""))
        content = None if self._is_again(target) else self._related(target)
        if content is not None:
            self._deck.counts["ink"] += 1
            yield from ink_lines(content.root)

    def embedded(self, element: etree._Element) -> Iterator[str]:
        """Yield the text of an embedded file."""
        return self._file(element.get(f"{R}id", ""))

    def rest(self) -> Iterator[str]:
        """Yield the text of embedded files that no shape shows."""
        for identifier, relationship in self._deck.parts.relations(self._part).items():
            if relationship.kind in _OBJECTS and identifier not in self._met:
                yield from self._file(identifier)

    def _drawing(self, model: Part | None) -> str:
        named = "" if model is None else self._target(drawing_relationship(model.root))
        drawings = list(self._deck.parts.related(self._part, "diagramDrawing"))
        return named or (drawings[0] if len(drawings) == 1 else "")

    def _file(self, identifier: str) -> Iterator[str]:
        relationship = self._deck.parts.relations(self._part).get(identifier)
        if relationship is None or relationship.external or identifier in self._met:
            return
        self._met.add(identifier)
        found = self._deck.embedded.read(relationship.target)
        self.notes += found.notes
        yield from found.lines

    def _is_again(self, target: str) -> bool:
        """Say whether a part was read for this slide already: what it says stands there."""
        known = target in self._read
        if target:
            self._read.add(target)
        return known

    def _target(self, identifier: str) -> str:
        relationship = self._deck.parts.relations(self._part).get(identifier)
        return "" if relationship is None or relationship.external else relationship.target

    def _related(self, name: str) -> Part | None:
        part = self._deck.parts.read(name)
        if part is not None:
            drawing.choose_alternatives(part.root)
        return part

    def _damaged(self) -> None:
        self._deck.skipped.append(f"A chart or SmartArt drawing of {self._place} is damaged.")
