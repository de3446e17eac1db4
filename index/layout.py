"""Words typed with the keyboard set to the wrong script: „rhfcyjlfh“ for краснодар, „ыекфыыу“ for Straße.

A reading is given only where the word as typed is none and what its keys stand for is one.

Source: GOST R 52292 (ЙЦУКЕН), US keyboard; DIN 2137 (QWERTZ).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.keys import dictionary_forms
from index.text import clean, fold, is_cyrillic

MIN_LETTERS = 3
"""Shorter words are words by chance."""

MIN_CHARS_WITH_SIGNS = 4
"""Of a word some of whose letters are signs on the other keyboard."""

_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_LATIN = ("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "qwertzuiopü+asdfghjklöäyxcvbnm,.^")
_TO_RUSSIAN = tuple(str.maketrans(keys, _RUSSIAN) for keys in _LATIN)
_TO_LATIN = tuple(str.maketrans(_RUSSIAN, keys) for keys in _LATIN)
_SIGN = re.compile(r"[\[\];',.`+^]")
_ALL_RUSSIAN = re.compile(rf"[а-яё]{{{MIN_CHARS_WITH_SIGNS},}}")


def typed_otherwise(surface: str) -> Iterator[str]:
    """Yield the words that the keys of an unknown word stand for on the other keyboard."""
    small = clean(surface).lower()
    if len(small) < MIN_LETTERS or not small.isalpha() or dictionary_forms(surface):
        return
    tables = _TO_LATIN if is_cyrillic(fold(surface)) else _TO_RUSSIAN
    for reading in dict.fromkeys(small.translate(table) for table in tables):
        if reading.isalpha() and is_cyrillic(reading) != is_cyrillic(small) and dictionary_forms(reading):
            yield reading


def typed_with_signs(chunk: str) -> str:
    """Return the Russian word some of whose keys are signs on a Latin keyboard: „'ythubz“; "" for none.

    It is no word in any other way, and is to be read before the signs get their meaning in a query.
    """
    for typed in dict.fromkeys((chunk, chunk.rstrip(".,"))):
        for table in _TO_RUSSIAN if _SIGN.search(typed) else ():
            reading = typed.lower().translate(table)
            if _ALL_RUSSIAN.fullmatch(reading) and dictionary_forms(reading):
                return reading
    return ""
