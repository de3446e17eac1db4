"""What is held against the words of a translation: dictionary forms, under keys that the index has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keys import PART, document_keys
from index.lexical import keys_of, paragraphs, split
from index.text import surfaces

TEXTS = {
    "de": "Die Städtepartnerkonferenzen der Kommunen: Fernwärme, Gebäude-\nsanierung und 14 dateien für "
    "Straßenbeleuchtung in Москва; E-Mail, USB-Stick, ÖPNV, größeren Ämtern.",
    "ru": "Энергоэффективность городов-партнёров: людей, тепло-\nснабжения и 14 договоров с Debian GmbH; "
    "ЖКХ, Москвой, ещё сёла, Cистемы.",
    "en": "District heating in twin cities: people's houses went through 14 refurbishments, e.g. München.",
}


def of(text: str, language: str) -> tuple[str, ...]:
    return keys_of(surfaces(text), language)


def test_words_become_their_dictionary_forms() -> None:
    assert of("mit den Dateien und dateien ging es", "de") == ("datei", "datei", "gehen")
    assert of("Netze netz Arbeit arbeit", "de") == ("netz", "netz", "arbeit", "arbeit")
    assert of("из городов людей", "ru") == ("город", "человек")
    assert of("the cities of people", "en") == ("city", "people")


def test_a_word_that_no_list_knows_is_kept_as_it_is_folded() -> None:
    assert of("Krasnodars Gehwegplattform", "de")[0] == "krasnodars"


def test_a_compound_gives_itself_and_its_parts() -> None:
    assert of("Städtepartnerkonferenz", "de") == (
        "städtepartnerkonferenz",
        "städtepartner",
        "stadt",
        "partner",
        "konferenz",
    )


def test_a_word_that_english_has_too_is_no_compound() -> None:
    assert of("Hardware Software Parameter", "de") == ("hardware", "software", "parameter")


def test_numbers_single_letters_and_function_words_are_left_out() -> None:
    assert of("14 x die 2017 und nicht", "de") == ()
    assert of("и 5 г не всё", "ru") == ()


def test_latin_words_in_russian_text_stay_as_they_are() -> None:
    assert of("пакеты Systems", "ru") == ("пакет", "systems")


@pytest.mark.parametrize("language", TEXTS)
def test_every_key_is_one_under_which_the_index_has_the_word(language: str) -> None:
    for word in surfaces(TEXTS[language]):
        filed = document_keys(word)
        for key in keys_of([word], language):
            assert key in filed or PART + key in filed


@given(st.text("aäßeёеийstдS-\u00ad\n", min_size=1, max_size=12), st.sampled_from(["de", "ru", "en"]))
def test_any_key_of_any_word_is_in_the_index(text: str, language: str) -> None:
    for word in surfaces(text):
        filed = document_keys(word)
        assert all(key in filed or PART + key in filed for key in keys_of([word], language))


def test_a_page_is_cut_at_empty_lines_and_where_no_sentence_runs_on() -> None:
    assert split("Titel\n\nEin Satz,\nder weitergeht.\nZweiter Satz\n• Punkt") == [
        "Titel",
        "Ein Satz,\nder weitergeht.",
        "Zweiter Satz",
        "• Punkt",
    ]


def test_a_word_that_a_line_end_breaks_stays_one() -> None:
    (found,) = paragraphs("Die große Partner-\nschaft der Städte", "de")
    assert "partnerschaft" in found.keys


def test_endless_white_space_takes_no_time() -> None:
    assert split("a" + " " * 2_000_000 + "b") == ["a" + " " * 2_000_000 + "b"]


def test_a_paragraph_in_another_language_has_no_keys() -> None:
    text = "Das ist die Stadt.\n\nThis is what they have not yet translated into it.\n\nЭто город."
    assert [bool(found.keys) for found in paragraphs(text, "de")] == [True, False, False]
    assert [bool(found.keys) for found in paragraphs("Это город.\n\nDas ist die Stadt.", "ru")] == [
        True,
        False,
    ]


def test_a_paragraph_of_names_counts_for_its_document() -> None:
    (found,) = paragraphs("Krasnodar Energy Forum", "de", 3)
    assert found.keys
    assert found.page_number == 3
