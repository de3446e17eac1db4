"""A thesaurus asked for single words: by dictionary forms, preferred labels first."""

from __future__ import annotations

import pytest

from index.lexical import keys_of
from index.text import surfaces
from index.thesaurus import Concept, thesaurus_of
from index.thesaurus_words import ThesaurusWords

HEATING = Concept(
    "x:heating",
    {"de": "Fernwärme", "ru": "теплоснабжение", "en": "district heating"},
    {"de": ("Heizungen",), "ru": ("теплофикация", "центральное отопление")},
)
COUNCIL = Concept("x:council", {"de": "Stadtrat", "ru": "дума", "en": "council"}, {"ru": ("совет",)})
ADVICE = Concept("x:advice", {"de": "Rat", "ru": "совет", "en": "advice"})


@pytest.fixture
def words() -> ThesaurusWords:
    return ThesaurusWords(thesaurus_of([HEATING, COUNCIL, ADVICE], {}, 0))


def test_preferred_labels_count_twice_as_much(words: ThesaurusWords) -> None:
    assert words.translations("fernwärme", "de", "ru") == pytest.approx(
        {"теплоснабжение": 2 / 3, "теплофикация": 1 / 3}
    )


def test_labels_are_found_by_their_dictionary_form(words: ThesaurusWords) -> None:
    assert "теплоснабжение" in words.translations("heizung", "de", "ru")


def test_labels_of_several_words_are_no_translations(words: ThesaurusWords) -> None:
    assert words.translations("fernwärme", "de", "en") == {}


def test_labels_of_several_words_are_phrases(words: ThesaurusWords) -> None:
    assert words.phrases(("fernwärme",), "de", "en") == {("district", "heating"): 1.0}
    assert words.phrases(("district", "heating"), "en", "ru") == {
        ("теплоснабжение",): 1.0,
        ("теплофикация",): 0.5,
        ("центральный", "отопление"): 0.5,
    }
    assert words.phrases(("fernwärme",), "de", "ru") == {("центральный", "отопление"): 0.5}
    assert words.written(("центральный", "отопление"), "ru") == "центральное отопление"
    assert words.written(("отопление",), "ru") == ""


def test_a_word_of_two_concepts_is_both(words: ThesaurusWords) -> None:
    assert words.translations("совет", "ru", "en") == {"advice": 0.5, "council": 0.5}


def test_what_no_concept_goes_by_has_no_translations(words: ThesaurusWords) -> None:
    assert words.translations("stadtrat", "ru", "de") == {}
    assert words.translations("haus", "de", "ru") == {}


def test_a_label_of_several_words_leads_to_its_concept() -> None:
    recognition = Concept(
        "x:recognition",
        {
            "de": "Anerkennung von Abschlüssen",
            "ru": "признание дипломов",
            "en": "recognition of qualifications",
        },
    )
    words = ThesaurusWords(thesaurus_of([recognition, ADVICE], {}, 0))
    for text, language in (
        ("Anerkennung von Abschlüssen", "de"),
        ("anerkennung der abschlüsse", "de"),
        ("признания дипломов", "ru"),
        ("recognition of qualifications", "en"),
    ):
        assert words.concepts_of(keys_of(surfaces(text), language), language) == (recognition,), text
    assert words.concepts_of(keys_of(["recognition"], "en"), "en") == ()
    assert words.concepts_of(keys_of(["advice"], "en"), "ru") == ()
    assert words.concepts_of((), "de") == ()
    assert words.longest == 3


def test_a_compound_leads_to_its_concept_with_its_parts_and_without(words: ThesaurusWords) -> None:
    whole, whole_and_parts = keys_of(["fernwärme"], "de"), keys_of(["Fernwärme"], "de")
    assert len(whole) == 1 < len(whole_and_parts)
    assert words.concepts_of(whole, "de") == words.concepts_of(whole_and_parts, "de") == (HEATING,)
    assert words.concepts_of(whole_and_parts[1:], "de") == ()
