"""From a text to tokens: where the words stand, and the one form under which their spellings meet.

Tokens are found in the text as it stands, so that `text[token.start:token.end]` is what the reader sees.
What a token may be searched under is the business of `keys.py`.

Source: Unicode Standard Annex 15 (normalisation forms NFC, NFKC) and 31 (what a word consists of).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

MAX_TOKEN_CHARS = 80
"""A longer run of letters is no word (a key, a digest, a table without spaces); its beginning is kept."""

HYPHENS = ("-", "\u00ad", "\u2010", "\u2011", "\u00ac", "\u0002", "\ufffe")
"""Hyphens as typed, soft, typographic, and as PDF readers and OCR report them at the end of a line."""

LINE_END = "(?:\r?\n|[\u000b\u000c\u0085\u2028\u2029])"
"""A pattern for the end of a line, of whatever program; a slide has vertical tabs."""

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen, zero-width space and joiners: part of a word, not of its spelling."""

_MARKS = "\u0300-\u036f\u0483-\u0489\u20d0-\u20ff\ufe0e\ufe0f"
"""Combining marks, which `\\w` does not know: ä in NFD, stress over a Cyrillic vowel."""

NOT_AND = r"(?!(?:und|oder|bzw|sowie|and|or|и|или)\b)"
"""A pattern for the place behind „Wasser-“ at a line end, where „und Abwasser“ does not follow."""

_LINE_BREAK = (
    rf"[{re.escape(''.join(HYPHENS))}][ \t]*{LINE_END}[ \t]*(?=[a-zß-öø-ÿа-џ])"
    rf"{NOT_AND}"
)
"""A word broken at a line end: a hyphen, a new line, a lower-case letter."""

TOKEN = rf"[^\W_]++(?:[^\W_]++|{_LINE_BREAK}|[{_MARKS}{_INVISIBLE}])*+"
"""A pattern for a word as it stands."""

_TOKEN = re.compile(TOKEN)
_BREAK = re.compile(_LINE_BREAK)
_SURPLUS = re.compile(rf"{_LINE_BREAK}|[{_INVISIBLE}]")
_LEFT_OVER_MARKS = re.compile(rf"[{_MARKS}]")
_NO_LETTER = re.compile(r"[\W_]+")
_LATIN = re.compile(r"[a-zà-ÿ]")
_CYRILLIC = re.compile(r"[а-ӿ]")

_LIKE_CYRILLIC = str.maketrans("aceopxykmtbhië", "асеорхукмтвніе")
_LIKE_LATIN = str.maketrans("асеорхукмтвніѕј", "aceopxykmtbhisj")
"""Small letters whose small or capital forms look alike."""


class Token(NamedTuple):
    """A word and where it stands: `surface` is `text[start:end]`, `folded` is never empty."""

    surface: str
    folded: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order."""
    for match in _TOKEN.finditer(text):
        surface = match.group()
        folded = fold(surface)
        if folded:
            yield Token(surface, folded, match.start(), match.end())


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a text as they stand, with start and end; faster than `tokens`."""
    for match in _TOKEN.finditer(text):
        yield match.group(), match.start(), match.end()


def surfaces(text: str) -> list[str]:
    """Return the words of a text as they stand, in order; the fastest way to them."""
    return _TOKEN.findall(text)


def clean(surface: str) -> str:
    """Return a word as it would be typed: composed, joined, without invisible characters; case is kept."""
    if surface.isalnum() and unicodedata.is_normalized("NFKC", surface):
        return surface[:MAX_TOKEN_CHARS]
    joined = _SURPLUS.sub("", surface)
    composed = unicodedata.normalize("NFKC", joined)
    return _LEFT_OVER_MARKS.sub("", composed)[:MAX_TOKEN_CHARS]


def written(surface: str) -> str:
    """Return a word as `clean` does, one of letters of two scripts in those of the one it is meant in."""
    word = clean(surface)
    if word.isascii() or not (_LATIN.search(small := word.lower()) and _CYRILLIC.search(small)):
        return word
    meant = fold(word)
    return meant.capitalize() if word[:1].isupper() else meant


def pieces(surface: str) -> tuple[str, ...]:
    """Return what a line end broke a word into, cleaned; one piece where it did not."""
    found = [surface] if surface.isalnum() else _BREAK.split(surface)
    return tuple(piece for piece in map(clean, found) if piece)


@lru_cache(maxsize=1 << 17)
def fold(surface: str) -> str:
    """Return the form in which spellings meet: no case, ß as ss, ё as е, one script in a word.

    Umlauts and accents stay: what is searched under without them is said in `keys.py`.
    """
    if surface.isascii() and surface.isalnum():
        return surface[:MAX_TOKEN_CHARS].lower()
    folded = unicodedata.normalize("NFC", clean(surface).casefold()).replace("ё", "е")
    return _mend(folded if folded.isalnum() else _NO_LETTER.sub("", folded))


def twin(folded: str) -> str:
    """Return a folded word in the letters of the other script that look the same; "" where not all do."""
    cyrillic = is_cyrillic(folded)
    found = folded.translate(_LIKE_LATIN if cyrillic else _LIKE_CYRILLIC)
    other = _CYRILLIC if cyrillic else _LATIN
    return "" if found == folded or other.search(found) else found


def is_cyrillic(folded: str) -> bool:
    """Tell whether a folded word is written in Cyrillic letters."""
    return _CYRILLIC.search(folded) is not None


def _mend(folded: str) -> str:
    """Write a word of two scripts in the one that all its letters can be read in, if there is one."""
    if folded.isascii():
        return folded
    latin, cyrillic = _LATIN.findall(folded), _CYRILLIC.findall(folded)
    if not latin or not cyrillic:
        return folded
    as_cyrillic, as_latin = folded.translate(_LIKE_CYRILLIC), folded.translate(_LIKE_LATIN)
    if not _LATIN.search(as_cyrillic) and (len(cyrillic) >= len(latin) or _CYRILLIC.search(as_latin)):
        return as_cyrillic
    return folded if _CYRILLIC.search(as_latin) else as_latin
