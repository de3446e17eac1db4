"""Charts and formulas within OpenDocument files.

Numbers in charts are left out, but for those that name a category. Source: OASIS OpenDocument 1.3 part 3, 11
(charts); W3C MathML 3.0, 3 (presentation markup), 5 (annotations).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from ingest.extractors.markup import local_name
from ingest.extractors.odf.names import CHART, OFFICE, TABLE, TEXT

_SPACE = re.compile(r"\s+")
_NUMBERS = ("float", "percentage", "currency")
_TOKENS = ("mi", "mn", "mo", "mtext", "ms")


def chart_lines(chart: etree._Element) -> Iterator[str]:
    """Yield titles, legend and labels, then the names of series and categories, each once."""
    lines = [
        line
        for holder in chart.iter(f"{CHART}title", f"{CHART}subtitle", f"{CHART}footer", f"{CHART}legend")
        for line in flat(holder.iter(f"{TEXT}p"))
    ]
    lines += [
        line
        for label in chart.iter(f"{CHART}data-label")
        for line in [" ".join(flat(label.iter(f"{TEXT}p")))]
        if line
    ]
    yield from dict.fromkeys([*lines, *_names(chart)])


def _names(chart: etree._Element) -> Iterator[str]:
    for row in chart.iter(f"{TABLE}table-row"):
        for number, cell in enumerate(row.iterchildren(f"{TABLE}table-cell")):
            if number and cell.get(f"{OFFICE}value-type") in _NUMBERS:
                continue
            yield from flat(cell.iter(f"{TEXT}p"))


def formula_line(formula: etree._Element) -> str:
    """Return what a formula is made of, in order; else how it was typed."""
    tokens = (token.text or "" for token in formula.iter() if local_name(token) in _TOKENS)
    line = " ".join(token.strip() for token in tokens if token.strip())
    typed = (each.text or "" for each in formula.iter() if local_name(each) == "annotation")
    return line or " ".join(" ".join(typed).split())


def flat(paragraphs: Iterable[etree._Element]) -> Iterator[str]:
    """Yield the text of each paragraph that has some."""
    for paragraph in paragraphs:
        text = _SPACE.sub(" ", "".join(str(piece) for piece in paragraph.itertext())).strip()
        if text:
            yield text
