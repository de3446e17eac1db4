"""Elements of a web page that have more attributes than any browser was ever given.

The parser looks for the end of the list of attributes with each one that it adds, so that a few hundred
thousand in one element keep it busy for minutes.

Source: HTML Living Standard, 13.1.2.1 (start tags).
"""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 1000
"""Of one element no more are read."""

_ATTRIBUTE = re.compile(
    r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s>"'][^\s>]*+))?+"""
)
_TAG = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)|<[a-z][^\s/>]*+((?:{_ATTRIBUTE.pattern})*+)",
    re.DOTALL | re.IGNORECASE,
)
"""Always finds an end, so that no text is looked at twice."""


def limit_attributes(text: str) -> tuple[str, int]:
    """Return a page whose elements have no more attributes than are read, and how many were left out."""
    left_out = 0
    pieces: list[str] = []
    kept_until = 0
    for tag in _TAG.finditer(text):
        begin, end = tag.span(2)
        if end - begin < MOST_ATTRIBUTES:
            continue
        ends = [found.end() for found in _ATTRIBUTE.finditer(text, begin, end)]
        if len(ends) > MOST_ATTRIBUTES:
            left_out += len(ends) - MOST_ATTRIBUTES
            pieces.append(text[kept_until : ends[MOST_ATTRIBUTES - 1]])
            kept_until = end
    pieces.append(text[kept_until:])
    return ("".join(pieces) if left_out else text), left_out
