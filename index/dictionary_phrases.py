"""What dictionaries say of several words at a time: „Gesichtserkennung“ is `face recognition`.

Gathered beside the pairs of single words, of which each stands for the whole only in part. Kept is what an
entry says of a phrase, and where a phrase is said for a word; the keys of a phrase are joined by blanks.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from index.dictionaries import PhraseRow
from index.dictionary_pairs import MAX_TERM_KEYS, Pairs

MOST, LEAST_SHARE = 4, 0.1
"""So many translations of a phrase are kept, and none that is a smaller part of all."""

_NONE = -1
"""Fills up what is shorter than the longest."""


class PhraseCollector:
    """Takes the terms of entries of which one has several words."""

    def __init__(self) -> None:
        self._numbers = array("i")
        self._weights = array("f")

    def add(self, source: tuple[int, ...], target: tuple[int, ...], weight: float) -> None:
        """Take a term and its translation, by the numbers of their keys."""
        for numbers in (source, target):
            self._numbers.extend(numbers)
            self._numbers.extend((_NONE,) * (MAX_TERM_KEYS - len(numbers)))
        self._weights.append(weight)

    def rows(
        self, pairs: Pairs, source_keys: Sequence[str], target_keys: Sequence[str], *, turned: bool
    ) -> Iterator[PhraseRow]:
        """Yield what was taken in one direction, `turned` from target to source.

        Args:
            pairs: those of single words of the same direction, which tell what share of a word's translations
                a phrase is.
        """
        numbers = np.frombuffer(self._numbers, np.int32).reshape(-1, 2, MAX_TERM_KEYS)
        single = np.bincount(
            pairs.source,
            np.where(pairs.source_length == 1, pairs.weight / pairs.target_length, 0),
            len(source_keys),
        )
        said: defaultdict[tuple[int, ...], defaultdict[tuple[int, ...], float]] = defaultdict(
            lambda: defaultdict(float)
        )
        for (first, second), weight in zip(numbers.tolist(), self._weights, strict=True):
            one, other = (second, first) if turned else (first, second)
            said[_keys(one)][_keys(other)] += weight
        for head, found in said.items():
            total = float(single[head[0]]) if len(head) == 1 else sum(found.values())
            kept = sorted(found.items(), key=lambda each: (-each[1], each[0]))[:MOST]
            translations = tuple(
                (" ".join(target_keys[number] for number in numbers_of), weight / total)
                for numbers_of, weight in kept
                if weight >= LEAST_SHARE * total
            )
            if translations:
                yield PhraseRow(" ".join(source_keys[number] for number in head), translations)


def _keys(numbers: list[int]) -> tuple[int, ...]:
    return tuple(number for number in numbers if number != _NONE)
