"""How like language a text is: by its letter triples, which costs nothing, or by its words as well.

`commonness` looks at triples of letters alone and is what healthy pages pay. `weigh` looks at each word: a
frequent one counts in full, another by its triples, one with strange characters inside not at all. Numbers
and punctuation count neither for nor against.

Source: Cavnar and Trenkle, N-Gram-Based Text Categorization (1994); the triples are langdetect's.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from langdetect import detector_factory

from ingest.layers.vocabulary import LANGUAGES, is_known

_WORDS = re.compile(r"[^\W\d_]+")
_PIECES = re.compile(r"[ \t\n\r/\-\u2010-\u2015()\[\]{}\"«»,;|]+")
_EDGES = " .,;:!?()[]{}<>\"'«»„“”‚‘’‹›…•*+=#&|~–—-/\\^_`´°§%@·\u00ad\u200b"
_NUMBER = re.compile(r"[\d.,:;%°+\-–/()]*")
_LETTER = r"[^\W\d_\xaa\xb2\xb3\xb9\xba\xbc-\xbe]"
_WORD = re.compile(rf"{_LETTER}+(?:['’\u00ad]{_LETTER}+)*")
NAME_OF_A_THING = re.compile(r"[\w.@:&=?%+#,;()\[\]{}'\"<>]*[\d_.@:=][\w.@:&=?%+#,;()\[\]{}'\"<>]*", re.ASCII)
"""URLs, addresses, identifiers, chemical formulas: no words, and no sign of anything."""

_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_MIXED_CASE = 0.8
"""What a known word counts that is written like „GmbH“ or „памЯти“."""

_UNKNOWN = 0.9
"""What an unknown word counts at best, beside a known one."""


class Weight(NamedTuple):
    """How much of a text is like language: characters that are, and all that could be."""

    plausible: float
    total: int

    @property
    def share(self) -> float:
        """Return the share that is like language; 0 where nothing could be."""
        return self.plausible / self.total if self.total else 0.0


def commonness(text: str) -> float:
    """Return the share of letter triples that are common in German, Russian or English; 1 without letters."""
    words = _WORDS.findall(text.lower())
    count = sum(map(len, words)) + len(words) - 1
    return sum(map(_common_triples, words)) / count if words else 1.0


@lru_cache(maxsize=1 << 14)
def _common_triples(word: str) -> int:
    """Count the common triples of a word with the spaces around it; none has a space inside."""
    padded, common = f" {word} ", triples(LANGUAGES)
    return sum(padded[place : place + 3] in common for place in range(len(word)))


def weigh(text: str, foreign: frozenset[str] = frozenset()) -> Weight:
    """Weigh a text word by word; `foreign` are letter triples that are common where it comes from, too."""
    plausible, total = 0.0, 0
    for piece in pieces(text):
        credit = credit_of(piece, foreign)
        if credit is not None:
            plausible += credit * len(piece)
            total += len(piece)
    return Weight(plausible, total)


@lru_cache(maxsize=1 << 14)
def weigh_word(word: str, foreign: frozenset[str] = frozenset()) -> Weight:
    """Weigh a word, which is likely to come again."""
    return weigh(word, foreign)


def pieces(text: str) -> Iterator[str]:
    """Yield the words of a text without the punctuation around them, with strange characters inside."""
    for piece in _PIECES.split(text):
        if stripped := piece.strip(_EDGES):
            yield stripped


@cache
def triples(languages: tuple[str, ...]) -> frozenset[str]:
    """Return the letter triples that are common in any of some languages."""
    return frozenset().union(*(profile(language) for language in languages))


def profile(language: str) -> Counter[str]:
    """Return how often each triple of small letters was counted in a language."""
    path = Path(detector_factory.PROFILES_DIRECTORY) / language
    counts: Counter[str] = Counter()
    for letters, count in json.loads(path.read_text(encoding="utf-8"))["freq"].items():
        if len(letters) == 3:
            counts[letters.lower()] += count
    return counts


def share_of_triples(text: str, triples: frozenset[str]) -> float:
    found = triples_in(text)
    return sum(map(triples.__contains__, found)) / len(found) if found else 1.0


def triples_in(text: str) -> Sequence[str]:
    """Return all triples of a text's small letters, a space between words."""
    padded = f" {' '.join(_WORDS.findall(text.lower()))} "
    return [padded[place : place + 3] for place in range(len(padded) - 2)]


@lru_cache(maxsize=1 << 14)
def credit_of(piece: str, foreign: frozenset[str] = frozenset()) -> float | None:
    """Return 0 to 1 for one word, None for what is no word and no sign of anything."""
    if _NUMBER.fullmatch(piece):
        return None
    if not _WORD.fullmatch(piece):
        return None if NAME_OF_A_THING.fullmatch(piece) else 0.0
    is_usual = len(piece) == 1 or piece[1:].islower() or piece.isupper()
    if is_known(piece):
        return 1.0 if is_usual else _MIXED_CASE
    if "Ÿ" in piece and not piece.isupper():
        return 0.0
    if len(piece) == 1 or not is_usual or (_LATIN.search(piece) and _CYRILLIC.search(piece)):
        return 0.0
    own = commonness(piece)
    return _UNKNOWN * (max(own, share_of_triples(piece, foreign)) if foreign else own)
