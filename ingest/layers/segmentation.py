"""Where words begin and end in letters without spaces: the cheapest way to cut them into frequent words.

A word costs the logarithm of its place among the frequent ones, an unknown one something for each letter.

Source: Norvig, Natural Language Corpus Data, in Beautiful Data (2009), on segmentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import log

from ingest.layers.vocabulary import SINGLE, ranks

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]+|_+")
_OPENING = "(«„["
_QUOTES = '"“”'
_HYPHENS = "-/"
_LONGEST_WORD = 30
_MOST_LETTERS = 600
_WORD_COST = 2.5
_UNKNOWN_COST = 4.0
_UNKNOWN_LETTER_COST = 2.5
_SINGLE_COST = 18.0
_IMPOSSIBLE_COST = 1000.0
_DEAR = 2.4
"""Letters that cost more than this each are no words; frequent words cost 1 to 2."""


def segmented(text: str, may_be_dear: bool = False) -> list[str]:
    """Cut a text without spaces into words with their marks; none where they are too dear."""
    letters = cost = 0.0
    words: list[str] = []
    is_glued = False
    for token in _TOKEN.findall(text):
        if token[0].isalpha():
            parts, token_cost = _cut(token)
            letters, cost = letters + len(token), cost + token_cost
        else:
            parts = [token]
        follows = bool(words) and not token[0].isalnum() and token not in _OPENING
        if words and (is_glued or follows):
            words[-1] += parts[0]
            words += parts[1:]
        else:
            words += parts
        is_glued = token in _OPENING or token in _HYPHENS
    return words if may_be_dear or cost <= _DEAR * letters else []


def _cut(letters: str) -> tuple[list[str], float]:
    """Return the cheapest way to cut letters into words, and what it costs."""
    if len(letters) > _MOST_LETTERS:
        return [letters], _IMPOSSIBLE_COST
    costs, cuts = [0.0], [0]
    for end in range(1, len(letters) + 1):
        cost, start = min(
            (costs[start] + _cost(letters[start:end]), start)
            for start in range(max(0, end - _LONGEST_WORD), end)
        )
        costs.append(cost)
        cuts.append(start)
    return list(_pieces(letters, cuts))[::-1], costs[-1]


def _pieces(letters: str, cuts: list[int]) -> Iterator[str]:
    end = len(letters)
    while end:
        yield letters[cuts[end] : end]
        end = cuts[end]


@lru_cache(maxsize=1 << 14)
def _cost(word: str) -> float:
    """Return how surprising a word is; one with a capital inside is two words."""
    small = word.lower()
    if word[1:] != small[1:] and word != word.upper():
        return _IMPOSSIBLE_COST
    if len(word) == 1 and small not in SINGLE:
        return _SINGLE_COST
    rank = ranks().get(small) or ranks().get(small.replace("ё", "е"))
    known = _WORD_COST + log(rank) if rank else _IMPOSSIBLE_COST
    return min(known, _UNKNOWN_COST + _UNKNOWN_LETTER_COST * len(word))
