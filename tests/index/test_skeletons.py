"""Words without their script: what languages share looks alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from index.lengths import length_cost
from index.skeletons import skeleton


@pytest.mark.parametrize(
    ("words", "least"),
    [
        ({"de": "konferenz", "ru": "конференция", "en": "conference"}, 0.75),
        ({"de": "information", "ru": "информация", "en": "information"}, 0.85),
        ({"de": "infrastruktur", "ru": "инфраструктура", "en": "infrastructure"}, 0.9),
        ({"de": "photographie", "ru": "фотография", "en": "photography"}, 0.85),
        ({"de": "technik", "ru": "техника"}, 0.75),
        ({"de": "energie", "ru": "энергия", "en": "energy"}, 0.75),
    ],
)
def test_shared_words_look_alike(words: dict[str, str], least: float) -> None:
    shapes = [skeleton(word, language) for language, word in words.items()]
    for one in shapes:
        assert all(Indel.normalized_similarity(one, other) >= least for other in shapes), shapes


def test_other_words_do_not() -> None:
    assert Indel.normalized_similarity(skeleton("stadt", "de"), skeleton("город", "ru")) < 0.5


@given(st.text(max_size=20), st.sampled_from(["de", "ru", "en"]))
def test_any_word_has_a_skeleton(word: str, language: str) -> None:
    assert len(skeleton(word, language)) <= 4 * len(word)


def test_a_length_that_fits_costs_least() -> None:
    import numpy as np

    costs = length_cost(np.array([100.0]), np.array([50.0, 110.0, 220.0, 2000.0]), 1.1)
    assert costs.argmin() == 1
    assert np.isfinite(costs).all()
