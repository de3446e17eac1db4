"""Letters set apart: „П р и в е т“, „K o n f e r e n z  i n  B e r l i n“.

Typists and typesetters emphasise like that, and fonts with wide spacing are read like that. Wider gaps part
words; where all gaps are alike, frequent words tell where one ends. Letters that make no words (formulas,
tables) stay apart.

Source: Norvig, Natural Language Corpus Data, in Beautiful Data (2009), on segmentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log

from ingest.layers.plausibility import commonness
from ingest.layers.vocabulary import SINGLE, ranks

_LETTER = r"[^\W\d_]"
_RUN = re.compile(rf"(?<!\S)([(«„“\"]?)({_LETTER}(?:[ \xa0]{{1,4}}{_LETTER}){{2,}})(?![^\W_]*[^\W\d_])")
_GAPS = re.compile(r"[ \xa0]+")
_LEAST_LETTERS = 5
"""A line is looked at for a run of so many letters; beside one, shorter ones count, too."""

_MOST_LETTERS = 400
_LONGEST_WORD = 30
_WORD_COST = 2.5
_UNKNOWN_COST = 9.0
_UNKNOWN_LETTER_COST = 1.9
_DEAR = 2.4
"""Runs that cost more than this a letter are no words; frequent words cost 1 to 2."""

_ENOUGH_COMMON = 0.5


def join_apart(text: str) -> str:
    """Return a text with letters that stand apart joined to words."""
    return "\n".join(
        _RUN.sub(_joined, line)
        if any(_size(run.group(2)) >= _LEAST_LETTERS for run in _RUN.finditer(line))
        else line
        for line in text.split("\n")
    )


def _joined(found: re.Match[str]) -> str:
    before, run = found.groups()
    if _size(run) > _MOST_LETTERS:
        return found.group()
    gaps = _GAPS.findall(run)
    narrowest = min(map(len, gaps))
    wide = rf"[ \xa0]{{{narrowest + 1},}}"
    words = [_GAPS.sub("", part) for part in re.split(wide, run)]
    if len(words) > 1 and _read_well(words):
        return before + " ".join(words)
    letters = _GAPS.sub("", run)
    words, cost = _segmented(letters)
    if cost > _DEAR * len(letters) or not _read_well(words):
        return found.group()
    return before + " ".join(words)


def _size(run: str) -> int:
    return len(run) - sum(map(len, _GAPS.findall(run)))


def _read_well(words: list[str]) -> bool:
    joined = " ".join(words)
    return len(set(joined.lower())) > 2 and commonness(joined) >= _ENOUGH_COMMON


def _segmented(letters: str) -> tuple[list[str], float]:
    """Return the cheapest way to cut letters into words, and what it costs."""
    costs, cuts = [0.0], [0]
    for end in range(1, len(letters) + 1):
        cost, start = min(
            (costs[start] + _cost(letters[start:end]), start)
            for start in range(max(0, end - _LONGEST_WORD), end)
        )
        costs.append(cost)
        cuts.append(start)
    return list(_cut(letters, cuts))[::-1], costs[-1]


def _cut(letters: str, cuts: list[int]) -> Iterator[str]:
    end = len(letters)
    while end:
        yield letters[cuts[end] : end]
        end = cuts[end]


def _cost(word: str) -> float:
    """Return how surprising a word is; one with a capital inside is two words."""
    small = word.lower()
    if word[1:] != small[1:] and word != word.upper():
        return 1000.0
    if len(word) == 1 and small not in SINGLE:
        return _UNKNOWN_COST * 2
    rank = ranks().get(small) or ranks().get(small.replace("ё", "е"))
    known = _WORD_COST + log(rank) if rank else 1000.0
    return min(known, _UNKNOWN_COST + _UNKNOWN_LETTER_COST * len(word))
