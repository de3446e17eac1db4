"""The words of an index, by how they begin and like one that is misspelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.plainly import plain
from index.words import Words

FREQUENCIES = {
    "wärme": 4,
    "wärmenetz": 2,
    "wasser": 9,
    "warschau": 1,
    "und": 20,
    "wb": 3,
    "w2017": 3,
    "теплоснабжение": 3,
    "елка": 1,
}


@pytest.fixture
def words() -> Words:
    return Words(FREQUENCIES)


@pytest.mark.parametrize("typed", ["wärm", "waerm", "warm", "wärme"])
def test_each_spelling_begins_like_the_others(words: Words, typed: str) -> None:
    assert words.beginning_with(typed, 8) == ["wärme", "wärmenetz"]


def test_the_most_frequent_come_first(words: Words) -> None:
    assert words.beginning_with("wa", 3) == ["wasser", "wärme", "wärmenetz"]
    assert words.beginning_with("w", 8, least=2) == ["wasser", "wärme", "wärmenetz"]


def test_numbers_short_words_and_those_without_content_are_not_completed(words: Words) -> None:
    assert (
        words.beginning_with("und", 8) == words.beginning_with("w2", 8) == words.beginning_with("wb", 8) == []
    )
    assert words.often("und") == 20


def test_nothing_begins_like_what_is_not_there(words: Words) -> None:
    assert words.beginning_with("zzz", 8) == []
    assert Words({}).beginning_with("a", 8) == Words({}).like("wasser", 8) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("wasesr", ["wasser"]),
        ("wassre", ["wasser"]),
        ("waerem", ["wärme"]),
        ("wärmnetz", ["wärmenetz"]),
        ("теплоснобжене", ["теплоснабжение"]),
        ("werma", []),
        ("енка", ["елка"]),
    ],
)
def test_a_misspelt_word_is_like_one_that_is_there(words: Words, typed: str, expected: list[str]) -> None:
    assert words.like(typed, 1) == expected


def test_the_likest_come_first_then_the_most_frequent() -> None:
    words = Words({"halle": 1, "hallo": 5, "hallen": 2, "halles": 9})
    assert words.like("hallem", 4) == ["halles", "hallen", "halle", "hallo"]


def test_plain_words_have_neither_umlauts_nor_what_stands_for_them() -> None:
    assert [plain(word) for word in ("müller", "mueller", "muller", "neue", "poesie")] == [
        "muller",
        "muller",
        "muller",
        "neue",
        "posie",
    ]


def test_many_stars_are_compared_in_work_that_does_not_run_away() -> None:
    """One letter eighty times has as many ways to fit so many stars as there are atoms in the sea."""
    words = Words({"auto": 1, "x" * 80: 1, "x" * 79 + "y": 1})
    assert words.fitting("*x" * 30 + "*y", 9) == ["x" * 79 + "y"]
    assert words.fitting("*a?t*", 9) == ["auto"]
    assert words.fitting("*x?" * 20 + "*z*", 9) == []


FEW = st.dictionaries(
    st.sampled_from([*FREQUENCIES, "größe", "grosse", "groesse", "warm"]), st.integers(1, 9)
)


@given(st.lists(FEW, min_size=2, max_size=5), st.lists(st.booleans(), min_size=5, max_size=5))
def test_words_put_right_are_those_gathered_anew(states: list[dict[str, int]], asked: list[bool]) -> None:
    words = None
    for frequencies, is_asked in zip(states, asked, strict=False):
        words = Words(frequencies, words)
        if is_asked or frequencies is states[-1]:
            anew = Words(frequencies)
            for begin in ("w", "gr", "wa", "т"):
                assert words.beginning_with(begin, 9) == anew.beginning_with(begin, 9)
            assert words.like("grösse", 9) == anew.like("grösse", 9)
            assert words.fitting("w*", 9) == anew.fitting("w*", 9)
