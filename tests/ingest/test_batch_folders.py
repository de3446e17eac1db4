from __future__ import annotations

import pytest

from archive.editing import Editing
from archive.model import Conference, Panel
from archive.repository import Archive
from ingest.batch_folders import make_panels, panel_folders
from ingest.drafts import Drafts
from ingest.worker import Worker
from tests.ingest.uploading import Upload

KNOWN = Panel("k/wasser", {"de": "Wasser und Ufer"})
FILES = (
    "In/Energie/a.txt",
    "In/Energie/mehr/b.txt",
    "In/Панель 2/в.txt",
    "In/Programm.txt",
    "In/s_files/x.txt",
)


@pytest.fixture
def upload(archive: Archive, worker: Worker) -> Upload:
    upload = Upload(archive, worker)
    for path in FILES:
        upload.put(path)
    upload.drafts()
    return upload


def folders(archive: Archive, upload: Upload) -> dict[str, tuple[str, bool, int]]:
    found = panel_folders(Drafts(archive).of_batch(upload.batch), archive.conference("k"))
    return {each.name: (each.panel.id, each.is_new, len(each.drafts)) for each in found}


def test_folders_below_the_common_one_could_be_panels(archive: Archive, upload: Upload) -> None:
    assert folders(archive, upload) == {"Energie": ("k/energie", True, 2), "Панель 2": ("k/panel-2", True, 1)}


def test_folder_called_like_a_panel_that_came_later_goes_there(archive: Archive, upload: Upload) -> None:
    archive.save_conference(Conference("k", {"de": "K"}, panels=(Panel("k/strom", {"de": "Energie"}),)))
    assert folders(archive, upload)["Energie"] == ("k/strom", False, 2)


def test_chosen_folders_become_panels_and_the_step_can_be_taken_back(
    archive: Archive, upload: Upload
) -> None:
    step = make_panels(archive, upload.batch, {"Energie", "nothing"}, "anna")
    assert step is not None
    panels = {path: draft.panel for path, draft in upload.drafts().items()}
    assert panels == {path: "k/energie" if "Energie" in path else None for path in FILES}
    assert [panel.title for panel in archive.conference("k").panels] == [{"de": "Energie"}]
    assert set(folders(archive, upload)) == {"Панель 2"}
    Editing(archive, "anna", batch=upload.batch).undo(step.id)
    assert {draft.panel for draft in upload.drafts().values()} == {None}


def test_folders_written_in_two_ways_become_one_panel(archive: Archive, worker: Worker) -> None:
    upload = Upload(archive, worker)
    for path in ("Bühne/a.txt", "Bu\u0308hne/b.txt", "c.txt"):
        upload.put(path)
    upload.drafts()
    make_panels(archive, upload.batch, folders(archive, upload), "anna")
    assert [panel.id for panel in archive.conference("k").panels] == ["k/buehne"]
    assert sum(draft.panel == "k/buehne" for draft in upload.drafts().values()) == 2


def test_what_has_a_panel_or_was_proposed_one_is_left_alone(archive: Archive, worker: Worker) -> None:
    upload = Upload(archive, worker)
    archive.save_conference(Conference("k", {"de": "K"}, panels=(KNOWN,)))
    for path in ("Wasser/a.txt", "Energie/b.txt", "Energie/c.txt"):
        upload.put(path)
    drafts = upload.drafts()
    editing = Editing(archive, "anna")
    editing.edit(
        {drafts["Wasser/a.txt"].id: {"panel": None}, drafts["Energie/b.txt"].id: {"panel": KNOWN.id}}
    )
    assert folders(archive, upload) == {"Energie": ("k/energie", True, 1)}


def test_one_folder_alone_is_the_conference_and_no_panel(archive: Archive, worker: Worker) -> None:
    upload = Upload(archive, worker)
    for path in ("Konferenz/a.txt", "Konferenz/b.txt"):
        upload.put(path)
    upload.drafts()
    assert folders(archive, upload) == {}
    assert make_panels(archive, upload.batch, {"Konferenz"}, "anna") is None
