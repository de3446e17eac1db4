"""The most frequent words of German, Russian and English, read when a text is first doubted.

Not what a word means, nor its forms: `index/lemmas.py` has those, from lists a hundred times as large.

Source: words/README.md.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from functools import cache
from itertools import count
from pathlib import Path

LANGUAGES = ("de", "ru", "en")

SINGLE = frozenset("aiавикосуя")
"""Letters that are words by themselves."""

_FOLDER = Path(__file__).parent / "words"
_THREE_LETTERS = re.compile(r"[^\W\d_]{3,}")
_UNTIDY = re.compile("[\u2019\u0451]")
_TIDY = str.maketrans({"\u2019": "'", "ё": "е"})


@cache
def ranks() -> Mapping[str, int]:
    """Return word -> place in the list of its language, from 1; the better one of two languages."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        words = gzip.decompress((_FOLDER / f"{language}.txt.gz").read_bytes()).decode().split("\n")
        own = dict(zip(words, count(1), strict=False))
        better = {word: found[word] for word in own.keys() & found.keys() if found[word] < own[word]}
        found |= own | better
    return found


def has_known_word(text: str) -> bool:
    """Say whether frequent words of three letters or more are in a text."""
    return not ranks().keys().isdisjoint(_THREE_LETTERS.findall(text.lower().replace("ё", "е")))


def is_known(word: str) -> bool:
    """Say whether a word of two letters or more is a frequent one, in any case; single letters are few."""
    small = word.lower()
    if len(small) == 1:
        return small in SINGLE
    known = ranks()
    return small in known or (_UNTIDY.search(small) is not None and small.translate(_TIDY) in known)
