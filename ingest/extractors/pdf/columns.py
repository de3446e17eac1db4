"""Columns of running text: read one after the other, where a PDF has them row by row or from right to left.

Most files have their columns in order, and most of what stands side by side is no column: tables, boxes on
slides, margins. So lines change their order only where all of this is so: many of them begin below one
another at two places or more, fill their column, go on amid a sentence, and are followed by a line
of another column; or a column to the right stands before one to the left. Lines across all columns, such as
headings, part what is above from what is below.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ingest.extractors.pdf.lines import Line, PageLines

LEAST_LINES = 5
"""A column has at least so many lines."""

_MOST_COLUMNS = 4
_LEAST_CHARACTERS = 600
"""A page with columns has at least so many characters."""

_LINE_CHARACTERS = 12
_MEAN_CHARACTERS = 18
"""Lines of a column have at least so many characters; all of them so many in the mean."""

_APART = 0.15
"""Columns begin so far apart, in widths of the page."""

_OVERHANG = 0.05
"""A line is one across where it reaches so far into the next column, in widths of the page."""

_EDGE_POINTS = 4.0
_GUTTER_SIZES = 0.4
_FILLED = 0.75
_FILLED_LINES = 0.5
"""So much of a column is filled by so much of its lines."""

_GOING_ON_LINES = 0.3
"""So many lines begin with a small letter."""

_ACROSS_LINES = 0.35
"""At most so many lines of a page reach across its columns."""

_LINEWISE = 1.6
"""Where columns stand row by row, fewer lines than this follow one another in one column."""


class _Place(NamedTuple):
    """Where a line belongs: `band` counts the lines across above it, which come last in their band."""

    band: int
    column: int


def in_columns(page: PageLines, lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a page in the order in which people read them."""
    if sum(line.stop - line.start for line in lines) < _LEAST_CHARACTERS:
        return lines
    edges = _left_edges(page, lines)
    if len(edges) < 2:
        return lines
    places = _places(lines, edges, page.width * _OVERHANG)
    if not (_are_columns(lines, edges, places) and _is_out_of_order(places, len(edges))):
        return lines
    return [line for _, line in sorted(zip(places, lines, strict=True), key=lambda placed: placed[0])]


def _left_edges(page: PageLines, lines: Sequence[Line]) -> list[float]:
    """Return where columns may begin, from left to right."""
    counts = Counter(
        round(line.left / _EDGE_POINTS)
        for line in lines
        if line.is_level and line.stop - line.start >= _LINE_CHARACTERS
    )
    edges: list[float] = []
    for step in sorted(counts):
        count = counts[step] + counts.get(step + 1, 0)
        if count >= LEAST_LINES and (not edges or step * _EDGE_POINTS - edges[-1] > page.width * _APART):
            edges.append(step * _EDGE_POINTS - _EDGE_POINTS)
    return edges if len(edges) <= _MOST_COLUMNS else []


def _places(lines: Sequence[Line], edges: Sequence[float], overhang: float) -> list[_Place]:
    """Say for each line where it belongs; one across belongs to a column behind the last."""
    columns = [_column(line, edges, overhang) for line in lines]
    middles = [(line.top + line.bottom) / 2 for line in lines]
    across = sorted(-middle for middle, column in zip(middles, columns, strict=True) if column == len(edges))
    return [
        _Place(bisect_left(across, -middle), column) for middle, column in zip(middles, columns, strict=True)
    ]


def _column(line: Line, edges: Sequence[float], overhang: float) -> int:
    column = sum(edge <= line.left + _EDGE_POINTS for edge in edges) - 1
    if column + 1 < len(edges) and line.right > edges[column + 1] + overhang:
        return len(edges)
    return max(column, 0)


def _are_columns(lines: Sequence[Line], edges: Sequence[float], places: Sequence[_Place]) -> bool:
    """Say whether what stands side by side is running text."""
    if sum(place.column == len(edges) for place in places) > len(lines) * _ACROSS_LINES:
        return False
    for column in range(len(edges)):
        of_it = [
            line
            for line, place in zip(lines, places, strict=True)
            if place.column == column and line.stop - line.start >= _LINE_CHARACTERS and line.is_level
        ]
        characters = sum(line.stop - line.start for line in of_it)
        if len(of_it) < LEAST_LINES or characters < len(of_it) * _MEAN_CHARACTERS:
            return False
        right = sorted(line.right for line in of_it)[len(of_it) * 9 // 10]
        if column + 1 < len(edges) and edges[column + 1] - right < _GUTTER_SIZES * of_it[0].size:
            return False
        filled = edges[column] + (right - edges[column]) * _FILLED
        if sum(line.right >= filled for line in of_it) < len(of_it) * _FILLED_LINES:
            return False
        if sum(line.text[0].islower() for line in of_it) < len(of_it) * _GOING_ON_LINES:
            return False
    return True


def _is_out_of_order(places: Sequence[_Place], column_count: int) -> bool:
    """Say whether columns stand row by row, or one to the right before one to the left."""
    in_column = [place for place in places if place.column < column_count]
    runs = [sum(1 for _ in run) for _, run in groupby(in_column)]
    if len(in_column) < len(runs) * _LINEWISE:
        return True
    counts = Counter(in_column)
    blocks = [place for place in dict.fromkeys(in_column) if counts[place] >= LEAST_LINES]
    return any(one.band == other.band and one.column > other.column for one, other in pairwise(blocks))
