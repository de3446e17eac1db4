"""Words in several pieces are found in a text, and what only looks like one is not."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.runs import _CHUNK, chunk_spans, chunks, may_have_runs, ordinal, places_of, pointed, roman, runs
from index.text import fold, surfaces


def keys(text: str) -> set[str]:
    return {run.key or fold("".join(run.pieces)) for chunk in chunks(text) for run in runs(chunk)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("die Ost-West-Gesellschaft", {"ostwestgesellschaft"}),
        ("Ost\u2010West, Ost\u2011Nord, Ost\u2013Süd", {"ostwest", "ostnord", "ostsüd"}),
        ("OST-\nWEST", {"ostwest"}),
        ("города-партнёры", {"городапартнеры"}),
        ("CO2-Ziel", {"co2ziel"}),
        ("1000-jährig", {"1000jährig"}),
        ("z.B. und z. B. und u.\u00a0a.", {"zb", "ua"}),
        ("i. d. R. so", {"idr"}),
        ("и т. д.", {"тд"}),
        ("Ж.К.Х.", {"жкх"}),
        ("XIV. Konferenz", {"#14"}),
        ("die 14. Konferenz", {"#14"}),
        ("14-я конференция, 3-й, 2-го", {"#14", "#3", "#2"}),
        ("the 21st, 2nd", {"#21", "#2"}),
        ("ХIХ век", {"#19"}),  # Cyrillic Х
        ("V. Treffen", {"#5"}),
    ],
)
def test_what_is_written_in_several_pieces_has_a_key(text: str, expected: set[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2005-2012",
        "Seite 14",
        "um 14.30 Uhr",
        "am 1.14.",
        "2014.",
        "40.",
        "Wasser- und Abwasser",
        "a-b-c-d-e-f-g",
        "Е. С. Иванов",
        "A.S. Puschkin",
        "IIII VX IIX",
        "Xi Jinping",
        "vi",
        "Ende. A. Müller",
        "www.example.org",
    ],
)
def test_what_only_looks_so_has_none(text: str) -> None:
    assert keys(text) == set()


def test_roman_letters_are_numbers_as_they_are_written() -> None:
    written = ["I", "II", "III", "IV", "V", "VI", "VIII", "IX", "X", "XI", "XIV", "XIX", "XX", "XXXIX"]
    assert [roman(each) for each in written] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 14, 19, 20, 39]
    assert roman("") == roman("IIII") == roman("IC") == 0


def test_a_word_of_a_query_may_be_a_number_or_an_abbreviation() -> None:
    assert [ordinal(each) for each in ("14", "14.", "xiv", "V.", "14-й", "XIV-я")] == [14, 14, 14, 5, 14, 14]
    assert [ordinal(each) for each in ("V", "Xi", "v", "40", "2014", "Stadt", "0")] == [0] * 7
    assert [pointed(each) for each in ("z.B.", "z. B.", "z.B", "zB", "bzw.", "a.bc")] == ["zB"] * 3 + [""] * 3


MANY_JOINTS = ("a-\na " * 40, "a-\n" * 31 + "b c-\nd", "a-\n" * 30 + "b c-\nd e" * 3, "a. a. " * 50 + "b-\nc")
"""Texts with more white space inside of chunks than the pattern takes into one."""


@example(MANY_JOINTS[0])
@example(MANY_JOINTS[1])
@example(MANY_JOINTS[2])
@example(MANY_JOINTS[3])
@given(st.text("aB14.-‐\u00ad§ \u00a0\n\r\t\vй", max_size=120))
def test_a_text_is_cut_as_the_pattern_of_a_chunk_says(text: str) -> None:
    assert chunks(text) == _CHUNK.findall(text)


@given(st.text("aBzXIV14.-–\u00ad \u00a0\n\r\tйя", max_size=30))
def test_chunks_are_of_the_text_and_hold_its_words(text: str) -> None:
    assert [surface for chunk in chunks(text) for surface in surfaces(chunk)] == surfaces(text)
    spans = list(chunk_spans(text))
    assert all(text[start:end] == chunk for chunk, start, end in spans)
    assert [chunk for chunk, _, _ in spans] == chunks(text)
    for chunk in chunks(text):
        found = list(runs(chunk))
        assert may_have_runs(chunk) or not found
        assert all(0 <= run.start < run.end <= len(chunk) and (run.key or run.pieces) for run in found)


@given(st.text("aBz14.-–§ \u00a0\n\tй", max_size=40), st.randoms(use_true_random=False))
def test_places_are_those_of_the_spans(text: str, chance: Random) -> None:
    assert_places_are_those_of_the_spans(text, {chunk for chunk in chunks(text) if chance.random() < 0.7})


@pytest.mark.parametrize("text", MANY_JOINTS)
def test_places_are_those_of_the_spans_where_there_are_many_joints(text: str) -> None:
    assert_places_are_those_of_the_spans(text, {*chunks(text)})


def assert_places_are_those_of_the_spans(text: str, some: set[str]) -> None:
    wanted = some | {"a", "nowhere"}
    expected = sorted((chunk, begin) for chunk, begin, _ in chunk_spans(text) if chunk in wanted)
    assert sorted(places_of(wanted, text)) == expected


@pytest.mark.parametrize("piece", ["a-", "a.", "a-\n", "1.", "X", "a. "])
def test_endless_runs_take_no_time(piece: str) -> None:
    text = piece * 100_000
    begun = time.process_time()
    for chunk in chunks(text):
        list(runs(chunk))
    assert len([*places_of({"a", "a-"}, text)]) <= len(text)
    assert time.process_time() - begun < 3
