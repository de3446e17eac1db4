"""Dates are found as people write them, and only where they are dates."""

from __future__ import annotations

import datetime as dt

import pytest

from ingest.dates import Dated, choose_date, dates_in, dates_in_name

DAY = dt.date(2019, 9, 24)
TODAY = dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Krasnodar, den 24.09.2019",
        "24. 9. 2019",
        "24/9/2019",
        "2019-09-24",
        "24. September 2019",
        "24 Sept. 2019",
        "24.–26. September 2019",
        "24. bis 26. September 2019",
        "24.-26.09.2019",
        "24 сентября 2019 г.",
        "24–26 сентября 2019 года",
        "24 и 25 сентября 2019",
        "September 24, 2019",
        "September 24–26, 2019",
        "Sept. 24th, 2019",
        "24th of September 2019",
    ],
)
def test_a_date_is_read(text: str) -> None:
    assert [dated.date for dated in dates_in(text)] == [DAY]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1. Januar 2020", 1),
        ("1 февраля 2020", 2),
        ("1. März 2020", 3),
        ("1 апреля 2020", 4),
        ("1. Mai 2020", 5),
        ("1 мая 2020", 5),
        ("1 июня 2020", 6),
        ("July 1, 2020", 7),
        ("1. August 2020", 8),
        ("1 октября 2020", 10),
        ("1 November 2020", 11),
        ("1. Dezember 2020", 12),
        ("1 декабря 2020", 12),
    ],
)
def test_months_are_known_in_three_languages(text: str, month: int) -> None:
    assert [dated.date for dated in dates_in(text)] == [dt.date(2020, month, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "September 2019",
        "31.02.2019",
        "1.2.3",
        "IP 10.24.9.2019",
        "24.09.19",
        "24.09.1919",
        "Version 2019.99.99",
        "Seite 24 von 2019",
        "124.09.2019",
        "24.09.20190",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert dates_in(text) == ()


def test_dates_come_in_the_order_of_the_text() -> None:
    found = dates_in("am 2. Mai 2018 und am 2017-03-01, zuletzt am 03.04.2019")

    assert [dated.date.year for dated in found] == [2018, 2017, 2019]
    assert found[0].text == "2. Mai 2018"


@pytest.mark.parametrize(
    "name",
    ["20190924-Vortrag", "Vortrag_24.09.2019", "2019-09-24 Vortrag", "24_September_2019", "Отчёт_24_09_2019"],
)
def test_dates_in_names_are_read(name: str) -> None:
    assert [dated.date for dated in dates_in_name(name)] == [DAY]


@pytest.mark.parametrize("name", ["IMG_20199924", "Bericht 2019", "120190924", "Anlage 3"])
def test_numbers_in_names_are_no_dates(name: str) -> None:
    assert dates_in_name(name) == ()


def test_the_day_within_the_conference_is_chosen() -> None:
    found = (Dated(dt.date(2019, 1, 1), "gedruckt"), Dated(DAY, "gehalten"))

    assert choose_date(found, dt.date(2019, 9, 23), dt.date(2019, 9, 26), TODAY) == found[1]
    assert choose_date(found, dt.date(2019, 9, 24), None, TODAY) == found[1]
    assert choose_date(found, dt.date(2018, 5, 1), dt.date(2018, 5, 3), TODAY) is None


def test_without_days_of_the_conference_the_first_possible_date_is_chosen() -> None:
    found = (Dated(dt.date(2035, 1, 1), "Ziel"), Dated(DAY, "gehalten"))

    assert choose_date(found, None, None, TODAY) == found[1]
    assert choose_date((), None, None, TODAY) is None
