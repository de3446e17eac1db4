"""Asking: what is found, in which order, under which filters, and what is said about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.model import Access, Kind, Page, State
from index.indexer import Indexer
from index.query import Query, Sort, Wishes
from index.results import ResultPage
from index.search import FACETS, Search

UNTRANSLATED = Wishes(translate=False)


def ids(page: ResultPage) -> list[str]:
    return [hit.document.id for hit in page.hits]


def facet(page: ResultPage, field: str) -> dict[str, int]:
    return next(dict(facet.buckets) for facet in page.facets if facet.field == field)


@pytest.fixture
def filled(archive: Any, indexer: Indexer, search: Search) -> Search:
    archive.put(
        "heat",
        "Fernwärme in Krasnodar",
        "Energieeffizienz der Wärmenetze in den Städten",
        title="Energie der Stadt",
        panel="c2017/energy",
        creators=("Anna Müller",),
        date=dt.date(2017, 6, 29),
    )
    archive.put("youth", "Jugendaustausch der Partnerstädte", title="Ärzte und Jugend", panel="c2017/youth")
    archive.put(
        "both",
        "Partnerschaft der Städte",
        Page(0, "Энергия городов-партнёров", languages=("ru",)),
        title="Partnerschaft",
        kind=Kind.PAPER,
        conference="c2023",
    )
    archive.put("russian", "Теплоснабжение города", language="ru", title="Теплоснабжение", conference="c2023")
    archive.put("empty", title="Zeitplan", kind=Kind.PROGRAMME)
    indexer.catch_up()
    return search


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stadt", {"heat", "youth", "both"}),
        ("fernwaerme krasnodar", {"heat"}),
        ("Fernwärme Energieeffizienz", {"heat"}),
        ("Wärme", {"heat"}),
        ("город", {"both", "russian"}),
        ("Müller", {"heat"}),
        ("Zeitplan", {"empty"}),
        ('"Städte Partnerschaft"', set()),
        ('"Partnerschaft der Städte"', {"both"}),
        ('"Partnerschaft der Stadt"', set()),
        ('"Krasnodar Energieeffizienz"', set()),
        ("Fernwärme OR Jugendaustausch", {"heat", "youth"}),
        ("Stadt -Fernwärme", {"youth", "both"}),
        ("NOT Stadt", {"russian", "empty"}),
        ("title:Energie", {"heat"}),
        ("title:Fernwärme", set()),
        ("creator:muller", {"heat"}),
        ("conference:Aachen", {"both", "russian"}),
        ("conference:c2023", {"both", "russian"}),
        ("panel:Jugend", {"youth"}),
        ("kind:paper", {"both"}),
        ("kind:Programm", {"empty"}),
        ("year:2023", {"both", "russian"}),
        ("year:[2018 TO *] Stadt", {"both"}),
        ("language:ru", {"both", "russian"}),
        ("Sprache:russisch Stadt", set()),
        ("", {"heat", "youth", "both", "russian", "empty"}),
    ],
)
def test_a_query_finds(filled: Search, text: str, expected: set[str]) -> None:
    page = filled.ask(Query(text, wishes=UNTRANSLATED))
    assert {hit.document.id for hit in page.hits if hit.match == "all"} == expected
    assert page.total == len(expected)
    assert page.message == ""


def test_translations_are_found_and_keep_nothing_out(filled: Search) -> None:
    assert "russian" in ids(filled.ask(Query("Stadt")))
    assert {"russian", "empty"} == {*ids(filled.ask(Query("NOT Stadt")))}


def test_a_word_of_the_german_pages_is_no_hit_under_russian(filled: Search) -> None:
    assert ids(filled.ask(Query("Partnerschaft", language=("ru",), wishes=UNTRANSLATED))) == []
    assert ids(filled.ask(Query("Partnerschaft", language=("de",), wishes=UNTRANSLATED))) == ["both"]
    assert ids(filled.ask(Query("Partnerschaft Энергия", wishes=UNTRANSLATED))) == ["both"]
    assert filled.ask(Query("Partnerschaft Энергия", language=("de",), wishes=UNTRANSLATED)).total == 0
    assert ids(filled.ask(Query("Partnerschaft Энергия", language=("de", "ru"), wishes=UNTRANSLATED))) == [
        "both"
    ]


def test_only_pages_in_the_language_are_shown(filled: Search) -> None:
    (hit,) = filled.ask(Query("Städte OR городов", language=("ru",), conference=("c2023",), limit=1)).hits
    assert {page.language for page in hit.pages} == {"ru"}


def test_facets_count_what_each_value_would_give(filled: Search) -> None:
    page = filled.ask(Query("Stadt OR город", kind=("presentation",)))
    for field in FACETS:
        for value, count in facet(page, field).items():
            asked: dict[str, Any] = {"kind": ("presentation",), field: (value,)}
            assert filled.ask(Query("Stadt OR город", **asked)).total == count
    assert facet(page, "kind") == {"presentation": 3, "paper": 1}
    assert facet(page, "language") == {"de": 2, "ru": 1}


def test_a_bilingual_document_counts_once_for_each_language(filled: Search) -> None:
    page = filled.ask(Query(""))
    assert page.total == 5
    assert facet(page, "language") == {"de": 3, "ru": 2}
    assert filled.ask(Query("", language=("de", "ru"))).total == 4


def test_a_page_in_two_languages_is_found_under_either(
    archive: Any, indexer: Indexer, search: Search
) -> None:
    archive.put("mixed", "Stadt und Wasser", "Город и вода: city and water", language="ru en")
    archive.put("german", "Stadt und Wasser", Page(0, "Город и вода city", languages=("ru", "en")))
    indexer.catch_up()
    for language in ("ru", "en"):
        page = search.ask(Query("вода city", language=(language,), wishes=UNTRANSLATED))
        assert sorted(ids(page)) == ["german", "mixed"]
        assert facet(page, "language") == {"en": 2, "ru": 2}
    assert search.ask(Query("Stadt city", language=("en",), wishes=UNTRANSLATED)).total == 1
    assert ids(search.ask(Query("Stadt", language=("de",), wishes=UNTRANSLATED))) == ["german"]


def test_a_chosen_value_stays_in_its_facet(filled: Search) -> None:
    assert facet(filled.ask(Query("Fernwärme", kind=("minutes",))), "kind") == {
        "presentation": 1,
        "minutes": 0,
    }


def test_best_pages_come_with_marked_snippets(filled: Search) -> None:
    (hit,) = filled.ask(Query("Energieeffizienz Stadt")).hits[:1]
    assert hit.document.id == "heat"
    assert [page.number for page in hit.pages] == [2]
    snippet = hit.pages[0].snippet
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["Energieeffizienz", "Städten"]
    assert [hit.title.text[start:end] for start, end in hit.title.marks] == ["Stadt"]


def test_a_word_comes_before_a_compound_with_it(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("a", "Die Partnerschaftskonferenz tagt heute")
    archive.put("b", "Die große Konferenz tagt heute")
    archive.put("c", "Die großen Konferenzen tagen heute")
    indexer.catch_up()
    assert ids(search.ask(Query("Konferenz"))) == ["b", "c", "a"]


def test_all_words_first_then_some(filled: Search) -> None:
    page = filled.ask(Query("Fernwärme Krasnodar Jugendaustausch", wishes=UNTRANSLATED))
    assert page.total == 0
    assert [(hit.document.id, hit.match) for hit in page.hits] == [("heat", "some"), ("youth", "some")]
    page = filled.ask(Query("Stadt Fernwärme", wishes=UNTRANSLATED))
    assert (page.total, [hit.match for hit in page.hits]) == (1, ["all", "some", "some"])


def test_some_words_fill_the_first_page_only(filled: Search) -> None:
    assert len(filled.ask(Query("Stadt Fernwärme", limit=2)).hits) == 2
    assert len(filled.ask(Query("Stadt Fernwärme", limit=1)).hits) == 1
    assert filled.ask(Query("Stadt Fernwärme", limit=2, offset=2)).hits == ()
    assert [hit.match for hit in filled.ask(Query("Stadt Fernwärme", limit=2, offset=1)).hits] == ["some"]


def test_sorting(filled: Search) -> None:
    assert ids(filled.ask(Query("", sort=Sort.TITLE))) == ["youth", "heat", "both", "empty", "russian"]
    assert ids(filled.ask(Query("", sort=Sort.NEWEST))) == ["both", "russian", "heat", "empty", "youth"]
    assert ids(filled.ask(Query("", sort=Sort.OLDEST))) == ["empty", "youth", "heat", "both", "russian"]


def test_pages_of_hits_neither_miss_nor_double(archive: Any, indexer: Indexer, search: Search) -> None:
    for number in range(25):
        archive.put(f"d{number:02}", "Stadt" + " Land" * (number % 3), title=f"Titel {number % 4}")
    indexer.catch_up()
    for sort in Sort:
        pages = [ids(search.ask(Query("Stadt", sort=sort, limit=4, offset=at))) for at in range(0, 28, 4)]
        assert sorted(name for page in pages for name in page) == [f"d{number:02}" for number in range(25)]


@pytest.mark.parametrize("text", ["Stadt Jugend", "Energie", "", "Quitte", "-Stadt"])
def test_the_ranking_is_that_of_the_hits(filled: Search, text: str) -> None:
    for query in (
        Query(text),
        Query(text, limit=2, offset=1),
        Query(text, sort=Sort.TITLE, language=("de",)),
    ):
        assert [*filled.ranking(query)] == ids(filled.ask(query))


def test_only_what_the_public_may_read(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("draft", "Stadt", state=State.DRAFT)
    archive.put("staff", "Stadt", access=Access.STAFF)
    archive.put("gone", "Stadt", state=State.WITHDRAWN)
    archive.put("open", Page(0, "Stadt", notes="Geheimnis"), Page(0, "Verborgenes", hidden=True))
    indexer.catch_up()
    assert ids(search.ask(Query("Stadt"))) == ["open"]
    assert search.ask(Query("Geheimnis")).total == 0
    assert search.ask(Query("Verborgenes")).total == 0
    assert search.find_in("draft", Query("Stadt")) == ()
    assert search.find_in("nowhere", Query("Stadt")) == ()


def test_a_document_withdrawn_a_moment_ago_is_not_shown(archive: Any, filled: Search) -> None:
    archive.change("heat", state=State.WITHDRAWN)
    assert "heat" not in ids(filled.ask(Query("Stadt")))
    assert "heat" not in filled.ranking(Query("Stadt"))


def test_marks_of_a_whole_document(filled: Search) -> None:
    first, second = filled.find_in("heat", Query("Fernwärme Stadt", wishes=UNTRANSLATED))
    assert (first.number, second.number) == (1, 2)
    assert first.snippet.text == "Fernwärme in Krasnodar"
    assert [first.snippet.text[start:end] for start, end in first.snippet.marks] == ["Fernwärme"]
    assert filled.find_in("both", Query("Städte", language=("ru",), wishes=UNTRANSLATED)) == ()


def test_what_is_not_understood_is_said(filled: Search) -> None:
    page = filled.ask(Query("Fernwärme AND"))
    assert ids(page) == ["heat"]
    assert page.message_code == "syntax"
    assert "not understood" in page.message


def test_warming_up_needs_no_index(search: Search) -> None:
    search.warm_up()
    assert search.sequence() == 0


def test_without_an_index_nothing_is_found_and_it_is_said(search: Search) -> None:
    page = search.ask(Query("Stadt"))
    assert (page.total, page.hits, page.message_code) == (0, (), "no_index")
    assert [facet.field for facet in page.facets] == list(FACETS)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000)
@given(text=st.text(max_size=60), language=st.sampled_from([(), ("de",), ("fr",), ("ru", "de")]))
def test_any_text_gets_an_answer(filled: Search, text: str, language: tuple[str, ...]) -> None:
    page = filled.ask(Query(text, language=language))
    assert page.total <= 5
    for hit in page.hits:
        for snippet in (hit.title, *(found.snippet for found in hit.pages)):
            end = 0
            for start, finish in snippet.marks:
                assert end <= start < finish <= len(snippet.text)
                end = finish


@pytest.mark.parametrize(
    "text", ["(" * 500, "a OR " * 300, '"' * 700, "wort " * 10_000, "-" * 5000, "NOT " * 400]
)
def test_a_hostile_query_is_answered(filled: Search, text: str) -> None:
    assert filled.ask(Query(text)).total >= 0
