"""The rows and cells of tables in texts: which there are, which go on in others, which are hidden or deleted.

Source: ISO/IEC 29500-1, 17.4 (tables), 17.13.5 (deleted rows and cells).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.extractors.docx.drawing import MC, chosen
from ingest.extractors.docx.file import WordFile
from ingest.extractors.docx.inline import LEFT_OUT, Inline
from ingest.extractors.docx.styles import W, is_on, value

_ROW, _CELL, _CONTROL, _ALTERNATIVES = f"{W}tr", f"{W}tc", f"{W}sdt", f"{MC}AlternateContent"
_MOST_COLUMNS = 100
"""Word has no more in a table."""


def descriptions(table: etree._Element) -> Iterator[str]:
    """Yield the title and the description that a table has for those who cannot see it."""
    properties = table.find(f"{W}tblPr")
    if properties is not None:
        yield from (value(properties.find(f"{W}{name}")) for name in ("tblCaption", "tblDescription"))


def rows(file: WordFile, inline: Inline, table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows that were not deleted and hold no placeholder."""
    for element in table:
        tag = element.tag
        if tag == _ROW:
            if not inline.is_deleted(element.find(f"{W}trPr")):
                yield element
        elif tag == _CONTROL and file.is_placeholder(element):
            continue
        elif tag == _ALTERNATIVES:
            yield from rows(file, inline, chosen(element))
        elif tag not in LEFT_OUT:
            yield from rows(file, inline, element)


def is_hidden(row: etree._Element) -> bool:
    """Say whether a row is not shown."""
    return is_on(row.find(f"{W}trPr/{W}hidden"))


def cells(file: WordFile, row: etree._Element) -> Iterator[etree._Element]:
    """Yield the cells of a row; one that was deleted is none, one with a placeholder is empty."""
    for element in row:
        if element.tag == _CELL:
            if element.find(f"{W}tcPr/{W}cellDel") is None:
                yield element
        elif element.tag == _CONTROL and file.is_placeholder(element):
            yield etree.Element(_CELL)
        elif element.tag not in LEFT_OUT:
            yield from cells(file, element)


def is_continued(cell: etree._Element) -> bool:
    """Say whether a cell is but the continuation of the one above or before."""
    merges = (cell.find(f"{W}tcPr/{W}{name}") for name in ("vMerge", "hMerge"))
    return any(merge is not None and value(merge) in ("", "continue") for merge in merges)


def span(cell: etree._Element) -> int:
    """Return over how many columns a cell reaches."""
    columns = value(cell.find(f"{W}tcPr/{W}gridSpan"))
    return min(int(columns), _MOST_COLUMNS) if columns.isdecimal() else 1
