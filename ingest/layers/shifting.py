"""Glyphs under wrong numbers: letters moved by a constant („3ULYHW“, „ɉɪɢɜɟɬ“), glyph numbers as characters.

A font that keeps the order of its letters and is silent on their meaning gives text in which every letter
is moved by the same number. Fonts of Windows have glyphs 3 to 97 for ASCII from the space on, then those of
Mac OS Roman; their Cyrillic glyphs follow one another, but for ё and Ё. What is shuffled is not read here.

Source: Apple, TrueType Reference Manual, `post` format 1 (the 258 standard glyphs).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from ingest.layers.rules import Kind, Rule

CID = re.compile(r"\(cid:(\d{1,5})\)")
CID_BASE = 0xF0000
"""Glyph numbers told as (cid:12) stand in a private plane meanwhile, where none is taken for a space."""

_PRIVATE_CID = re.compile("[\U000f0000-\U000ffffd]")
_GLYPH_OF_SPACE = 3
_GLYPH_AFTER_ASCII = 98
_LETTERS_NEEDED = 10
_PLAIN_LETTERS_NEEDED = 20
"""Where the text is of ordinary letters: any text looks a little like another one moved."""

_FREQUENT_LATIN = "enirtsa "
_FREQUENT_CYRILLIC = "оеинатсрв"
_FREQUENT_GLYPHS = 3


def shifts(pieces: Sequence[str]) -> Iterator[Rule]:
    """Propose the rules by which the most frequent characters of these pieces become frequent letters.

    None where there are fewer characters than it needs.
    """
    size = sum(map(len, pieces))
    if size < _LETTERS_NEEDED:
        return
    yield from glyph_numbers()
    counts = Counter("".join(pieces))
    tops = [character for character, _ in counts.most_common(_FREQUENT_GLYPHS)]
    tops += [
        each for each, _ in Counter(filter(_is_beyond_latin, counts.elements())).most_common(_FREQUENT_GLYPHS)
    ]
    for shift in dict.fromkeys(ord(letter) - ord(top) for top in tops for letter in _FREQUENT_CYRILLIC):
        if shift:
            yield _cyrillic(shift)
    if size < _PLAIN_LETTERS_NEEDED:
        return
    for shift in dict.fromkeys(ord(letter) - ord(top) for top in tops for letter in _FREQUENT_LATIN):
        if shift:
            yield _latin(shift)


@cache
def glyph_numbers() -> tuple[Rule, ...]:
    """Return the rules for glyph numbers of the fonts of Windows, as characters and as (cid:12)."""
    return tuple(
        Rule.by_table(Kind.GLYPHS, f"glyph numbers from {base:x}", _mac_glyphs(base), _LETTERS_NEEDED)
        for base in (0, CID_BASE, 0xF000)
    )


def _mac_glyphs(base: int) -> Mapping[int, str]:
    table = {
        base + glyph: chr(glyph - _GLYPH_OF_SPACE + 0x20)
        for glyph in range(_GLYPH_OF_SPACE, _GLYPH_AFTER_ASCII)
    }
    roman = bytes(range(0x80, 0x100)).decode("mac_roman")
    table.update({base + _GLYPH_AFTER_ASCII + place: letter for place, letter in enumerate(roman)})
    return table


@lru_cache(maxsize=256)
def _cyrillic(shift: int) -> Rule:
    table = {code - shift: chr(code) for code in range(0x410, 0x450)}
    table.update({code - shift: "ё" for code in (0x450, 0x451)})
    table.update({code - shift: "Ё" for code in (0x401, 0x402)})
    return Rule.by_table(Kind.GLYPHS, f"Cyrillic {shift:+}", _possible(table), _LETTERS_NEEDED)


@lru_cache(maxsize=256)
def _latin(shift: int) -> Rule:
    table = {code - shift: chr(code) for code in range(0x20, 0x7F)}
    return Rule.by_table(Kind.GLYPHS, f"Latin {shift:+}", _possible(table), _PLAIN_LETTERS_NEEDED)


def _possible(table: Mapping[int, str]) -> Mapping[int, str]:
    """Leave out what no glyph number becomes: letters of other alphabets, symbols, letters of formulas."""
    return {
        code: letter
        for code, letter in table.items()
        if 0 < code < 0x530 or 0xE000 <= code <= 0xF8FF or code >= CID_BASE
    }


def with_private_cids(text: str) -> str:
    """Write each (cid:12) as one character."""
    return (
        CID.sub(lambda found: chr(CID_BASE + int(found.group(1)) % 0xFFFE), text) if "(cid:" in text else text
    )


def with_told_cids(text: str) -> str:
    """Write what is left of such characters as (cid:12) again."""
    return _PRIVATE_CID.sub(lambda found: f"(cid:{ord(found.group()) - CID_BASE})", text)


def _is_beyond_latin(character: str) -> bool:
    return character > "\u00ff"
