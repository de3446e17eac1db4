"""The title of a PDF page: what is set larger than the rest, by size and place.

A page of running text has none, unless something on it is set larger and begins like a sentence. A page with
few words is a slide, and its topmost line stands for its title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extractors.pdf.lines import Line, PageLines

_LARGER = 1.15
"""A title is set so much larger than the text."""

_AS_LARGE = 0.9
_NEARLY_AS_LARGE = 0.7
"""Beside a larger single word, which may be a logo, a line of words needs so much of its size."""

_HEADLINE_AREA = 0.33
"""A title begins above this share of the page's height."""

_TITLE_LINES = 4
_LEADING = 1.1
"""Lines of one title are at most so many sizes apart."""

_SLIDE_CHARACTERS = 900
_TITLE_CHARACTERS = 150
_LETTERS = 0.5
_LEAST_LETTERS = 3
"""Of a line that can be a title, so much are letters in words, and so many at least."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"https?://|www\.|@")


def title_of(page: PageLines, lines: Sequence[Line]) -> str:
    """Return the title of a page, or ""; `lines` are its lines with those of one row joined."""
    least_size = _usual_size(lines) * _LARGER
    is_slide = sum([line.stop - line.start for line in lines]) < _SLIDE_CHARACTERS
    larger = [line for line in lines if line.size >= least_size and line.is_level]
    headlines = [line for line in larger if _can_be_title(line) and (is_slide or not line.text[0].islower())]
    if headlines:
        title = _lines_of_one(_largest(_above(page, headlines)), larger)
    elif is_slide:
        headlines = [line for line in lines if _can_be_title(line)]
        title = max(_above(page, headlines), key=lambda line: line.top).text if headlines else ""
    else:
        return ""
    title = " ".join(title.split())
    return title if len(title) <= _TITLE_CHARACTERS else ""


def _above(page: PageLines, lines: Sequence[Line]) -> Sequence[Line]:
    """Return those of the lines that do not stand low on the page, if there are any."""
    return [line for line in lines if line.top > page.height * _HEADLINE_AREA] or lines


def _largest(lines: Sequence[Line]) -> Line:
    """Return the first of the largest lines; a logo gives way to a line of words below or beside it."""
    largest = max(lines, key=lambda line: line.size)
    if " " not in largest.text:
        others = [line for line in lines if " " in line.text]
        headline = max(others, key=lambda line: line.size, default=largest)
        if headline.size >= largest.size * _NEARLY_AS_LARGE and headline.top > largest.bottom - headline.size:
            return headline
    return largest


def _can_be_title(line: Line) -> bool:
    """Say whether a line runs from side to side and is made of words: no address, number or formula."""
    letters = sum(map(len, _WORD.findall(line.text)))
    return (
        letters >= _LEAST_LETTERS
        and letters >= len(line.text) * _LETTERS
        and line.is_level
        and _ADDRESS.search(line.text) is None
    )


def _usual_size(lines: Sequence[Line]) -> float:
    """Return the size that most letters of the page have at most: the median, letter by letter."""
    sizes = sorted([(line.size, line.stop - line.start) for line in lines])
    left = sum([count for _, count in sizes]) / 2
    for size, count in sizes:
        left -= count
        if left <= 0:
            return size
    return 0.0


def _lines_of_one(largest: Line, lines: Sequence[Line]) -> str:
    """Return a line with those of its size right above and below it, from the first on."""
    alike = [
        line
        for line in lines
        if line.size >= largest.size * _AS_LARGE and line.left < largest.right and line.right > largest.left
    ]
    alike.sort(key=lambda line: -line.top)
    title: list[Line] = []
    for line in alike:
        if title and title[-1].bottom - line.top > largest.size * _LEADING:
            if largest in title:
                break
            title = []
        if not (title and line.text == title[-1].text):
            title.append(line)
    words = ""
    for line in title[:_TITLE_LINES]:
        words = _continued(words, line.text)
    return words


def _continued(beginning: str, line: str) -> str:
    """Put a line behind another, without the hyphen between the parts of a word."""
    if beginning.endswith("-") and line[:1].islower():
        return beginning[:-1] + line
    return f"{beginning} {line}"
