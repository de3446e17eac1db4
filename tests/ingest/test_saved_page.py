from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from archive.model import Conference, Kind, State
from archive.repository import Archive
from ingest.errors import UsageError, WebPageError
from ingest.outcome import Outcome, Status
from ingest.saved_page import crawl_page
from ingest.unpacking import Unpacking
from ingest.worker import Worker
from tests.ingest.zipped import write_zip

TEXT = "Fernwärme und Wasser in den Städten am Fluss. " * 20
PAGE = """<html><body><h1>III. Tagung am Fluss</h1><p>1. - 2.3.2015</p>
<p>Am 1. März 2015 in Ulm begann alles, und viele kamen aus anderen Städten dazu.</p>
<h2>Vorträge</h2><h3>Panel A</h3>
<a href="seite_files/a.txt">Erster Vortrag</a> <a href="https://example.org/fehlt.pdf">Zweiter Vortrag</a>
<h2>Programm</h2><a href="https://example.org/d/Ablauf.txt">Ablauf des Tages</a></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    (folder / "seite_files").mkdir(parents=True)
    (folder / "seite_files/a.txt").write_text(TEXT)
    (folder / "seite_files/stil.css").write_text("p {}")
    (folder / "Ablauf.txt").write_text(TEXT + "Ablauf")
    (folder / "fremd.txt").write_text("nothing of this conference")
    (folder / "seite.html").write_text(PAGE)
    return folder / "seite.html"


def take(worker: Worker, page: Path, conference: str | None = None) -> dict[str, Outcome]:
    return {outcome.path: outcome for outcome in worker.ingest(crawl_page(page, conference))}


def test_page_makes_a_conference_and_drafts_of_its_downloads(
    worker: Worker, archive: Archive, page: Path
) -> None:
    outcomes = take(worker, page)
    assert {path: outcome.status for path, outcome in outcomes.items()} == {
        "seite.html": Status.HELD,
        "seite_files/a.txt": Status.HELD,
        "Ablauf.txt": Status.HELD,
        "fehlt.pdf": Status.FAILED,
    }
    assert "https://example.org/fehlt.pdf" in outcomes["fehlt.pdf"].error
    (conference,) = archive.conferences()
    assert (conference.id, conference.number, conference.start) == ("2015-ulm", 3, dt.date(2015, 3, 1))
    assert (conference.title, conference.place) == ({"de": "III. Tagung am Fluss"}, {"de": "Ulm"})
    assert [panel.title for panel in conference.panels] == [{"de": "Panel A"}]
    assert archive.documents() == ()
    drafts = {each.current.files[0].path: each for each in archive.documents(state=State.DRAFT)}
    assert {path: (each.title, each.kind, each.panel) for path, each in drafts.items()} == {
        "seite.html": ("III. Tagung am Fluss", Kind.OTHER, None),
        "seite_files/a.txt": ("Erster Vortrag", Kind.PRESENTATION, "2015-ulm/panel-a"),
        "Ablauf.txt": ("Ablauf des Tages", Kind.PROGRAMME, None),
    }


def test_conference_that_is_there_keeps_what_it_has(worker: Worker, archive: Archive, page: Path) -> None:
    archive.save_conference(Conference("k", {"en": "Mine"}, number=4, place={"ru": "Ульм"}))
    take(worker, page, "k")
    (conference,) = archive.conferences()
    assert (conference.title, conference.number, conference.place) == ({"en": "Mine"}, 4, {"ru": "Ульм"})
    assert conference.end == dt.date(2015, 3, 2)
    assert "Ulm" in conference.description["de"]


def test_page_read_again_changes_nothing(worker: Worker, archive: Archive, page: Path) -> None:
    take(worker, page)
    before = archive.conferences()
    take(worker, page)
    assert archive.conferences() == before
    assert len(archive.documents(state=State.DRAFT)) == 3


def test_link_out_of_the_folder_takes_no_file(worker: Worker, archive: Archive, page: Path) -> None:
    (page.parent.parent / "secret.txt").write_text("secret")
    (page.parent / "link.txt").symlink_to(page.parent.parent / "secret.txt")
    page.write_text(
        "<h1>T</h1><a href='../secret.txt'>a</a><a href='link.txt'>b</a><a href='/etc/passwd'>c</a>"
    )
    assert {path for path, each in take(worker, page).items() if each.document} == {"seite.html"}


def test_page_that_is_not_there_or_tells_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="HTML"):
        crawl_page(tmp_path / "none.html", None)
    (tmp_path / "empty.html").write_text("<p></p>")
    with pytest.raises(WebPageError, match="--conference"):
        crawl_page(tmp_path / "empty.html", None)


def test_a_zip_that_the_page_links_to_is_its_files_with_what_the_page_says(
    worker: Worker, archive: Archive, page: Path, tmp_path: Path
) -> None:
    link = '<h3>Panel A</h3><a href="https://example.org/alle.zip">Alle Vorträge</a>'
    page.write_text(PAGE.replace("<h2>Programm</h2>", link + "<h2>Programm</h2>"))
    write_zip(page.parent / "alle.zip", {"b.txt": TEXT + "B", "c.txt": TEXT + "C"})
    with Unpacking(tmp_path / "home") as unpacking:
        outcomes = list(worker.ingest(crawl_page(page, None, unpacking=unpacking)))
    statuses = {outcome.path: outcome.status for outcome in outcomes}
    assert (statuses["alle.zip"], statuses["alle/b.txt"]) == (Status.SKIPPED, Status.HELD)
    drafts = {each.current.files[0].path: each for each in archive.documents(state=State.DRAFT)}
    assert drafts["alle/b.txt"].panel == drafts["alle/c.txt"].panel == "2015-ulm/panel-a"
    assert "Alle Vorträge" not in {draft.title for draft in drafts.values()}
    assert drafts["seite.html"].title == "III. Tagung am Fluss"
