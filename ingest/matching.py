"""Tell whether two files are the same work in two formats, and which of them people should get first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from archive.model import Page
from ingest.mediatypes import is_deck

MOSTLY = 0.7
"""The share of the shorter text's words that has to be in the other for both to be the same work."""

NEARLY_ALL = 0.8
"""The preferred rendition is read if it has at least this share of the other's text."""

LEAST_WORDS = 30
"""Texts with fewer words are too short to be called alike where nothing else speaks for it."""

_WORD = re.compile(r"[^\W_]{2,}")


def is_same_work(one: Sequence[Page], other: Sequence[Page]) -> bool:
    """Compare the words of two files with the same name, each as often as it stands there."""
    return contained_words(one, other) >= MOSTLY


def contained_words(one: Sequence[Page], other: Sequence[Page]) -> float:
    """Return the share of the shorter text's words that the other has, too; 0 where one has none."""
    words = [_words(one), _words(other)]
    smaller = min(total for _, total in words)
    return (words[0][0] & words[1][0]).total() / smaller if smaller else 0.0


def shared_words(one: Sequence[Page], other: Sequence[Page]) -> float:
    """Return the share of the longer text's words that both have; 0 where one of them is too short."""
    words = [_words(one), _words(other)]
    longer, shorter = (choose(total for _, total in words) for choose in (max, min))
    return (words[0][0] & words[1][0]).total() / longer if shorter >= LEAST_WORDS else 0.0


def reads_better(media_type: str, pages: Sequence[Page], than: str, other_pages: Sequence[Page]) -> bool:
    """Tell whether a file should be read and offered before another rendition of media type `than`.

    A deck knows titles, notes and the order of reading better than its PDF; of a text, only the PDF knows the
    pages. Whichever that is, it has to have nearly all of the other's text.
    """
    preferred = _rank(media_type) > _rank(than)
    characters, other = _characters(pages), _characters(other_pages)
    return characters >= NEARLY_ALL * other if preferred else other < NEARLY_ALL * characters


def _rank(media_type: str) -> int:
    if is_deck(media_type):
        return 2
    return 1 if media_type == "application/pdf" else 0


def _words(pages: Sequence[Page]) -> tuple[Counter[str], int]:
    counter = Counter(word for page in pages for word in _WORD.findall(page.text.casefold()))
    return counter, counter.total()


def _characters(pages: Sequence[Page]) -> int:
    return sum(len(page.text) for page in pages)
