"""What else was searched, as a reader is told and may change it."""

from __future__ import annotations

import re

from index.query import Query, Wishes
from index.results import Alternative, Expansion
from portal.also_searched import TOLD, UNFOLDED_WORDS, also_searched
from portal.reader import Reader

TOWN = Expansion(
    "Stadt",
    (
        Alternative("<i>", "form", weight=0.9),
        Alternative("город", "translation", "ru", 0.8),
        Alternative("…stadt", "compound", weight=0.5),
        Alternative("место", "translation", "ru", 0.1),
    ),
)


def test_translations_are_told_and_forms_fold(reader: Reader) -> None:
    shown = also_searched((TOWN,), Query("Stadt"), reader)
    told, fold = shown.split("<details")
    assert "Auch gesucht:" in told
    assert 'lang="ru" title="Stadt: Übersetzung (Russisch)"' in told
    assert "…stadt" not in told
    assert "место" not in told
    assert "3 weitere Formen" in fold
    assert "&lt;i&gt;" in fold
    assert "город" not in fold
    assert fold.index("Zusammensetzungen") < fold.index("Formen</span>")


def test_translations_that_share_a_meaning_are_told_and_their_parts_fold(reader: Reader) -> None:
    heat = Expansion(
        "теплоснабжение",
        (
            Alternative("district", "translation", "en", 0.38),
            Alternative("fern", "translation", "de", 0.32),
            Alternative("Fernwärme", "translation", "de", 0.32),
            Alternative("heating", "translation", "en", 0.31),
            Alternative("heat", "translation", "en", 0.1),
        ),
    )
    told, fold = also_searched((heat,), Query("теплоснабжение"), reader).split("<details")
    assert re.findall('data-id="form:([^"]*)"', told) == ["district", "Fernwärme", "heating"]
    assert re.findall('data-id="form:([^"]*)"', fold) == ["fern", "heat"]


def test_every_form_is_a_link_that_leaves_it_out(reader: Reader) -> None:
    shown = also_searched((TOWN,), Query("Stadt", language=("ru",)), reader)
    assert 'href="/?q=Stadt&amp;language=ru&amp;without=%D0%B3%D0%BE%D1%80%D0%BE%D0%B4"' in shown
    assert 'href="/?q=Stadt&amp;language=ru&amp;without=%3Ci%3E"' in shown


def test_a_form_left_out_can_be_taken_back(reader: Reader) -> None:
    shown = also_searched((), Query("Stadt", wishes=Wishes(without=("город",))), reader)
    assert 'Nicht gesucht: <a class="wording" href="/?q=Stadt"' in shown
    assert "<s>город</s>" in shown


def test_only_so_many_are_told_and_each_word_has_its_share(reader: Reader) -> None:
    def word(name: str) -> Expansion:
        others = tuple(Alternative(f"{name}{number}", "translation", "en") for number in range(TOLD))
        return Expansion(name, others)

    told, fold = also_searched((word("a"), word("b")), Query("a b"), reader).split("<details")
    assert told.count('class="wording"') == TOLD
    assert "b0" in told
    assert f"b{TOLD - 1}" in fold


def test_who_hears_the_page_is_told_the_reason(reader: Reader) -> None:
    shown = also_searched((TOWN,), Query("Stadt"), reader)
    assert 'aria-label="город (Stadt: Übersetzung (Russisch)) – ohne diese Form suchen"' in shown


def test_of_a_long_query_only_some_words_are_told(reader: Reader) -> None:
    words = tuple(Expansion(f"w{number}", (Alternative(f"f{number}", "form"),)) for number in range(40))
    shown = also_searched(words, Query("w"), reader)
    assert shown.count("<dt>") == UNFOLDED_WORDS


def test_switches_lead_to_the_other_state_and_say_theirs(reader: Reader) -> None:
    shown = also_searched((), Query("Stadt"), reader)
    assert 'aria-checked="true" href="/?q=Stadt&amp;translate=0"' in shown
    assert 'aria-checked="false" href="/?q=Stadt&amp;exact=1"' in shown
    assert 'aria-checked="true" href="/?q=Stadt&amp;names=0"' in shown
    exact = also_searched((), Query("Stadt", wishes=Wishes(exact=True)), reader)
    assert 'aria-checked="true" href="/?q=Stadt"' in exact
    assert exact.count("href=") == 1
    assert exact.count('aria-checked="false" aria-disabled="true"') == 2


def test_without_words_nothing_is_told(reader: Reader) -> None:
    assert also_searched((), Query(language=("ru",)), reader) == ""
