"""Lines written backwards: „nilreB ni znerefnoK“, as where letters were drawn from right to left.

Only lines that are no words as they stand, of Latin or Cyrillic letters; Hebrew and Arabic are left alone.
"""

from __future__ import annotations

import re

from ingest.layers.plausibility import pieces, weigh
from ingest.layers.vocabulary import is_known

_GOOD = 0.7
_GAIN = 0.3
_KNOWN_LETTERS = 12
_WORD_LETTERS = 4
"""Frequent words of so many letters, together so many, have to come out of lines that were no words."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


def turn_back(text: str) -> str:
    """Return a text with its lines that stand backwards turned."""
    if weigh(text).share >= _GOOD:
        return text
    lines = text.split("\n")
    turned = [_turned(line, max(_GOOD, weigh(line).share + _GAIN)) for line in lines]
    changed = [new for new, line in zip(turned, lines, strict=True) if new != line]
    words = (word for line in changed for word in pieces(line) if len(word) >= _WORD_LETTERS)
    if sum(len(word) for word in words if is_known(word)) < _KNOWN_LETTERS:
        return text
    return "\n".join(_turned(line, weigh(line).share) for line in lines)


def _turned(line: str, least_share: float) -> str:
    turned = line[::-1]
    return turned if weigh(turned).share > least_share and not _RIGHT_TO_LEFT.search(line) else line
