"""The text of charts: titles, labels, names of series and categories, and those of trend lines.

Numbers are left out, as is the workbook that a chart has beside it: it holds the same names and numbers.
Categories that are plain numbers, years mostly, are names.

Source: ISO/IEC 29500-1, chapter 21.2 (charts); [MS-ODRAWXML] 2.24 (chartex), 2.7 (labels out of cells).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.extractors.drawing import CX, C, paragraphs

_C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"

_NAMES = (
    f"{C}strRef",
    f"{C}strLit",
    f"{C}multiLvlStrRef",
    f"{_C15}dlblRangeCache",
    f"{_C15}dlblFieldTableCache",
    f"{CX}strDim",
    f"{CX}txData",
)
"""Elements that hold names, one or many."""

_NUMBERS = (f"{C}numCache", f"{C}numLit")
_PLAIN_NUMBER = (None, "", "General", "0", "@")


def chart_lines(chart: etree._Element) -> Iterator[str]:
    """Yield titles and labels as they stand, then the names that do not stand there yet, each once."""
    lines = list(paragraphs(chart))
    yield from lines
    said = frozenset(lines)
    yield from dict.fromkeys(name for name in _names(chart) if name not in said)


def _names(chart: etree._Element) -> Iterator[str]:
    for holder in chart.iter(*_NAMES, *_NUMBERS, f"{C}tx", f"{C}trendline"):
        if holder.tag in (f"{C}tx", f"{C}trendline"):
            values = holder.iterchildren(f"{C}v", f"{C}name")
        elif holder.tag in _NUMBERS and not _are_categories(holder):
            continue
        else:
            values = holder.iter(f"{C}v", f"{CX}v", f"{CX}pt")
        for value in values:
            if value.text and value.text.strip():
                yield value.text.strip()


def _are_categories(numbers: etree._Element) -> bool:
    """Say whether numbers are the names of categories, and stand as they are shown."""
    parent = numbers.getparent()
    place = parent if parent is None or parent.tag != f"{C}numRef" else parent.getparent()
    return (
        place is not None and place.tag == f"{C}cat" and numbers.findtext(f"{C}formatCode") in _PLAIN_NUMBER
    )
