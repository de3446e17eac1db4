"""Where words and phrases of a query stand in a text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.matching import Matcher
from index.tree import Reason, Sought, Way
from tests.index.asking import matcher


def found(query: str, text: str) -> list[str]:
    return [text[match.start : match.end] for match in matcher(query).find(text)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("Stadt", "Die Städte, eine Stadt.", ["Städte", "Stadt"]),
        ("Konferenz", "Städtepartnerkonferenz und Konfe-\nrenz", ["Städtepartnerkonferenz", "Konfe-\nrenz"]),
        ("город", "В городе Москве", ["городе"]),
        ('"der Stadt"', "In der Stadt und der Städte", ["der Stadt"]),
        ('"Stadt"', "Stadt und Städte", ["Stadt"]),
        ("Stadt OR Land", "Land, Stadt, Fluss", ["Land", "Stadt"]),
        ("Stadt -Land", "Land, Stadt, Fluss", ["Stadt"]),
        ("title:Stadt", "Stadt", ["Stadt"]),
        ("creator:Müller", "Müller", []),
        ("Ost-West", "West und Ost", ["West", "Ost"]),
        ("", "Stadt", []),
    ],
)
def test_finds_every_form(query: str, text: str, expected: list[str]) -> None:
    assert found(query, text) == expected


def test_counts_each_word_and_phrase() -> None:
    asked = matcher('Stadt Fluss "am Fluss"')
    assert asked.size == 3
    assert dict(asked.count("Städte am Fluss, Stadt")) == {0: 2, 1: 1, 2: 1}


@example(query="a", text="a-a")
@given(query=st.text(alphabet='abcäß "-', max_size=20), text=st.text(alphabet="abcäß -\n\u00ad", max_size=60))
def test_counting_and_finding_agree(query: str, text: str) -> None:
    asked = matcher(query)
    matches = asked.find(text)
    assert sum(asked.count(text).values()) == len(matches)
    assert all(0 <= match.start < match.end <= len(text) for match in matches)


def test_a_faint_translation_is_marked_only_where_nothing_says_the_word_better() -> None:
    ways = (
        Way((("вода",),), 0.4, Reason.TRANSLATION, "вода", "ru"),
        Way((("трубопровод",),), 0.1, Reason.TRANSLATION, "трубопровод", "ru"),
        Way((("потеря",),), 0.03, Reason.TRANSLATION, "потеря", "ru"),
        Way((("вод",),), 0.02, Reason.COMPOUND, "вод"),
    )
    asked = Matcher(Sought("Wasser", "wasser", ways))

    def marked(text: str) -> list[str]:
        return [text[match.start : match.end] for match in asked.find(text)]

    assert marked("вода, трубопровод, потеря") == ["вода", "трубопровод"]
    assert marked("трубопровод, потеря") == ["трубопровод", "потеря"]
    assert marked("потеря") == ["потеря"]
    assert marked("вод, потеря") == ["вод"]
