from __future__ import annotations

import datetime as dt

import pytest

from archive import search_log
from archive.repository import Archive
from archive.search_log import Order, SearchLog, fold

pytestmark = pytest.mark.databases


@pytest.fixture
def day() -> list[dt.date]:
    """The day it is, to be changed."""
    return [dt.date(2026, 11, 22)]


@pytest.fixture
def log(archive: Archive, day: list[dt.date]) -> SearchLog:
    return SearchLog(archive.catalogue.engine, lambda: day[0])


def test_queries_are_counted_by_language_with_first_and_last_day(log: SearchLog, day: list[dt.date]) -> None:
    log.note("Fernwärme  Aachen", "de")
    day[0] += dt.timedelta(days=3)
    log.note(" fernwärme aachen", "de")
    log.note("fernwärme aachen", "ru")
    first, second = log.entries()
    assert (first.query, first.language, first.times) == ("fernwärme aachen", "de", 2)
    assert (first.first_day, first.last_day) == (dt.date(2026, 11, 22), dt.date(2026, 11, 25))
    assert (second.language, second.times) == ("ru", 1)
    assert log.count() == 2


def test_the_list_is_in_the_order_asked_for(log: SearchLog, day: list[dt.date]) -> None:
    for _ in range(3):
        log.note("often", "en")
    day[0] += dt.timedelta(days=1)
    log.note("late", "en")
    assert [entry.query for entry in log.entries()] == ["often", "late"]
    assert [entry.query for entry in log.entries(Order.LAST_DAY)] == ["late", "often"]
    assert [entry.query for entry in log.entries(limit=1)] == ["often"]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("wer ist Ivan.Petrov@example.org", "wer ist …"),
        ("+7 861 123-45-67 Krasnodar", "… krasnodar"),
        ("Tel. 0228 123456", "tel. …"),
        ("0171 2345678", "…"),
        ("8 (861) 255-12-34", "…"),
        ("28.06.2017", "28.06.2017"),
        ("2017–2019 Haushalt", "2017–2019 haushalt"),
        ("ЭНЕРГИЯ\u0000\u202e и  вода", "энергия и вода"),
        ("x" * 300, "x" * 200),
    ],
)
def test_what_is_kept_of_a_query(query: str, kept: str) -> None:
    assert fold(query) == kept


def test_what_is_nothing_but_a_contact_is_not_kept(log: SearchLog) -> None:
    log.note("ivan.petrov@example.org", "de")
    log.note("0171 2345678", "de")
    log.note('"ivan.petrov@example.org"', "de")
    log.note("(+7 861 123-45-67)", "de")
    log.note("   ", "de")
    assert log.entries() == ()


def test_after_a_year_queries_are_forgotten(log: SearchLog, day: list[dt.date]) -> None:
    log.note("old", "de")
    day[0] += dt.timedelta(days=search_log.KEPT_DAYS + 1)
    assert log.entries() == ()
    log.note("new", "de")
    assert log.count() == 1


def test_where_there_are_too_many_the_oldest_and_rarest_go(
    log: SearchLog, day: list[dt.date], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_log, "MOST_ROWS", 3)
    log.note("twice", "de")
    log.note("twice", "de")
    log.note("once", "de")
    day[0] += dt.timedelta(days=1)
    log.note("later", "de")
    log.note("last", "de")
    assert {entry.query for entry in log.entries()} == {"twice", "later", "last"}


def test_everything_can_be_forgotten(log: SearchLog) -> None:
    log.note("a", "de")
    log.note("b", "de")
    assert log.forget_all() == 2
    assert log.entries() == ()
