"""Translation probabilities out of counts, with what a third language adds."""

from __future__ import annotations

import numpy as np
import pytest

from index.dictionary_pairs import HALF, Codes, Weights
from index.dictionary_tables import (
    LEAST_PROBABILITY,
    MOST_TRANSLATIONS,
    THIRD_LANGUAGE,
    UNCONFIRMED,
    Table,
    table,
    table_with_third,
)


def counts(said: dict[tuple[int, int], float]) -> tuple[Codes, Weights]:
    codes = sorted((source << HALF | target, weight) for (source, target), weight in said.items())
    return np.array([code for code, _ in codes], np.int64), np.array([weight for _, weight in codes])


def row(whole: Table, key: int) -> dict[int, float]:
    place = slice(whole.starts[key], whole.starts[key + 1])
    pairs = zip(whole.target[place].tolist(), whole.probability[place].tolist(), strict=True)
    return {target: pytest.approx(chance, abs=1e-6) for target, chance in pairs}


def test_chances_are_shares_of_what_was_counted() -> None:
    made = table(*counts({(0, 5): 1, (0, 3): 3, (2, 5): 7}), 4)
    assert [row(made, key) for key in range(4)] == [{3: 0.75, 5: 0.25}, {}, {5: 1}, {}]
    assert made.target.tolist()[:2] == [3, 5]


def test_few_and_likely_translations_are_kept() -> None:
    many = table(*counts({(0, target): 1 for target in range(30)}), 1)
    assert list(row(many, 0)) == list(range(MOST_TRANSLATIONS))
    some = table(*counts({(0, 0): 1000, (0, 1): 1000 * LEAST_PROBABILITY / 2}), 1)
    assert list(row(some, 0)) == [0]


def test_the_third_language_leads_where_nothing_else_does() -> None:
    to_third, from_third = (
        table(*counts({(0, 0): 3, (0, 1): 1}), 2),
        table(*counts({(0, 7): 1, (1, 7): 1}), 2),
    )
    made = table_with_third(*counts({(1, 4): 1}), to_third, from_third, 2)
    assert row(made, 0) == {7: THIRD_LANGUAGE}
    assert row(made, 1) == {4: 1}


def test_the_third_language_confirms_and_adds_nothing_where_something_is_known() -> None:
    to_third, from_third = table(*counts({(0, 0): 1}), 1), table(*counts({(0, 7): 1, (0, 8): 1}), 1)
    made = table_with_third(*counts({(0, 7): 1, (0, 4): 1}), to_third, from_third, 1)
    sure = UNCONFIRMED + 0.5
    assert row(made, 0) == {7: sure / (sure + UNCONFIRMED), 4: UNCONFIRMED / (sure + UNCONFIRMED)}


def test_nothing_is_made_of_nothing() -> None:
    nothing = table(*counts({}), 3)
    assert nothing.starts.tolist() == [0, 0, 0, 0]
    assert table_with_third(*counts({}), nothing, table(*counts({}), 0), 3).target.tolist() == []
    assert table_with_third(*counts({}), table(*counts({}), 0), nothing, 0).starts.tolist() == [0]


def test_keys_of_many_chunks_stay_with_their_translations(monkeypatch: pytest.MonkeyPatch) -> None:
    said = counts({(key, key % 5): 1 for key in range(0, 100, 3)})
    to_third, from_third = table(*counts({(99, 0): 1}), 100), table(*counts({(0, 0): 1}), 1)
    whole = table_with_third(*said, to_third, from_third, 100)
    monkeypatch.setattr("index.dictionary_tables._CHUNK_KEYS", 7)
    parts = table_with_third(*said, to_third, from_third, 100)
    assert [row(parts, key) for key in range(100)] == [row(whole, key) for key in range(100)]
    assert row(parts, 99) == {4: 1}
