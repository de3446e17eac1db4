"""Conferences and panels stay while files are on their way to them, and do not come back with a bare name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive.conference_editing import ConferenceEditing
from archive.editing import Editing
from archive.errors import EditError, NotFoundError
from archive.model import Conference, Panel, State
from archive.waiting import on_their_way
from ingest.queue import Queue
from ingest.uploads import Upload, Uploads
from tests.ingest.drafting import rows
from tests.ingest.watched import DAY, Folder

if TYPE_CHECKING:
    from archive.repository import Archive
    from ingest.worker import Worker

ENERGY = Panel("k/energie", {"de": "Energie"})
CONFERENCE = Conference(
    "k", {"de": "Die schöne Tagung"}, panels=(ENERGY, Panel("k/jugend", {"de": "Jugend"}))
)
TEXT = b"Ein Text ueber Energie und Stadt, der gelesen werden kann.\n" * 9


@pytest.fixture
def uploads(archive: Archive) -> Uploads:
    archive.save_conference(CONFERENCE)
    return Uploads(archive)


def put(uploads: Uploads, batch: str, path: str) -> Upload:
    upload = uploads.create("anna", batch, path, len(TEXT))
    with uploads.open(upload, 0, len(TEXT)) as partial:
        partial.append(TEXT)
        uploads.arrive(upload, partial)
    return upload


def test_a_conference_stays_while_files_are_on_their_way(
    archive: Archive, uploads: Uploads, worker: Worker
) -> None:
    editing = ConferenceEditing(archive, "olga")
    batch = uploads.begin_batch("anna", "k", None).id
    coming = uploads.create("anna", batch, "a.txt", len(TEXT))
    put(uploads, batch, "b.txt")
    assert on_their_way(archive.catalogue.engine, "k") == 2
    with pytest.raises(EditError, match=r"on their way to k: 2\."):
        editing.remove("k")
    uploads.remove(coming.id, "anna")
    with pytest.raises(EditError, match=r"on their way to k: 1\."):
        editing.remove("k")
    list(worker.resume())
    assert on_their_way(archive.catalogue.engine, "k") == 0
    assert archive.conference("k") == CONFERENCE


def test_a_panel_stays_while_files_are_on_their_way(
    archive: Archive, uploads: Uploads, worker: Worker
) -> None:
    editing = ConferenceEditing(archive, "olga")
    put(uploads, uploads.begin_batch("anna", "k", "k/energie").id, "a.txt")
    without = replace(CONFERENCE, panels=CONFERENCE.panels[1:])
    with pytest.raises(EditError, match=r"on their way to k/energie: 1\."):
        editing.merge_panel("k", "k/energie", "k/jugend")
    with pytest.raises(EditError, match=r"on their way to k/energie: 1\."):
        editing.save(CONFERENCE, without)
    list(worker.resume())
    assert archive.conference("k") == CONFERENCE
    (draft,) = archive.documents(state=State.DRAFT)
    assert draft.panel == "k/energie"
    editing.save(CONFERENCE, replace(CONFERENCE, panels=CONFERENCE.panels[:1]))


def test_an_upload_into_a_panel_that_is_gone_has_none(
    archive: Archive, uploads: Uploads, worker: Worker
) -> None:
    batch = uploads.begin_batch("anna", "k", "k/energie").id
    without = replace(CONFERENCE, panels=CONFERENCE.panels[1:])
    ConferenceEditing(archive, "olga").save(CONFERENCE, without)
    put(uploads, batch, "a.txt")
    list(worker.resume())
    assert archive.conference("k") == without
    assert [draft.panel for draft in archive.documents(state=None)] == [None]


def test_a_file_set_aside_waits_for_its_conference(
    archive: Archive, uploads: Uploads, worker: Worker
) -> None:
    batch = uploads.begin_batch("anna", "k", None).id
    put(uploads, batch, "a.txt")
    ticket = Queue(archive).take()
    assert ticket is not None
    Queue(archive).refuse(ticket, "no room")
    ticket.received.release()
    step = ConferenceEditing(archive, "olga").remove("k")
    with pytest.raises(NotFoundError):
        uploads.create("anna", batch, "b.txt", 5)
    assert Queue(archive).retry() == 1
    assert list(worker.resume()) == []
    assert archive.conferences() == ()
    (entry,) = rows(archive)
    assert (entry.state, entry.error.split(".")[0]) == ("failed", "The conference k was deleted")
    Editing(archive, "olga").undo(step.id)
    assert Queue(archive).retry() == 1
    list(worker.resume())
    assert archive.conferences() == (CONFERENCE,)
    assert len(archive.documents(state=None)) == 1


def test_a_draft_is_read_again_where_it_is_now(archive: Archive, uploads: Uploads, worker: Worker) -> None:
    put(uploads, uploads.begin_batch("anna", "k", "k/energie").id, "a.txt")
    list(worker.resume())
    (draft,) = archive.documents(state=None)
    archive.save(replace(draft, conference="other", panel=None, reason="The file is damaged."), message="x")
    archive.save_conference(Conference("other", {"de": "Andere"}))
    ConferenceEditing(archive, "olga").remove("k")
    assert Queue(archive).read_again([draft.id]) == 1
    (outcome,) = worker.resume()
    assert outcome.document == draft.id
    assert [each.id for each in archive.conferences()] == ["other"]
    assert (archive.document(draft.id).conference, archive.document(draft.id).reason) == ("other", "")


def test_a_folder_named_like_a_deleted_conference_does_not_bring_it_back(
    archive: Archive, tmp_path: Path
) -> None:
    archive.save_conference(CONFERENCE)
    ConferenceEditing(archive, "olga").remove("k")
    folder = Folder(tmp_path / "watch", archive)
    folder.put("k/a.txt")
    assert folder.wait() == 0
    assert archive.conferences() == ()
    assert not rows(archive)
    assert {f"failed/{DAY}/k/a.txt", f"failed/{DAY}/k/a.txt.txt"} <= folder.files()
