"""Whether a page is in any language at all, or its letters are shuffled so that only its picture tells.

Languages beyond those of the archive count, too: a Polish page is not garbled. So do lists of names and code.
Other scripts than European ones are not judged.

Source: the most frequent letter triples of langdetect's profiles (words/README.md).
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain, repeat
from pathlib import Path

from ingest.layers.plausibility import NAME_OF_A_THING, pieces, triples, triples_in

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
_UNKNOWN_LANGUAGES = re.compile("[\u0492-\u052f]")
_UNKNOWN_SHARE = 0.02
"""Letters of Kazakh, Tatar, Mongolian and others that are written in Cyrillic and not known here."""

_LEAST_LETTERS = 30
_SAMPLE_CHARACTERS = 2000
_TRIPLES = Path(__file__).parent / "words" / "triples.txt.gz"
_FOREIGN = 0.15
_FOREIGN_LETTERS = 10
_FOREIGN_CHARACTERS = 400
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
    if len(_UNKNOWN_LANGUAGES.findall(joined)) > len(joined) * _UNKNOWN_SHARE:
        return False
    return max(_shares(joined).values(), default=0.0) < _NO_LANGUAGE


def foreign_triples(words: Sequence[str]) -> frozenset[str]:
    """Return the letter triples of the other language that these words are in, none without one."""
    joined = " ".join(piece for word in words for piece in pieces(word))[:_FOREIGN_CHARACTERS]
    if sum(map(str.isalpha, joined)) < _FOREIGN_LETTERS:
        return frozenset()
    shares = _shares(joined)
    language = max(NEIGHBOURS, key=lambda each: (shares.get(each, 0.0), each))
    return triples((language,)) if shares.get(language, 0.0) >= _FOREIGN else frozenset()


def _shares(text: str) -> Mapping[str, float]:
    """Return language -> the share of a text's triples that are frequent in it."""
    found = triples_in(text)
    counts = Counter(chain.from_iterable(map(languages_by_triple().get, found, repeat(()))))
    return {language: count / len(found) for language, count in counts.items()}


@cache
def languages_by_triple() -> Mapping[str, Sequence[str]]:
    """Return frequent letter triple -> the languages that it is frequent in."""
    languages: defaultdict[str, list[str]] = defaultdict(list)
    for line in gzip.decompress(_TRIPLES.read_bytes()).decode().split("\n"):
        language, _, frequent = line.partition("\t")
        for place in range(0, len(frequent), 3):
            languages[frequent[place : place + 3]].append(language)
    return dict(languages)
