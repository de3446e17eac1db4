"""Lines of a PDF page that run downwards, in their order.

PDFium goes from left to right; text that runs downwards, such as a table that lies on its side, goes from
right to left.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from pypdfium2 import PdfTextPage

from ingest.extractors.pdf.lines import Line, PageLines, character_boxes

_STEEP = 2.0
_LINE_SIZES = 2.5
"""Lines of one text are so far apart at most, in sizes of their letters."""


def in_turn(page: PageLines, layer: PdfTextPage, lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a page, those of each text that runs downwards the other way round."""
    if not page.is_plain or not any(map(_is_steep, lines)):
        return lines
    ordered: list[Line] = []
    for is_down, run in groupby(lines, lambda line: _is_steep(line) and _runs_down(line, layer)):
        text = list(run)
        ordered += _turned(text) if is_down else text
    return ordered


def _is_steep(line: Line) -> bool:
    """Say whether a line runs up or down; pieces of formulas with high brackets do not."""
    return line.top - line.bottom > _STEEP * (line.right - line.left)


def _runs_down(line: Line, layer: PdfTextPage) -> bool:
    first = character_boxes(layer, line._replace(stop=line.start + 1))[0]
    last = character_boxes(layer, line._replace(start=line.stop - 1))[0]
    return first[1] > last[1]


def _turned(lines: list[Line]) -> list[Line]:
    """Turn lines round, where each lies close to the right of the one before."""
    is_rising = all(
        0 < other.left - one.left < _LINE_SIZES * max(one.size, other.size) for one, other in pairwise(lines)
    )
    return lines[::-1] if is_rising else lines
