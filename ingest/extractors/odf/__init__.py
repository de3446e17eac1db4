"""OpenDocument: presentations, texts, spreadsheets, drawings, templates, flat XML forms; OpenOffice.org 1.x.

The markup is walked in its own order, slides by where their shapes stand. Read: text at any depth, tables,
groups, numbers of lists and headings, notes, comments, alternative text, footnotes, fields, headers and
footers once, embedded charts, formulas and documents; what is hidden stands on hidden pages. Not read:
tracked deletions, macros, master pages, embedded files of other formats (counted).

Source: OASIS OpenDocument 1.3 part 3; OpenOffice.org XML File Format 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from ingest.extraction import DamagedError, EmptyError, Extraction, PageText
from ingest.extractors import markup
from ingest.extractors.flow import Block, paginate
from ingest.extractors.odf import sheets as odfsheets
from ingest.extractors.odf import slides as odfslides
from ingest.extractors.odf.file import OdfFile, open_flat, open_package
from ingest.extractors.odf.names import DC, FORM, META, OFFICE, STYLE, TABLE, TEXT
from ingest.extractors.odf.text import OdfText
from ingest.extractors.properties import choose_title, sane_creators
from ingest.extractors.sheet import MAX_CHARACTERS, Room

_TOOL = f"lxml {etree.__version__}"
_KINDS = ("presentation", "drawing", "spreadsheet", "text")


def extract(path: Path) -> Extraction:
    """Read a package."""
    with open_package(path) as file:
        reading = _Reading(file)
        pages = reading.pages()
    return reading.extraction(pages)


def extract_flat(path: Path) -> Extraction:
    """Read a document that is one XML file."""
    reading = _Reading(open_flat(path))
    return reading.extraction(reading.pages())


class _Reading:
    """What is kept while one document is read."""

    def __init__(self, file: OdfFile) -> None:
        self.skipped = file.skipped
        self._file = file
        self._text = OdfText(file.roots, file)

    def pages(self) -> tuple[PageText, ...]:
        """Read all pages.

        Raises:
            ExtractionError: there is no document in the file, or no slide in a presentation.
        """
        try:
            return self._pages(*_body(self._file.content))
        except RecursionError as exc:
            raise DamagedError("The file has too many things in one another.") from exc

    def _pages(self, kind: str, body: etree._Element) -> tuple[PageText, ...]:
        if kind in ("presentation", "drawing"):
            pages = tuple(odfslides.slides(body, self._text))
            if not pages:
                raise EmptyError("The presentation has no slides. Check whether it was saved whole.")
            return pages
        blocks = list(self._sheets(body) if kind == "spreadsheet" else self._text.blocks(body))
        around = [list(self._once(each)) for each in ("header", "footer")]
        headers, footers = ([block for block in each if not block.hidden] for each in around)
        footers += [block for each in around for block in each if block.hidden]
        if kind == "spreadsheet":
            return paginate([*blocks, *headers, *footers])
        self._text.counts["hidden slides"] += any(
            block.hidden and block.text for block in (*blocks, *footers)
        )
        if headers and blocks:
            blocks[0] = replace(blocks[0], starts_page=False)
        return paginate([*headers, *blocks, *footers])

    def extraction(self, pages: tuple[PageText, ...]) -> Extraction:
        """Return all that was read, with title and creators."""
        counts = self._text.counts + self._file.counts
        counts["changes"] += sum(_change_count(root) for root in self._file.roots)
        self._file.say_what_is_missing()
        if choices := sum(_choice_count(root) for root in self._file.roots):
            self.skipped.append(f"Form controls that were not read: {choices}.")
        meta = self._file.meta
        properties = None if meta is None else meta.find(f".//{OFFICE}meta")
        return Extraction(
            pages,
            title=choose_title(_property(properties, f"{DC}title"), pages),
            creators=sane_creators(
                _property(properties, f"{META}initial-creator") or _property(properties, f"{DC}creator")
            ),
            counts={name: count for name, count in counts.items() if count},
            skipped=tuple(self.skipped),
            tool=_TOOL,
        )

    def _sheets(self, spreadsheet: etree._Element) -> Iterator[Block]:
        """Yield each sheet from a new page on."""
        room = Room()
        for element in spreadsheet:
            if element.tag == f"{TABLE}table":
                sheet = odfsheets.read(element, self._text, room)
                self._text.counts["tables"] += 1
                self._text.counts["hidden slides"] += sheet.hides
                yield from sheet.blocks()
        if room.is_full:
            self.skipped.append(f"Of its cells no more than {MAX_CHARACTERS} characters were read.")

    def _once(self, kind: str) -> Iterator[Block]:
        """Yield the different texts of all headers, or all footers; those switched off are hidden."""
        seen = set()
        styles = self._file.styles
        names = (f"{STYLE}{kind}", f"{STYLE}{kind}-left", f"{STYLE}{kind}-first")
        for element in [] if styles is None else styles.iter(*names):
            is_off = element.get(f"{STYLE}display") == "false"
            for block in self._text.blocks(element):
                if block.notes or block.text not in seen:
                    text = "" if block.text in seen else block.text
                    hidden = block.hidden or is_off
                    if not hidden:
                        seen.add(block.text)
                    yield Block(text, notes=block.notes, hidden=hidden)


def _body(content: etree._Element) -> tuple[str, etree._Element]:
    """Return what kind of document it is, and where its content stands."""
    body = content.find(f"{OFFICE}body")
    if body is None or not len(body):
        raise DamagedError
    kind = content.get(f"{OFFICE}class", "")
    if kind in _KINDS:
        return kind, body
    return markup.local_name(body[0]), body[0]


def _property(properties: etree._Element | None, name: str) -> str:
    return "" if properties is None else properties.findtext(name) or ""


def _choice_count(root: etree._Element) -> int:
    """Count the lists to choose from in forms, of which only what is chosen is shown."""
    lists = {each.getparent() for each in root.iter(f"{FORM}option", f"{FORM}item")}
    return len(lists - {None})


def _change_count(root: etree._Element) -> int:
    """Count the tracked changes of a text or spreadsheet."""
    text = sum(1 for _ in root.iter(f"{TEXT}changed-region"))
    return text + sum(
        1 for changes in root.iter(f"{TABLE}tracked-changes") for each in changes if markup.local_name(each)
    )
