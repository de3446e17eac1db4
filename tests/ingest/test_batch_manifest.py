from __future__ import annotations

import datetime as dt

import pytest

from archive.editing import Editing
from archive.model import Access, Kind
from archive.repository import Archive
from archive.staff_log import StaffLog
from ingest.batch_manifest import apply, preview
from ingest.manifest import Trouble
from ingest.outcome import Outcome, Status
from ingest.worker import Worker
from tests.ingest.uploading import Upload

MANIFEST = (
    "path,title,creators,kind,language,access,panel,translation_of,date,colour\n"
    "P/a.txt,Titel A,Eva Muster;Ivan P.,minutes,ru,2031-05-01,Energie,,2017-06-29,red\n"
    "p\\B.TXT,,,,,staff,,a.txt,,\n"
    "none.txt,x,,,,,,,,\n"
)


@pytest.fixture
def upload(archive: Archive, worker: Worker) -> Upload:
    return Upload(archive, worker)


@pytest.mark.parametrize("order", [("manifest", "a", "b"), ("a", "manifest", "b"), ("b", "a", "manifest")])
def test_manifest_describes_its_batch_whatever_comes_first(
    upload: Upload, archive: Archive, order: tuple[str, ...]
) -> None:
    for what in order:
        if what == "manifest":
            outcome = upload.put("In/Manifest.CSV", MANIFEST)
            assert isinstance(outcome, Outcome)
            assert outcome.status is Status.SKIPPED
        else:
            upload.put(f"In/P/{what}.txt")
            upload.drafts()
    assert set(upload.drafts()) == {"In/P/a.txt", "In/P/b.txt"}
    (seen,) = preview(archive, upload.batch)
    assert (seen.path, seen.described, seen.unknown_columns) == ("In/Manifest.CSV", 2, ("colour",))
    assert [problem.trouble for problem in seen.problems] == [Trouble.NO_FILE]
    step = apply(archive, upload.batch, seen.path, "anna")
    assert step is not None
    drafts = upload.drafts()
    a, b = drafts["In/P/a.txt"], drafts["In/P/b.txt"]
    assert (a.title, a.creators, a.kind) == ("Titel A", ("Eva Muster", "Ivan P."), Kind.MINUTES)
    assert (a.languages, a.panel, a.date) == (("ru",), "k/energie", dt.date(2017, 6, 29))
    assert (a.access, a.embargoed_until) == (Access.EMBARGOED, dt.date(2031, 5, 1))
    assert (b.access, b.translation_of) == (Access.STAFF, (a.id,))
    assert [panel.id for panel in archive.conference("k").panels] == ["k/energie"]
    (again,) = preview(archive, upload.batch)
    assert again.changes == ()


def test_applying_is_one_step_that_can_be_taken_back(upload: Upload, archive: Archive) -> None:
    upload.put("a.txt")
    upload.put("b.txt")
    upload.put("manifest.csv", "path,title\na.txt,A\nb.txt,B\n")
    before = upload.drafts()
    step = apply(archive, upload.batch, "manifest.csv", "anna")
    assert step is not None
    (logged,) = StaffLog(archive.catalogue.engine).steps(batch=upload.batch)
    assert (logged.person, logged.action, set(logged.differences)) == (
        "anna",
        "edit",
        {each.id for each in before.values()},
    )
    Editing(archive, "anna", batch=upload.batch).undo(step.id)
    assert {each.title for each in upload.drafts().values()} == {each.title for each in before.values()}


def test_row_with_a_mistake_changes_what_it_can_and_says_the_rest(upload: Upload, archive: Archive) -> None:
    upload.put("a.txt")
    upload.put("manifest.csv", "path,title,access\na.txt,A,publik\n")
    upload.drafts()
    (seen,) = preview(archive, upload.batch)
    assert [change.values for change in seen.changes] == [{"title": "A"}]
    assert str(seen.problems[0]).startswith("manifest.csv, line 2, column access: publik")


def test_conference_by_its_title_or_a_new_one(upload: Upload, archive: Archive) -> None:
    upload.put("a.txt")
    upload.put("b.txt")
    upload.put("manifest.csv", "path,conference,title\na.txt,konferenz,A\nb.txt,Neue Tagung,B\n")
    upload.drafts()
    apply(archive, upload.batch, "manifest.csv", "anna")
    drafts = upload.drafts()
    assert (drafts["a.txt"].conference, drafts["b.txt"].conference) == ("k", "neue-tagung")
    assert archive.conference("neue-tagung").title == {"und": "Neue Tagung"}


def test_manifest_that_cannot_be_read_says_why(upload: Upload, archive: Archive) -> None:
    upload.put("a.txt")
    upload.put("manifest.xlsx", b"PK\x03\x04 broken")
    upload.drafts()
    (seen,) = preview(archive, upload.batch)
    assert "manifest.xlsx" in seen.error
    assert apply(archive, upload.batch, "manifest.xlsx", "anna") is None


def test_corrected_manifest_takes_the_place_of_the_first(upload: Upload, archive: Archive) -> None:
    upload.put("a.txt")
    upload.put("manifest.csv", "path,title\na.txt,A\n")
    upload.put("manifest.csv", "path,title\na.txt,B\n")
    upload.drafts()
    (seen,) = preview(archive, upload.batch)
    assert [change.values for change in seen.changes] == [{"title": "B"}]


def test_batch_without_a_manifest_has_nothing_to_show(upload: Upload, archive: Archive) -> None:
    upload.put("a.txt")
    upload.drafts()
    assert preview(archive, upload.batch) == ()


def test_file_of_that_name_outside_a_batch_is_a_document(upload: Upload, archive: Archive) -> None:
    upload.put("sub/manifest.csv.txt")
    assert set(upload.drafts()) == {"sub/manifest.csv.txt"}
