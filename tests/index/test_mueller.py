"""The articles of Mueller's dictionary, written in its notation."""

from __future__ import annotations

import pytest

from index.dictionary_terms import Entry
from index.mueller import read_entries


def read(*articles: str) -> list[Entry]:
    return list(read_entries(articles))


def test_parts_of_speech_and_senses_are_told_apart() -> None:
    article = (
        "link\n   [lɪŋk]\n   1. _n.\n      1) звено; связь\n      2) _pl. _перен. узы (дружбы\n"
        "      и т.п.)\n   2. _v. соединять, связывать\n"
    )
    assert read(article) == [
        Entry(("link",), (("звено", "связь"), ("узы",), ("соединять", "связывать"))),
    ]


def test_homographs_are_told_apart() -> None:
    article = "bank\n   _I  [bæŋk] _n.\n      1) вал\n      2) берег\n   _II [bæŋk] _n. банк\n"
    assert read(article) == [Entry(("bank",), (("вал",), ("берег",), ("банк",)))]


def test_examples_and_their_lettered_senses_are_left_out() -> None:
    article = (
        "coop\n   [kʊ:p]\n   1. _n. курятник, клетка для кур; coop of hens клетка с курами; большая клетка\n"
        "   2. _v. сажать в клетку; coop in, coop up\n      а) держать взаперти;\n      б) набивать битком\n"
    )
    assert read(article) == [Entry(("coop",), (("курятник", "клетка для кур"), ("сажать в клетку",)))]


def test_lettered_senses_of_the_word_itself_are_read() -> None:
    assert read("tack\n   [tæk] _n.\n   а) галс;\n   б) курс\n") == [Entry(("tack",), (("галс", "курс"),))]


def test_verbs_that_may_be_reflexive_are_two() -> None:
    assert read("disunite\n   [↗dɪsjʊ:↗naɪt] _v. разделять; тащить(ся) по грязи\n") == [
        Entry(("disunite",), (("разделять", "тащить по грязи", "тащиться по грязи"),))
    ]


def test_an_article_that_refers_to_another_has_its_senses() -> None:
    colour, color = "colour\n   [↗kʌlɜ] _n. цвет\n", "color\n   [↗kʌlɜ] _ам. = colour\n"
    assert read(color, colour) == [Entry(("colour",), (("цвет",),)), Entry(("color",), (("цвет",),))]
    assert read("grey\n   [grɛɪ] см. gray II, 2\n", "gray\n   [grɛɪ] _a. серый\n")[1] == Entry(
        ("grey",), (("серый",),)
    )


def test_a_reference_to_a_homograph_has_its_senses_alone() -> None:
    articles = (
        "bernicle\n   [↗bɜ:nɪkl] = barnacle II, 1\n",
        "barnacle\n   _I  [↗bɑ:nɜkl] _n. кляп\n   _II [↗bɑ:nɜkl] _n.\n      1) казарка\n      2) уточка\n",
    )
    assert read(*articles)[1] == Entry(("bernicle",), (("казарка",), ("уточка",)))


def test_references_to_nothing_or_in_a_circle_say_nothing() -> None:
    assert read("a\n   = b\n", "b\n   = a\n", "c\n   = d\n", "oaves\n   [ɜʊvz] _pl. от oaf\n") == []


def test_what_is_no_word_is_left_out() -> None:
    assert read("_геол.\n   geology геология\n", "00-database-url\nhttp://example.org\n", "") == []


@pytest.mark.parametrize(
    "piece",
    ["[", "(", "_", "_a", "1) ", "а) ", "= ", "; ", "слово ", " ", "см.", "a -л.", "/", "ж", "z", "1"],
)
def test_odd_notation_is_read_in_time(piece: str) -> None:
    assert len(read(f"word\n   {piece * 80_000}", f"word\n   слово, {piece * 80_000}")) <= 2
