from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path

import pytest

from archive.model import Agent, Kind, Link
from ingest.conference_yaml import read_conference_file
from ingest.errors import ConferenceFileError

GOOD = """\
id: 2017-krasnodar
series: {de: Deutsch-Russische Städtepartnerkonferenz}
number: 14
title:
  de: XIV. Konferenz
  ru: XIV конференция
start: 2017-06-28
end: 2017-06-30
place: {de: Krasnodar}
motto: {de: Kontakte knüpfen}
description:
  de: |
    Erster Absatz.

    Zweiter Absatz.
example: true
organisers:
  - name: {de: Deutsch-Russisches Forum}
    url: https://example.org
partners: [Stiftung]
links:
  - label: {de: Mehr}
    url: https://example.org/mehr
panels:
  - id: energie
    folder: Панель 3
    title: {de: Energie}
    working_group: {de: AG 2}
    day: 2017-06-29
    time: "09:30"
    coordinators: [dena]
documents:
  - path: Панель 3/a.pptx
    title: Titel
    creators: [Stadt]
    kind: presentation
    translation_of: Панель 3/b.pptx
"""


def read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "conference.yaml"
    path.write_text(text, encoding="utf-8")
    return read_conference_file(path)


def make(tmp_path: Path, *paths: str) -> None:
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"x")


def test_every_field_is_read(tmp_path: Path) -> None:
    make(tmp_path, "Панель 3/a.pptx", "Панель 3/b.pptx")
    (tmp_path / "conference.yaml").write_text(GOOD, encoding="utf-8")
    found = read_conference_file(tmp_path / "conference.yaml")
    conference = found.conference
    assert conference.id == "2017-krasnodar"
    assert conference.number == 14
    assert conference.title == {"de": "XIV. Konferenz", "ru": "XIV конференция"}
    assert (conference.start, conference.end) == (dt.date(2017, 6, 28), dt.date(2017, 6, 30))
    assert conference.description["de"] == "Erster Absatz.\n\nZweiter Absatz."
    assert conference.organisers == (Agent({"de": "Deutsch-Russisches Forum"}, "https://example.org"),)
    assert conference.partners == (Agent({"und": "Stiftung"}),)
    assert conference.links == (Link({"de": "Mehr"}, "https://example.org/mehr"),)
    assert conference.example
    (panel,) = conference.panels
    assert (panel.id, panel.folder, panel.time) == ("2017-krasnodar/energie", "Панель 3", "09:30")
    assert panel.coordinators == (Agent({"und": "dena"}),)
    note = found.files["Панель 3/a.pptx"]
    assert (note.title, note.creators, note.kind) == ("Titel", ("Stadt",), Kind.PRESENTATION)
    assert note.translation_of == "Панель 3/b.pptx"


def test_missing_identifier_and_title_come_from_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Конференция 2019"
    folder.mkdir()
    (folder / "conference.yaml").write_text("place: Köln\n", encoding="utf-8")
    conference = read_conference_file(folder / "conference.yaml").conference
    assert conference.id == "konferentsiya-2019"
    assert conference.title == {"und": "Конференция 2019"}
    assert conference.place == {"und": "Köln"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("titel: X\n", 1, "Write one of: id, series"),
        ("title: X\nstart: 28.06.2017\n", 2, "2017-06-28"),
        ("title: X\nnumber: XIV\n", 2, "digits"),
        ("title: X\ntitle: Y\n", 2, "twice"),
        ("title: {fr: X}\n", 1, "de, ru, en"),
        ("title: X\nlinks:\n  - label: Y\n    url: javascript:alert(1)\n", 4, "https://"),
        ("title: X\nlinks:\n  - label: Y\n", 3, "url"),
        ("title: X\npanels: Y\n", 2, "- "),
        ("title: X\nid: Über uns\n", 2, "folder's name"),
        ("title: X\nexample: maybe\n", 2, "true or false"),
        ("title: X\ndocuments:\n  - path: a\n    kind: talk\n", 4, "presentation"),
        ("title: {}\n", 1, "de: "),
        ("id: x\nplace: {de: }\n", 2, "de: "),
        ("panels:\n  - {id: p, title: X}\n  - {id: P, folder: q, title: Y}\n", 3, "`id` of its own"),
        ("panels:\n  - {id: p, title: X}\n  - {id: q, folder: p, title: Y}\n", 3, "`folder` of its own"),
        ("documents:\n  - path: a\n  - path: a\n", 3, "twice"),
        ("documents:\n  - path: a\n  - path: b\n", 3, "no file b"),
        ("documents:\n  - path: ../a\n", 2, "from the folder of conference.yaml"),
        ("documents:\n  - path: link\n", 2, "no file link"),
        ("documents:\n  - path: a\n    translation_of: b\n", 3, "no file b"),
        ("title: X\nstart: 2017-06-30\nend: 2017-06-28\n", 3, "Swap"),
        ("title: [X\n", 2, "field: value"),
        ("- X\n", 1, "field: value"),
        ("", 1, "field: value"),
        ("title: !!python/object/apply:os.system [x]\n", 1, "no map"),
    ],
)
def test_error_names_line_and_what_to_write(tmp_path: Path, text: str, line: int, says: str) -> None:
    make(tmp_path, "a")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    with pytest.raises(ConferenceFileError) as caught:
        read(tmp_path, text)
    assert caught.value.line == line
    assert f"conference.yaml, line {line}: " in str(caught.value)
    assert says in str(caught.value)


def test_files_are_there_in_any_unicode_form(tmp_path: Path) -> None:
    make(tmp_path, unicodedata.normalize("NFD", "Bürger/Lösung.pdf"), "Bürger/b.pdf")
    text = "documents:\n  - {path: Bürger/b.pdf, translation_of: Bürger/Lösung.pdf}\n"
    (tmp_path / "conference.yaml").write_text(text, encoding="utf-8")
    (note,) = read_conference_file(tmp_path / "conference.yaml").files.values()
    assert note.translation_of == "Bürger/Lösung.pdf"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"title: " + b"[" * 5000, b"x" * (1024 * 1024 + 1)])
def test_hostile_file_is_an_error_like_any_other(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "conference.yaml"
    path.write_bytes(content)
    with pytest.raises(ConferenceFileError):
        read_conference_file(path)
