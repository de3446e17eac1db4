"""Words of two languages that look alike without their script: Energie, энергия, energy.

Source: Indel similarity as in rapidfuzz, rapidfuzz.github.io/RapidFuzz.
"""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz.distance import Indel
from rapidfuzz.process import extract

from index.lexicon import Lexicon
from index.skeletons import skeleton

LEAST_SIMILARITY = 0.75
SHARPNESS = 8
"""A word so alike is a cognate, and counts its similarity to this power."""

MIN_LETTERS = 4
"""Shorter words are alike by chance."""

SAME_LETTERS = 2
"""So many letters have to be the same at the beginning."""

MOST = 5


def cognates(key: str, source: str, target: str, lexicon: Lexicon) -> Mapping[str, float]:
    """Return what a key looks like in another language, at most `MOST`, and how much; 1 in all at most."""
    shape = skeleton(key, source)
    if len(shape) < MIN_LETTERS:
        return {}
    words, shapes = lexicon.alike(target, shape[:SAME_LETTERS])
    found = extract(
        shape, shapes, scorer=Indel.normalized_similarity, score_cutoff=LEAST_SIMILARITY, limit=None
    )
    best = sorted(
        (-(similarity**SHARPNESS), words[at])
        for other, similarity, at in found
        if len(other) >= MIN_LETTERS and words[at] != key
    )[:MOST]
    total = max(1.0, -sum(weight for weight, _ in best))
    return {word: -weight / total for weight, word in best}
