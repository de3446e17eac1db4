from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from archive.conference_editing import ConferenceEditing
from archive.editing import Editing
from archive.model import Conference, Panel
from archive.repository import Archive
from ingest.candidate import Description
from ingest.conferences import conference_of, ensure_conference, keep_described
from ingest.crawl import Crawl
from tests.ingest.watched import Folder

PANEL = Panel("k/p1", {"und": "P 1"}, folder="P 1")
OTHER = Panel("k/p2", {"und": "P 2"}, folder="P 2")
LATER = Panel("k/p3", {"und": "P 3"}, folder="P 3")


def found(conference: Conference, described: bool) -> Crawl:
    return Crawl((conference,), frozenset({conference.id} if described else ()), ())


def test_conference_known_from_folders_waits_for_its_first_file(archive: Archive) -> None:
    conference = Conference("k", {"und": "K"}, panels=(PANEL,))
    keep_described(archive, found(conference, described=False))
    assert archive.conferences() == ()
    ensure_conference(archive, conference)
    assert archive.conferences() == (conference,)


def test_described_conference_is_kept_without_files(archive: Archive) -> None:
    conference = Conference("k", {"de": "Konferenz"})
    keep_described(archive, found(conference, described=True))
    assert archive.conferences() == (conference,)


def test_description_overrules_what_is_there_but_its_panels(archive: Archive) -> None:
    ensure_conference(archive, Conference("k", {"und": "K"}, panels=(PANEL,)))
    keep_described(archive, found(Conference("k", {"de": "Konferenz"}, panels=(OTHER,)), described=True))
    assert archive.conference("k") == Conference("k", {"de": "Konferenz"}, panels=(OTHER, PANEL))


def test_folders_only_add_panels(archive: Archive) -> None:
    ensure_conference(archive, Conference("k", {"de": "Konferenz"}, number=14, panels=(PANEL,)))
    ensure_conference(archive, Conference("k", {"und": "K"}, panels=(PANEL, OTHER)))
    assert archive.conference("k") == Conference("k", {"de": "Konferenz"}, number=14, panels=(PANEL, OTHER))


def test_known_conference_is_not_written_again(archive: Archive) -> None:
    conference = Conference("k", {"und": "K"}, panels=(PANEL,))
    ensure_conference(archive, conference)
    before = archive.last_change()
    ensure_conference(archive, conference)
    assert archive.last_change() == before


def test_description_of_a_file_names_its_conference_and_panel() -> None:
    assert conference_of(Description("k", "k/p1")).panels == (Panel("k/p1", {"und": "p1"}, folder="p1"),)
    assert conference_of(Description("k")) == Conference("k", {"und": "k"})


def test_what_people_wrote_stays_and_the_rest_follows_the_file(archive: Archive) -> None:
    said = Conference(
        "k", {"de": "Alt", "ru": "Старое"}, number=14, place={"de": "Krasnodar"}, panels=(PANEL, OTHER)
    )
    keep_described(archive, found(said, described=True))
    mine = replace(
        said,
        title={"de": "Von Anna", "ru": "Старое"},
        motto={"de": "Motto"},
        panels=(replace(PANEL, title={"de": "Energie"}),),
    )
    ConferenceEditing(archive, "anna").save(said, mine)
    newer = replace(
        said,
        title={"de": "Alt", "ru": "Новое"},
        number=15,
        motto={"de": "Anderes", "en": "Motto"},
        panels=(replace(PANEL, room="101"), OTHER, LATER),
    )
    for _ in range(2):
        keep_described(archive, found(newer, described=True))
        assert archive.conference("k") == replace(
            newer,
            title={"de": "Von Anna", "ru": "Новое"},
            motto={"de": "Motto", "en": "Motto"},
            panels=(replace(PANEL, title={"de": "Energie"}, room="101"), LATER),
        )


def test_a_conference_that_people_made_is_only_completed(archive: Archive) -> None:
    made = Conference("k", {"de": "Konferenz"}, start=dt.date(2017, 6, 28))
    ConferenceEditing(archive, "anna").create(made)
    said = Conference(
        "k",
        {"und": "ordner"},
        number=14,
        start=dt.date(2016, 6, 1),
        end=dt.date(2016, 6, 3),
        place={"und": "Krasnodar"},
    )
    keep_described(archive, found(said, described=True))
    assert archive.conference("k") == replace(made, number=14, place={"und": "Krasnodar"})


def test_what_people_take_back_is_the_files_again(archive: Archive) -> None:
    said = Conference("k", {"de": "Alt"})
    keep_described(archive, found(said, described=True))
    step = ConferenceEditing(archive, "anna").save(said, replace(said, title={"de": "Neu"}))
    Editing(archive, "anna").undo(step.id)
    keep_described(archive, found(replace(said, title={"de": "Anders"}), described=True))
    assert archive.conference("k").title == {"de": "Anders"}


def test_files_laid_in_the_watch_folder_later_change_nothing_that_people_wrote(
    archive: Archive, tmp_path: Path
) -> None:
    folder = Folder(tmp_path / "watch", archive)
    lines = "title: {de: Alt}\nmotto: {de: Motto}\npanels:\n- {id: p1, title: P}\n- {id: p2, title: Q}\n"
    folder.put("k/p1/a.txt")
    (folder.root / "k/conference.yaml").write_text(lines)
    folder.wait()
    known = archive.conference("k")
    mine = replace(known, title={"de": "Von Anna"}, motto={}, panels=known.panels[:1])
    ConferenceEditing(archive, "anna").save(known, mine)
    folder.put("k/p1/b.txt")
    assert folder.wait() == 1
    assert archive.conference("k") == mine
    folder.put("k/p2/c.txt")
    assert folder.wait() == 1
    assert archive.conference("k") == replace(mine, panels=known.panels), "its file needs the panel again"
