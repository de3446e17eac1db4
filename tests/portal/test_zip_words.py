from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import unpacking, zip_content, zip_directory, zip_names
from ingest.drafts import Desk, Entry, Stage
from ingest.unpacking import Member, Unpacked
from portal.checking.problems import state_of_entry, trouble
from portal.checking.zips import unpacked_zips
from portal.reader import reader_of

RUSSIAN = reader_of({"lang": ["ru"]}, "", dt.date(2026, 11, 22))
GERMAN = reader_of({"lang": ["de"]}, "", dt.date(2026, 11, 22))

WHOLE = (
    zip_directory.DAMAGED,
    zip_directory.IN_PARTS,
    zip_directory.TOO_MANY,
    zip_directory.OVERLAPPING,
    unpacking.ENCRYPTED,
    unpacking.TOO_LARGE,
    unpacking.TOO_DEEP,
)
MEMBERS = (
    zip_content.DAMAGED,
    zip_content.LONGER,
    zip_content.UNKNOWN_METHOD,
    zip_names.UNSAFE,
    zip_names.NAMELESS,
    zip_names.TOO_LONG,
)


@pytest.mark.parametrize(
    "sentence", [*WHOLE, *MEMBERS, *(unpacking.NOTHING_TAKEN + sentence for sentence in MEMBERS)]
)
def test_every_sentence_about_a_zip_is_said_in_the_readers_language(sentence: str) -> None:
    russian, language = trouble(sentence, RUSSIAN)
    assert language is None
    assert any("а" <= letter <= "я" for letter in russian)
    german, _ = trouble(sentence, GERMAN)
    assert german not in (sentence, russian)
    assert not any(word in f" {german} {russian}" for word in (" the ", " zip "))


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([Member("a", Path())], "Dateien aus der ZIP-Datei: 1."),
        (
            [Member("a", Path()), Member("b", Path(), problem="x"), Member("c", Path(), skip="x")],
            "Dateien aus der ZIP-Datei: 1. Nicht entpackt werden konnten: 1 (b). Weggelassen: 1.",
        ),
        ([], "Dateien aus der ZIP-Datei: 0."),
    ],
)
def test_how_many_files_came_out_is_said(members: list[Member], words: str) -> None:
    assert trouble(Unpacked(tuple(members)).summary, GERMAN) == (words, None)


def test_the_check_page_lists_the_zips_whose_files_are_drafts() -> None:
    told = Unpacked((Member("a", Path()),)).summary
    unpacked = Entry(1, "K/<b>.zip", Stage.DONE, "skipped", told, None, "k", "")
    desk = Desk((unpacked, replace(unpacked, id=2, path="K/b/a.txt", status="held", error="")), (), {})
    shown = unpacked_zips(desk, GERMAN)
    assert "1 ZIP-Datei wurde entpackt" in shown
    assert "K/&lt;b&gt;.zip" in shown
    assert "Dateien aus der ZIP-Datei: 1." in shown
    assert "a.txt" not in shown
    assert state_of_entry(unpacked, desk, GERMAN) == "Wurde entpackt"
    assert unpacked_zips(Desk((), (), {}), GERMAN) == ""
