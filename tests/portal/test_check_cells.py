"""What is typed into the fields of a draft, friendly and hostile."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from archive.model import Document
from portal.checking.cells import CellError, Column, cells, is_kept, parse
from portal.checking.words import plain

if TYPE_CHECKING:
    from portal.cards import Shelf
    from portal.reader import Reader


@pytest.mark.parametrize(
    ("column", "typed", "kept"),
    [
        (Column.TITLE, "  Stadt\n und\tLand ", {"title": "Stadt und Land"}),
        (Column.TITLE, "=1+1", {"title": "=1+1"}),
        (Column.TITLE, "gut\u202egpj.exe", {"title": "gut gpj.exe"}),
        (Column.TITLE, "<b>&", {"title": "<b>&"}),
        (Column.CREATORS, "Иванова ; dena;; dena", {"creators": ["Иванова", "dena"]}),
        (Column.CREATORS, "eins\nzwei", {"creators": ["eins", "zwei"]}),
        (Column.CREATORS, None, {"creators": []}),
        (Column.LANGUAGES, ["ru", "de", "ru"], {"languages": ["ru", "de"]}),
        (Column.LANGUAGES, None, {"languages": []}),
        (Column.PANEL, None, {"panel": None}),
        (Column.PANEL, "2017-krasnodar/energie", {"panel": "2017-krasnodar/energie"}),
        (Column.KIND, "minutes", {"kind": "minutes"}),
        (Column.DATE, "2017-06-28", {"date": "2017-06-28"}),
        (Column.DATE, "2017-06-28T00:00:00.000", {"date": "2017-06-28"}),
        (Column.DATE, dt.date(2017, 6, 28), {"date": "2017-06-28"}),
        (Column.DATE, None, {"date": None}),
        (Column.CONFERENCE, "2017-krasnodar", {"conference": "2017-krasnodar"}),
        (Column.RIGHTS, None, {"rights": ""}),
        (Column.ACCESS, "staff", {"access": "staff"}),
    ],
)
def test_what_is_typed_is_cleaned(
    column: Column, typed: object, kept: object, document: Document, shelf: Shelf, reader: Reader
) -> None:
    assert parse(column, typed, document, shelf, reader) == kept


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        (Column.TITLE, ""),
        (Column.TITLE, " \u202e\u200f "),
        (Column.TITLE, "x" * 501),
        (Column.TITLE, 7),
        (Column.TITLE, "\ud800"),
        (Column.CREATORS, "x" * 201),
        (Column.CREATORS, ";".join(f"n{number}" for number in range(51))),
        (Column.CREATORS, ["a"]),
        (Column.LANGUAGES, ["DE"]),
        (Column.LANGUAGES, ["<script>"]),
        (Column.LANGUAGES, 3),
        (Column.LANGUAGES, [1]),
        (Column.CONFERENCE, "nothing"),
        (Column.CONFERENCE, None),
        (Column.PANEL, "2015-karlsruhe/energie"),
        (Column.PANEL, 1),
        (Column.KIND, "novel"),
        (Column.KIND, None),
        (Column.DATE, "yesterday"),
        (Column.DATE, "0001-01-01"),
        (Column.DATE, 17),
        (Column.RIGHTS, "x" * 1001),
        (Column.ACCESS, "everyone"),
        (Column.EMBARGOED_UNTIL, "31.12.2030"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_words(
    column: Column, typed: object, document: Document, shelf: Shelf, reader: Reader
) -> None:
    with pytest.raises(CellError) as refused:
        parse(column, typed, document, shelf, reader)
    assert str(refused.value)


def test_another_conference_takes_the_panel_away(document: Document, reader: Reader, shelf: Shelf) -> None:
    elsewhere = replace(document, conference="2015-karlsruhe")
    assert parse(Column.CONFERENCE, "2017-krasnodar", elsewhere, shelf, reader) == {
        "conference": "2017-krasnodar",
        "panel": None,
    }


def test_what_the_grid_shows_is_what_it_keeps(document: Document, shelf: Shelf, reader: Reader) -> None:
    for name, value in cells(document).items():
        assert is_kept(document, parse(Column(name), value, document, shelf, reader))


@pytest.mark.parametrize(
    "text", ["**a**", "[x](javascript:1)", "<b>", ":red[x]", "$x$", "a\nb", "`x`", "# x"]
)
def test_a_label_cannot_become_markup(text: str) -> None:
    shown = plain(text)
    for place, letter in enumerate(shown):
        if letter in "*_[]()<>#`:$":
            assert shown[place - 1] == "\\"
    assert "\n" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "http://a.example",
        "HTTPS://a.example",
        "www.a.example",
        "a@b.example",
        ":material/delete:",
        ":smile:",
        "a -> b <-> c -- d >= e",
    ],
)
def test_a_label_cannot_become_a_link_or_an_icon(text: str) -> None:
    """Streamlit looks for them once more when all escapes are gone."""
    shown = re.sub(r"\\(.)", r"\1", plain(text))
    assert not re.search(r"https?://|www\.|\w@\w|:\w+[/:]|->|<-|--|>=", shown, re.IGNORECASE)
    assert shown.replace("\u2060", "") == text
