"""Marked texts: a whole one, and the best window of a page.

No word is cut, unless it fills the window alone; what was left out before and after is shown by an ellipsis.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from index.looking import Words
from index.matching import Match, Matcher
from index.results import Snippet

SNIPPET_CHARS = 200
"""About how long an excerpt is."""

LEAD_CHARS = 50
"""How much text stands before the first mark, where there is any."""

_ELLIPSIS = "… "
_NO_PLAIN_SPACE = re.compile(r"[^\S ]")


def mark(text: str, matcher: Matcher, words: Words | None = None) -> Snippet:
    """Mark every word of the query in a text; `words`: the pieces of it that have some, if that is known."""
    return Snippet(text, _merge(matcher.find(text, words)))


def excerpt(text: str, matcher: Matcher, words: Words | None = None) -> Snippet:
    """Cut the window out of a text that has most of the query's words, and mark them.

    The beginning of the text where it has none. White space becomes plain spaces.

    Args:
        words: the pieces of the text that have words of the query, if that is known.
    """
    found = matcher.find(text, words)
    first = _best(found)
    start, end = _window(text, found[first] if found else None)
    marks = _merge([match for match in found if match.start >= start and match.end <= end])
    before = _ELLIPSIS if text[:start].strip() else ""
    after = " …" if text[end:].strip() else ""
    shift = len(before) - start
    shown = _NO_PLAIN_SPACE.sub(" ", text[start:end])
    return Snippet(before + shown + after, tuple((begin + shift, finish + shift) for begin, finish in marks))


def _best(found: Sequence[Match]) -> int:
    """Return the match that a window should begin with: most different words, then most words, then first."""
    best, best_value = 0, (0, 0)
    end = 0
    for first, match in enumerate(found):
        while end < len(found) and found[end].end - match.start <= SNIPPET_CHARS - LEAD_CHARS:
            end += 1
        value = (len({each.word for each in found[first:end]}), end - first)
        if value > best_value:
            best, best_value = first, value
        if end == len(found):
            break
    return best


def _window(text: str, first: Match | None) -> tuple[int, int]:
    """Return where a window with this match near its beginning starts and ends, at white space."""
    if first is None:
        start, kept = len(text) - len(text.lstrip()), 0
    else:
        start = _after_space(text, max(0, first.start - LEAD_CHARS), first.start)
        kept = first.end
    end = _before_space(text, min(len(text), start + SNIPPET_CHARS), max(kept, start))
    return start, end


def _after_space(text: str, start: int, latest: int) -> int:
    """Move to the beginning of a word, at most to `latest`."""
    if start == 0:
        return len(text[:latest]) - len(text[:latest].lstrip())
    while start < latest and not text[start - 1].isspace():
        start += 1
    while start < latest and text[start].isspace():
        start += 1
    return start


def _before_space(text: str, end: int, earliest: int) -> int:
    """Move back to the end of a word, at most to `earliest`; a word that fills the window is cut."""
    if end == len(text):
        return len(text.rstrip())
    at = max(end, earliest)
    while at > earliest and not text[at].isspace():
        at -= 1
    if text[at : at + 1].isspace():
        return len(text[:at].rstrip())
    at = max(end, earliest)
    while at < len(text) and unicodedata.combining(text[at]):
        at += 1
    return at


def _merge(found: Sequence[Match]) -> tuple[tuple[int, int], ...]:
    """Return the places without what they share, in order."""
    merged: list[tuple[int, int]] = []
    for match in found:
        if merged and match.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], match.end))
        else:
            merged.append((match.start, match.end))
    return tuple(merged)
