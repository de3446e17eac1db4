"""Spaces that a line shows and PDFium does not put: it takes narrow ones for the distance of letters.

Looked at are only words that look like several, since asking for the place of every character takes long.
Such a word is parted where the distance of two letters is wider than that of its other letters by a tenth of
their height, which is what other readers take for a space as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median_low

from pypdfium2 import PdfTextPage

from ingest.extractors.pdf.lines import Box, Line, PageLines, character_boxes

_WORD = re.compile(r"\S+")
_SEVERAL = re.compile(
    r"[a-zäöüßа-яё,.;:)][A-ZÄÖÜА-ЯЁ][a-zäöüßа-яё]|[A-ZÄÖÜА-ЯЁ]{14}|(?<![^\W\d_])[^\W\d_]{24}"
)
"""A capital letter within a word, one in capitals that is long, or a longer one."""

_SPACE = 0.1


def spaced(page: PageLines, layer: PdfTextPage, lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines with the spaces that PDFium left out."""
    if not page.is_plain:
        return lines
    return [_spaced(layer, line) if _SEVERAL.search(line.text) else line for line in lines]


def _spaced(layer: PdfTextPage, line: Line) -> Line:
    if not line.is_level or len(line.text) != line.stop - line.start:
        return line

    def boxes_of(first: int, last: int) -> Sequence[Box]:
        return character_boxes(layer, line._replace(start=line.start + first, stop=line.start + last))

    return line._replace(text=with_spaces(line.text, boxes_of))


def with_spaces(text: str, boxes_of: Callable[[int, int], Sequence[Box]]) -> str:
    """Return a line with the spaces that its characters show, `boxes_of` giving those from one to another."""
    pieces, done = [], 0
    for word in _WORD.finditer(text):
        if not _SEVERAL.search(word.group()):
            continue
        boxes = boxes_of(*word.span())
        gaps = [after[0] - before[2] for before, after in pairwise(boxes)]
        usual = max(0.0, median_low(gaps))
        for place, (gap, box) in enumerate(zip(gaps, boxes[1:], strict=True), start=word.start() + 1):
            if gap > usual + _SPACE * (box[3] - box[1]):
                pieces.append(text[done:place])
                done = place
    return " ".join((*pieces, text[done:]))
