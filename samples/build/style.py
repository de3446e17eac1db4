"""Colours, fonts and measures of the samples: one place for how they look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SERIF = "Liberation Serif"
SANS = "Liberation Sans"

INK = "1B2F36"
GREY = "586A70"
LINE = "D5DEE0"
WHITE = "FFFFFF"
TEAL = "0F5A6B"
"""Ground of every title slide and rule under every heading: what holds the conference together."""


@dataclass(frozen=True, slots=True)
class Accent:
    """The colours of one panel, as RRGGBB."""

    main: str
    deep: str
    """The main colour, dark enough for small letters on the pale one and for white ones on it."""
    pale: str
    second: str
    third: str
    skyline: tuple[int, ...]
    """Heights of the houses on the title slide, in hundredths of its height."""


ACCENTS: Mapping[str, Accent] = {
    "teal": Accent(
        "0F5A6B", "0F5A6B", "E5F0F2", "B7791F", "7A2332", (14, 22, 17, 31, 26, 12, 20, 38, 24, 16, 29, 19)
    ),
    "amber": Accent(
        "B7791F", "8A5A12", "FBF2DF", "0F5A6B", "7A2332", (10, 34, 13, 13, 27, 18, 36, 21, 11, 24, 15, 30)
    ),
    "wine": Accent(
        "7A2332", "7A2332", "F6E8EB", "0F5A6B", "B7791F", (18, 12, 25, 15, 21, 33, 14, 23, 17, 28, 11, 20)
    ),
}
"""The three panels' colours; German, Russian and English decks of one panel share them."""

LEGIBLE: Mapping[str, str] = {"B7791F": "8A5A12"}
"""Colours too light for small letters on a pale ground, and what is written instead."""

LOCALES: Mapping[str, str] = {"de": "de-DE", "ru": "ru-RU", "en": "en-GB"}
"""The language tag that a run of text carries."""

SLIDE_WIDTH = 13.333
SLIDE_HEIGHT = 7.5
MARGIN = 0.75
BODY_TOP = 1.72
BODY_HEIGHT = 4.95
BODY_WIDTH = SLIDE_WIDTH - 2 * MARGIN
"""Inches, as all measures of the slides."""

_POINTS_PER_INCH = 72
_MEAN_LATIN, _MEAN_CYRILLIC = 0.54, 0.585
"""Mean width of a character of Liberation Sans, as a share of the font size."""
_WIDE_WORD = 1.04
"""A single word may be wider than the mean of its letters."""
_LINE_HEIGHT = 1.2


def fitting_size(
    paragraphs: tuple[str, ...], width: float, height: float, largest: int, smallest: int = 12
) -> int:
    """Find the largest font size in points at which the paragraphs fit into a box of inches."""
    cyrillic = any("а" <= character <= "я" for character in "".join(paragraphs))
    mean = _MEAN_CYRILLIC if cyrillic else _MEAN_LATIN
    longest = max((len(word) for word in " ".join(paragraphs).split()), default=1)
    for size in range(largest, smallest, -1):
        if longest * size * mean * _WIDE_WORD > width * _POINTS_PER_INCH:
            continue
        per_line = max(1, int(width * _POINTS_PER_INCH / (size * mean)))
        lines = sum(-(-len(paragraph) // per_line) for paragraph in paragraphs)
        gaps = 0.5 * max(0, len(paragraphs) - 1)
        if (lines + gaps) * size * _LINE_HEIGHT <= height * _POINTS_PER_INCH:
            return size
    return smallest
