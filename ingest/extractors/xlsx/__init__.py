"""Spreadsheets: XLSX, XLTX and their kin with macros, transitional and strict.

The parts are read one cell at a time, so that neither a sheet that claims to be endless nor a large one takes
much memory. Read: cells as they are shown, results of formulas, comments, text boxes and charts, names of
sheets, headers and footers once, embedded files. Not read: rules for input, pivot caches, macros.

Source: ISO/IEC 29500-1, chapter 18 (SpreadsheetML); [MS-XLSX] 2.6 (threaded comments).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingest.extraction import DamagedError, Extraction
from ingest.extractors.coreproperties import core_properties
from ingest.extractors.drawing import R
from ingest.extractors.embedded import EmbeddedFiles
from ingest.extractors.flow import Block, paginate
from ingest.extractors.parts import Parts, Relation, open_parts
from ingest.extractors.properties import choose_title, sane_creators
from ingest.extractors.sheet import MAX_CHARACTERS, Room, Sheet
from ingest.extractors.xlsx import cells as xlsxcells
from ingest.extractors.xlsx import comments as xlsxcomments
from ingest.extractors.xlsx import controls as xlsxcontrols
from ingest.extractors.xlsx import drawing as xlsxdrawing
from ingest.extractors.xlsx.book import Book

_MAIN_PART = "xl/workbook.xml"
_EMBEDDED = ("oleObject", "package")
_TOOL = f"lxml {etree.__version__}"


def extract(path: Path) -> Extraction:
    """Read all sheets, each from a new page on."""
    with path.open("rb") as stream:
        parts = open_parts(path, stream)
        main = next(
            (each.target for each in parts.relations("").values() if each.kind == "officeDocument"),
            _MAIN_PART,
        )
        workbook = parts.root(main)
        if workbook is None:
            raise DamagedError
        reading = _Reading(parts, main, workbook)
        pages = paginate(list(reading.blocks()))
        said = core_properties(parts)
    return Extraction(
        pages,
        title=choose_title(said.title, pages),
        creators=sane_creators(said.creators),
        counts={name: count for name, count in reading.counts.items() if count},
        skipped=(*parts.skipped, *reading.skipped),
        tool=_TOOL,
    )


class _Reading:
    """What is kept while the sheets are read, one after the other."""

    def __init__(self, parts: Parts, main: str, workbook: etree._Element) -> None:
        self.parts = parts
        self.counts: Counter[str] = Counter()
        self.skipped: list[str] = []
        self._workbook = workbook
        self._related = parts.relations(main)
        self._book = Book.read(parts, workbook, self._related.values())
        self._people = xlsxcomments.people(parts, self._related.values())
        self._embedded = EmbeddedFiles(parts, self.counts)
        self._room = Room()
        self._said: set[str] = set()
        self._kept: set[str] = set()

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of all sheets, then say what was not read."""
        read: set[str] = set()
        for element in self._workbook.iter("{*}sheet"):
            related = self._related.get(element.get(f"{R}id", ""))
            if related is None:
                self.skipped.append(f"{element.get('name', '')} is damaged.")
            elif related.target not in read and self.parts.is_there(related.target):
                read.add(related.target)
                yield from self._sheet(element, related)
        self._say_what_is_missing()

    def _sheet(self, element: etree._Element, related: Relation) -> Iterator[Block]:
        sheet = Sheet(element.get("name", ""), element.get("state", "visible") != "visible")
        belongs = self.parts.relations(related.target)
        found = xlsxcells.read(self.parts, related.target, sheet, self._book, self._room)
        self.counts["formulas without result"] += found.without_result
        self.counts["texts missing"] += found.without_text
        is_noted = False
        unseen: list[str] = []
        self.counts["tables"] += 1
        self.counts["comments"] += xlsxcomments.read(self.parts, list(belongs.values()), self._people, sheet)
        for identifier, each in belongs.items():
            if each.kind == "drawing" and identifier in found.drawings:
                sheet.drawn += xlsxdrawing.lines(self.parts, each.target, self.counts, self.skipped, unseen)
        for each in belongs.values():
            if each.kind in _EMBEDDED and not each.external:
                embedded = self._embedded.read(each.target)
                sheet.drawn += embedded.lines
                sheet.notes[0] += embedded.notes
                is_noted |= bool(embedded.notes)
        self.counts["notes"] += is_noted
        for each in belongs.values():
            if each.kind == "vmlDrawing":
                sheet.drawn += xlsxcontrols.lines(self.parts, each.target, (*sheet.drawn, *unseen))
        sheet.drawn += [line for line in found.headers if line not in self._said]
        if not sheet.hidden:
            self._said.update(found.headers)
        unseen += (line for line in found.switched_off if line not in self._said | self._kept)
        self._kept.update(found.switched_off)
        self.counts["hidden slides"] += sheet.hides
        self.counts["hidden text"] += bool(unseen)
        yield from sheet.blocks()
        yield from (Block(line, hidden=True) for line in unseen)

    def _say_what_is_missing(self) -> None:
        if self._room.is_full or self._book.is_cut:
            self.skipped.append(f"Of its cells no more than {MAX_CHARACTERS} characters were read.")
        if missing := self.counts.pop("formulas without result", 0):
            self.skipped.append(f"Formulas without a result: {missing}.")
        is_short = self.counts.pop("texts missing", 0) > 0 and not self._book.is_cut
        if is_short and self.parts.is_there(self._book.strings_part):
            self.parts.say_damaged(self._book.strings_part, True)
        self.skipped += self._embedded.skipped()
