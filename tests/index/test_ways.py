"""Names in the other script, the other keyboard, letters that look alike and endings of unknown words."""

from __future__ import annotations

import pytest

from index.layout import typed_otherwise, typed_with_signs
from index.names import in_other_script
from index.query import Wishes
from index.stems import stem
from index.syntax import Parsed, parse
from index.text import fold, twin
from index.tree import Reason, Sought, Way, Word
from index.ways import own_ways
from tests.index.asking import asked


def readings(word: str) -> set[str]:
    return {reading.form for reading in in_other_script(word)}


def forms(word: str, reason: Reason) -> set[str]:
    return {way.form for way in own_ways(word, ("de",)) if way.reason is reason}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Krasnodar", "краснодар"),
        ("krasnodar", "краснодар"),
        ("Sotschi", "сочи"),
        ("Perm", "пермь"),
        ("Müller", "мюллер"),
        ("Mueller", "мюллер"),
        ("Wolgograds", "волгоград"),
        ("Краснодаре", "krasnodar"),
        ("Мюллером", "müller"),
        ("Хрущёв", "chruschtschow"),
        ("Хрущев", "khrushchev"),
    ],
)
def test_a_name_is_looked_for_in_the_other_script(word: str, expected: str) -> None:
    assert expected in readings(word)


@pytest.mark.parametrize(
    "word",
    ["Most", "Dom", "Rad", "Sad", "Park", "die", "мост", "дом", "ли", "Stadtentwicklung", "кот", "CO2"],
)
def test_ordinary_words_are_none_in_the_other_script(word: str) -> None:
    assert readings(word) == set()


def test_names_in_the_other_script_can_be_switched_off() -> None:
    word = asked("Krasnodar", names=False)
    assert isinstance(word, Sought)
    assert Reason.SCRIPT not in {way.reason for way in word.ways}
    assert Wishes().names


def test_only_readings_that_occur_are_looked_for() -> None:
    ways = own_ways("Müller", ("de",), occurs=lambda keys: "мюллер" in keys)
    assert [way.form for way in ways if way.reason is Reason.SCRIPT] == ["мюллер"]
    assert not [
        way for way in own_ways("rhfcyjlfh", (), occurs=lambda keys: False) if way.reason is Reason.LAYOUT
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rhfcyjlfh", "краснодар"),
        ("ujhjl", "город"),
        ("rjyathtywbz", "конференция"),
        ("Vjcrdf", "москва"),
        ("ыекфыыу", "strasse"),
        ("лщтаукутя", "konferenz"),
        ("утукпн", "energy"),
    ],
)
def test_the_other_keyboard(typed: str, meant: str) -> None:
    assert meant in typed_otherwise(typed)


@pytest.mark.parametrize(
    "word", ["Stadt", "the", "город", "xyz", "XII", "ab", "Mueller", "Krasnodar", "Мюллером"]
)
def test_words_are_not_taken_for_another_keyboard(word: str) -> None:
    assert list(typed_otherwise(word)) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("'ythubz", "энергия"),
        ("vjkjl`;m", "молодёжь"),
        ("ntgkjcyf,;tybt.", "теплоснабжение"),
        ("äythubz", ""),
    ],
)
def test_letters_that_are_signs_on_the_other_keyboard(typed: str, meant: str) -> None:
    assert typed_with_signs(typed) == meant
    if meant:
        assert parse(typed) == Parsed(Word(meant))


@pytest.mark.parametrize(
    "typed", ["don't", "z.B.", "Stadt,", "a;b", "U.S.A.", "ujhjl,", "e.g.", "[sic]", "C++"]
)
def test_signs_keep_their_meaning_otherwise(typed: str) -> None:
    assert typed_with_signs(typed) == ""


def test_words_that_look_alike_as_a_whole_are_twins() -> None:
    assert (twin("со2"), twin("co2"), twin("с"), twin("стадо"), twin("2017")) == ("co2", "со2", "c", "", "")
    assert "co2" in forms("СО2", Reason.SPELLING)
    assert "c" in forms("С", Reason.SPELLING)
    assert "hato" in forms("НАТО", Reason.SPELLING)


@pytest.mark.parametrize("word", ["COP", "POT", "рот", "сор", "мост"])
def test_a_twin_that_is_another_word_is_none(word: str) -> None:
    assert twin(fold(word)) not in forms(word, Reason.SPELLING)


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("мюллером", "мюллер"),
        ("клебановым", "клебанов"),
        ("merkels", "merkel"),
        ("müllers", "müller"),
        ("refactored", "refactor"),
        ("müller", ""),
        ("haus", ""),
        ("ende", ""),
        ("краснодар", ""),
    ],
)
def test_endings_are_cut_off(form: str, base: str) -> None:
    assert stem(form) == base


def test_each_key_is_looked_for_once() -> None:
    for word in ("Mueller", "Мюллером", "Stadtentwicklungen", "Ростов", "XIV"):
        keys = [key for way in own_ways(word, ("de",), 14) if len(way.slots) == 1 for key in way.slots[0]]
        assert len(keys) == len(set(keys))
        assert fold(word) not in keys
        assert all(isinstance(way, Way) for way in own_ways(word, ("de",)))
