"""The text of WordprocessingML in the order a reader meets it: paragraphs with their numbers, tables, boxes.

Text boxes and drawings follow the paragraph they are anchored in, or the table row; so do footnotes and
endnotes. What stands inside a paragraph is read by `docx/inline.py`. Nesting has the bound of `markup.parse`;
notes that refer to notes are read one after the other.

Source: ISO/IEC 29500-1, 17.3.1 (paragraphs), 17.4 (tables), 17.6 (sections), 17.11 (notes).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from lxml import etree

from ingest.extractors.docx import table as wordtable
from ingest.extractors.docx.comments import Comments
from ingest.extractors.docx.drawing import MC, chosen
from ingest.extractors.docx.file import WordFile
from ingest.extractors.docx.inline import LEFT_OUT, Inline
from ingest.extractors.docx.numbering import Counters
from ingest.extractors.docx.paragraph import PAGE_BREAK, Paragraph
from ingest.extractors.docx.styles import Style, W, is_on, value
from ingest.extractors.flow import Block

_P, _TABLE, _CONTROL = f"{W}p", f"{W}tbl", f"{W}sdt"
_STYLE, _NUMBER, _MARK, _FRAME = (f"{W}{name}" for name in ("pStyle", "numPr", "rPr", "framePr"))
_SECTION, _LEVEL, _NEW_PAGE = f"{W}sectPr", f"{W}outlineLvl", f"{W}pageBreakBefore"
_INSERTED = (f"{W}altChunk", f"{W}subDoc")
_SAME_PAGE = ("continuous", "nextColumn")
_BODY_LEVEL = "9"


class Story:
    """Reads one part: the body, a header, the footnotes. Those of one file know each other by their part."""

    def __init__(
        self, file: WordFile, part: str, root: etree._Element, stories: dict[str, Story] | None = None
    ) -> None:
        self._file = file
        self._part = part
        self._stories = {} if stories is None else stories
        self._stories[part] = self
        self._inline = Inline(file, part, root)
        self._counters = Counters(file.lists)
        self._box_counters = Counters(file.lists)
        self._sections = _sections(root)
        self._starts_page = False
        self._carried: Paragraph | None = None
        self._asides: list[Block] | None = None

    def read(self, container: etree._Element) -> Iterator[Block]:
        """Yield the paragraphs and table rows of a body, a header, all that belongs to them after each."""
        yield from self._blocks(container)
        yield from self._rest()

    def text(self, container: etree._Element) -> str:
        """Return the text of a comment or the like in one piece."""
        return "\n".join(block.text for block in self.apart(container) if block.text)

    def apart(self, container: etree._Element) -> list[Block]:
        """Read a container that stands for itself: no field, number or page break goes on in it."""
        kept = self._inline.fields, self._counters, self._starts_page, self._carried, self._asides
        self._inline.fields, self._counters = self._inline.new_fields(), self._box_counters
        self._starts_page, self._carried, self._asides = False, None, None
        blocks = list(self.read(container))
        self._inline.close_fields()
        self._inline.fields, self._counters, self._starts_page, self._carried, self._asides = kept
        return blocks

    def close(self) -> None:
        """Take account of what is known once all stories were read, and let go of them.

        Stories know each other: what they hold would stay in memory until the next search for such circles.
        """
        for story in self._stories.values():
            story._inline.close_fields()
        self._stories.clear()
        self._file.comments = Comments(None, None, str)

    def _blocks(self, container: etree._Element) -> Iterator[Block]:
        for element in container:
            tag = element.tag
            if tag == _P:
                yield from self._paragraph(element)
            elif tag == _TABLE:
                yield from self._table(element)
            elif tag == _CONTROL:
                if not self._file.is_placeholder(element):
                    yield from self._blocks(element)
            elif tag == f"{MC}AlternateContent":
                yield from self._blocks(chosen(element))
            elif tag in _INSERTED:
                yield from self._file.inserted(self._part, element)
            elif tag not in LEFT_OUT:
                yield from self._blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        found = element.find(f"{W}pPr")
        properties = {} if found is None else {child.tag: child for child in found}
        style = self._file.styles.of(value(properties.get(_STYLE)))
        paragraph = self._carried or Paragraph()
        paragraph.starts_page |= self._starts_page | (
            is_on(properties[_NEW_PAGE]) if _NEW_PAGE in properties else style.starts_page
        )
        self._carried = None
        self._inline.read(element, paragraph, is_hidden=style.is_hidden)
        self._starts_page = paragraph.ends_page | self._sections.get(properties.get(_SECTION), False)
        paragraph.ends_page = False
        if self._inline.is_deleted(properties.get(_MARK)) or _is_initial(properties.get(_FRAME)):
            self._carried = paragraph
        else:
            yield from self._shown(paragraph, properties, style)

    def _rest(self) -> Iterator[Block]:
        """Yield a paragraph that should go on in the next, where none follows."""
        paragraph, self._carried = self._carried, None
        if paragraph is not None:
            yield from self._shown(paragraph, {}, Style())

    def _shown(
        self, paragraph: Paragraph, properties: Mapping[str, etree._Element], style: Style
    ) -> Iterator[Block]:
        """Yield a paragraph, cut where a page ends in it, then what belongs to it."""
        text = "".join(paragraph.pieces)
        hidden = "".join(paragraph.hidden)
        self._file.hide(hidden)
        if text.strip() or not hidden:
            text = self._label(properties, style) + text
        comments = [note for number in paragraph.comments for note in self._file.comments.take(number)]
        notes = "\n".join((*comments, *paragraph.said))
        is_heading = value(properties[_LEVEL]) < _BODY_LEVEL if _LEVEL in properties else style.is_heading
        for number, piece in enumerate(text.split(PAGE_BREAK) if PAGE_BREAK in text else (text,)):
            starts_page = number > 0 or paragraph.starts_page
            yield Block(piece.rstrip(" "), is_heading, starts_page, "" if number else notes)
        if paragraph.has_asides:
            if self._asides is None:
                yield from self._after(paragraph)
            else:
                self._asides += self._after(paragraph)

    def _label(self, properties: Mapping[str, etree._Element], style: Style) -> str:
        """Return the number of a paragraph, as its list counts."""
        named = properties.get(_NUMBER)
        if named is None:
            return self._counters.label(style.number, style.level, style.owner) if style.number else ""
        number, level = value(named.find(f"{W}numId")), value(named.find(f"{W}ilvl"))
        if number:
            return self._counters.label(number, level or (style.level if number == style.number else ""), "")
        return self._counters.label(style.number, level or style.level, "" if level else style.owner)

    def _after(self, paragraph: Paragraph) -> Iterator[Block]:
        for box in paragraph.boxes:
            self._file.counts["text boxes"] += 1
            yield from self.apart(box)
        for box in paragraph.hidden_boxes:
            self._file.hide(self.text(box))
        yield from map(Block, paragraph.lines)
        yield from self._noted(paragraph.notes)

    def _noted(self, notes: Iterable[tuple[str, etree._Element]]) -> Iterator[Block]:
        """Yield footnotes and endnotes; those that a note refers to after it: chains have no depth."""
        if self._file.waiting_notes is not None:
            self._file.waiting_notes.extend(notes)
            return
        waiting = self._file.waiting_notes = deque(notes)
        while waiting:
            part, note = waiting.popleft()
            self._file.counts["footnotes"] += 1
            yield from self.beside(part).apart(note)
        self._file.waiting_notes = None

    def beside(self, part: str) -> Story:
        """Return the story of another part of the same file."""
        if part not in self._stories:
            root = self._file.parts.root(part)
            assert root is not None
            Story(self._file, part, root, self._stories)
        return self._stories[part]

    def _table(self, table: etree._Element) -> Iterator[Block]:
        """Yield the rows, before them what describes the table."""
        yield from self._rest()
        self._file.counts["tables"] += 1
        yield from map(Block, wordtable.descriptions(table))
        above: dict[int, str] = {}
        for row in wordtable.rows(self._file, self._inline, table):
            cells = list(wordtable.cells(self._file, row))
            if len(cells) == 1 and not wordtable.is_hidden(row) and not wordtable.is_continued(cells[0]):
                yield from self.read(cells[0])
            else:
                yield from self._row(row, cells, above)

    def _row(
        self, row: etree._Element, cells: Iterable[etree._Element], above: dict[int, str]
    ) -> Iterator[Block]:
        """Yield one block, its cells divided by tabs, then what belongs to any of them.

        `above` is the text of the cells that reach down into the next row, by column.
        """
        outer = self._asides
        asides: list[Block] = [] if outer is None else outer
        self._asides = asides
        texts: list[str] = []
        notes: list[str] = []
        origin = ""
        starts_page = False
        column = 0
        for cell in cells:
            blocks = list(self.read(cell))
            text = " ".join(block.text for block in blocks if block.text)
            if wordtable.is_continued(cell):
                self._file.hide("" if text in (above.get(column), origin) else text)
                text = ""
            else:
                above[column] = origin = text
            texts.append(text)
            notes += [block.notes for block in blocks if block.notes]
            starts_page |= any(block.starts_page for block in blocks)
            column += wordtable.span(cell)
        self._asides = outer
        line = "\t".join(texts).rstrip("\t")
        if wordtable.is_hidden(row):
            self._file.hide(line)
            line = ""
        yield Block(line, starts_page=starts_page, notes="\n".join(notes))
        if outer is None:
            yield from asides


def _sections(root: etree._Element) -> dict[etree._Element | None, bool]:
    """Return for the end of each section whether a new page begins after it: its follower says so."""
    older = {section for change in root.iter(f"{_SECTION}Change") for section in change}
    ends = [section for section in root.iter(_SECTION) if section not in older]
    return {end: value(following.find(f"{W}type")) not in _SAME_PAGE for end, following in pairwise(ends)}


def _is_initial(frame: etree._Element | None) -> bool:
    """Say whether a paragraph is the large first letter of the next one."""
    return frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")
