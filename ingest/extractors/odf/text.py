"""The text of OpenDocument markup, in the order a reader meets it.

Source: OASIS OpenDocument 1.3 part 3: 5 (paragraphs, lists), 6.3 (notes), 9 (tables), 10 (shapes), 14.1
(comments), 19.163 (draw:display).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from ingest.extractors.descriptions import written_description
from ingest.extractors.flow import Block
from ingest.extractors.markup import local_name
from ingest.extractors.mathml import formula_line
from ingest.extractors.odf.charts import chart_lines
from ingest.extractors.odf.file import OdfFile
from ingest.extractors.odf.inline import LEFT_OUT, LISTS, NOTES, inline
from ingest.extractors.odf.lists import Counting, OdfNumbers
from ingest.extractors.odf.names import CHART, DC, DRAW, FORM, MATH, OFFICE, SVG, TABLE, TEXT, XLINK, XML_ID
from ingest.extractors.odf.places import in_reading_order
from ingest.extractors.odf.styles import OdfStyles

_NESTED_OBJECTS = 3
_DISPLAY = f"{DRAW}display"
_OFF_SCREEN = ("none", "printer")
_DESCRIPTIONS = (f"{SVG}title", f"{SVG}desc", f"{TABLE}title", f"{TABLE}desc")
_OBJECTS = (f"{DRAW}object", f"{DRAW}object-ole")
_BESIDE_OBJECTS = ("", "p", "binary-data")
"""What may stand in an object that is kept elsewhere; the paragraph has a namespace of LibreOffice by now."""

_ROWS = (f"{TABLE}table-row", f"{TABLE}table-rows", f"{TABLE}table-header-rows", f"{TABLE}table-row-group")


_MOST_REPEATED = 100
_REPEATED_CHARACTERS = 100_000
"""Of what cells show again and again no more is read again: its words are the same."""


class OdfText:
    """Reads containers of paragraphs and shapes; what was met is in `counts`."""

    def __init__(self, roots: Iterable[etree._Element], file: OdfFile, depth: int = 0) -> None:
        roots = list(roots)
        self.roots = roots
        self.counts: Counter[str] = Counter()
        self.styles = OdfStyles(roots)
        self._numbers = OdfNumbers(roots)
        self._controls: Mapping[str, str] = dict(_controls(roots))
        self._file = file
        self._break_next = False
        self._left_to_repeat = _REPEATED_CHARACTERS
        self._depth = depth

    def blocks(self, container: Iterable[etree._Element], *, is_unseen: bool = False) -> Iterator[Block]:
        """Yield the paragraphs, table rows and shapes' texts of a container, in order.

        Where it `is_unseen`, it is not asked again whether its shapes are shown on a screen.
        """
        for element in container:
            tag = element.tag
            if not is_unseen and element.get(_DISPLAY) in _OFF_SCREEN:
                self.counts["hidden text"] += 1
                yield from _hidden(self.blocks([element], is_unseen=True))
            elif tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(element)
            elif tag in LISTS:
                yield from self._list(element, "", 0, None)
            elif tag == f"{TEXT}soft-page-break":
                self._break_next = True
            elif tag == f"{TABLE}table":
                self.counts["tables"] += 1
                yield from self._table(element)
            elif tag == f"{DRAW}g":
                self.counts["groups"] += 1
                yield from self.blocks(in_reading_order(element))
            elif tag == f"{DRAW}frame":
                yield from self._frame(element)
            elif tag in _OBJECTS:
                yield from self._object(element)
            elif tag in _DESCRIPTIONS:
                yield Block(written_description(element.text or ""))
            elif tag == f"{OFFICE}annotation":
                yield Block("", notes=self._comment(element))
            elif tag == f"{DRAW}control":
                yield Block(self._controls.get(element.get(f"{DRAW}control", ""), ""))
            elif tag == f"{TEXT}section":
                yield from self._section(element)
            elif tag not in LEFT_OUT:
                if tag == f"{DRAW}image":
                    self.counts["pictures"] += 1
                self.counts["footnotes"] += tag in NOTES
                yield from self.blocks(element)

    def _paragraph(self, element: etree._Element, number: str | None = None) -> Iterator[Block]:
        """Yield a paragraph and what is anchored in it; `number` is that of the list it stands in."""
        style = element.get(f"{TEXT}style-name", "")
        page_break = self.styles.page_break(style)
        starts_page = self._break_next or (page_break is not None and page_break.before)
        found = inline(element, self.styles)
        self._break_next = found.breaks_page or (page_break is not None and page_break.after)
        is_heading = element.tag == f"{TEXT}h"
        if number is None:
            number = self._heading_number(element) if is_heading else ""
        number = found.number or number
        text = f"{number} {found.text}" if number and found.text else number or found.text
        hidden = found.hides or self.styles.is_hidden(style)
        yield Block(text, is_heading and bool(text), starts_page, hidden=hidden)
        yield from (Block(unseen, hidden=True) for unseen in found.unseen if unseen)
        if hidden:
            yield from _hidden(self.blocks(found.anchored))
        else:
            yield from self.blocks(found.anchored)

    def _heading_number(self, heading: etree._Element) -> str:
        if heading.get(f"{TEXT}is-list-header") == "true":
            return ""
        level = heading.get(f"{TEXT}outline-level") or heading.get(f"{TEXT}level") or "1"
        restarts = heading.get(f"{TEXT}restart-numbering") == "true"
        return self._numbers.heading(level, heading.get(f"{TEXT}start-value") or ("1" if restarts else ""))

    def _list(
        self, element: etree._Element, style: str, level: int, outer: Counting | None
    ) -> Iterator[Block]:
        """Yield the items of a list, the first paragraph of each behind its number."""
        style = element.get(f"{TEXT}style-name") or style or self._style_of_items(element)
        counting = self._numbers.begin(element, style, level, outer)
        for item in element:
            counts = item.tag == f"{TEXT}list-item"
            for child in item if isinstance(item.tag, str) else ():
                if child.tag in LISTS:
                    yield from self._list(child, style, level + 1, counting)
                elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    number = ""
                    if counts:
                        start = item.get(f"{TEXT}start-value", "")
                        number = self._numbers.item(counting, style, level, start)
                        counts = False
                    yield from self._paragraph(child, number)
                else:
                    yield from self.blocks([child])

    def _style_of_items(self, element: etree._Element) -> str:
        """Return the list style that the first paragraph of a list brings along."""
        first = next(element.iter(f"{TEXT}p", f"{TEXT}h"), None)
        return "" if first is None else self.styles.list_style(first.get(f"{TEXT}style-name", ""))

    def _section(self, element: etree._Element) -> Iterator[Block]:
        blocks = self.blocks(element)
        display = element.get(f"{TEXT}display", "true")
        hides = display == "none" or (display == "condition" and element.get(f"{TEXT}is-hidden") == "true")
        yield from _hidden(blocks) if hides else blocks

    def _table(self, table: etree._Element) -> Iterator[Block]:
        page_break = self.styles.page_break(table.get(f"{TABLE}style-name", ""))
        self._break_next |= page_break is not None and page_break.before
        yield from self._rows(table)

    def _rows(self, table: etree._Element) -> Iterator[Block]:
        """Yield one block a row, its cells divided by tabs."""
        for element in table:
            if element.tag == f"{TABLE}table-row":
                yield from self._row([cell for each in element for cell in self._cells(each)])
            elif element.tag in _ROWS:
                yield from self._rows(element)
            elif element.tag not in LEFT_OUT:
                yield from self.blocks([element])

    def _cells(self, cell: etree._Element) -> Iterator[list[Block]]:
        """Yield what a cell holds, as often as it is shown; one that lies under another is not shown."""
        blocks = list(self.blocks(cell))
        is_covered = cell.tag == f"{TABLE}covered-table-cell"
        yield list(_hidden(blocks)) if is_covered else blocks
        said = [Block(block.text) for block in blocks if block.text and not block.hidden]
        repeated = repetitions(cell)
        if said and repeated > 1 and not is_covered:
            length = sum(len(block.text) for block in said)
            times = min(repeated - 1, _MOST_REPEATED, self._left_to_repeat // length)
            self._left_to_repeat -= times * length
            yield from (said for _ in range(times))

    def _row(self, cells: list[list[Block]]) -> Iterator[Block]:
        line = "\t".join(
            " ".join(block.text for block in cell if block.text and not block.hidden) for cell in cells
        )
        met = [block for cell in cells for block in cell]
        notes = "\n".join(block.notes for block in met if block.notes)
        starts_page = any(block.starts_page for block in met)
        if line.strip() or notes or starts_page:
            yield Block(line.rstrip("\t"), starts_page=starts_page, notes=notes)
        yield from (Block(block.text, hidden=True) for block in met if block.hidden and block.text)

    def _frame(self, frame: etree._Element) -> Iterator[Block]:
        """Yield what a frame holds; the picture of an object is no text besides the object."""
        has_object = any(child.tag in _OBJECTS or child.tag == f"{TABLE}table" for child in frame)
        yield from self.blocks(child for child in frame if not (has_object and child.tag == f"{DRAW}image"))

    def _object(self, element: etree._Element) -> Iterator[Block]:
        """Yield the text of an embedded chart, formula or document."""
        root = next((child for child in element if local_name(child) not in _BESIDE_OBJECTS), None)
        place = element.get(f"{XLINK}href", "")
        if root is None:
            root = self._file.object(place)
        if root is None or self._depth >= _NESTED_OBJECTS:
            found = self._file.file(place)
            yield Block("\n".join(found.lines), notes="\n".join(found.notes))
            return
        if root.tag == f"{MATH}math":
            self.counts["formulas"] += 1
            yield Block(formula_line(root))
            return
        body = root.find(f"{OFFICE}body")
        content = root if body is None else body
        chart = next(content.iter(f"{CHART}chart"), None)
        if chart is not None and next(iter(content), None) in (chart, chart.getparent()):
            self.counts["charts"] += 1
            yield from (Block(line) for line in chart_lines(chart))
            return
        inner = OdfText([root], self._file, self._depth + 1)
        yield from inner.blocks([] if body is None else body)
        self.counts.update(inner.counts)

    def _comment(self, annotation: etree._Element) -> str:
        """Return a comment behind the name of who made it."""
        self.counts["comments"] += 1
        author = annotation.findtext(f"{DC}creator") or annotation.get(f"{OFFICE}author", "")
        text = "\n".join(block.text for block in self.blocks(annotation) if block.text)
        return f"{author}: {text}" if author and text else text


def repetitions(element: etree._Element, kind: str = "columns") -> int:
    """Return how often a cell or column stands one beside the other, or a row one below the other."""
    value = element.get(f"{TABLE}number-{kind}-repeated", "1")
    return int(value) if re.fullmatch("[0-9]{1,8}", value) else 1


def _hidden(blocks: Iterable[Block]) -> Iterator[Block]:
    return (replace(block, hidden=True) for block in blocks)


def _controls(roots: Iterable[etree._Element]) -> Iterator[tuple[str, str]]:
    """Yield what the controls of forms show: identifier, and label or value."""
    for root in roots:
        for forms in root.iter(f"{OFFICE}forms"):
            for control in forms.iter():
                shown = (control.get(f"{FORM}{name}", "") for name in ("label", "current-value", "value"))
                text = " ".join(dict.fromkeys(filter(None, shown)))
                for identifier in (control.get(XML_ID), control.get(f"{FORM}id")):
                    if identifier:
                        yield identifier, text
