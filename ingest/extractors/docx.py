"""Texts: DOCX, DOTX and their kin with macros.

python-docx opens the file and knows its styles, parts and properties; the text is taken from the markup (see
`wordtext.py`), since python-docx leaves out text boxes, notes, tracked changes and content controls.

Source: ISO/IEC 29500-1, chapter 17 (WordprocessingML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from docx.styles.style import BaseStyle
from lxml import etree

from ingest.extraction import DamagedError, Extraction
from ingest.extractors import drawing, markup
from ingest.extractors.flow import Block, paginate
from ingest.extractors.package import mend
from ingest.extractors.properties import choose_title, sane_creators
from ingest.extractors.wordtext import PartLines, PartReader, Story, W

_UNREADABLE = (OpcError, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, TypeError)
"""What python-docx raises on parts that are not as they should be."""

_HEADING = re.compile(r"(heading \d|title$)", re.IGNORECASE)
_STYLE_DEPTH = 10
_CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom"))
_STORIES = (
    RELATIONSHIP_TYPE.HEADER,
    RELATIONSHIP_TYPE.FOOTER,
    RELATIONSHIP_TYPE.FOOTNOTES,
    RELATIONSHIP_TYPE.ENDNOTES,
)


def extract(path: Path) -> Extraction:
    """Read headers once, the body in order, footers once; comments become notes."""
    package = mend(path)
    try:
        document = Document(package.content)
    except _UNREADABLE:
        package = mend(path, recover=True)
        try:
            document = Document(package.content)
        except _UNREADABLE as exc:
            raise DamagedError from exc
    if document.element.body is None:
        raise DamagedError
    story = Story(_heading_styles(document), _part_lines(document))
    story.footnotes = _numbered(document, RELATIONSHIP_TYPE.FOOTNOTES)
    story.endnotes = _numbered(document, RELATIONSHIP_TYPE.ENDNOTES)
    story.comments = _numbered(document, RELATIONSHIP_TYPE.COMMENTS)
    drawing.choose_alternatives(document.element)
    pages = paginate(
        [
            *_once(story, document, RELATIONSHIP_TYPE.HEADER),
            *story.blocks(document.element.body),
            *_once(story, document, RELATIONSHIP_TYPE.FOOTER),
        ]
    )
    skipped = [*package.skipped, *story.skipped]
    story.counts["comments"] = len(story.comments)
    story.counts["changes"] = _change_count(document)
    if package.embedded_count:
        story.counts["embedded files"] = package.embedded_count
        skipped.append(f"Embedded files that were not read: {package.embedded_count}.")
    title, author = _properties(document)
    return Extraction(
        pages,
        title=choose_title(title, pages),
        creators=sane_creators(author),
        counts={name: count for name, count in story.counts.items() if count},
        skipped=tuple(skipped),
        tool=f"python-docx {version('python-docx')}",
    )


def _properties(document: DocxDocument) -> tuple[str, str]:
    """Return title and author as they stand; empty where the properties are damaged."""
    try:
        return document.core_properties.title, document.core_properties.author
    except _UNREADABLE:
        return "", ""


def _heading_styles(document: DocxDocument) -> frozenset[str]:
    """Return the identifiers of the styles that are headings or based on one."""
    return frozenset(style.style_id for style in document.styles if _is_heading(style))


def _is_heading(style: BaseStyle | None) -> bool:
    for _ in range(_STYLE_DEPTH):
        if style is None:
            return False
        if _HEADING.match(style.name or ""):
            return True
        style = getattr(style, "base_style", None)
    return False


def _related(document: DocxDocument, kind: str) -> Iterator[etree._Element]:
    """Yield the root elements of the document's parts of one kind."""
    for relationship in document.part.rels.values():
        if relationship.reltype == kind and not relationship.is_external:
            root = _root(relationship.target_part)
            drawing.choose_alternatives(root)
            yield root


def _root(part: Part) -> etree._Element:
    return markup.parse(part.blob)


def _numbered(document: DocxDocument, kind: str) -> dict[str, etree._Element]:
    """Return footnotes, endnotes or comments by their number; separators are none."""
    return {
        element.get(f"{W}id", ""): element
        for root in _related(document, kind)
        for element in root
        if element.get(f"{W}type") in (None, "normal")
    }


def _change_count(document: DocxDocument) -> int:
    """Count what was inserted, deleted or moved and is not accepted yet, in body, headers and notes."""
    roots = [document.element, *(root for kind in _STORIES for root in _related(document, kind))]
    return sum(1 for root in roots for _ in root.iter(*_CHANGES))


def _once(story: Story, document: DocxDocument, kind: str) -> Iterator[Block]:
    """Yield the different texts of all headers, or all footers."""
    seen = set()
    for root in _related(document, kind):
        for block in story.blocks(root):
            if block.text not in seen:
                seen.add(block.text)
                yield Block(block.text)


def _part_lines(document: DocxDocument) -> PartLines:
    """Return a function that reads the chart or SmartArt drawing behind a relationship."""

    def lines(relationship: str, reader: PartReader) -> list[str] | None:
        try:
            root = _root(document.part.related_parts[relationship])
        except (KeyError, DamagedError):
            return None
        drawing.choose_alternatives(root)
        return list(reader(root))

    return lines
