"""How likely it is that people wrote a text: by the letters that follow each other in it.

Knows German, English, French, Russian, Ukrainian and Bulgarian, from the counts that langdetect brings along
of letters and pairs of letters. It tells right decodings of the same bytes from wrong ones, and nothing about
languages (see language.py).
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from langdetect.detector_factory import PROFILES_DIRECTORY

_LANGUAGES = {"de": 0.0, "en": 0.0, "ru": 0.0, "fr": -2.0, "uk": -1.0, "bg": -1.0}
"""Language -> the logarithm of how likely it is beforehand, compared with those of the archive."""

_UNKNOWN_PAIR = math.log(3e-4)
_TWO_SCRIPTS = math.log(1e-6)
_UNKNOWN_LETTER = math.log(1e-6)
_CAPITAL_WITHIN = math.log(1e-3)
"""A capital after a small letter; after a capital, and at the beginning of a word, it costs less."""
_CAPITAL_AFTER_CAPITAL = math.log(0.3)
_CAPITAL_FIRST = math.log(0.3)
_CAPITAL_IN_SENTENCE = math.log(0.1)
_CAPITAL_ALONE = math.log(0.03)

_SIGNS = {
    **dict.fromkeys("\u00a0«»„“”’\u2013—…§°", math.log(0.01)),
    **dict.fromkeys("№‘‚‹›•·×±²³½€©®", math.log(1e-3)),
}
_UNKNOWN_SIGN = math.log(1e-5)
_NO_CHARACTER = math.log(1e-8)

_BETWEEN_LETTERS = {"’": 0.0, "\u2013": -1.0, "—": -1.0, "\u00a0": -5.0, "…": -2.0}
_SIGN_WITHIN = math.log(1e-6)
"""Any other sign between two letters."""
_BEHIND_LETTERS = frozenset("\u00a0»“”’‘\u2013—…°©®›")
_SIGN_BEHIND = math.log(0.05)
"""Any other sign behind a letter."""
_BEFORE_LETTERS = frozenset("\u00a0«„“‘‚‹\u2013•·§")
_SIGN_BEFORE = math.log(0.02)
"""Any other sign before a letter."""
_OPENING, _CLOSING = frozenset("«„“‘‚‹"), frozenset("»“”‘’›")
_NEVER_ALONE = _OPENING | _CLOSING | {"\u00a0"}
_ALONE = math.log(0.005)
"""A quotation mark or a space that stays with its word, between spaces or beside one."""
_UNBALANCED = math.log(0.05)
"""For each quotation mark that has no other to go with it."""
_BORDER = " "


def likelihood(text: str) -> float:
    """Return the logarithm of how likely the characters beyond ASCII are, each after the one before it."""
    pairs = _pairs()
    total = 0.0
    opened = 0
    earlier = before = "\n"
    for character in f"{text}\n":
        if character > "\x7f" or before > "\x7f":
            if before in _NEVER_ALONE and earlier.isspace() and (character.isspace() or before == "\u00a0"):
                total += _ALONE
            if character.isalpha():
                total += _letter(before, character, pairs)
                if earlier.isalpha() and before.isspace() and _small(character) != character:
                    total += _CAPITAL_IN_SENTENCE
                if before > "\x7f" and not before.isalpha():
                    total += 0.0 if before in _BEFORE_LETTERS else _SIGN_BEFORE
                    total += _BETWEEN_LETTERS.get(before, _SIGN_WITHIN) if earlier.isalpha() else 0.0
                    opened += before in _OPENING
            else:
                total += _sign(character)
                if before.isalpha():
                    if not earlier.isalpha() and _small(before) != before:
                        total += _CAPITAL_ALONE
                    total += pairs.get(_small(before) + _BORDER, _UNKNOWN_PAIR)
                    total += 0.0 if character < "\x80" or character in _BEHIND_LETTERS else _SIGN_BEHIND
                opened -= character in _CLOSING and not before.isspace()
        earlier, before = before, character
    return total + _UNBALANCED * abs(opened)


def _letter(before: str, letter: str, pairs: Mapping[str, float]) -> float:
    """Return how likely a letter is after a character."""
    small, is_within = _small(letter), before.isalpha()
    total = pairs.get((_small(before) if is_within else _BORDER) + small, _UNKNOWN_PAIR)
    if is_within and (before < "\u0400") != (letter < "\u0400"):
        total += _TWO_SCRIPTS
    if small not in pairs:
        total += _UNKNOWN_LETTER
    if small == letter:
        return total
    if not is_within:
        return total + _CAPITAL_FIRST
    return total + (_CAPITAL_AFTER_CAPITAL if _small(before) != before else _CAPITAL_WITHIN)


def _small(letter: str) -> str:
    return letter.lower()[:1]


def _sign(character: str) -> float:
    if character <= "\x7f":
        return 0.0
    if character in _SIGNS:
        return _SIGNS[character]
    return (
        _NO_CHARACTER if unicodedata.category(character)[0] == "C" or character == "\ufffd" else _UNKNOWN_SIGN
    )


@lru_cache(maxsize=1)
def _pairs() -> Mapping[str, float]:
    """Return letters, and pairs with how likely the second is after the first, where that is likeliest."""
    best: dict[str, float] = {}
    for language, prior in _LANGUAGES.items():
        for pair, chance in _chances(language).items():
            best[pair] = max(chance + prior, best.get(pair, -math.inf))
    return best


def _chances(language: str) -> dict[str, float]:
    counts = json.loads((Path(PROFILES_DIRECTORY) / language).read_text(encoding="utf-8"))["freq"]
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for gram, count in counts.items():
        if len(gram) == 1:
            singles[gram.lower()] += count
        elif len(gram) == 2 and re.fullmatch(r"(?! $)[^\W\d_ ]?[ ]?[^\W\d_ ]?", gram):
            pairs[gram.lower()] += count
    firsts: Counter[str] = Counter()
    for pair, count in pairs.items():
        firsts[pair[0]] += count
    chances = {pair: math.log(count / firsts[pair[0]]) for pair, count in pairs.items()}
    return {**dict.fromkeys(singles, 0.0), **chances}
