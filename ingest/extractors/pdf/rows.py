"""Pieces of one line that PDFium gives as lines of their own: raised and lowered letters and what follows.

"CO", "2" and "der Stadt" become "CO2 der Stadt" again, "m" and "2" become "m2". Raised figures at a word
are the number of a footnote and stay apart from it, so that the word is still found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.extractors.pdf.lines import Line

_CLOSE = 0.3
_OVERLAPPING = 0.15
"""Pieces of one line lie at most so far apart and so far over one another, in heights of the higher one."""

_SPACE = 0.08
_SAME_ROW = 0.4
"""Pieces of one line share so much of the height of the lower one."""

_RAISED = 0.2
_WORD_AT_START = re.compile(r"[^\W\d_]{3}")
_WORD_AT_END = re.compile(r"[^\W\d_]{3}\Z")


def joined(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, pieces of one line made one."""
    current: Line | None = None
    for line in lines:
        if current is None:
            current = line
        elif _belong_together(current, line):
            current = _join(current, line)
        else:
            yield current
            current = line
    if current is not None:
        yield current


def _belong_together(one: Line, other: Line) -> bool:
    if one.bottom > other.top or other.bottom > one.top:
        return False
    size = _height(one, other)
    if not size or not -_OVERLAPPING * size <= other.left - one.right <= _CLOSE * size:
        return False
    if not (one.is_level and other.is_level):
        return False
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared >= _SAME_ROW * min(one.top - one.bottom, other.top - other.bottom)


def _height(one: Line, other: Line) -> float:
    """Return how high the higher one of two is; no more than twice its letters, where it is slanted."""
    return max(min(one.top - one.bottom, 2 * one.size), min(other.top - other.bottom, 2 * other.size))


def _join(one: Line, other: Line) -> Line:
    is_apart = other.left - one.right > _SPACE * _height(one, other) or _is_footnote(one, other)
    text = f"{one.text} {other.text}" if is_apart else one.text + other.text
    main = one if one.size >= other.size else other
    return Line(
        text, one.left, main.bottom, max(one.right, other.right), main.top, main.size, one.start, other.stop
    )


def _is_footnote(one: Line, other: Line) -> bool:
    """Say whether raised figures stand behind or before a word rather than at a unit or a symbol."""
    if other.text.isdigit() and other.bottom > one.bottom + _RAISED * one.size:
        return _WORD_AT_END.search(one.text) is not None
    if one.text.isdigit() and one.bottom > other.bottom + _RAISED * other.size:
        return _WORD_AT_START.match(other.text) is not None
    return False
