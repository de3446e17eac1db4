"""Charts within OpenDocument files.

Numbers are left out, but for those that name a category. Source: OASIS OpenDocument 1.3 part 3, 11 (charts).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from ingest.extractors.odf.names import CHART, OFFICE, TABLE, TEXT

_SPACE = re.compile(r"\s+")
_NUMBERS = ("float", "percentage", "currency")


def chart_lines(chart: etree._Element) -> Iterator[str]:
    """Yield titles, legend, labels, names of series and categories, and what is drawn over it, each once."""
    lines = [
        line
        for holder in chart.iter(f"{CHART}title", f"{CHART}subtitle", f"{CHART}footer", f"{CHART}legend")
        for line in _flat(holder.iter(f"{TEXT}p"))
    ]
    lines += [
        line
        for label in chart.iter(f"{CHART}data-label")
        for line in [" ".join(_flat(label.iter(f"{TEXT}p")))]
        if line
    ]
    drawn = (line for shapes in chart.iter(f"{TABLE}shapes") for line in _flat(shapes.iter(f"{TEXT}p")))
    yield from dict.fromkeys([*lines, *_names(chart), *drawn])


def _names(chart: etree._Element) -> Iterator[str]:
    for row in chart.iter(f"{TABLE}table-row"):
        for number, cell in enumerate(row.iterchildren(f"{TABLE}table-cell")):
            if number and cell.get(f"{OFFICE}value-type") in _NUMBERS:
                continue
            yield from _flat(cell.iter(f"{TEXT}p"))


def _flat(paragraphs: Iterable[etree._Element]) -> Iterator[str]:
    """Yield the text of each paragraph that has some."""
    for paragraph in paragraphs:
        text = _SPACE.sub(" ", "".join(str(piece) for piece in paragraph.itertext())).strip()
        if text:
            yield text
