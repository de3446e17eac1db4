"""Compounds are cut where both parts are words, and nowhere else."""

from __future__ import annotations

import pytest

from index.compounds import parts

WHOLE = """
    Gesellschaft Partnerschaft Vertrag Unterricht Information Universität Deutschland Deutschlands Krasnodar
    Architektur Interesse Teilnehmer Teilnehmerinnen Verantwortung Nachhaltigkeit Präsentation Apparat
"""


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


@pytest.mark.parametrize("word", WHOLE.split())
def test_what_only_looks_like_a_compound_stays_whole(word: str) -> None:
    assert parts(word) == ()


def test_an_endless_word_is_left_alone() -> None:
    assert parts("Donau" * 1000) == ()
