"""One deck with a word of its own in every place that can have text; each is found where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.extraction import Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS, media_type_of
from tests.ingest.full_deck import DEEP, OTHERS, PLACES, build


def read(path: Path) -> Extraction:
    return extract(path, media_type_of(path))


@pytest.fixture(params=[False, True], ids=["transitional", "strict"])
def extraction(request: pytest.FixtureRequest, tmp_path: Path) -> Extraction:
    return read(build(tmp_path).save(tmp_path / "alles.pptx", strict=request.param))


def test_every_word_is_found_once_and_in_its_place(extraction: Extraction) -> None:
    found = {
        (page.number, kind): sorted(re.findall(r"Wort(\w+)", getattr(page, kind)))
        for page in extraction.pages
        for kind in ("text", "notes")
    }
    assert {place: words for place, words in found.items() if words} == {
        place: sorted(words.split()) for place, words in PLACES.items()
    }


def test_what_is_not_shown_or_stands_twice_is_not_read(extraction: Extraction) -> None:
    everything = "\n".join(page.text + page.notes for page in extraction.pages)
    assert [word for word in OTHERS if word in everything] == []


def test_what_was_met_is_counted_and_what_was_not_read_is_said(extraction: Extraction) -> None:
    assert extraction.counts == {
        "charts": 2,
        "comments": 5,
        "diagrams": 2,
        "embedded files": 9,
        "form controls": 1,
        "groups": DEEP + 1,
        "hidden slides": 1,
        "ink": 1,
        "notes": 2,
        "pictures": 10,
        "sections": 2,
        "tables": 1,
    }
    assert extraction.skipped == (
        "Form controls that were not read: 1.",
        "Embedded files that were not read: 1.",
    )


def test_title_section_and_marks(extraction: Extraction) -> None:
    first, second, third, fourth = extraction.pages
    assert first.text.split("\n")[:3] == ["WortAbschnitt", "WortTitel", "WortTitelBild"]
    assert (first.title, second.title, third.title) == ("WortTitel", "Zweite", "Dritte")
    assert [page.hidden for page in extraction.pages] == [False, True, False, False]
    assert third.text.split("\n")[0] == "WortZwischen"
    assert fourth.title == ""
    assert "WortZaehler/WortNenner" in first.text
    assert extraction.creators == ("Anna Beispiel",)


def test_comments_say_who_wrote_them_and_replies_follow(extraction: Extraction) -> None:
    assert extraction.pages[2].notes.split("\n")[-5:] == [
        "Борис Пример: WortDanach",
        "Anna Beispiel: WortKommentar",
        "Борис Пример: WortAntwort",
        "Clara Muster: WortFaden",
        "WortErwiderung",
    ]


def test_a_show_is_read_as_a_deck_is(tmp_path: Path) -> None:
    path = build(tmp_path).save(tmp_path / "alles.ppsx")
    assert media_type_of(path) == FORMATS["ppsx"]
    assert "WortTitel" in read(path).pages[0].text
