"""A text as a whole: its parts, styles and lists, notes and comments, and what was met while it was read.

Source: ISO/IEC 29500-1, 11.3 (parts of WordprocessingML).
"""

from __future__ import annotations

import posixpath
from collections import Counter, deque
from collections.abc import Iterator

from lxml import etree

from ingest.extraction import DamagedError
from ingest.extractors import drawing
from ingest.extractors.docx.comments import Comments
from ingest.extractors.docx.drawing import PartReader
from ingest.extractors.docx.numbering import Lists
from ingest.extractors.docx.styles import Styles, W, is_on
from ingest.extractors.drawing import R
from ingest.extractors.drawing.diagrams import drawn_lines
from ingest.extractors.embedded import EmbeddedFiles, EmbeddedText
from ingest.extractors.flow import Block
from ingest.extractors.parts import Parts

HIDDEN, FIELDS, SYMBOLS, DINGBATS = WATCHED = (b"vanish", b"fldChar", b"ymbol", b"dings")
"""Words without which a part has nothing hidden, no fields of several parts, no symbol fonts."""

_CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "cellIns", "cellDel"))
_USUAL_PLACE = "word/document.xml"


class WordFile:
    """One text, open. `hidden` are the paragraphs that it keeps but does not show."""

    def __init__(self, parts: Parts) -> None:
        parts.watched = WATCHED
        self.parts = parts
        self.counts: Counter[str] = Counter()
        self.skipped: list[str] = []
        self.hidden: list[str] = []
        self.embedded = EmbeddedFiles(parts, self.counts)
        self.main = _main_part(parts)
        self.styles = Styles(self.only("styles"))
        self.lists = Lists(self.only("numbering"))
        self.footnotes = self._notes("footnotes")
        self.endnotes = self._notes("endnotes")
        self.comments = Comments(None, None, str)
        self.waiting_notes: deque[tuple[str, etree._Element]] | None = None
        self._read: set[str] = set()

    def related(self, kind: str) -> Iterator[str]:
        """Return the parts of one kind that belong to the text."""
        return filter(self.parts.is_there, self.parts.related(self.main, kind))

    def embedded_text(self, source: str, identifier: str) -> EmbeddedText:
        """Return what a file says that is embedded in a part, once; one that is only linked says nothing."""
        relation = self.parts.relations(source).get(identifier)
        self.embedded.unread += relation is None
        if relation is None or relation.external or relation.target in self._read:
            return EmbeddedText()
        self._read.add(relation.target)
        return self.embedded.read(relation.target)

    def part_lines(self, source: str, identifier: str, reader: PartReader) -> list[str]:
        """Read the chart or SmartArt drawing behind a relationship of a part, once."""
        relation = self.parts.relations(source).get(identifier)
        target = "" if relation is None or relation.external else relation.target
        if target in self._read:
            return []
        self._read.add(target)
        root = self.parts.root(target)
        if root is None:
            self._read.discard("")
            self.skipped.append("A chart or SmartArt drawing is damaged.")
            shown = self.parts.root(_shown_instead(target))
            return [] if shown is None else list(drawn_lines(shown))
        drawing.choose_alternatives(root)
        return [*reader(root), *self._shapes_on(target)]

    def _shapes_on(self, chart: str) -> Iterator[str]:
        """Yield the text of what was drawn onto a chart."""
        for relation in self.parts.relations(chart).values():
            if relation.kind == "chartUserShapes" and not relation.external:
                root = self.parts.root(relation.target)
                if root is None:
                    self.skipped.append("A chart or SmartArt drawing is damaged.")
                else:
                    yield from drawing.paragraphs(root)
                    yield from filter(None, map(drawing.description, root.iter("{*}cNvPr")))

    def inserted(self, source: str, chunk: etree._Element) -> Iterator[Block]:
        """Yield what a file says that was inserted as a whole; one that is kept elsewhere is told."""
        identifier = chunk.get(f"{R}id", "")
        relation = self.parts.relations(source).get(identifier)
        if relation is not None and relation.external:
            self.skipped.append("A file inserted as a whole was not read.")
        found = self.embedded_text(source, identifier)
        yield from map(Block, found.lines)
        yield from (Block("", notes=note) for note in found.notes)

    def is_placeholder(self, control: etree._Element) -> bool:
        """Say whether a content control shows but the prompt to fill it in, which is counted."""
        is_prompt = is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr"))
        self.counts["placeholders"] += is_prompt
        return is_prompt

    def hide(self, text: str) -> None:
        """Keep a text that the file does not show."""
        if text.strip():
            self.counts["hidden text"] += 1
            self.hidden.append(text)

    def count_changes(self, root: etree._Element) -> int:
        """Count what was inserted, deleted or moved in a part and is not accepted yet."""
        found = sum(1 for _ in root.iter(*_CHANGES))
        self.counts["changes"] += found
        return found

    def only(self, kind: str) -> etree._Element | None:
        """Return the root of the one part of a kind; None where there is none, or it cannot be read."""
        place = next(self.parts.related(self.main, kind), None)
        return None if place is None else self.parts.root(place)

    def _notes(self, kind: str) -> dict[str, tuple[str, etree._Element]]:
        """Return footnotes or endnotes by their number, each with its part; separators are none."""
        found = {}
        for place in self.related(kind):
            root = self.parts.root(place)
            for element in () if root is None else root:
                if element.get(f"{W}type") in (None, "normal"):
                    found[element.get(f"{W}id", "")] = (place, element)
        return found


def _shown_instead(model: str) -> str:
    """Return where Word keeps the drawing that shows a SmartArt, beside its model."""
    folder, name = posixpath.split(model)
    return posixpath.join(folder, name.replace("data", "drawing"))


def _main_part(parts: Parts) -> str:
    """Find the text itself: where the package says, else where programs put it.

    Raises:
        DamagedError: there is none.
    """
    named = [
        relation.target for relation in parts.relations("").values() if relation.kind == "officeDocument"
    ]
    for name in (*named, _USUAL_PLACE):
        if spelt := parts.spelt(name):
            return spelt
    raise DamagedError
