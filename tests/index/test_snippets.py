"""Marked texts: whole words, right places, about the length that was asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.results import Snippet
from index.snippets import SNIPPET_CHARS, excerpt, mark
from index.text import surfaces
from tests.index.asking import matcher

FILLER = "Lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam nonumy eirmod tempor. "


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("Die Stadt am Fluss", matcher("Stadt")) == Snippet("Die Stadt am Fluss", ((4, 9),))


def test_a_long_text_is_cut_around_the_words() -> None:
    snippet = excerpt(FILLER * 5 + "Die Stadt am Fluss. " + FILLER * 5, matcher("Stadt Fluss"))
    assert marked(snippet) == ["Stadt", "Fluss"]
    assert snippet.text.startswith("… ")
    assert snippet.text.endswith(" …")
    assert len(snippet.text) <= SNIPPET_CHARS + 4


def test_the_window_with_most_of_the_words_is_taken() -> None:
    text = "Stadt Stadt Stadt. " + FILLER * 5 + "Fluss in der Stadt. " + FILLER * 5
    assert marked(excerpt(text, matcher("Stadt Fluss"))) == ["Fluss", "Stadt"]


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    snippet = excerpt("\n  " + FILLER * 5, matcher("Stadt"))
    assert snippet.text.startswith("Lorem ipsum")
    assert snippet.marks == ()


def test_white_space_becomes_spaces() -> None:
    assert excerpt("Die\nStadt\tam\u00a0Fluss", matcher("Stadt")).text == "Die Stadt am Fluss"


def test_a_whole_text_keeps_its_lines() -> None:
    assert mark("Die\nStadt", matcher("Stadt")) == Snippet("Die\nStadt", ((4, 9),))


def test_marks_that_share_letters_become_one() -> None:
    assert marked(mark("Fluss der Stadt", matcher('Stadt "Fluss der" "der Stadt"'))) == ["Fluss der Stadt"]


WORDS = st.sampled_from(
    ["Stadt", "Städte", "Fluss", "a\u0308hnlich", "Konfe-\nrenz", "x" * 120, "—", "Wort", "\n\n"]
)
SPACES = st.sampled_from([" ", "\n", "  ", ", "])
QUERIES = st.sampled_from(["Stadt", "Stadt Fluss", '"Stadt Fluss"', "Konferenz"])


@given(st.lists(st.tuples(WORDS, SPACES), max_size=80), QUERIES)
def test_any_excerpt_has_whole_words_and_right_marks(parts: list[tuple[str, str]], query: str) -> None:
    text = "".join(word + space for word, space in parts)
    asked = matcher(query)
    snippet = excerpt(text, asked)
    end = 0
    for start, finish in snippet.marks:
        assert end <= start < finish <= len(snippet.text)
        end = finish
    assert bool(snippet.marks) == bool(asked.find(text))
    assert len(snippet.text) <= SNIPPET_CHARS + 4
    assert set(surfaces(snippet.text)) <= set(surfaces(text)) | {"Konfe", "renz"}


def test_a_word_that_fills_the_window_is_cut_between_letters() -> None:
    snippet = excerpt("a\u0308" * 500, matcher("Stadt"))
    assert snippet.text == "a\u0308" * (SNIPPET_CHARS // 2) + " …"
    assert excerpt("a\u0308" * 500, matcher("ä" * 500)).text == "a\u0308" * 500


@given(st.text(max_size=600), st.text(max_size=20))
def test_any_text_can_be_cut(text: str, query: str) -> None:
    snippet = excerpt(text, matcher(query))
    assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.marks)
