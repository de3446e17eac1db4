from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import IdentifierError
from archive.identifiers import (
    ALPHABET,
    SLUG_LENGTH,
    make_panel_id,
    mint_document_id,
    parse_conference_id,
    parse_document_id,
    parse_panel_id,
    slug,
)


def test_minted_identifier_parses() -> None:
    identifier = mint_document_id()
    assert parse_document_id(identifier) == identifier


def test_minted_identifiers_differ() -> None:
    assert len({mint_document_id() for _ in range(1000)}) == 1000


@given(st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(position: int, character: str) -> None:
    identifier = mint_document_id()
    wrong = identifier[:position] + character + identifier[position + 1 :]
    if wrong != identifier:
        with pytest.raises(IdentifierError):
            parse_document_id(wrong)


@given(st.integers(0, 8))
def test_swapped_neighbours_are_noticed(position: int) -> None:
    identifier = mint_document_id()
    one, two = identifier[position], identifier[position + 1]
    swapped = identifier[:position] + two + one + identifier[position + 2 :]
    if swapped != identifier:
        with pytest.raises(IdentifierError):
            parse_document_id(swapped)


@pytest.mark.parametrize("text", ["", "short", "7k3mx9q2fba", "7K3MX9Q2FB", "../../etc", "7k3mx9q2f/"])
def test_malformed_identifier_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError):
        parse_document_id(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2017-krasnodar", "2017-krasnodar"),
        ("XIV. Конференция", "xiv-konferentsiya"),
        ("Städtepartnerkonferenz (Köln)", "staedtepartnerkonferenz-koeln"),
        ("Straße_der Щёки", "strasse-der-shcheki"),
        ("Sta\u0308dte", "staedte"),
    ],
)
def test_slug_transliterates(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_any_name_gives_a_conference_identifier(name: str) -> None:
    assert parse_conference_id(slug(name)) == slug(name)
    assert len(slug(name)) <= SLUG_LENGTH


def test_long_names_with_the_same_beginning_stay_apart() -> None:
    assert slug("x" * 100 + "a") != slug("x" * 100 + "b")


def test_panel_identifier_round_trips() -> None:
    assert parse_panel_id(make_panel_id("2017-krasnodar", "Panel 3")) == ("2017-krasnodar", "panel-3")


@pytest.mark.parametrize("text", ["panel", "a/b/c", "A/b", "/b", "a/"])
def test_malformed_panel_identifier_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError):
        parse_panel_id(text)
