from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.model import Conference, Panel, State
from archive.repository import Archive
from archive.tables import intake
from ingest import batch_manifest, batch_webpage, unpacking
from ingest.batch_folders import panel_folders
from ingest.drafts import Drafts
from ingest.intake import DONE
from ingest.queue import Queue
from ingest.readers import ReaderPool
from ingest.standing import standings
from ingest.uploads import PRIORITY, Uploads
from ingest.worker import Worker
from tests.ingest.drafting import rows
from tests.ingest.uploading import TEXT, Upload
from tests.ingest.zipped import ENCRYPTED, Raw, raw_zip, zip_bytes

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def upload(archive: Archive, worker: Worker) -> Upload:
    return Upload(archive, worker)


def text(about: str) -> str:
    return f"{about} {TEXT}"


def entered(archive: Archive) -> dict[str, tuple[str, str]]:
    found = [(row.path, (row.state, row.status)) for row in rows(archive)]
    assert len({path for path, _ in found}) == len(found)
    return dict(found)


def test_the_files_of_an_uploaded_zip_become_drafts_of_its_batch(upload: Upload, archive: Archive) -> None:
    inner = zip_bytes({"b.txt": text("b")})
    members = {"K/Panel 1/a.txt": text("a"), "K/Panel 2.zip": inner, "K/c.txt": text("c"), "__MACOSX/x": "x"}
    upload.put("Sammlung/K.zip", zip_bytes(members))
    drafts = upload.drafts()
    assert set(drafts) == {"Sammlung/K/Panel 1/a.txt", "Sammlung/K/Panel 2/b.txt", "Sammlung/K/c.txt"}
    assert {draft.conference for draft in drafts.values()} == {"k"}
    assert {row.batch for row in rows(archive)} == {upload.batch}
    assert entered(archive)["Sammlung/K.zip"] == (DONE, "skipped")
    (zipped,) = [row for row in rows(archive) if row.path == "Sammlung/K.zip"]
    assert (zipped.error, zipped.document) == ("Files taken out of the zip: 3. Left out: 1.", None)
    assert not list((archive.settings.home / "received").iterdir())
    assert not list((archive.settings.home / "unpacked").iterdir())
    standing = standings(archive.catalogue.engine, [upload.batch])[upload.batch]
    assert (standing.drafts, standing.other) == (3, 0)


def test_files_of_a_zip_wait_as_urgently_as_the_zip_did(upload: Upload, archive: Archive) -> None:
    upload.put("K.zip", zip_bytes({"a.txt": text("a")}))
    with archive.catalogue.engine.begin() as connection:
        connection.execute(intake.update().values(priority=1))
    upload.drafts()
    assert {row.priority for row in rows(archive)} == {1}


def test_a_zip_that_somebody_uploads_becomes_drafts_of_its_panel(archive: Archive, worker: Worker) -> None:
    archive.save_conference(Conference("k", {"de": "Konferenz"}, panels=(Panel("k/p", {"de": "P"}),)))
    uploads = Uploads(archive)
    batch = uploads.begin_batch("anna", "k", "k/p")
    content = zip_bytes({"a\\b.txt": text("a"), "Umlaut ä.txt": text("b")})
    upload = uploads.create("anna", batch.id, "Ordner/K.zip", len(content))
    with uploads.open(upload, 0, len(content)) as partial:
        partial.append(content)
        uploads.arrive(upload, partial)
    list(worker.resume())
    drafts = {each.current.files[0].path: each for each in archive.documents(state=State.DRAFT)}
    assert set(drafts) == {"Ordner/K/a/b.txt", "Ordner/K/Umlaut ä.txt"}
    assert {draft.panel for draft in drafts.values()} == {"k/p"}
    assert {row.priority for row in rows(archive)} == {PRIORITY}


def test_folders_in_a_zip_can_become_panels(upload: Upload, archive: Archive) -> None:
    members = {"K/Panel 1/a.txt": text("a"), "K/Panel 2/b.txt": text("b"), "K/c.txt": text("c")}
    upload.put("K.zip", zip_bytes(members))
    upload.drafts()
    desk = Drafts(archive).of_batch(upload.batch)
    assert [folder.name for folder in panel_folders(desk, archive.conference("k"))] == ["Panel 1", "Panel 2"]


def test_manifest_and_saved_page_in_a_zip_describe_its_files(upload: Upload, archive: Archive) -> None:
    page = (
        "<html><head><title>Fachtagung Energie</title></head><body><h1>Fachtagung Energie</h1>"
        "<p>12.–14. Mai 2017</p><ul><li><a href='Panel 1/a.txt'>Wärmenetze im Umbau</a></li></ul></body>"
    )
    manifest = "path,title\nPanel 1/a.txt,Fernwärme\n"
    upload.put("K.zip", zip_bytes({"seite.html": page, "Panel 1/a.txt": text("a"), "manifest.csv": manifest}))
    drafts = upload.drafts()
    assert set(drafts) == {"K/seite.html", "K/Panel 1/a.txt"}
    (seen,) = batch_manifest.preview(archive, upload.batch)
    assert (seen.path, [change.values["title"] for change in seen.changes]) == (
        "K/manifest.csv",
        ["Fernwärme"],
    )
    proposal = batch_webpage.proposal(archive, upload.batch)
    assert proposal is not None
    assert [link.draft.document.id for link in proposal.links if link.draft] == [drafts["K/Panel 1/a.txt"].id]


def test_the_same_path_in_zip_and_folder_loses_neither(upload: Upload, archive: Archive) -> None:
    upload.put("K/Panel 1/a.txt", text("lose"))
    upload.put("K/Panel 1.zip", zip_bytes({"a.txt": text("im Zip"), "b.txt": text("b")}))
    upload.put("K/Panel 1 .zip", zip_bytes({"x.txt": text("x")}))
    assert set(upload.drafts()) == {
        "K/Panel 1/a.txt",
        "K/Panel 1/a (2).txt",
        "K/Panel 1/b.txt",
        "K/Panel 1 /x.txt",
    }


def test_files_of_one_name_are_all_entered_and_the_same_file_twice_once(upload: Upload) -> None:
    names = [b"a.txt", b"a.txt", b"a.txt"]
    contents = [text("1").encode(), text("2").encode(), text("1").encode()]
    upload.put("K.zip", raw_zip(*(Raw(name, each) for name, each in zip(names, contents, strict=True))))
    assert set(upload.drafts()) == {"K/a.txt", "K/a (2).txt"}


@pytest.mark.parametrize(
    "content",
    [raw_zip(Raw(b"a.txt", flags=ENCRYPTED)), zip_bytes({"a": "x"})[:-9]],
    ids=["encrypted", "cut off"],
)
def test_a_zip_that_is_not_unpacked_becomes_a_draft_with_the_reason(
    upload: Upload, archive: Archive, content: bytes
) -> None:
    upload.put("K.zip", content)
    (draft,) = upload.drafts().values()
    assert draft.reason.startswith(("The zip is protected", "The zip is damaged"))
    assert archive.original(draft.id, 1, "K.zip").read_bytes() == content
    assert Queue(archive).read_again([draft.id]) == 1
    (again,) = upload.drafts().values()
    assert again.id == draft.id
    assert again.state is State.DRAFT


def test_a_zip_of_which_a_part_cannot_be_taken_out_is_kept_as_well(upload: Upload, archive: Archive) -> None:
    inner = raw_zip(Raw(b"geheim.txt", flags=ENCRYPTED))
    content = raw_zip(Raw(b"a.txt", text("a").encode()), Raw(b"kaputt.txt", crc=1), Raw(b"innen.zip", inner))
    upload.put("K.zip", content)
    drafts = upload.drafts()
    assert set(drafts) == {"K.zip", "K/a.txt", "K/innen.zip"}
    assert drafts["K.zip"].reason == "Files taken out of the zip: 2. Could not be taken out: 1 (kaputt.txt)."
    assert "password" in drafts["K/innen.zip"].reason
    assert archive.original(drafts["K.zip"].id, 1, "K.zip").read_bytes() == content


def test_a_document_that_is_a_zip_is_read_and_not_unpacked(upload: Upload, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.odp", "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.presentation")
    upload.put("a.zip", (tmp_path / "a.odp").read_bytes())
    assert set(upload.drafts()) == {"a.zip"}


def test_a_full_disk_leaves_the_zip_in_the_queue(
    upload: Upload, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload.put("K.zip", zip_bytes({"a.txt": text("a"), "b.txt": text("b")}))
    monkeypatch.setattr(unpacking, "check_room", _full)
    assert upload.drafts() == {}
    (row,) = rows(archive)
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "no room" in row.error
    monkeypatch.undo()
    Queue(archive).retry()
    with archive.catalogue.engine.begin() as connection:
        connection.execute(intake.update().values(attempts=0))
    assert set(upload.drafts()) == {"K/a.txt", "K/b.txt"}


def _full(*_: object) -> None:
    raise unpacking.DiskFullError("There is no room.")


WORK = """
import os, signal, sys
from archive.gaps import Gap, listen
from archive.repository import Archive
from archive.settings import Settings
from ingest.readers import ReaderPool
from ingest.worker import Worker

gap, left = Gap[sys.argv[1]], int(sys.argv[2])

def die(passed):
    global left
    left -= passed is gap
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    archive = Archive.open(Settings.from_env())
    with ReaderPool(1, 60, 2 * 1024**3, ("de",)) as readers:
        worker = Worker(archive, readers)
        listen(die)
        list(worker.resume())
"""


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("gap", "times"), [("RECEIVED", 1), ("ENTERED", 3), ("RECEIVED", 5), ("CLOSED", 1)])
def test_a_kill_in_the_middle_neither_loses_nor_doubles_a_file(
    upload: Upload, archive: Archive, readers: ReaderPool, tmp_path: Path, gap: str, times: int
) -> None:
    members = {f"Panel {number % 2}/{number}.txt": text(str(number)) for number in range(5)}
    upload.put("K/Panel 1/1.txt", text("lose"))
    upload.put("K.zip", zip_bytes({**members, "manifest.csv": "path,title\n1.txt,Eins\n"}))
    script = tmp_path / "work.py"
    script.write_text(WORK)
    environment = {**os.environ, "ARCHIVE_HOME": str(archive.settings.home), "PYTHONPATH": str(PROJECT)}
    died = subprocess.run(
        [sys.executable, script, gap, str(times)], env=environment, timeout=120, check=False
    )
    assert died.returncode == -signal.SIGKILL
    drafts = Upload.drafts(_Again(archive, Worker(archive, readers)))
    expected = {f"K/{path}" for path in members} - {"K/Panel 1/1.txt"}
    assert set(drafts) == expected | {"K/Panel 1/1.txt", "K/Panel 1/1 (2).txt"}
    assert set(entered(archive)) == {*drafts, "K.zip"}
    assert {state for state, _ in entered(archive).values()} == {DONE}
    assert len(batch_manifest.preview(archive, upload.batch)) == 1
    assert not list((archive.settings.home / "received").iterdir())
    assert not list((archive.settings.home / "unpacked").iterdir())
    with archive.catalogue.engine.connect() as connection:
        assert len(connection.execute(select(intake.c.id)).all()) == 7


class _Again(Upload):
    """The same upload, with the worker of another process."""

    def __init__(self, archive: Archive, worker: Worker) -> None:
        self.archive = archive
        self.worker = worker
