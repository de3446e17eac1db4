from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from archive.editing import Editing
from archive.model import Kind
from archive.repository import Archive
from ingest.batch_webpage import PageField, describe, draft_values, proposal, title_drafts, too_large
from ingest.drafts import Drafts
from ingest.webpage_source import MAX_BYTES
from ingest.worker import Worker
from tests.ingest.uploading import Upload

PAGE = """<html><body><h1>III. Tagung am Fluss</h1><p>1. - 2.3.2015</p>
<p>Am 1. März 2015 in Ulm begann alles unter dem Motto „Wasser und Ufer“, und viele kamen dazu.</p>
<p><a href="https://example.org/mehr">Mehr über die Tagung</a></p>
<h2>Vorträge</h2><h3>Panel A</h3>
<a href="seite_files/a.txt">Erster Vortrag</a> <a href="https://example.org/fehlt.pdf">Zweiter Vortrag</a>
<h2>Programm</h2><a href="https://example.org/d/Ablauf.txt">Ablauf des Tages</a></body></html>"""


@pytest.fixture
def upload(archive: Archive, worker: Worker) -> Upload:
    upload = Upload(archive, worker)
    for path in ("In/seite_files/a.txt", "In/Ablauf.txt", "In/fremd.txt"):
        upload.put(path)
    upload.put("In/seite.html", PAGE)
    upload.put("In/andere.html", "<html><body><h1>Andere</h1><p>Nichts von hier.</p></body></html>")
    upload.drafts()
    return upload


def test_page_whose_links_mean_files_of_the_batch_is_found(upload: Upload, archive: Archive) -> None:
    seen = proposal(archive, upload.batch)
    assert seen is not None
    assert seen.document.current.files[0].path == "In/seite.html"
    drafts = upload.drafts()
    assert [(each.download.title, each.draft and each.draft.id) for each in seen.links] == [
        ("Erster Vortrag", drafts["In/seite_files/a.txt"].id),
        ("Zweiter Vortrag", None),
        ("Ablauf des Tages", drafts["In/Ablauf.txt"].id),
    ]
    assert PageField.TITLE in seen.fields
    assert seen.open == frozenset(seen.fields) - {PageField.TITLE}


def test_chosen_fields_and_no_others_are_taken_over(upload: Upload, archive: Archive) -> None:
    seen = proposal(archive, upload.batch)
    assert seen is not None
    step = describe(archive, seen, {PageField.DAYS, PageField.PLACE, PageField.LINKS}, "anna")
    assert step.person == "anna"
    conference = archive.conference("k")
    assert (conference.start, conference.end) == (dt.date(2015, 3, 1), dt.date(2015, 3, 2))
    assert (conference.title, conference.place, conference.motto) == ({"de": "Konferenz"}, {"de": "Ulm"}, {})
    assert [link.url for link in conference.links] == ["https://example.org/mehr"]
    again = proposal(archive, upload.batch)
    assert again is not None
    assert again.open == {PageField.NUMBER, PageField.MOTTO, PageField.DESCRIPTION}


def test_drafts_get_titles_kinds_and_panels_in_one_step(upload: Upload, archive: Archive) -> None:
    seen = proposal(archive, upload.batch)
    assert seen is not None
    before = upload.drafts()
    step = title_drafts(archive, upload.batch, seen, "anna")
    drafts = upload.drafts()
    first, programme = drafts["In/seite_files/a.txt"], drafts["In/Ablauf.txt"]
    assert (first.title, first.kind, first.panel) == ("Erster Vortrag", Kind.PRESENTATION, "k/panel-a")
    assert (programme.title, programme.kind, programme.panel) == ("Ablauf des Tages", Kind.PROGRAMME, None)
    assert drafts["In/fremd.txt"] == before["In/fremd.txt"]
    assert [panel.title for panel in archive.conference("k").panels] == [{"de": "Panel A"}]
    again = proposal(archive, upload.batch)
    assert again is not None
    assert all(not draft_values(linked, "k") for linked in again.links)
    Editing(archive, "anna", batch=upload.batch).undo(step.id)
    assert upload.drafts()["In/Ablauf.txt"].title == before["In/Ablauf.txt"].title


def test_conference_changed_meanwhile_keeps_what_others_wrote(upload: Upload, archive: Archive) -> None:
    seen = proposal(archive, upload.batch)
    assert seen is not None
    archive.save_conference(replace(archive.conference("k"), number=9))
    describe(archive, seen, {PageField.MOTTO}, "anna")
    conference = archive.conference("k")
    assert (conference.number, conference.motto) == (9, {"de": "Wasser und Ufer"})


def test_batch_without_such_a_page_has_nothing_to_show(archive: Archive, worker: Worker) -> None:
    upload = Upload(archive, worker)
    upload.put("a.txt")
    upload.put("seite.html", "<h1>T</h1><p>Nichts von einer Tagung.</p>")
    upload.drafts()
    assert proposal(archive, upload.batch) is None


def test_page_alone_is_shown_with_its_links(archive: Archive, worker: Worker) -> None:
    upload = Upload(archive, worker)
    upload.put("seite.html", PAGE)
    upload.put("andere.html", "<html><body><h1>Andere</h1><p>Nichts von hier.</p></body></html>")
    upload.drafts()
    seen = proposal(archive, upload.batch)
    assert seen is not None
    assert (seen.page.title, len(seen.links)) == ("III. Tagung am Fluss", 3)
    assert not any(linked.draft for linked in seen.links)


def test_page_without_days_counts_where_it_is_the_only_one(archive: Archive, worker: Worker) -> None:
    upload = Upload(archive, worker)
    upload.put("seite.html", "<html><body><h1>Tagung</h1><a href='fehlt.pdf'>Vortrag</a></body></html>")
    upload.drafts()
    seen = proposal(archive, upload.batch)
    assert seen is not None
    upload.put("zwei.html", "<html><body><h1>Andere</h1><p>Nichts von hier.</p></body></html>")
    upload.drafts()
    assert proposal(archive, upload.batch) is None


def test_last_day_that_is_missing_is_open(upload: Upload, archive: Archive) -> None:
    first, other = dt.date(2015, 3, 1), dt.date(2015, 2, 1)
    for start, end, is_open in ((first, None, True), (other, None, False), (first, first, False)):
        archive.save_conference(replace(archive.conference("k"), start=start, end=end))
        seen = proposal(archive, upload.batch)
        assert seen is not None
        assert (PageField.DAYS in seen.open) is is_open


def test_page_that_is_too_large_is_named(archive: Archive, worker: Worker) -> None:
    upload = Upload(archive, worker)
    upload.put("ordner/gross.html", PAGE + "<!--" + "x" * MAX_BYTES + "-->")
    upload.put("klein.html", PAGE)
    upload.drafts()
    assert too_large(archive, Drafts(archive).of_batch(upload.batch)) == ("ordner/gross.html",)
