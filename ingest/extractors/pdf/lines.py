"""The lines of a PDF page as PDFium reads them, each with its place on the page.

PDFium is asked for the text of the page once and for two boxes a line, not one for each character. Places are
those of the page as people see it: turned upright where the page says so, counted from its lower left corner.
What lies outside of the page is left out.

Source: ISO 32000-2, 7.7.3.3 (page boundaries, Rotate), 8.3.2.3 (user space); pdfium/public/fpdf_text.h.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from math import isfinite
from typing import NamedTuple, TypeAlias

from pypdfium2 import PdfPage, PdfTextPage, raw

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

HYPHEN = "\ufffe"
"""PDFium puts this for a hyphen at the end of a line and the line's end together."""

MAX_CHARACTERS = 1_000_000
"""At most so many characters of one page are read."""

LEAST_RUN = 3
"""Fewer characters run in no direction."""

_LINE = re.compile(rf"[^\r\n{HYPHEN}]+{HYPHEN}?|{HYPHEN}")
_HYPHEN_CODE = 2
_LARGEST_OF_TWO_BYTES = "\uffff"
_SMALLER = 0.8
_FOOTNOTE = re.compile(r"([^\W\d_]{3,})(\d+)\Z")
"""A word with the number of a footnote at the end of a line that ends with smaller and raised letters."""

_EDGE = 1.0
"""What reaches so many points out of the page is still inside."""


class Line(NamedTuple):
    """One line without space around it.

    `size` is how high its letters are set. `start` and `stop` are the numbers of its first character and of
    the one after its last, as PDFium counts them. A hyphen at its end stands as "-".
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    start: int
    stop: int

    @property
    def is_level(self) -> bool:
        """Say whether it runs from side to side rather than up or down."""
        return self.right - self.left >= self.top - self.bottom or self.stop - self.start < LEAST_RUN


class PageLines(NamedTuple):
    """The lines of a page in the order of the file, and how wide and high the page is.

    `outside_count` is the number of letters and digits outside of what it shows. `is_cut` says that it has
    more than MAX_CHARACTERS, `is_plain` that it is not turned and that each character has one place.
    """

    lines: Sequence[Line]
    width: float
    height: float
    outside_count: int
    is_cut: bool
    is_plain: bool


def read_lines(page: PdfPage, layer: PdfTextPage) -> PageLines:
    """Read the lines of a page."""
    count = layer.count_chars()
    text = layer.get_text_range(0, min(count, MAX_CHARACTERS)) if count > 0 else ""
    has_pairs = bool(text) and max(text) > _LARGEST_OF_TWO_BYTES
    if has_pairs:
        text = "".join(map(chr, array("H", text.encode("utf-16-le"))))
    is_shifted = len(text) != min(count, MAX_CHARACTERS)
    if is_shifted and not has_pairs:
        text, is_shifted = _with_controls(layer, min(count, MAX_CHARACTERS)), False
    area = page.get_bbox()
    rotation = page.get_rotation()
    box_of = _boxes(layer, area, is_shifted)
    lines: list[Line] = []
    outside_count = 0
    for match in _LINE.finditer(text):
        piece = match.group()
        start = match.start() + len(piece) - len(piece.lstrip())
        piece = piece.strip()
        if not piece:
            continue
        stop = start + len(piece)
        first = box_of(start)
        last = box_of(stop - 1) if len(piece) > 1 else first
        is_within = (
            first[0] >= area[0]
            and last[2] <= area[2]
            and first[1] >= area[1]
            and last[1] >= area[1]
            and first[3] <= area[3]
            and last[3] <= area[3]
            and first[2] <= area[2]
            and last[0] >= area[0]
        )
        if not is_within:
            shown = [index for index in range(start, stop) if _is_shown(box_of(index), area)]
            outside_count += _letters(piece)
            piece = "".join([text[index] for index in shown])
            outside_count -= _letters(piece)
            if not piece.strip():
                continue
            start, stop = shown[0], shown[-1] + 1
            first, last = box_of(start), box_of(stop - 1)
        if has_pairs:
            piece = piece.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
        if rotation:
            first, last = _turned(first, area, rotation), _turned(last, area, rotation)
        lines.append(line_of(piece.replace(HYPHEN, "-"), first, last, start, stop))
    width, height = area[2] - area[0], area[3] - area[1]
    if rotation % 180:
        width, height = height, width
    is_plain = not (rotation or is_shifted or has_pairs)
    return PageLines(lines, width, height, outside_count, count > MAX_CHARACTERS, is_plain)


def line_of(text: str, first: Box, last: Box, start: int, stop: int) -> Line:
    """Make a line of a text, the boxes of its first and last character, and their numbers."""
    left, bottom, right, top = first
    size = top - bottom
    if start < stop - 1:
        if last[0] < left:
            left = last[0]
        if last[1] < bottom:
            bottom = last[1]
        if last[2] > right:
            right = last[2]
        if last[3] > top:
            top = last[3]
        if right - left >= top - bottom or stop - start < LEAST_RUN:
            last_size = last[3] - last[1]
            if last_size < size:
                if last[1] > first[1] and last_size < size * _SMALLER:
                    text = _FOOTNOTE.sub(r"\1 \2", text)
                size = last_size
        else:
            size = min(first[2] - first[0], last[2] - last[0])
    return Line(text, left, bottom, right, top, size, start, stop)


def _with_controls(layer: PdfTextPage, count: int) -> str:
    """Return the text with the control characters that PDFium keeps to itself.

    They are glyph numbers where a font says nothing of its letters: 3 is the space in fonts of Windows.
    """
    handle = layer.raw
    codes = (raw.FPDFText_GetUnicode(handle, index) for index in range(count))
    return "".join(
        HYPHEN if code == _HYPHEN_CODE and raw.FPDFText_IsHyphen(handle, index) == 1 else chr(code)
        for index, code in enumerate(codes)
    )


def character_boxes(layer: PdfTextPage, line: Line) -> Sequence[Box]:
    """Return the boxes of a line's characters on a plain page."""
    box_of = _boxes(layer, (0.0, 0.0, 0.0, 0.0), is_shifted=False)
    return [box_of(index) for index in range(line.start, line.stop)]


def _boxes(layer: PdfTextPage, area: Box, is_shifted: bool) -> Callable[[int], Box]:
    """Return what finds the box of a character by its number in the text.

    What has no place lies in the lower left corner of the page. With `is_shifted` PDFium has characters that
    give no text, so that it has to be asked for the number.
    """
    handle = layer.raw
    rectangle = raw.FS_RECTF()
    nowhere = area[0], area[1], area[0], area[1]
    get_box = raw.FPDFText_GetLooseCharBox
    number_of = raw.FPDFText_GetCharIndexFromTextIndex

    def box_of(index: int) -> Box:
        if get_box(handle, number_of(handle, index) if is_shifted else index, rectangle):
            left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
            if isfinite(left + bottom + right + top):
                return left, bottom, right, top
        return nowhere

    return box_of


def _is_shown(box: Box, area: Box) -> bool:
    """Say whether the middle of a character is on the page."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] - _EDGE <= across <= area[2] + _EDGE and area[1] - _EDGE <= up <= area[3] + _EDGE


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _turned(box: Box, area: Box, rotation: int) -> Box:
    """Return where a box is on the page turned clockwise by `rotation` degrees."""
    left, bottom, right, top = box
    match rotation:
        case 90:
            return bottom - area[1], area[2] - right, top - area[1], area[2] - left
        case 180:
            return area[2] - right, area[3] - top, area[2] - left, area[3] - bottom
        case _:
            return area[3] - top, left - area[0], area[3] - bottom, right - area[0]
