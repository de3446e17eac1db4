"""Where phrases stand in a text: as the engine is asked for them, and in work that does not run away."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.phrase_places import PhraseFinder, Run
from index.text import tokens
from index.tree import Phrase

WORDS = st.lists(st.sampled_from("abcx"), max_size=30)


def places(phrase: Phrase, words: list[str]) -> list[list[int]]:
    where: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        where[word].append(place)
    return [*Run.of(phrase).places(where)]


def begins(phrase: Phrase, words: list[str]) -> list[int]:
    """Return where a place begins, by looking at every stretch of words that is short enough."""
    wanted = Counter(phrase.text.split())
    width = wanted.total() + phrase.slop
    if not phrase.slop:
        return [at for at in range(len(words)) if words[at : at + width] == phrase.text.split()]
    return [
        at for at in range(len(words)) if words[at] in wanted and Counter(words[at : at + width]) >= wanted
    ]


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), st.integers(0, 9), WORDS)
def test_a_phrase_stands_wherever_its_words_are_close_enough(
    asked: list[str], slop: int, words: list[str]
) -> None:
    phrase = Phrase(" ".join(asked), slop)
    found = places(phrase, words)
    assert [place[0] for place in found] == begins(phrase, words)
    for place in found:
        assert Counter(words[each] for each in place) == Counter(asked)
        assert place == sorted(place)
        assert place[-1] - place[0] < len(asked) + slop


@pytest.mark.parametrize("slop", [0, 999])
def test_a_long_text_of_few_words_gives_no_more_than_its_length(slop: int) -> None:
    words = ["a", "b"] * 5_000
    assert sum(map(len, places(Phrase("a b", slop), words))) <= 2 * len(words)


@given(st.text(alphabet="ab \n-ä\u00ad.,", max_size=80), st.sampled_from(["a", "a b", "b a ä", "ab a"]))
def test_what_is_found_in_a_text_is_what_stands_there(text: str, asked: str) -> None:
    run = Run.of(Phrase(asked))
    found = PhraseFinder([run]).find(text)
    folded = [token.folded for token in tokens(text)]
    assert len(found) == len(begins(Phrase(asked), folded))
    for number, spans in found:
        assert number == 0
        assert tuple(token.folded for start, end in spans for token in tokens(text[start:end])) == run.tokens
