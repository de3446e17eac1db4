"""Lines that run across the gutter between columns of running text, parted there.

PDFium makes one line of what stands at one height, whatever lies between, where a file has its columns row by
row; and one of a whole page, where each piece begins before the one beside it ends. A gutter is where many
lines of a page have a wide gap, one above the other.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pypdfium2 import PdfTextPage, raw

from ingest.extractors.pdf.lines import Line, PageLines, character_boxes, line_of

_WIDE = 0.5
_LINE_CHARACTERS = 30
"""Lines that may run across a gutter have so much of the page's width, and so many characters."""

_GAP_SIZES = 1.0
"""A gutter is so wide, in sizes of the letters."""

_LEAST_LINES = 5
_MOST_GUTTERS = 3
_SAMPLE = 4
"""So many lines of a page are looked at first; without two gaps among them there is no gutter."""

_MAX_RECTANGLES = 500
_ENDLESS_CHARACTERS = 250
"""What is longer than this is more than one line."""

_BACK_SIZES = 2.0
"""A character so far to the left of the one before it begins a line, in sizes of the letters."""


def parted(page: PageLines, layer: PdfTextPage) -> Sequence[Line]:
    """Return the lines of a page, those across a gutter in two or more."""
    wide = [
        number
        for number, line in enumerate(page.lines)
        if line.right - line.left > page.width * _WIDE and line.stop - line.start >= _LINE_CHARACTERS
    ]
    is_enough = len(wide) >= _LEAST_LINES or any(
        page.lines[number].stop - page.lines[number].start > _ENDLESS_CHARACTERS for number in wide
    )
    if not is_enough or not page.is_plain:
        return page.lines
    step = max(1, len(wide) // _SAMPLE)
    if sum(len(_gaps(page.lines[number], layer)) for number in wide[::step]) < 2:
        return page.lines
    gaps = {number: _gaps(page.lines[number], layer) for number in wide}
    gutters = _gutters([gap for each in gaps.values() for gap in each])
    if not gutters:
        return page.lines
    return [
        part
        for number, line in enumerate(page.lines)
        for part in (_parts(line, gutters, layer) if gaps.get(number) else (line,))
    ]


def _gaps(line: Line, layer: PdfTextPage) -> list[tuple[float, float]]:
    """Return left and right of each wide gap between the pieces that a line is drawn in."""
    handle = layer.raw
    count = raw.FPDFText_CountRects(handle, line.start, line.stop - line.start)
    if not 1 < count <= _MAX_RECTANGLES:
        return []
    sides = [ctypes.c_double() for _ in range(4)]
    left, top, right, bottom = map(ctypes.byref, sides)
    gaps = []
    end = line.right
    for index in range(count):
        raw.FPDFText_GetRect(handle, index, left, top, right, bottom)
        beginning = sides[0].value
        if index and beginning - end > _GAP_SIZES * line.size:
            gaps.append((end, beginning))
        end = sides[2].value
    return gaps


def _gutters(gaps: Sequence[tuple[float, float]]) -> list[float]:
    """Return the places that lie in many gaps, from left to right."""
    left = list(gaps)
    gutters: list[float] = []
    while len(left) >= _LEAST_LINES and len(gutters) < _MOST_GUTTERS:
        ends = sorted([(place, 1) for place, _ in left] + [(place, -1) for _, place in left])
        depth = deepest = 0
        gutter = 0.0
        for place, step in ends:
            depth += step
            if depth > deepest:
                deepest, gutter = depth, place
        if deepest < _LEAST_LINES:
            break
        gutters.append(gutter)
        left = [gap for gap in left if not gap[0] <= gutter < gap[1]]
    return sorted(gutters)


def _parts(line: Line, gutters: Sequence[float], layer: PdfTextPage) -> Iterator[Line]:
    """Yield a line in parts, none of them across a gutter."""
    if len(line.text) != line.stop - line.start:
        yield line
        return
    boxes = character_boxes(layer, line)
    cuts = [0]
    before = boxes[0]
    for number, box in enumerate(boxes):
        if box[2] <= box[0]:
            continue
        is_back = box[0] < before[0] - _BACK_SIZES * line.size
        if is_back or any(before[0] < gutter <= box[0] for gutter in gutters):
            cuts.append(number)
        before = box
    for first, stop in pairwise((*cuts, len(boxes))):
        text = line.text[first:stop]
        start = first + len(text) - len(text.lstrip())
        text = text.strip()
        if text:
            yield line_of(
                text,
                boxes[start],
                boxes[start + len(text) - 1],
                line.start + start,
                line.start + start + len(text),
            )
