"""The articles of FreeDict's dictionaries, in the three ways in which they are laid out."""

from __future__ import annotations

import pytest

from index.dictionary_terms import Entry
from index.freedict import read_entries


def read(article: str, target: str) -> Entry | None:
    return next(read_entries([article], target), None)


def test_ding_has_all_translations_in_one_line() -> None:
    article = (
        "Fernwärme /fˈɛɾnvˌɛɾmə/ <fem, n, sg>\n"
        " [techn.] district heating <n>, long-distance heat <n> [Br.] , teleheat <n>\n"
        "         Note: supply of heat\n"
        '      "Fernwärme beziehen"  - be on district heating\n'
        "   Synonyms: {Fernheizung}, {Heizung}\n\n"
        " see: {Wärme}\n\n"
    )
    assert read(article, "en") == Entry(
        ("Fernwärme",), (("district heating", "long-distance heat", "teleheat"),)
    )


def test_ding_writes_abbreviations_behind_the_term() -> None:
    article = "year of manufacture /jˈiəɹ/ (YOM /jˈɒm/)\nHerstellungsjahr <neut>HJ, Baujahr <neut>\n\n"
    assert read(article, "de") == Entry(("year of manufacture",), (("Herstellungsjahr", "Baujahr"),))


def test_ding_goes_on_behind_a_note() -> None:
    article = (
        "Schwarm /ʃvˈaɾm/ <masc, n, sg>\nswarm <n>\n"
        "         Note: of people, in towns, shoal <n> [Br.]  [coll.] , crowd <n>\n"
        "         Note: fish, birds\n"
    )
    assert read(article, "en") == Entry(("Schwarm",), (("swarm", "shoal", "crowd"),))


def test_pronunciation_may_hold_anything() -> None:
    assert read("Schuhware /(en)ʃˈuːweə(de)/ <fem, n, sg>\n [econ.] footwear <n>\n", "en") == Entry(
        ("Schuhware",), (("footwear",),)
    )


def test_wikdict_numbers_senses_and_defines_them_in_german() -> None:
    article = (
        "Geist /ɡaɪ̯st/ /ɡaɪst/ <n, masc>\n1. душа\nunter Einschluss des Fühlens\n2. ум, ра́зум\n"
        "im Gegensatz zum Gefühlsleben (душа)\n3. дух 2.\ndie Grundidee\n 3.\ngöttliches Wesen\n"
    )
    assert read(article, "ru") == Entry(("Geist",), (("душа",), ("ум", "разум"), ("дух",)))


def test_heads_with_commas_are_one_phrase() -> None:
    assert read("wennschon, dennschon /ˈvɛn/\nкак только, так сразу\n", "ru") == Entry(
        ("wennschon dennschon",), (("как только", "так сразу"),)
    )


def test_ergane_has_a_line_a_sense() -> None:
    assert read("fast /fɑːst/\n1. быстрый\n2. быстро, скоро\n", "ru") == Entry(
        ("fast",), (("быстрый",), ("быстро", "скоро"))
    )


def test_what_is_no_word_is_left_out() -> None:
    assert read("gast /-ɡast/ <suffix>\nгость\n", "ru") is None
    assert read("Sie ging, ohne sich noch einmal umzudrehen. /ziː/\nShe left.\n", "en") is None
    assert read("Haus /haʊs/ <neut, n, sg>\n\n   Synonym: {Gebäude}\n", "en") is None
    assert read("", "en") is None


@pytest.mark.parametrize(
    "piece", ["/", "<", "(", "[", "{", "ˈ", " /ˈ", "a/", "a -", " ", "1", "1. ", "ж/", " /жˈ", ",<", "ж", "z"]
)
def test_odd_notation_is_read_in_time(piece: str) -> None:
    for target in ("en", "ru"):
        for article in (piece * 80_000, f"wort\n{piece * 80_000}", f"wort\nа{piece * 80_000}"):
            entry = read(article, target)
            assert entry is None or entry.senses == (("а",),)
