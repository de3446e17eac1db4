"""A word that another language says in several words, and several words that are one thing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from index.clauses import LEAST_SHARE_ALONE
from index.expansion import Expander
from index.phrasing import phrasings
from index.query import Wishes
from index.syntax import parse
from index.translation import Origin, Translator
from index.tree import And, Either, Node, Reason, Sought


class Known:
    """Words and phrases by hand, `de en wort` by what they are."""

    def __init__(
        self,
        words: Mapping[str, Mapping[str, float]] | None = None,
        phrases: Mapping[str, Mapping[str, float]] | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        self._words, self._phrases, self._labels = words or {}, phrases or {}, labels or {}

    def translations(self, key: str, source: str, target: str) -> Mapping[str, float]:
        return self._words.get(f"{source} {target} {key}", {})

    def phrases(self, keys: tuple[str, ...], source: str, target: str) -> Mapping[tuple[str, ...], float]:
        found = self._phrases.get(" ".join((source, target, *keys)), {})
        return {tuple(each.split()): chance for each, chance in found.items()}

    def written(self, keys: tuple[str, ...], language: str) -> str:
        return self._labels.get(" ".join(keys), "")

    def via(self, key: str, source: str, target: str) -> str:
        return ""


@pytest.fixture
def translator() -> Translator:
    dictionary = Known(
        {
            "en ru district": {"район": 1.0},
            "en ru heating": {"отопление": 0.6, "нагрев": 0.4},
            "de en baum": {"tree": 1.0},
            "de ru gesicht": {"лицо": 1.0},
            "de ru erkennung": {"узнавание": 1.0},
        },
        {
            "de en fernwärme": {"district heating": 0.7, "long heat": 0.1},
            "de en baum": {"street tree": 0.9},
            "en de outer wall": {"wand": 1.0, "aussenwand": 0.5},
        },
    )
    thesaurus = Known(
        {"en de wall": {"wand": 1.0}},
        {"de ru erneuerbare energie": {"возобновляемый источник энергия": 1.0, "виэ": 0.5}},
        {"возобновляемый источник энергия": "возобновляемые источники энергии"},
    )
    return Translator(("de", "ru", "en"), None, dictionary, thesaurus)


def said(translator: Translator, words: str, source: str = "de") -> dict[str, tuple[str, float]]:
    """Return phrases with their language and probability."""
    found = phrasings(tuple(words.split()), source, translator)
    return {
        " ".join("/".join(choices) for choices in each.places): (each.language, round(each.probability, 2))
        for each in found
    }


def expanded(translator: Translator, text: str, **wishes: tuple[str, ...]) -> Node | None:
    return Expander(lambda: translator).expand(parse(text).node, Wishes(**wishes))  # type: ignore[arg-type]


def test_a_word_is_several_in_another_language(translator: Translator) -> None:
    assert said(translator, "fernwärme")["district heating"] == ("en", 0.47)


def test_an_unlikely_phrase_is_none(translator: Translator) -> None:
    assert "long heat" not in said(translator, "fernwärme")


def test_a_phrase_of_the_third_language_leads_on_word_by_word(translator: Translator) -> None:
    (found,) = (each for each in phrasings(("fernwärme",), "de", translator) if each.language == "ru")
    assert found.places == (("район",), ("отопление", "нагрев"))
    assert found.via == "en"
    assert found.probability == pytest.approx((2 / 3) * 0.7 * (2 / 3))


def test_a_compound_that_nothing_knows_is_put_together(translator: Translator) -> None:
    (found,) = phrasings(("gesichtserkennung",), "de", translator)
    assert (found.places, found.language) == ((("лицо",), ("узнавание",)), "ru")
    assert found.origin is Origin.PART


def test_a_phrase_with_a_sure_word_in_it_says_no_more(translator: Translator) -> None:
    assert said(translator, "baum") == {}


def test_less_than_its_words_is_not_what_a_phrase_is(translator: Translator) -> None:
    assert said(translator, "outer wall", "en") == {"aussenwand": ("de", 0.33)}


def test_words_that_belong_together_are_sought_as_one_beside_each(translator: Translator) -> None:
    node = expanded(translator, "Kosten erneuerbarer Energien")
    assert isinstance(node, And)
    kosten, both = node.items
    assert isinstance(kosten, Sought)
    assert isinstance(both, Either)
    unit, words = both.items
    assert isinstance(unit, Sought)
    assert unit.is_unit
    assert [(way.form, way.language, way.reason) for way in unit.ways] == [
        ("возобновляемые источники энергии", "ru", Reason.TRANSLATION),
        ("виэ", "ru", Reason.TRANSLATION),
    ]
    assert isinstance(words, And)
    assert [each.surface for each in words.items if isinstance(each, Sought)] == ["erneuerbarer", "Energien"]


def test_what_another_language_has_as_a_word_without_content_is_no_translation_by_itself() -> None:
    known = Known({"de en krieg": {"war": 0.5, "warfare": 0.5}}, {"de en krieg": {"cold war": 0.5}})
    word = expanded(Translator(("de", "en"), None, known), "Krieg")
    assert isinstance(word, Sought)
    weights = {" ".join(slot[0] for slot in way.slots): way.weight for way in word.ways}
    assert weights["war"] < LEAST_SHARE_ALONE < weights["warfare"]
    assert weights["cold war"] > LEAST_SHARE_ALONE


def test_words_of_a_dictionary_are_shown_as_words_that_may_stand_apart() -> None:
    known = Known(
        {},
        {
            "de en fernwärme": {"district heating": 1.0},
            "de ru fernwärme": {"централизованный теплоснабжение": 1.0},
            "en de renewable": {"erneuerbar energie": 1.0},
        },
    )
    translator = Translator(("de", "ru", "en"), None, known)
    forms = {
        (way.language, way.form)
        for text in ("Fernwärme", "renewable")
        if isinstance(word := expanded(translator, text), Sought)
        for way in word.ways
        if way.reason is Reason.TRANSLATION and len(way.slots) > 1
    }
    assert forms == {
        ("de", "erneuerbar … Energie"),
        ("ru", "централизованный … теплоснабжение"),
        ("en", "district … heating"),
    }


def test_what_is_the_same_words_in_another_language_is_no_unit_of_them() -> None:
    known = Known({}, {"de en open data": {"open data": 1.0, "free data": 0.5}})
    both = expanded(Translator(("de", "en"), None, known), "Open Data")
    assert isinstance(both, Either)
    unit = both.items[0]
    assert isinstance(unit, Sought)
    assert [way.form for way in unit.ways] == ["free … data"]
    known = Known({}, {"de en open data": {"open data": 1.0}})
    assert isinstance(expanded(Translator(("de", "en"), None, known), "Open Data"), And)


def test_a_reader_drops_what_a_phrase_is(translator: Translator) -> None:
    without = ("возобновляемые источники энергии", "виэ")
    assert isinstance(expanded(translator, "erneuerbare Energien", without=without), And)
    assert isinstance(expanded(translator, "erneuerbare Energien"), Either)


def test_a_part_of_a_phrase_is_no_translation_by_itself() -> None:
    dictionary = Known(
        {"de en gesichtserkennung": {"facial": 0.5, "recognition": 0.5}},
        {"de en gesichtserkennung": {"facial recognition": 1.0}},
    )
    word = expanded(Translator(("de", "en"), None, dictionary), "Gesichtserkennung")
    assert isinstance(word, Sought)
    weights = {way.slots: way.weight for way in word.ways if way.reason is Reason.TRANSLATION}
    assert weights[(("facial",),)] < 0.2
    assert weights[(("facial",), ("recognition",))] == pytest.approx(2 / 3)
