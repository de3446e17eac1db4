"""A query word and the words of documents it finds meet in a key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keys import document_keys, part_keys, query_keys
from index.text import fold, surfaces


def found(query: str, document: str) -> bool:
    return not {*query_keys(query), *part_keys(query)}.isdisjoint(document_keys(document))


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("Stadt", "Städten"),
        ("Städte", "Stadt"),
        ("städte", "Stadt"),
        ("Staedte", "Städte"),
        ("Staedte", "Stadt"),
        ("Stadte", "Städte"),
        ("Städte", "Staedte"),
        ("Mueller", "Müller"),
        ("Müller", "Muller"),
        ("Strasse", "Straße"),
        ("STRASSE", "Straßen"),
        ("gehen", "ging"),
        ("Reise", "Reisen"),
        ("city", "cities"),
        ("Cities", "city"),
        ("человек", "людей"),
        ("города", "городов"),
        ("краснодара", "Краснодар"),
        ("еще", "ещё"),
        ("Konferenz", "Städtepartnerkonferenz"),
        ("Konferenzen", "Städtepartnerkonferenz"),
        ("Stadt", "Städtepartnerkonferenz"),
        ("partner", "Städtepartnerkonferenz"),
        ("Konferenz", "Konfe-\nrenz"),
        ("экономический", "социально-\nэкономического"),
        ("Konferenz", "Kon\u00adferenz"),
        ("2007", "2007"),
    ],
)
def test_finds(query: str, document: str) -> None:
    assert found(query, document)


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("Städtepartnerkonferenz", "Konferenz"),
        ("Städtepartnerkonferenzen", "Konferenz"),
        ("Stadtentwicklung", "Entwicklung"),
        ("Rat", "Vertrag"),
        ("Land", "Deutschland"),
        ("Hand", "Hund"),
        ("зайка", "заика"),
        ("renz", "Konfe-\nrenz"),
        ("2007", "2008"),
    ],
)
def test_does_not_find(query: str, document: str) -> None:
    assert not found(query, document)


@given(st.text(max_size=40))
def test_every_word_finds_itself(text: str) -> None:
    for surface in surfaces(text):
        if fold(surface):
            assert query_keys(surface)[0] == document_keys(surface)[0] == fold(surface)
            assert set(query_keys(surface)) <= set(document_keys(surface))
            assert all(key and " " not in key for key in document_keys(surface))
