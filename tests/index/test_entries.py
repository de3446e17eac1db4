"""From documents to entries: scopes of language, titles, and what no phrase may cross."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Conference, Document, Kind, Page, Panel, State
from index.engine import Entry
from index.entries import PAGE_BREAK, SCHEMA, collate, entries
from index.scopes import lets_through, scope
from index.text import surfaces

LANGUAGES = ("de", "ru", "en")
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
CONFERENCE = Conference(
    "c1",
    {"de": "Konferenz"},
    place={"de": "Aachen"},
    start=dt.date(2023, 6, 1),
    panels=(Panel("c1/p1", {"de": "Jugend"}),),
)
DOCUMENT = Document(
    "d1", "Titel", "c1", Kind.PAPER, State.PUBLISHED, (), NOW, NOW, panel="c1/p1", creators=("Anna Müller",)
)


def made(*pages: Page, **changes: Any) -> tuple[Entry, ...]:
    return entries(replace(DOCUMENT, **changes), pages, CONFERENCE, LANGUAGES)


def page(text: str, language: str = "de", number: int = 1) -> Page:
    return Page(number, text, languages=tuple(language.split()))


def test_a_document_in_one_language_is_one_entry() -> None:
    (entry,) = made(page("Die Städte"))
    assert entry.document == "d1"
    assert entry.tokens["text"] == "die städte"
    assert {"städte", "stadt", "staedte"} <= set(entry.tokens["keys"].split())
    assert entry.tokens["title_text"] == "titel"
    assert "muller" in entry.tokens["creator_keys"].split()
    assert "aachen" in entry.tokens["conference_keys"].split()
    assert "jugend" in entry.tokens["panel_keys"].split()
    assert entry.keywords["kind"] == ("paper",)
    assert entry.keywords["year"] == ("2023",)
    assert entry.keywords["panel"] == ("c1/p1",)
    assert entry.sorts == {"date": "2023-06-01", "title": "titel"}
    assert set(entry.keywords["language"]) == {
        "*", "de", "de+ru", "de+en", "de+other", "de+en+ru", "de+other+ru", "de+en+other", "de+en+other+ru"
    }  # fmt: skip


def test_a_document_in_two_languages_is_three_entries() -> None:
    found = made(page("Stadt"), page("Город", "ru"))
    assert [entry.id for entry in found] == ["d1/*", "d1/de", "d1/ru"]
    assert [entry.tokens["text"] for entry in found] == [f"stadt {PAGE_BREAK} город", "stadt", "город"]


def test_a_document_without_words_is_found_without_a_filter() -> None:
    for found in (made(), made(page("2017", ""))):
        assert [entry.keywords["language"] for entry in found] == [("*",)]


def test_a_page_without_a_language_is_in_every_scope() -> None:
    found = made(page("Stadt"), page("Город", "ru"), page("2017", ""))
    assert all("2017" in entry.tokens["text"] for entry in found)


def test_a_page_in_two_languages_is_found_under_either() -> None:
    found = made(page("Stadt"), page("Город City", "ru en"))
    texts = {name: entry.tokens["text"] for entry in found for name in entry.keywords["language"]}
    assert texts["*"] == texts["de+ru"] == texts["de+en"] == f"stadt {PAGE_BREAK} город city"
    assert texts["ru"] == texts["en"] == texts["en+other"] == "город city"
    assert texts["de"] == "stadt"
    assert found[0].keywords["languages"] == ("de", "en", "ru")


def test_a_title_counts_for_a_language_whose_pages_have_it() -> None:
    german, russian = made(page("Titel"), page("Город", "ru"))[1:]
    assert "title_text" in german.tokens
    assert "title_text" not in russian.tokens
    assert "creator_text" not in german.tokens


def test_notes_stand_apart() -> None:
    (entry,) = made(Page(1, "Text", notes="Notiz", languages=("de",)))
    assert entry.tokens["text"] == f"text {PAGE_BREAK} notiz"


def test_all_fields_are_in_the_schema() -> None:
    for entry in made(page("Stadt"), page("Город", "ru")):
        assert set(entry.tokens) <= {*SCHEMA.positions, *SCHEMA.bags}
        assert set(entry.keywords) <= set(SCHEMA.keywords)
        assert set(entry.sorts) <= set(SCHEMA.sorts)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "Проект Fernwärme: 14-я Ost-West-Konferenz, Мюллером",
            "fernwärme +wärme #14 ostwestkonferenz ~мюллер",
        ),
        ("Städte, городов, cities", "stadt город city"),
    ],
)
def test_keys_do_not_hang_on_the_language_of_the_page(text: str, keys: str) -> None:
    found = {
        code: made(page(text, code))[0].tokens["keys"] for code in ("de", "ru", "en", "other", "", "de ru")
    }
    assert len(set(found.values())) == 1
    assert {*keys.split()} <= {*found["de"].split()}


@pytest.mark.parametrize(
    ("smaller", "greater"),
    [
        ("Ähre", "Bär"),
        ("Ärzte", "Azur"),
        ("Ёлка", "Жук"),
        ("елка", "Ёлка яркая"),
        ("„Zeit“", "Zug"),
        ("Band 2", "Band 10"),
    ],
)
def test_titles_sort_as_people_expect(smaller: str, greater: str) -> None:
    assert collate(smaller) < collate(greater)


PAGES = st.lists(
    st.builds(
        page,
        st.sampled_from(["Stadt", "Город", "2017"]),
        st.sampled_from(["de", "ru", "en", "other", "", "de en", "ru other"]),
    ),
    max_size=5,
)


@given(PAGES)
def test_every_filter_finds_a_document_once_by_the_pages_it_leaves(pages: list[Page]) -> None:
    found = made(*pages)
    codes = (*LANGUAGES, "other")
    filters = chain.from_iterable(combinations(codes, size) for size in range(len(codes) + 1))
    for languages in filters:
        left = [page for page in pages if lets_through(languages, page)]
        answering = [entry for entry in found if scope(languages) in entry.keywords["language"]]
        if languages and not any(page.languages for page in left):
            assert answering == []
        else:
            (entry,) = answering
            words = [word for word in entry.tokens["text"].split() if word != PAGE_BREAK]
            assert words == [word.lower() for page in left for word in surfaces(page.text)]
