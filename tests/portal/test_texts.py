from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

import portal
from portal.texts import LANGUAGES, choose_language, read_catalogue, texts_in


def messages() -> Iterator[tuple[str, ...]]:
    """Every message in the source, with its plural if it has one."""
    for path in Path(portal.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            count = {"_": 1, "gettext": 1, "ngettext": 2}.get(name, 0)
            texts = [argument.value for argument in node.args[:count] if isinstance(argument, ast.Constant)]
            if count and texts:
                yield tuple(texts)


@pytest.mark.parametrize("language", ["de", "ru"])
def test_every_message_is_translated_with_the_same_places_to_fill(language: str) -> None:
    known = read_catalogue(language)
    for singular, *_ in messages():
        entry = known.get(singular)
        assert entry is not None, f"{singular!r} is not in the {language} catalogue"
        strings = [entry.string] if isinstance(entry.string, str) else list(entry.string)
        assert all(strings), f"{singular!r} is not translated into {language}"
        assert not entry.fuzzy
        for string in strings:
            assert set(_places(string)) == set(_places(singular))


def _places(message: str) -> list[str]:
    return [part.split("}")[0] for part in message.split("{")[1:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_has_more_than_the_source(language: str) -> None:
    used = {singular for singular, *_ in messages()}
    assert {_id(entry.id) for entry in read_catalogue(language) if entry.id} <= used


def _id(identifier: object) -> str:
    return identifier if isinstance(identifier, str) else identifier[0]  # type: ignore[index]


def test_russian_has_its_three_plurals() -> None:
    texts = texts_in("ru")
    written = [texts.ngettext("{n} document", "{n} documents", number) for number in (1, 2, 5, 11, 21, 1234)]
    assert written == [
        "1 документ",
        "2 документа",
        "5 документов",
        "11 документов",
        "21 документ",
        "1\u00a0234 документа",
    ]


@pytest.mark.parametrize(
    ("language", "written"),
    [("de", "28.–30. Juni 2017"), ("ru", "28–30 июня 2017\u202fг."), ("en", "28–30 June 2017")],
)
def test_days_are_written_as_people_do_and_stay_on_one_line(language: str, written: str) -> None:
    days = texts_in(language).dates(dt.date(2017, 6, 28), dt.date(2017, 6, 30))
    assert days.replace("\u2060", "") == written
    assert "\u2060–\u2060" in days


def test_days_of_two_months_and_of_two_years() -> None:
    texts = texts_in("de")
    over = texts.dates(dt.date(2017, 6, 28), dt.date(2017, 7, 2)).replace("\u2060", "")
    assert over == "28. Juni\u00a0–\u00a02. Juli 2017"
    years = texts_in("en").dates(dt.date(2017, 12, 30), dt.date(2018, 1, 2)).replace("\u2060", "")
    assert years == "30 December 2017\u00a0–\u00a02 January 2018"


def test_one_day_and_no_day() -> None:
    texts = texts_in("de")
    assert texts.dates(dt.date(2017, 6, 28), None) == "28. Juni 2017"
    assert texts.dates(None, dt.date(2017, 6, 28)) == ""


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "1\u00a0kB"), (48_300, "48\u00a0kB"), (1_234_567, "1,2\u00a0MB"), (250_000_000, "250\u00a0MB")],
)
def test_sizes(size: int, written: str) -> None:
    assert texts_in("de").size(size) == written


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("ru", "de", "ru"),
        ("", "ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("", "fr, en;q=0.5, de;q=0.7", "de"),
        ("xx", "en-GB", "en"),
        ("", "", "de"),
        ("", "uk;q=abc,*;q=0.5,;;;", "de"),
        ("", "ru;q=0, en", "en"),
    ],
)
def test_the_language_asked_for_comes_before_the_browsers(asked: str, accepted: str, language: str) -> None:
    assert choose_language(asked, accepted) == language


def test_a_text_is_chosen_in_the_readers_language_else_the_next_best() -> None:
    texts = texts_in("en")
    assert texts.pick({"de": "Stadt", "en": "city"}) == ("city", "en")
    assert texts.pick({"ru": "город", "de": "Stadt"}) == ("Stadt", "de")
    assert texts.pick({"fr": "ville"}) == ("ville", "fr")
    assert texts.pick({}) == ("", "en")
