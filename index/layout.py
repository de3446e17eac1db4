"""Words typed with the keyboard set to the wrong script: „rhfcyjlfh“ for краснодар, „ыекфыыу“ for Straße.

A reading is given only where the word as typed is none and what its keys stand for is one.

Source: GOST R 52292 (ЙЦУКЕН), US keyboard; DIN 2137 (QWERTZ).
"""

from __future__ import annotations

from collections.abc import Iterator

from index.keys import dictionary_forms
from index.text import clean, fold, is_cyrillic

MIN_LETTERS = 3
"""Shorter words are words by chance."""

_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_LATIN = ("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "qwertzuiopü+asdfghjklöäyxcvbnm,.^")
_TO_RUSSIAN = tuple(str.maketrans(keys, _RUSSIAN) for keys in _LATIN)
_TO_LATIN = tuple(str.maketrans(_RUSSIAN, keys) for keys in _LATIN)


def typed_otherwise(surface: str) -> Iterator[str]:
    """Yield the words that the keys of an unknown word stand for on the other keyboard."""
    small = clean(surface).lower()
    if len(small) < MIN_LETTERS or not small.isalpha() or dictionary_forms(surface):
        return
    tables = _TO_LATIN if is_cyrillic(fold(surface)) else _TO_RUSSIAN
    for reading in dict.fromkeys(small.translate(table) for table in tables):
        if reading.isalpha() and is_cyrillic(reading) != is_cyrillic(small) and dictionary_forms(reading):
            yield reading
