"""How numbered lists of texts write a number: digits, Roman numerals, letters and others.

Not known are the numerals of languages outside of Europe; they are written in digits.

Source: ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

MOST = 32767
"""Word counts no further."""

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
"""Lists have no ё, й, ъ, ы, ь."""

_CHICAGO = "*†‡§"
_MOST_LETTERS = 30
"""A letter is repeated at most so often."""

_ENCLOSED = 20
"""Numbers up to this have a character of their own with a circle, parentheses or a full stop."""


def numeral(number: int, style: str) -> str:
    """Write a number in a style such as `upperRoman` or `000`; "" for a style without numbers."""
    if style in ("none", "bullet"):
        return ""
    if not style.strip("0"):
        return str(number).zfill(len(style))
    write = _STYLES.get(style)
    return str(number) if write is None or not 0 < number <= MOST else write(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _repeated(letters: str) -> Callable[[int], str]:
    """Write a, b, …, z, aa, bb, …"""

    def write(number: int) -> str:
        times, place = divmod(number - 1, len(letters))
        return letters[place] * (times + 1) if times < _MOST_LETTERS else str(number)

    return write


def _enclosed(first: str, beyond: str) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if number <= _ENCLOSED else beyond.format(number)


def _upper(write: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: write(number).upper()


_STYLES: Mapping[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "lowerLetter": _repeated(_LATIN),
    "upperLetter": _upper(_repeated(_LATIN)),
    "russianLower": _repeated(_RUSSIAN),
    "russianUpper": _upper(_repeated(_RUSSIAN)),
    "chicago": _repeated(_CHICAGO),
    "decimalZero": "{:02}".format,
    "ordinal": "{}.".format,
    "hex": "{:X}".format,
    "numberInDash": "- {} -".format,
    "decimalEnclosedCircle": _enclosed("①", "({})"),
    "decimalEnclosedParen": _enclosed("⑴", "({})"),
    "decimalEnclosedFullstop": _enclosed("⒈", "{}."),
}
