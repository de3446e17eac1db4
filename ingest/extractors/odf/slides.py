"""Slides of presentations and pages of drawings in OpenDocument.

Source: OASIS OpenDocument 1.3 part 3, 10.2 (pages), 10.9 (presentations), 10.9.3 (headers, footers, dates).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.extraction import PageText
from ingest.extractors import markup
from ingest.extractors.odf.beside import Size, is_beside, moving, slide_sizes
from ingest.extractors.odf.names import DRAW, PRESENTATION, TEXT
from ingest.extractors.odf.places import in_reading_order
from ingest.extractors.odf.text import OdfText
from ingest.extractors.properties import sane_title

_TITLE_CHARACTERS = 120
_DECLARED = ("header", "footer", "date-time")
_ONCE = ("header", "footer", "date-time", "page-number")
_GIVEN_NAME = re.compile(r"(page|seite|slide|folie|dia|слайд|страница|сторінка)\W*\d*", re.IGNORECASE)
_LARGER = 1.15
"""By so much the letters of a title are larger than others, where no shape is declared to be one."""


def slides(presentation: etree._Element, text: OdfText) -> Iterator[PageText]:
    """Yield one page a slide: its title first, then its shapes by where they stand."""
    declared = {
        (markup.local_name(element).removesuffix("-decl"), element.get(f"{PRESENTATION}name", "")): element
        for element in presentation
        if markup.local_name(element).endswith("-decl")
    }
    said: set[str] = set()
    heard: set[str] = set()
    sizes = slide_sizes(text.roots) if markup.local_name(presentation) == "presentation" else {}
    for number, slide in enumerate(presentation.iter(f"{DRAW}page"), start=1):
        size = sizes.get(slide.get(f"{DRAW}master-page-name", ""), Size())
        page = _Slide(slide, text, size, said, heard)
        page.read()
        for kind in _DECLARED:
            element = declared.get((kind, slide.get(f"{PRESENTATION}use-{kind}-name", "")))
            page.say_once((element.text or "").strip() if element is not None else "")
        yield page.text(number)


class _Slide:
    """A slide being read."""

    def __init__(
        self, slide: etree._Element, text: OdfText, size: Size, said: set[str], heard: set[str]
    ) -> None:
        """`said` and `heard` are headers and footers met before, of slides and of their notes."""
        self._slide = slide
        self._hidden = text.styles.is_hidden(slide.get(f"{DRAW}style-name", ""))
        self._text = text
        self._size = size
        self._moves = moving(slide)
        self._said = said
        self._heard = heard
        self._title = ""
        self._lines: list[str] = []
        self._notes: list[str] = []
        self._unseen: list[str] = []
        self._speaks = False
        self._largest = (0.0, "")
        self._smaller = 0.0

    def read(self) -> None:
        """Read the shapes of the slide and its notes."""
        for shape in in_reading_order(self._slide):
            if shape.tag == f"{PRESENTATION}notes":
                self._speak(shape)
            else:
                self._show(shape)

    def say_once(self, line: str) -> None:
        """Add a line that stands on every slide where it is new to those who see the slides."""
        if line and line not in self._said:
            self._lines.append(line)
            if not self._hidden:
                self._said.add(line)

    def text(self, number: int) -> PageText:
        """Return the page."""
        self._text.counts["hidden slides"] += self._hidden
        self._text.counts["notes"] += self._speaks
        title = self._title or self._other_title(self._slide.get(f"{DRAW}name", ""))
        text, notes, unseen = ("\n".join(lines) for lines in (self._lines, self._notes, self._unseen))
        return PageText(number, text, title, notes, self._hidden, unseen=unseen)

    def _speak(self, notes: etree._Element) -> None:
        """Read the notes of a slide; of what stands on every page of notes only what is new."""
        for shape in in_reading_order(notes):
            said = [block.text for block in self._text.blocks([shape]) if block.text.strip()]
            if shape.get(f"{PRESENTATION}class") not in _ONCE:
                self._speaks |= bool(said)
                self._notes += said
            else:
                self._notes += (line for line in said if line not in self._heard)
                self._heard.update(said)

    def _show(self, shape: etree._Element) -> None:
        kind = shape.get(f"{PRESENTATION}class", "")
        blocks = list(self._text.blocks([shape]))
        self._notes += [block.notes for block in blocks if block.notes]
        if is_beside(shape, self._size, self._moves):
            blocks = [replace(block, hidden=True) for block in blocks]
            self._text.counts["hidden text"] += any(block.text.strip() for block in blocks)
        self._unseen += [block.text for block in blocks if block.hidden and block.text.strip()]
        found = [block.text for block in blocks if block.text.strip() and not block.hidden]
        if kind in _ONCE:
            for line in found:
                self.say_once(line)
        elif kind == "title" and found and not self._title:
            self._title = " ".join(" ".join(found).split())
            self._lines.insert(0, self._title)
        else:
            self._lines += found
            self._measure(shape, found)

    def _measure(self, shape: etree._Element, found: list[str]) -> None:
        """Remember the shape with the largest letters: it may be the title."""
        line = " ".join(" ".join(found).split())
        if not line or shape.tag == f"{DRAW}g" or not len(shape):
            return
        points = max((self._text.styles.points(name) for name in _style_names(shape)), default=0.0)
        if points > self._largest[0]:
            self._smaller = max(self._smaller, self._largest[0])
            self._largest = points, line
        elif line != self._largest[1]:
            self._smaller = max(self._smaller, points)

    def _other_title(self, name: str) -> str:
        points, line = self._largest
        if points > self._smaller * _LARGER and len(line) <= _TITLE_CHARACTERS and sane_title(line):
            return line
        first = " ".join(self._lines[0].split()) if self._lines else ""
        if first and len(first) <= _TITLE_CHARACTERS:
            return first
        return "" if _GIVEN_NAME.fullmatch(name.strip()) else sane_title(name)


def _style_names(shape: etree._Element) -> Iterator[str]:
    """Yield the styles that a shape and its first texts have."""
    yield shape.get(f"{PRESENTATION}style-name") or shape.get(f"{DRAW}style-name") or ""
    for number, element in enumerate(shape.iter(f"{TEXT}p", f"{TEXT}span")):
        if number > 20:
            return
        if element.text and element.text.strip():
            yield element.get(f"{TEXT}style-name", "")
