from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from ingest.unpacking import ENCRYPTED as PASSWORD
from ingest.watch import _NO_CONFERENCE
from ingest.watch_notes import Note, latest_notes
from portal.reader import Reader
from portal.watch_trouble import watch_trouble

AT = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)


def put(path: Path, text: str, seconds: int = 0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (seconds, seconds))


def test_last_notes_are_found_and_texts_that_failed_are_none(tmp_path: Path) -> None:
    day = tmp_path / "failed/2026-01-02"
    put(day / "K/a.pdf", "x")
    put(day / "K/a.pdf.txt", "Why a.\n", 20)
    put(day / "b.txt", "a text", 30)
    put(day / "b.txt.txt", "Why b.\n", 40)
    put(day / "Ordner.txt", "Nothing is taken from /w/Ordner before this is mended: X", 50)
    put(tmp_path / "failed/2025-12-31/c.pdf", "x")
    put(tmp_path / "failed/2025-12-31/c.pdf.txt", "Why c.", 60)
    put(tmp_path / "failed/else/d.pdf.txt", "no", 70)
    (day / "link.txt").symlink_to("/etc/hostname")
    notes = latest_notes(tmp_path, 9)
    assert [(note.path.rsplit("/", 1)[-1], note.text) for note in notes] == [
        ("Ordner", "Nothing is taken from /w/Ordner before this is mended: X"),
        ("b.txt", "Why b."),
        ("a.pdf", "Why a."),
        ("c.pdf", "Why c."),
    ]
    assert len(latest_notes(tmp_path, 2)) == 2
    assert latest_notes(tmp_path / "none", 9) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (_NO_CONFERENCE, "liegt nicht im Ordner einer Konferenz"),
        ("The file is larger than 5 bytes; ARCHIVE_MAX_FILE_MB sets that.", "größer als 5 Bytes"),
        ("The file cannot be read: Permission denied.", "kann nicht gelesen werden"),
        ("Nothing is taken from /w/K before this is mended: line 3", "wird nichts übernommen"),
        ("Files that could not be taken out of the zip: 1. a.txt: X", "nicht aus der ZIP-Datei geholt"),
        (PASSWORD, "mit einem Kennwort geschützt"),
        ("Something <new>.", 'lang="en"'),
    ],
)
def test_why_something_was_not_taken_is_told(text: str, words: str, reader: Reader) -> None:
    told = watch_trouble([Note("failed/2026-01-02/<b>.pdf", AT, text)], None, reader)
    assert words in told
    assert "&lt;b&gt;.pdf" in told
    assert watch_trouble([], None, reader) == ""


def test_a_watch_folder_that_is_not_there_is_told(reader: Reader) -> None:
    assert "keinen überwachten Ordner /no/<b>".replace("<b>", "&lt;b&gt;") in watch_trouble(
        [], Path("/no/<b>"), reader
    )
