from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import portal.theme
from index.query import Query, Sort, Wishes
from portal.urls import (
    HITS_PER_PAGE,
    PAGES,
    Links,
    asking,
    file_url,
    format_query,
    parse_query,
    switch_url,
    toggled,
    unfiltered,
    without,
)

words = st.text(min_size=1, max_size=60).map(str.strip).filter(lambda text: text and "\x00" not in text)
values = st.lists(words, max_size=4, unique=True).map(tuple)
queries = st.builds(
    Query,
    text=st.one_of(st.just(""), words),
    language=values,
    conference=values,
    panel=values,
    kind=values,
    year=values,
    sort=st.sampled_from(Sort),
    limit=st.just(HITS_PER_PAGE),
    offset=st.integers(0, 900).map(lambda page: page * HITS_PER_PAGE),
    wishes=st.builds(
        Wishes, exact=st.booleans(), translate=st.booleans(), names=st.booleans(), without=values
    ),
)


def parameters_of(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query, keep_blank_values=True)


@given(queries)
def test_a_query_survives_its_address(query: Query) -> None:
    assert parse_query(parameters_of(Links().search(query))) == query


@given(
    st.dictionaries(
        st.sampled_from(["q", "page", "sort", "language", "year", "exact", "without"]), st.lists(st.text())
    )
)
def test_any_parameters_give_a_query(parameters: dict[str, list[str]]) -> None:
    query = parse_query(parameters)
    assert query.offset >= 0
    assert "\x00" not in query.text


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "²", "99999999999999999999", "1e3"])
def test_a_page_that_is_none_is_the_first_or_the_last(page: str) -> None:
    assert parse_query({"page": [page]}).offset == 0


def test_parameters_that_say_nothing_are_left_out() -> None:
    assert format_query(Query(text="Stadt")) == [("q", "Stadt")]


def test_toggling_twice_changes_nothing_but_begins_at_the_first_hit() -> None:
    query = Query(text="Stadt", language=("de",), offset=20)
    assert toggled(toggled(query, "language", "ru"), "language", "ru") == Query("Stadt", ("de",))


def test_unfiltered_keeps_words_and_order() -> None:
    query = Query(text="Stadt", language=("de",), year=("2017",), sort=Sort.NEWEST)
    assert unfiltered(query) == Query(text="Stadt", sort=Sort.NEWEST)


def test_a_form_left_out_is_taken_back_by_the_same_link() -> None:
    query = Query(text="Stadt", wishes=Wishes(translate=False), offset=20)
    left_out = without(query, "город")
    assert left_out == Query(text="Stadt", wishes=Wishes(translate=False, without=("город",)))
    assert without(left_out, "город") == replace(query, offset=0)


def test_other_words_keep_filters_and_switches_but_no_forms_left_out() -> None:
    query = Query(
        text="Stadt", language=("ru",), wishes=Wishes(translate=False, without=("город",)), offset=20
    )
    asked = Query(text="Land", language=("ru",), wishes=Wishes(translate=False))
    assert asking(query, "Land") == asked
    assert asking(query, "Stadt") == replace(query, offset=0)


def test_links_keep_the_language_asked_for() -> None:
    links = Links("ru")
    for url in (links.start(), links.search(Query("x")), links.conferences(), links.document("7k3mx9q2f1")):
        assert parameters_of(url)["lang"] == ["ru"]
    assert links.parameters(Query("x"))["lang"] == ["ru"]
    assert "lang" not in Links().search(Query("x"))


def test_a_document_keeps_the_query_it_was_found_by() -> None:
    query = Query(text="вода", language=("ru",), limit=HITS_PER_PAGE)
    url = Links().document("7k3mx9q2f1", 3, query)
    assert parse_query(parameters_of(url)) == query
    assert parameters_of(url)["p"] == ["3"]


def test_switching_the_language_keeps_everything_else() -> None:
    url = switch_url("/document", {"d": ["7k3mx9q2f1"], "language": ["de", "ru"], "lang": ["de"]}, "en")
    assert parameters_of(url) == {"d": ["7k3mx9q2f1"], "language": ["de", "ru"], "lang": ["en"]}


def test_names_of_files_are_quoted_whole() -> None:
    assert file_url("7k3mx9q2f1", 2, "a/b ä?.pdf") == "/files/7k3mx9q2f1/2/a%2Fb%20%C3%A4%3F.pdf"


def test_the_script_knows_the_same_pages() -> None:
    script = (Path(portal.theme.FOLDER) / "portal.js").read_text()
    found = re.search(r"const PAGES = new Set\(\[(.*?)\]\)", script, re.DOTALL)
    assert found is not None
    assert re.findall(r'"(.+?)"', found[1]) == list(PAGES)
