"""The title of a PDF page: what is set larger than the rest, by size and place.

A page that looks like running text has none, unless something on it is set larger; a page with few words is a
slide, and its topmost line stands for its title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extractors.pdf_lines import Line, PageLines

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
    named = [line for line in lines if line.is_level and _can_be_title(line.text)]
    if not named:
        return ""
    headlines = [line for line in named if line.top > page.height * _HEADLINE_AREA] or named
    is_slide = sum(line.stop - line.start for line in lines) < _SLIDE_CHARACTERS
    largest = _largest(headlines, _usual_size(lines) * _LARGER)
    if largest is not None:
        title = _lines_of_one(largest, named)
    elif is_slide:
        title = max(headlines, key=lambda line: line.top).text
    else:
        return ""
    title = " ".join(title.split())
    return title if len(title) <= _TITLE_CHARACTERS else ""


def _largest(lines: Sequence[Line], least_size: float) -> Line | None:
    """Return the first of the largest lines; a logo gives way to a line of words below or beside it."""
    largest = max(lines, key=lambda line: line.size)
    if largest.size < least_size:
        return None
    if " " not in largest.text:
        others = [line for line in lines if " " in line.text and line.size >= least_size]
        headline = max(others, key=lambda line: line.size, default=largest)
        if headline.size >= largest.size * _NEARLY_AS_LARGE and headline.top > largest.bottom - headline.size:
            return headline
    return largest


def _can_be_title(text: str) -> bool:
    """Say whether a line is made of words: not an address, a number or a formula."""
    letters = sum(map(len, _WORD.findall(text)))
    return letters >= len(text) * _LETTERS and _ADDRESS.search(text) is None and letters >= _LEAST_LETTERS


def _usual_size(lines: Sequence[Line]) -> float:
    """Return the size that most letters of the page have at most: the median, letter by letter."""
    sizes = sorted((line.size, line.stop - line.start) for line in lines)
    left = sum(count for _, count in sizes) / 2
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
