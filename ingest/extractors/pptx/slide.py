"""One slide after the other -> pages: title first, text in reading order, notes and comments apart.

Source: ISO/IEC 29500-1, 13.3 (parts of a presentation), 19.3.1.26, 19.3.1.38 (notes, slides).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from lxml import etree

from ingest.extraction import PageText
from ingest.extractors import drawing
from ingest.extractors.drawing.numbering import AUTOMATIC, Inherited, write_numbers
from ingest.extractors.parts import Part
from ingest.extractors.pptx.beside import Deck
from ingest.extractors.pptx.comments import comment_authors, comments
from ingest.extractors.pptx.hidden import Size, take_out_hidden
from ingest.extractors.pptx.places import Layout, P, placeholder_of, text_size
from ingest.extractors.pptx.shapes import Shapes, Shown

_TITLE_CHARACTERS = 120
_TITLE_HEIGHT = 0.4
"""In the absence of a title, one is sought in this part of the slide, from the top."""


class Slides:
    """Reads the slides of a deck."""

    def __init__(self, deck: Deck, presentation: str, size: Size) -> None:
        """`size` is that of all slides."""
        self._deck = deck
        self._size = size
        self._layout = cache(self._read_layout)
        self._numbers = cache(lambda name: deck.parts.says(name, AUTOMATIC))
        self._authors = cache(partial(comment_authors, deck.parts, presentation))

    def page(self, number: int, name: str, sections: list[str]) -> tuple[PageText | None, bool]:
        """Read a slide with the names of sections that begin there, and say whether it is whole.

        Gives None where nothing of it can be read.
        """
        part = self._read(name, self._numbers_of(name))
        if part is None:
            return None, False
        root = part.root
        hidden = root.get("show") in ("0", "false")
        if hidden:
            self._deck.counts["hidden slides"] += 1
        unseen = take_out_hidden(root, self._size)
        shapes = Shapes(
            self._deck, name, f"slide {number}", partial(self._layout_of, name), is_shown=not hidden
        )
        element = _title_shape(root)
        title = "" if element is None else _one_line(drawing.paragraphs(element))
        lines = list(shapes.lines(root, element))
        heading = title or self._guessed_title(shapes.shown, name)
        shapes.is_shown = False
        kept = [line for shape in unseen for line in shapes.lines(shape)]
        self._deck.counts["hidden text"] += bool(kept)
        lines += shapes.beside.rest()
        lines = [*(each for each in sections if each != heading), *([title] if title else []), *lines]
        spoken, notes = self._notes(number, name)
        self._deck.counts["notes"] += spoken or bool(shapes.beside.notes)
        notes += [*shapes.beside.notes, *self._comments(name)]
        page = PageText(number, "\n".join(lines), heading, "\n".join(notes), hidden, unseen="\n".join(kept))
        return page, part.is_whole

    def _read(self, name: str, inherited: Inherited | None = None) -> Part | None:
        part = self._deck.parts.read(name)
        if part is not None:
            drawing.choose_alternatives(part.root)
            write_numbers(part.root, inherited)
        return part

    def _numbers_of(self, slide: str) -> Inherited | None:
        """Return what numbers lists of a slide from afar; None where its layout and master number none."""
        name = next(self._deck.parts.related(slide, "slideLayout"), "")
        names = (name, *self._deck.parts.related(name, "slideMaster")) if name else ()
        return self._layout(name).levels if any(map(self._numbers, names)) else None

    def _guessed_title(self, shown: list[Shown], name: str) -> str:
        """Return the largest text near the top, the first of several; else the first text of all."""
        best, first = ("", 0), ""
        for each in shown:
            line = next(drawing.paragraphs(each.shape), "")
            if not line:
                continue
            line = _one_line([line])
            first = first or line
            if each.top > self._size.height * _TITLE_HEIGHT or not _may_be_title(line):
                continue
            size = text_size(each.shape, partial(self._layout_of, name))
            if size > best[1]:
                best = (line, size)
        return best[0] or (first if len(first) <= _TITLE_CHARACTERS else "")

    def _layout_of(self, slide: str) -> Layout:
        return self._layout(next(self._deck.parts.related(slide, "slideLayout"), ""))

    def _read_layout(self, name: str) -> Layout:
        master = next(self._deck.parts.related(name, "slideMaster"), "") if name else ""
        return Layout(*(part.root for each in (name, master) if (part := self._read(each)) is not None))

    def _notes(self, number: int, slide: str) -> tuple[bool, list[str]]:
        """Return whether there are speaker's notes, and all that stands on the notes page of a slide."""
        spoken = False
        lines: list[str] = []
        for name, part in self._beside(slide, "notesSlide"):
            shapes = Shapes(self._deck, name, f"slide {number}", partial(Layout))
            lines += [*shapes.lines(part.root), *shapes.beside.notes]
            spoken |= shapes.spoken
        return spoken, lines

    def _comments(self, slide: str) -> Iterator[str]:
        for _, part in self._beside(slide, "comments"):
            for comment in comments(part.root, self._authors()):
                self._deck.counts["comments"] += 1
                yield comment

    def _beside(self, slide: str, kind: str) -> Iterator[tuple[str, Part]]:
        """Yield the parts of one kind that belong to a slide, as far as they can be read, with names."""
        for name in self._deck.parts.related(slide, kind):
            part = self._read(name)
            if part is None:
                self._deck.skipped.append(f"{name} is damaged.")
                continue
            if not part.is_whole:
                self._deck.skipped.append(f"{name} is damaged; what could be read was read.")
            yield name, part


def _title_shape(root: etree._Element) -> etree._Element | None:
    for placeholder in root.iter(f"{P}ph"):
        if placeholder.get("type") in ("title", "ctrTitle"):
            shape = next(placeholder.iterancestors(f"{P}sp"), None)
            if shape is not None and placeholder_of(shape) is placeholder:
                return shape
    return None


def _one_line(lines: Iterator[str] | list[str]) -> str:
    return " ".join(" ".join(lines).split())


def _may_be_title(line: str) -> bool:
    return len(line) <= _TITLE_CHARACTERS and sum(map(str.isalpha, line)) > 2
