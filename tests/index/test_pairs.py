"""Documents that find each other as translations of one another."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from index.lesson import Text
from index.pairs import LEAST_KEYS, Likeness, find_pairs

GERMAN = {
    "wärme": "Fernwärme Kessel Leitung Temperatur Haushalt Rohr Verlust Kraftwerk Gas Kosten Winter",
    "jugend": "Jugend Austausch Schule Lehrer Reise Sprache Gastfamilie Praktikum Verein Musik Sport",
    "müll": "Abfall Deponie Recycling Papier Glas Sammlung Gebühr Umwelt Boden Container Trennung",
}
WORDS = {
    "fernwärme": "теплоснабжение", "kessel": "котел", "leitung": "линия", "temperatur": "температура",
    "haushalt": "хозяйство", "rohr": "труба", "verlust": "потеря", "kraftwerk": "электростанция",
    "gas": "газ", "kosten": "расход", "winter": "зима", "jugend": "молодежь",
    "austausch": "обмен", "schule": "школа", "lehrer": "учитель", "reise": "поездка", "sprache": "язык",
    "gastfamilie": "семья", "praktikum": "практика", "verein": "союз", "musik": "музыка", "sport": "спорт",
    "abfall": "отход", "deponie": "свалка", "recycling": "переработка",
    "papier": "бумага", "glas": "стекло", "sammlung": "сбор", "gebühr": "плата", "umwelt": "среда",
    "boden": "почва", "container": "контейнер", "trennung": "разделение",
}  # fmt: skip
BACK = {russian: german for german, russian in WORDS.items()}


def translations(key: str, source: str, target: str) -> Iterable[tuple[str, float]]:
    found = (WORDS if source == "de" else BACK).get(key)
    return [(found, 0.8)] if found else []


def text(name: str, language: str, words: str) -> Text:
    return Text(name, language, name, ((1, words),))


def texts() -> list[Text]:
    found = []
    for name, words in GERMAN.items():
        found.append(text(f"{name}.de", "de", words))
        found.append(text(f"{name}.ru", "ru", " ".join(WORDS[word.lower()] for word in words.split())))
    return found


def names(found: Iterable[Likeness]) -> set[tuple[str, str]]:
    return {(each.source, each.target) for each in found}


def test_translations_find_each_other() -> None:
    found = find_pairs(texts(), translations)
    assert names(found) == {(f"{name}.de", f"{name}.ru") for name in GERMAN}
    assert all(each.is_sure and each.languages == ("de", "ru") for each in found)
    warmth = next(each for each in found if each.source == "wärme.de")
    assert {*warmth.words} <= {WORDS[word.lower()] for word in GERMAN["wärme"].split()}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_documents_makes_no_difference(seed: int) -> None:
    shuffled = texts()
    random.Random(seed).shuffle(shuffled)
    assert find_pairs(shuffled, translations) == find_pairs(texts(), translations)


def test_a_document_whose_translation_is_known_is_not_looked_at_again() -> None:
    known = [frozenset({"wärme.de", "wärme.ru"})]
    assert names(find_pairs(texts(), translations, known)) == {
        (f"{name}.de", f"{name}.ru") for name in ("jugend", "müll")
    }


def test_what_was_refused_is_not_found_and_nothing_takes_its_place_for_sure() -> None:
    refused = [frozenset({"wärme.de", "wärme.ru"})]
    assert names(find_pairs(texts(), translations, (), refused)) == {
        (f"{name}.de", f"{name}.ru") for name in ("jugend", "müll")
    }
    half = text("halb.ru", "ru", " ".join([*[*WORDS.values()][:6], "один", "два", "три", "четыре", "пять"]))
    found = {
        (each.source, each.target): each for each in find_pairs([*texts(), half], translations, (), refused)
    }
    assert not found["wärme.de", "halb.ru"].is_sure
    assert found["jugend.de", "jugend.ru"].is_sure


def test_of_two_documents_that_say_the_same_none_is_sure() -> None:
    twin = text("wärme-2.ru", "ru", next(each for each in texts() if each.document == "wärme.ru").pages[0][1])
    found = find_pairs([*texts(), twin], translations)
    assert "wärme.de" not in {each.source for each in found if each.is_sure}
    assert len([each for each in found if each.is_sure]) == 2


def test_what_has_nothing_in_common_is_no_pair() -> None:
    apart = [each for each in texts() if each.document in ("wärme.de", "jugend.ru")]
    assert find_pairs(apart, translations) == ()


def test_too_few_words_tell_nothing() -> None:
    few = [
        each._replace(pages=((1, " ".join(each.pages[0][1].split()[: LEAST_KEYS - 1])),)) for each in texts()
    ]
    assert find_pairs(few, translations) == ()


def test_names_that_both_write_alike_count() -> None:
    names_only = "Siemens Gazprom Rosneft Linux Debian Kubernetes Excel Word Python Java Windows Android"
    found = find_pairs([text("a", "de", names_only), text("b", "en", names_only), *texts()], lambda *_: ())
    assert names(found) == {("a", "b")}


def test_without_documents_nothing_is_found() -> None:
    assert find_pairs((), translations) == ()
    assert find_pairs(texts()[:1], translations) == ()
