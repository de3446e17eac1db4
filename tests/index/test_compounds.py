"""Compounds are cut where both parts are words, and nowhere else."""

from __future__ import annotations

import pytest

from index.compounds import base_form, main_parts, parts
from index.text import fold
from tests.index.compound_words import COMPOUNDS, WHOLE


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Städtepartnerkonferenz", {"Stadt", "Partner", "Konferenz", "Städtepartner"}),
        ("Städtepartnerkonferenzen", {"Stadt", "Partner", "Konferenz", "Städtepartner"}),
        ("Energieeffizienz", {"Energie", "Effizienz"}),
        ("Erinnerungskultur", {"Erinnerung", "Kultur"}),
        ("Schulpartnerschaft", {"Schule", "Partnerschaft"}),
        ("Fernwärme", {"fern", "Wärme"}),
        ("ABFALLWIRTSCHAFT", {"Abfall", "Wirtschaft"}),
        ("Stadtrat", {"Stadt", "Rat"}),
        ("Wohnungsbau", {"Wohnung", "Bau"}),
    ],
)
def test_a_compound_has_parts(word: str, expected: set[str]) -> None:
    assert set(parts(word)) == expected


@pytest.mark.parametrize("pair", COMPOUNDS.split())
def test_parts_that_a_reader_would_name_are_found(pair: str) -> None:
    word, expected = pair.split("=")
    assert set(map(fold, expected.split(","))) <= set(map(fold, parts(word)))
    assert parts(word.lower()) == parts(word)


@pytest.mark.parametrize("word", WHOLE.split())
def test_what_only_looks_like_a_compound_stays_whole(word: str) -> None:
    assert parts(word) == ()


def test_the_lists_are_long_enough() -> None:
    assert len(COMPOUNDS.split()) >= 100
    assert len(WHOLE.split()) >= 60


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Hochschulbildung", ("Hochschule", "Bildung")),
        ("Krankenhausverwaltung", ("Krankenhaus", "Verwaltung")),
        ("Hauptbahnhof", ("Haupt", "Bahnhof")),
        ("Landeshauptstadt", ("Land", "Hauptstadt")),
        ("Stromerzeugung", ("Strom", "Erzeugung")),
    ],
)
def test_a_word_is_cut_where_its_meaning_is(word: str, expected: tuple[str, ...]) -> None:
    assert main_parts(word) == expected


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("Städtepartnerkonferenzen", "Städtepartnerkonferenz"),
        ("Stadtentwicklungskonzepte", "Stadtentwicklungskonzept"),
        ("Städtepartnerkonferenz", "Städtepartnerkonferenz"),
        ("Stadt", None),
        ("Krasnodars", None),
    ],
)
def test_a_compound_takes_the_form_of_its_last_part(word: str, base: str | None) -> None:
    assert base_form(word) == base


def test_an_endless_word_is_left_alone() -> None:
    assert parts("Donau" * 1000) == ()
