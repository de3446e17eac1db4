"""What was understood of a query, written as a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.describing import describe, describe_all
from index.expansion import words
from index.syntax import parse
from index.tree import And, Either, Sought, Word
from tests.index.asking import asked


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("", ""),
        ("Stadt  am Fluss", "Stadt Fluss"),
        ("(Stadt OR Land) Fluss", "(Stadt OR Land) Fluss"),
        ('"am Fluss" NOT Stadt', '"am Fluss" -Stadt'),
        ("Titel:Stadt year:[2005 TO *]", "title:Stadt year:[2005 TO *]"),
        ("title:(Stadt Land)", "title:(Stadt Land)"),
        ("NOT (Stadt OR Land)", "-(Stadt OR Land)"),
    ],
)
def test_a_query_is_written_as_it_was_understood(typed: str, understood: str) -> None:
    assert describe(asked(typed)) == understood


def test_two_ways_to_write_one_word_are_one() -> None:
    assert describe(Either((Sought("EMail", "email"), And((Word("E"), Word("Mail")))))) == "E-Mail"


def test_each_is_written_once() -> None:
    assert describe_all((Word("a"), Sought("a", "a"), Word("b"))) == ("a", "b")


@given(st.text(alphabet='abc "():-+', max_size=30))
def test_every_word_is_written(typed: str) -> None:
    node = parse(typed).node
    written = describe(node)
    assert all(leaf.text in written for _, leaf in words(node) if not isinstance(leaf, Sought))
