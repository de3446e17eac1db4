"""Whether a page is in any language at all, or its letters are shuffled so that only its picture tells.

Languages beyond those of the archive count, too: a Polish page is not garbled. So do lists of names and code.
Other scripts than European ones are not judged.

Source: the most frequent letter triples of langdetect's profiles.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.layers.plausibility import NAME_OF_A_THING, pieces, profile, share_of_triples
from ingest.layers.vocabulary import LANGUAGES

NEIGHBOURS = tuple(
    re.findall(
        r"\w+",
        "af bg ca cs cy da el es et fi fr hr hu id it lt lv mk nl no pl pt ro sk sl so sq sv sw tl tr uk vi",
    )
)
"""Languages that a page may be in without being garbled."""

_OTHER_SCRIPT = re.compile("[^\0-\u052f\u1e00-\u218f\ue000-\uf8ff\U000f0000-\U000ffffd]")
"""Letters whose languages are not known here: Hebrew, Arabic, Chinese, …"""

_ACRONYM = re.compile(r"[\d.,:;%°+\-–/()]*|[^\Wa-zа-яё]{2,5}")
_LEAST_LETTERS = 30
_SAMPLE_CHARACTERS = 2000
_FREQUENT_TRIPLES = 500
_NO_LANGUAGE = 0.12
"""Share of the most frequent triples of the best language: 0.3 to 0.6 in texts, 0.15 in lists of names."""


def is_unreadable(text: str) -> bool:
    """Say whether a text in European letters is in none of the languages known here, nor code or numbers."""
    words = [
        piece
        for piece in pieces(text)
        if len(piece) > 2 and not _ACRONYM.fullmatch(piece) and not NAME_OF_A_THING.fullmatch(piece)
    ]
    european = [word for word in words if not _OTHER_SCRIPT.search(word)]
    letters = sum(map(len, european))
    if letters < _LEAST_LETTERS or letters < sum(map(len, words)) * 0.5:
        return False
    joined = " ".join(european)[:_SAMPLE_CHARACTERS]
    return all(share_of_triples(joined, _frequent(each)) < _NO_LANGUAGE for each in LANGUAGES + NEIGHBOURS)


@cache
def _frequent(language: str) -> frozenset[str]:
    counts = profile(language)
    return frozenset(sorted(counts, key=counts.__getitem__, reverse=True)[:_FREQUENT_TRIPLES])
