from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from archive.repository import Archive
from ingest import watch as watch_module
from ingest.batches import Batches
from ingest.manifest_shelf import ManifestShelf
from ingest.unpacking import ENCRYPTED as PASSWORD
from ingest.worker import Worker
from ingest.zip_content import DAMAGED
from tests.ingest.drafting import rows
from tests.ingest.watched import DAY, TEXT, Folder, drafts
from tests.ingest.zipped import ENCRYPTED, Raw, raw_zip, write_zip, zip_bytes


@pytest.fixture
def folder(archive: Archive, tmp_path: Path) -> Folder:
    (tmp_path / "watch").mkdir()
    return Folder(tmp_path / "watch", archive)


def text(about: str) -> str:
    return f"{about} {TEXT}"


def test_a_zip_in_the_watch_folder_is_a_folder_of_its_name(
    folder: Folder, archive: Archive, worker: Worker
) -> None:
    write_zip(folder.root / "2017 Krasnodar.zip", {"Panel 1/a.txt": text("a"), "b.txt": text("b")})
    assert folder.wait() == 2
    assert folder.files() == {f"done/{DAY}/2017 Krasnodar.zip"}
    list(worker.resume())
    found = drafts(archive)
    assert {path: draft.panel for path, draft in found.items()} == {
        "Panel 1/a.txt": "2017-krasnodar/panel-1",
        "b.txt": None,
    }
    assert {draft.conference for draft in found.values()} == {"2017-krasnodar"}
    assert len({row.batch for row in rows(archive)}) == 1
    assert not list((archive.settings.home / "unpacked").iterdir())


def test_a_zip_in_a_folder_is_read_as_ingest_reads_it(
    folder: Folder, archive: Archive, worker: Worker
) -> None:
    (folder.root / "K").mkdir()
    (folder.root / "K/conference.yaml").write_text("id: k-2017\ntitle: Die Konferenz\n")
    inner = zip_bytes({"a.txt": text("tief"), "manifest.csv": "path,title\na.txt,X\n", ".DS_Store": "x"})
    write_zip(folder.root / "K/Panel 1.zip", {"a.txt": text("a"), "tief.zip": inner})
    folder.put("K/c.txt")
    assert folder.wait() == 4
    assert f"done/{DAY}/K/Panel 1.zip" in folder.files()
    list(worker.resume())
    panels = {path: draft.panel for path, draft in drafts(archive).items()}
    assert panels == {
        "c.txt": None,
        "Panel 1/a.txt": "k-2017/panel-1",
        "Panel 1/tief/a.txt": "k-2017/panel-1",
    }
    (batch,) = Batches(archive.catalogue.engine).newest(9)
    assert [each.path for each in ManifestShelf(archive.settings.home).manifests(batch.id)] == [
        "Panel 1/tief/manifest.csv"
    ]


def test_conference_yaml_and_manifest_of_a_zip_count(
    folder: Folder, archive: Archive, worker: Worker
) -> None:
    members = {
        "conference.yaml": "id: k-2017\ntitle: Die Konferenz\n",
        "manifest.csv": "path,title\na.txt,Fernwärme\n",
        "a.txt": text("a"),
    }
    write_zip(folder.root / "K.zip", members)
    assert folder.wait() == 1
    list(worker.resume())
    (draft,) = drafts(archive).values()
    assert (draft.conference, draft.title) == ("k-2017", "Fernwärme")
    (batch,) = Batches(archive.catalogue.engine).newest(9)
    assert [each.path for each in ManifestShelf(archive.settings.home).manifests(batch.id)] == [
        "manifest.csv"
    ]


def test_a_zip_that_is_not_unpacked_fails_alone_and_is_a_draft_in_a_folder(
    folder: Folder, archive: Archive, worker: Worker
) -> None:
    locked = raw_zip(Raw(b"a.txt", flags=ENCRYPTED))
    (folder.root / "K.zip").write_bytes(locked)
    (folder.root / "L").mkdir()
    (folder.root / "L/geheim.zip").write_bytes(locked)
    folder.wait()
    assert folder.files() == {
        f"failed/{DAY}/K.zip",
        f"failed/{DAY}/K.zip.txt",
        f"done/{DAY}/L/geheim.zip",
    }
    assert (folder.root / f"failed/{DAY}/K.zip.txt").read_text() == PASSWORD + "\n"
    list(worker.resume())
    assert {path: draft.reason for path, draft in drafts(archive).items()} == {"geheim.zip": PASSWORD}


def test_files_that_cannot_be_taken_out_leave_the_zip_among_what_failed(
    folder: Folder, archive: Archive
) -> None:
    (folder.root / "K.zip").write_bytes(raw_zip(Raw(b"a.txt", text("a").encode()), Raw(b"kaputt.txt", crc=1)))
    assert folder.wait() == 1
    assert folder.files() == {f"failed/{DAY}/K.zip", f"failed/{DAY}/K.zip.txt"}
    note = (folder.root / f"failed/{DAY}/K.zip.txt").read_text()
    assert note == f"Files that could not be taken out of the zip: 1. kaputt.txt: {DAMAGED}\n"
    assert [row.path for row in rows(archive)] == ["a.txt"]


def test_a_mistake_in_the_conference_yaml_of_a_zip_is_told_beside_it(folder: Folder) -> None:
    write_zip(folder.root / "K.zip", {"conference.yaml": "titel: K\n", "a.txt": text("a")})
    assert folder.wait() == 0
    assert "conference.yaml, line 1" in (folder.root / f"failed/{DAY}/K.zip.txt").read_text()


def test_a_zip_that_is_still_copied_is_left_alone(
    folder: Folder, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_zip(folder.root / "K/a.zip", {"a.txt": text("a")})
    whole = path.read_bytes()
    folder.put("K/b.txt")
    folder.wait(5)
    path.write_bytes(whole[:-10])
    folder.wait(5)
    assert folder.files() == {"K/a.zip", f"done/{DAY}/K/b.txt"}
    path.write_bytes(whole)
    os.utime(path, ns=(time.time_ns(), time.time_ns() + 10**9))
    folder.wait()
    assert folder.files() == {f"done/{DAY}/K/a.zip", f"done/{DAY}/K/b.txt"}
    assert {row.path for row in rows(archive)} == {"b.txt", "a/a.txt"}


def test_an_end_in_the_middle_of_a_zip_doubles_nothing(
    folder: Folder, archive: Archive, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_zip(folder.root / "K.zip", {f"{number}.txt": text(str(number)) for number in range(4)})
    folder.watch.look()
    folder.now += 12
    asked = iter((False, False, False, False, True, True, True, True))
    assert folder.watch.look(lambda: next(asked)) < 4
    assert folder.files() == {"K.zip"}
    folder.restart()
    folder.wait()
    list(worker.resume())
    assert set(drafts(archive)) == {f"{number}.txt" for number in range(4)}
    assert len(rows(archive)) == 4


def test_a_zip_that_cannot_be_moved_is_not_taken_again(
    folder: Folder, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_zip(folder.root / "K.zip", {"a.txt": text("a")})
    write_zip(folder.root / "leer.zip", {})
    with monkeypatch.context() as patched:
        patched.setattr(watch_module, "move", _refused)
        assert folder.wait() == 1
        assert folder.wait() == 0
    assert folder.files() == {"K.zip", "leer.zip"}
    folder.wait()
    assert folder.files() == {f"done/{DAY}/K.zip", f"done/{DAY}/leer.zip"}
    assert len(rows(archive)) == 1


def _refused(*_: object) -> None:
    raise watch_module.MoveError("It cannot be moved.")
