from __future__ import annotations

from archive.model import Conference, Panel
from archive.repository import Archive
from ingest.candidate import Description
from ingest.conferences import conference_of, ensure_conference, keep_described
from ingest.crawl import Crawl

PANEL = Panel("k/p1", {"und": "P 1"}, folder="P 1")
OTHER = Panel("k/p2", {"und": "P 2"}, folder="P 2")


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
