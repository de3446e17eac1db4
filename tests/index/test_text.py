"""Tokens: where words stand and the one form in which their spellings meet."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import fold, pieces, surfaces, tokens


def folded(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Städte und Gemeinden", ["städte", "und", "gemeinden"]),
        (unicodedata.normalize("NFD", "Städte"), ["städte"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("ещё ЁЛКА", ["еще", "елка"]),
        (unicodedata.normalize("NFD", "Краснодарский"), ["краснодарский"]),
        ("го\u0301род", ["город"]),
        ("Kon\u00adfe\u00adrenz", ["konferenz"]),
        ("Konfe-\nrenz", ["konferenz"]),
        ("Konfe-\r\n  renz", ["konferenz"]),
        ("Konfe\u0002\nrenz", ["konferenz"]),
        ("кон-\nференция", ["конференция"]),
        ("Wasser-\nund Abwasser", ["wasser", "und", "abwasser"]),
        ("Ost-\nWest", ["ost", "west"]),
        ("Ost-West-Gesellschaft", ["ost", "west", "gesellschaft"]),
        ("eﬃzient ＡＢＣ", ["effizient", "abc"]),
        ("2007/08 §\u00a024", ["2007", "08", "24"]),
        ("datei_name.pdf", ["datei", "name", "pdf"]),
        ("½", ["12"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_words_are_found_and_folded(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Kраснодар", "краснодар"),  # Latin K
        ("Мocква", "москва"),  # Latin oc
        ("Вerlin", "berlin"),  # Cyrillic В
        ("СCCР", "ссср"),  # half and half
    ],
)
def test_letters_of_the_wrong_script_are_mended(written: str, meant: str) -> None:
    assert fold(written) == meant


def test_a_word_that_no_script_can_write_stays() -> None:
    assert fold("Яz") == "яz"


def test_pieces_are_what_the_line_end_left() -> None:
    assert pieces("социально-\nэкономический") == ("социально", "экономический")
    assert pieces("Konferenz") == ("Konferenz",)


@given(st.text())
def test_offsets_are_those_of_the_text(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.surface
        assert token.folded
        end = token.end


@given(st.text(alphabet="aäÄßéАёйxK\u0301\u0308\u00ad\u200b-\n fiﬁ", max_size=20))
def test_a_folded_word_is_one_word_and_stays_as_it_is(text: str) -> None:
    for token in tokens(text):
        assert fold(token.folded) == token.folded
        assert surfaces(token.folded) == [token.folded]


@given(st.text(alphabet="abcäöüßабвйё -", max_size=30))
def test_composition_makes_no_difference(text: str) -> None:
    assert folded(unicodedata.normalize("NFD", text)) == folded(text)
