"""Tell whether two files are the same work in two formats, and which of them people should get first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from archive.model import Page

MOSTLY = 0.7
"""The share of the shorter text's words that has to be in the other for both to be the same work."""

NEARLY_ALL = 0.8
"""An office file is read rather than its PDF if it has at least this share of the PDF's text."""

_WORD = re.compile(r"[^\W_]{2,}")


def is_same_work(one: Sequence[Page], other: Sequence[Page]) -> bool:
    """Compare the words of two files with the same name, each as often as it stands there."""
    words = [_words(one), _words(other)]
    smaller = min(total for _, total in words)
    shared = sum((words[0][0] & words[1][0]).values())
    return smaller > 0 and shared >= MOSTLY * smaller


def reads_better(media_type: str, pages: Sequence[Page], other_pages: Sequence[Page]) -> bool:
    """Tell whether a file should be read and offered before another rendition.

    The office file knows titles, notes and the order of reading, unless the PDF has markedly more text.
    """
    characters, other = _characters(pages), _characters(other_pages)
    if media_type == "application/pdf":
        return other < NEARLY_ALL * characters
    return characters >= NEARLY_ALL * other


def _words(pages: Sequence[Page]) -> tuple[Counter[str], int]:
    counter = Counter(word for page in pages for word in _WORD.findall(page.text.casefold()))
    return counter, counter.total()


def _characters(pages: Sequence[Page]) -> int:
    return sum(len(page.text) for page in pages)
