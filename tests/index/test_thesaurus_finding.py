"""Concepts are found by letters of their labels, the closest first."""

from __future__ import annotations

import pytest

from index.thesaurus import Concept, thesaurus_of
from index.thesaurus_finding import find_concepts

THESAURUS = thesaurus_of(
    [
        Concept("x:heating", {"de": "Heizung", "ru": "отопление"}),
        Concept("x:control", {"de": "Heizungsregelung"}),
        Concept("x:central", {"de": "zentrale Heizung"}),
        Concept("x:boiler", {"de": "Ölheizung"}),
        Concept("x:street", {"de": "Straße", "ru": "Расчёт"}),
    ],
    {},
    0,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heizung", ["heating", "central", "control", "boiler"]),
        ("  ОТОП", ["heating"]),
        ("strasse", ["street"]),
        ("расчет", ["street"]),
        ("zentrale heiz", ["central"]),
        ("", []),
        ("…", []),
        ("Kaffee", []),
        ("x" * 10_000, []),
    ],
)
def test_the_closest_come_first(text: str, expected: list[str]) -> None:
    assert [concept.uri.removeprefix("x:") for concept in find_concepts(THESAURUS, text)] == expected
