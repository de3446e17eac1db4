"""What is left of a word that no list knows when its ending is cut off: Мюллером, Клебановой, Merkels.

Russian by Snowball; of Latin words only what inflects them is cut, since Snowball for German makes „Müll“ of
„Müller“ and its English brother joins words of different meaning. A stem is no word: its keys are marked.

Source: snowballstem.org, „Russian stemming algorithm“. snowballstemmer stems by PyStemmer, where that is
installed, which is the same in C and twenty times as fast.
"""

from __future__ import annotations

import re
from functools import lru_cache
from threading import local

import snowballstemmer

from index.text import is_cyrillic

STEM = "~"
"""Begins the key of a stem. No word is written so."""

MIN_STEM_LETTERS = 4
"""A shorter stem belongs to too many words."""

_LATIN_ENDING = re.compile(r"(?:(?<=e[lr])n|ens|en|em|es|e|(?<![sui])s|ing|ed)$")
_OF_THREAD = local()


@lru_cache(maxsize=1 << 15)
def stem(folded: str) -> str:
    """Return the stem of a folded word of letters, "" where nothing can be cut off."""
    found = _russian(folded) if is_cyrillic(folded) else _LATIN_ENDING.sub("", folded)
    return found if found != folded and len(found) >= MIN_STEM_LETTERS else ""


def _russian(folded: str) -> str:
    stemmer = getattr(_OF_THREAD, "russian", None)
    if stemmer is None:
        stemmer = _OF_THREAD.russian = snowballstemmer.stemmer("russian")
    return str(stemmer.stemWord(folded))
