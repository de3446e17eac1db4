"""Ways in which a text layer says something else than it shows, done to texts that are right."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

_ROMAN = bytes(range(128, 256)).decode("mac_roman")
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя")
_SHUFFLED = {
    ord(letter): other
    for alphabet in _ALPHABETS
    for letter, other in zip(alphabet, random.Random(7).sample(alphabet, len(alphabet)), strict=True)
}


class Lie(NamedTuple):
    """A way to lie, and the languages it is met in."""

    languages: tuple[str, ...]
    tell: Callable[[str], str]


def misread(right: str, wrong: str, text: str) -> str:
    """Write a text in one code page and read it in another, as browsers do."""
    content = text.encode(right)
    return "".join(bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in content)


def private(code_page: str, text: str) -> str:
    """Write letters as bytes of a code page in the area for private use, as symbol fonts do."""
    return "".join(
        each if each.isspace() else chr(0xF000 + byte) for each in text for byte in each.encode(code_page)
    )


def glyph_numbers(text: str) -> str:
    """Write letters as the numbers of their glyphs in the fonts of Windows."""
    return "\n".join("".join(map(_glyph, line)) for line in text.split("\n"))


def told_glyph_numbers(text: str) -> str:
    """Write them as pdfminer.six tells glyphs that it knows nothing of."""
    return "\n".join("".join(f"(cid:{ord(_glyph(each))})" for each in line) for line in text.split("\n"))


def moved(first: str, last: str, shift: int, text: str) -> str:
    """Move all letters from the first to the last by a number."""
    return "".join(chr(ord(each) + shift) if first <= each <= last else each for each in text)


def apart(gap: str, text: str) -> str:
    """Set letters apart by a space, words by a gap."""
    return "\n".join(gap.join(map(" ".join, line.split())) for line in text.split("\n"))


def letters_twice(text: str) -> str:
    """Print each letter twice."""
    return "\n".join("".join(each * 2 for each in line) for line in text.split("\n"))


def lines_twice(text: str) -> str:
    """Print each line twice."""
    return "\n".join(f"{line}\n{line}" for line in text.split("\n"))


def backwards(text: str) -> str:
    """Write each line from its end."""
    return "\n".join(line[::-1] for line in text.split("\n"))


def shuffled(text: str) -> str:
    """Put other letters for all letters, at random."""
    return text.lower().translate(_SHUFFLED)


def _glyph(letter: str) -> str:
    if " " <= letter <= "~":
        return chr(ord(letter) - 29)
    return chr(98 + _ROMAN.index(letter)) if letter in _ROMAN else letter


_ALL = ("de", "ru", "en")
LIES: Mapping[str, Lie] = {
    "cp1251 as Latin-1": Lie(("ru",), partial(misread, "cp1251", "latin-1")),
    "KOI8-R as Latin-1": Lie(("ru",), partial(misread, "koi8_r", "latin-1")),
    "cp866 as Latin-1": Lie(("ru",), partial(misread, "cp866", "latin-1")),
    "Mac Cyrillic as cp1252": Lie(("ru",), partial(misread, "mac_cyrillic", "cp1252")),
    "ISO 8859-5 as Latin-1": Lie(("ru",), partial(misread, "iso8859_5", "latin-1")),
    "KOI8-R as cp1251": Lie(("ru",), partial(misread, "koi8_r", "cp1251")),
    "cp1251 as KOI8-R": Lie(("ru",), partial(misread, "cp1251", "koi8_r")),
    "cp866 as cp1251": Lie(("ru",), partial(misread, "cp866", "cp1251")),
    "UTF-8 as cp1252": Lie(("de", "ru"), partial(misread, "utf-8", "cp1252")),
    "UTF-8 as cp1251": Lie(("de", "ru"), partial(misread, "utf-8", "cp1251")),
    "cp1252 as cp1251": Lie(("de",), partial(misread, "cp1252", "cp1251")),
    "cp1252 as Mac Roman": Lie(("de",), partial(misread, "cp1252", "mac_roman")),
    "Mac Roman as cp1252": Lie(("de",), partial(misread, "mac_roman", "cp1252")),
    "cp850 as cp1252": Lie(("de",), partial(misread, "cp850", "cp1252")),
    "cp1252 in private use": Lie(("de", "en"), partial(private, "cp1252")),
    "cp1251 in private use": Lie(("ru",), partial(private, "cp1251")),
    "glyph numbers": Lie(("de", "en"), glyph_numbers),
    "glyph numbers told": Lie(("de", "en"), told_glyph_numbers),
    "all moved by one": Lie(("en",), partial(moved, " ", "~", 1)),
    "Cyrillic moved by 470": Lie(("ru",), partial(moved, "А", "ё", -470)),
    "Cyrillic moved by 99": Lie(("ru",), partial(moved, "А", "ё", -99)),
    "letters apart, wider between words": Lie(_ALL, partial(apart, "   ")),
    "letters apart, all alike": Lie(_ALL, partial(apart, " ")),
    "letters twice": Lie(_ALL, letters_twice),
    "lines twice": Lie(_ALL, lines_twice),
    "backwards": Lie(_ALL, backwards),
    "letters shuffled": Lie(_ALL, shuffled),
}
"""Name -> lie. The last one is not to be mended, only to be noticed."""
