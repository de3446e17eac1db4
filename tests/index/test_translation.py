"""What a key is in the other languages: all that is known, mixed as sightings are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from index.lexicon import Lexicon
from index.lexicon_file import LexiconWriter
from index.translation import LEAST_PROBABILITY, MOST, Origin, Source, Translation, Translator

LANGUAGES = ("de", "ru", "en")


class Known:
    """Translations by hand; those of `third` only by way of English."""

    def __init__(self, third: str = "", **words: Mapping[str, float]) -> None:
        self._words = words
        self._third = third

    def translations(self, key: str, source: str, target: str) -> Mapping[str, float]:
        return self._words.get(f"{source}_{target}_{key}", {})

    def via(self, key: str, source: str, target: str) -> str:
        return "en" if key == self._third else ""


def lexicon_of(path: Path, *links: tuple[str, str, str, str, float]) -> Lexicon:
    with LexiconWriter(path) as writer:
        for source, word, target, other, count in links:
            one, two = writer.word(source, word), writer.word(target, other)
            writer.links([(one, target, two, count), (two, source, one, count)])
        totals: dict[tuple[int, str], float] = {}
        for source, word, target, other, count in links:
            for of, to in ((writer.word(source, word), target), (writer.word(target, other), source)):
                totals[of, to] = totals.get((of, to), 0) + count
        writer.totals((of, to, total) for (of, to), total in totals.items())
    return Lexicon(path)


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    return lexicon_of(
        tmp_path / "lexicon",
        ("de", "netz", "ru", "сеть", 6.0),
        ("de", "netz", "ru", "система", 1.0),
        ("de", "energie", "ru", "питание", 1.0),
        ("en", "power", "ru", "энергия", 3.0),
        ("de", "wärme", "ru", "тепло", 9.0),
        ("de", "strom", "en", "power", 4.0),
        ("de", "verlust", "en", "loss", 1.0),
    )


def found(translator: Translator, key: str, source: str = "de", target: str = "ru") -> dict[str, float]:
    return {
        each.key: round(each.probability, 4)
        for each in translator.translations(key, source)
        if each.language == target
    }


def test_what_was_learned_counts_as_often_as_it_was_seen(lexicon: Lexicon) -> None:
    translator = Translator(LANGUAGES, lexicon)
    assert found(translator, "netz") == {"сеть": 0.75, "система": 0.125}
    assert translator.translations("netz", "de")[0] == Translation(
        "сеть", "ru", 0.75, (Source(Origin.LEARNED, 6.0),)
    )


def test_a_dictionary_counts_as_two_sightings(lexicon: Lexicon) -> None:
    dictionary = Known(de_ru_netz={"сетка": 0.5, "сеть": 0.5})
    translator = Translator(LANGUAGES, lexicon, dictionary)
    assert found(translator, "netz") == {"сеть": 0.7, "система": 0.1, "сетка": 0.1}
    first = translator.translations("netz", "de")[0]
    assert [each.origin for each in first.sources] == [Origin.LEARNED, Origin.DICTIONARY]


def test_a_thesaurus_counts_besides(lexicon: Lexicon) -> None:
    translator = Translator(
        LANGUAGES, lexicon, Known(de_ru_rat={"совет": 1.0}), Known(de_ru_rat={"дума": 1.0})
    )
    assert found(translator, "rat") == {"дума": 0.4, "совет": 0.4}


def test_words_that_look_alike_count_little(lexicon: Lexicon) -> None:
    translator = Translator(LANGUAGES, lexicon)
    assert "энергия" in found(translator, "energie")
    assert found(Translator(LANGUAGES, lexicon, with_cognates=False), "energie") == {"питание": 0.5}


def test_a_third_language_is_asked_only_where_nothing_leads_there(lexicon: Lexicon) -> None:
    translator = Translator(LANGUAGES, lexicon, with_cognates=False)
    (found_,) = (each for each in translator.translations("strom", "de") if each.language == "ru")
    assert (found_.key, found_.via) == ("энергия", "en")
    assert found_.probability == pytest.approx(0.8 * 0.75)
    assert all(not each.via for each in translator.translations("netz", "de"))


def test_a_dictionary_that_goes_by_a_third_language_waits_for_that(lexicon: Lexicon) -> None:
    dictionary = Known("strom", de_ru_strom={"ток": 0.5}, de_ru_netz={"сеть": 1.0})
    translations = Translator(LANGUAGES, lexicon, dictionary, with_cognates=False).translations("strom", "de")
    assert {(each.key, each.via) for each in translations} == {("энергия", "en"), ("power", "")}


def test_words_of_the_lexicon_may_be_cognates(tmp_path: Path) -> None:
    with LexiconWriter(tmp_path / "words") as writer:
        for language, word in (("ru", "энергия"), ("ru", "город"), ("ru", "энергии"), ("en", "energy")):
            writer.word(language, word)
    translator = Translator(LANGUAGES, Lexicon(tmp_path / "words"))
    translations = translator.translations("energie", "de")
    assert {each.key for each in translations} == {"энергия", "энергии", "energy"}
    assert all(each.sources[0].origin is Origin.COGNATE for each in translations)


def test_a_compound_is_translated_part_by_part_where_the_whole_is_not_known(lexicon: Lexicon) -> None:
    translations = Translator(LANGUAGES, lexicon, with_cognates=False).translations("wärmeverlust", "de")
    assert {(each.key, each.sources[0].part) for each in translations} == {
        ("тепло", "wärme"),
        ("loss", "verlust"),
    }
    assert max(each.probability for each in translations) <= 0.5


def test_what_is_known_of_a_compound_is_mixed_with_its_parts(tmp_path: Path) -> None:
    lexicon = lexicon_of(
        tmp_path / "compound",
        ("de", "wärmeverlust", "ru", "ряд", 1.0),
        ("de", "wärmeverlust", "ru", "теплопотеря", 2.0),
        ("de", "verlust", "ru", "потеря", 9.0),
        ("de", "wärme", "ru", "тепло", 9.0),
    )
    translator = Translator(LANGUAGES, lexicon, with_cognates=False)
    assert found(translator, "wärmeverlust") == {
        "теплопотеря": 0.3333,
        "ряд": 0.1667,
        "потеря": 0.15,
        "тепло": 0.15,
    }


def test_at_most_ten_and_none_that_is_unlikely() -> None:
    dictionary = Known(de_ru_a={f"слово{n:02}": 1 / 30 for n in range(30)}, de_ru_b={"да": 0.99, "нет": 0.01})
    translator = Translator(LANGUAGES, None, dictionary)
    many = translator.translations("a", "de")
    assert [each.key for each in many] == [f"слово{n:02}" for n in range(MOST)]
    assert [each.key for each in translator.translations("b", "de")] == ["да"]
    assert all(each.probability >= LEAST_PROBABILITY for each in many)


def test_nothing_known_means_no_translations() -> None:
    assert Translator(LANGUAGES).translations("stadt", "de") == ()


def test_only_languages_of_the_archive_are_translated_into(lexicon: Lexicon) -> None:
    assert {each.language for each in Translator(("de", "en"), lexicon).translations("strom", "de")} == {"en"}
