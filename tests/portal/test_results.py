from __future__ import annotations

from dataclasses import replace

import pytest

from archive.model import Document
from index.query import Query, Sort
from index.results import Bucket, Facet, Hit, Match, ResultPage, Snippet
from portal.cards import Shelf
from portal.facets import MANY, facet_column
from portal.pager import pager, shown_numbers
from portal.reader import Reader
from portal.results import results
from portal.results_text import as_text

FACETS = (
    Facet("language", (Bucket("de", 32), Bucket("ru", 1232))),
    Facet("year", (Bucket("2015", 9), Bucket("2017", 1))),
    Facet("panel", (Bucket("2017-krasnodar/energie", 3), Bucket("unknown/panel", 1))),
)


def hit(document: Document, match: Match = "all") -> Hit:
    return Hit(document, Snippet(document.title), 1.0, match)


def test_facets_name_their_values_and_count(shelf: Shelf, reader: Reader) -> None:
    column = facet_column(FACETS, Query(text="Stadt", language=("ru",)), shelf, reader)
    assert 'aria-checked="true" href="/?q=Stadt" data-keep data-id="language:ru"' in column
    assert 'aria-checked="false" href="/?q=Stadt&amp;language=ru&amp;language=de"' in column
    assert "1.232" in column
    assert "Energieeffizienz und Stadt" in column
    assert "unknown/panel" in column
    assert column.index("2017</span>") < column.index("2015</span>")
    assert "Filter (1)" in column


def test_a_chosen_value_without_hits_can_be_taken_away(shelf: Shelf, reader: Reader) -> None:
    column = facet_column((), Query(kind=("minutes",)), shelf, reader)
    assert 'data-id="kind:minutes"' in column
    assert facet_column((), Query(), shelf, reader) == ""


@pytest.mark.parametrize(("count", "finders"), [(MANY, 0), (MANY + 1, 1)])
def test_long_facets_have_a_field_to_find_a_value(
    count: int, finders: int, shelf: Shelf, reader: Reader
) -> None:
    facet = Facet("conference", tuple(Bucket(f"c{number}", 1) for number in range(count)))
    assert facet_column((facet,), Query(), shelf, reader).count('type="search"') == finders


def test_results_count_and_announce(document: Document, shelf: Shelf, reader: Reader) -> None:
    page = ResultPage(1232, 4.2, (hit(document),), FACETS)
    shown = results(page, Query(text="Stadt"), shelf, reader)
    assert 'data-announce="1.232 Treffer"' in shown
    assert "in 4 ms" in shown


def test_filters_set_are_chips(document: Document, shelf: Shelf, reader: Reader) -> None:
    query = Query(text="Stadt", language=("de",), year=("2017",))
    shown = results(ResultPage(1, 1, (hit(document),), FACETS), query, shelf, reader)
    assert 'aria-label="Sprache: Deutsch – diesen Filter entfernen"' in shown
    assert 'href="/?q=Stadt" data-keep data-id="chips:none"' in shown


def test_documents_with_some_words_follow_under_a_line(
    document: Document, shelf: Shelf, reader: Reader
) -> None:
    other = replace(document, id="7k3mx9q2f9")
    page = ResultPage(1, 1, (hit(document), hit(other, "some")), ())
    shown = results(page, Query(text="Stadt Land"), shelf, reader)
    assert shown.index("Alle Wörter kommen vor") < shown.index(document.id)
    assert shown.index("Nur einige der Wörter") > shown.index(document.id)


def test_no_line_where_all_hits_have_all_words(document: Document, shelf: Shelf, reader: Reader) -> None:
    assert "Alle Wörter" not in results(ResultPage(1, 1, (hit(document),), ()), Query("x"), shelf, reader)


def test_messages_are_told_in_the_readers_language(document: Document, shelf: Shelf, reader: Reader) -> None:
    page = ResultPage(1, 1, (hit(document),), (), message="not understood", message_code="syntax")
    assert "Ein Teil der Anfrage wurde nicht verstanden" in results(page, Query("x"), shelf, reader)
    odd = replace(page, message="<new>", message_code="new")
    assert "&lt;new&gt;" in results(odd, Query("x"), shelf, reader)


def test_nothing_found_says_what_was_asked_and_what_to_do(shelf: Shelf, reader: Reader) -> None:
    shown = results(ResultPage(0, 1, (), ()), Query(text="<Stadt>", year=("1999",)), shelf, reader)
    assert "Nichts gefunden zu „&lt;Stadt&gt;“" in shown
    assert 'href="/?q=%3CStadt%3E"' in shown
    assert "year:1999" in shown


def test_the_order_is_a_link_and_the_current_one_is_marked(
    document: Document, shelf: Shelf, reader: Reader
) -> None:
    shown = results(ResultPage(1, 1, (hit(document),), ()), Query("x", sort=Sort.OLDEST), shelf, reader)
    assert 'href="/?q=x&amp;sort=oldest" aria-current="true"' in shown
    assert 'href="/?q=x&amp;sort=newest" data-keep' in shown


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [(1, 1, [1]), (1, 9, [1, 2, 3, 9]), (5, 9, [1, 3, 4, 5, 6, 7, 9]), (9, 9, [1, 7, 8, 9])],
)
def test_pages_around_the_current_one_are_shown(current: int, last: int, numbers: list[int]) -> None:
    assert shown_numbers(current, last) == numbers


def test_the_pager_leads_on_and_back(reader: Reader) -> None:
    shown = pager(41, Query(text="x", offset=10), reader)
    assert 'href="/?q=x" rel="prev"' in shown
    assert 'href="/?q=x&amp;page=3" rel="next"' in shown
    assert 'href="/?q=x&amp;page=2" aria-label="Seite 2" aria-current="page"' in shown
    assert pager(10, Query(text="x"), reader) == ""


def test_what_was_meant_is_a_link_under_the_same_filters(
    document: Document, shelf: Shelf, reader: Reader
) -> None:
    page, query = ResultPage(0, 1, (), (), did_you_mean="Fernwärme <b>"), Query("Fernwrme", year=("2017",))
    shown = results(page, query, shelf, reader)
    assert "Meinten Sie: <a" in shown
    assert 'href="/?q=Fernw%C3%A4rme+%3Cb%3E&amp;year=2017"' in shown
    assert "Fernwärme &lt;b&gt;</a>?" in shown
    assert "Meinten Sie" in results(replace(page, hits=(hit(document, "some"),)), query, shelf, reader)
    assert "Meinten Sie" not in results(replace(page, did_you_mean=""), query, shelf, reader)
    assert "did you mean: Fernwärme <b>\n" in as_text(page)
