"""Words of two languages that look alike without their script: Energie, энергия, energy.

Source: Indel similarity as in rapidfuzz, rapidfuzz.github.io/RapidFuzz.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Protocol

from rapidfuzz.distance import Indel

from index.skeletons import skeleton

LEAST_SIMILARITY = 0.75
SHARPNESS = 8
"""A word so alike is a cognate, and counts its similarity to this power."""

MIN_LETTERS = 4
"""Shorter words are alike by chance."""

SAME_LETTERS = 2
"""So many letters have to be the same at the beginning."""

MOST = 5


class Vocabulary(Protocol):
    """Words that may be cognates: those of a lexicon, or of documents."""

    def alike(self, language: str, beginning: str) -> tuple[tuple[str, str], ...]:
        """Return the keys of a language whose skeletons begin so, in order, each with its skeleton."""
        ...


class Shapes:
    """The keys of documents as a vocabulary."""

    def __init__(self, keys: Mapping[str, Iterable[str]]) -> None:
        """`keys`: by language."""
        self._shapes = {
            language: sorted((skeleton(key, language), key) for key in {*of_language})
            for language, of_language in keys.items()
        }

    def alike(self, language: str, beginning: str) -> tuple[tuple[str, str], ...]:
        """Return the keys of a language whose skeletons begin so, in order, each with its skeleton."""
        shapes = self._shapes.get(language, [])
        first, last = (bisect_left(shapes, (edge, "")) for edge in (beginning, f"{beginning}\U0010ffff"))
        return tuple(sorted((key, shape) for shape, key in shapes[first:last]))


def cognates(key: str, source: str, target: str, vocabulary: Vocabulary) -> Mapping[str, float]:
    """Return what a key looks like in another language, at most `MOST`, and how much; 1 in all at most."""
    shape = skeleton(key, source)
    if len(shape) < MIN_LETTERS:
        return {}
    found = [
        (Indel.normalized_similarity(shape, other, score_cutoff=LEAST_SIMILARITY) ** SHARPNESS, word)
        for word, other in vocabulary.alike(target, shape[:SAME_LETTERS])
        if len(other) >= MIN_LETTERS and word != key
    ]
    best = sorted((-weight, word) for weight, word in found if weight > 0)[:MOST]
    total = max(1.0, -sum(weight for weight, _ in best))
    return {word: -weight / total for weight, word in best}
