from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.model import Kind
from archive.repository import Archive
from archive.settings import Settings
from archive.tables import intake
from ingest.batches import Batches
from ingest.manifest_shelf import ManifestShelf
from ingest.watch import LOOK_SECONDS, Watch
from ingest.worker import Worker
from tests.ingest.watched import DAY, TEXT, Folder, drafts

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, archive: Archive) -> Folder:
    (tmp_path / "watch").mkdir()
    return Folder(tmp_path / "watch", archive)


def test_file_that_stands_still_becomes_a_draft_and_is_moved(
    folder: Folder, worker: Worker, archive: Archive
) -> None:
    folder.put("2017 Krasnodar/Panel 1/a.txt")
    folder.put("2017 Krasnodar/Panel 1/tief/unten/b.txt")
    assert folder.wait() == 2
    assert folder.files() == {
        f"done/{DAY}/2017 Krasnodar/Panel 1/a.txt",
        f"done/{DAY}/2017 Krasnodar/Panel 1/tief/unten/b.txt",
    }
    list(worker.resume())
    assert archive.documents() == ()
    assert {path: draft.panel for path, draft in drafts(archive).items()} == {
        "Panel 1/a.txt": "2017-krasnodar/panel-1",
        "Panel 1/tief/unten/b.txt": "2017-krasnodar/panel-1",
    }
    (batch,) = Batches(archive.catalogue.engine).newest(10)
    assert (batch.source, batch.conference, batch.person) == ("watch", "2017-krasnodar", "")


def test_file_is_not_taken_while_it_grows(folder: Folder) -> None:
    growing = folder.put("K/a.txt")
    folder.put("K/b.txt")
    for _ in range(4):
        with growing.open("a") as stream:
            stream.write("more")
        folder.now += 20
        folder.watch.look()
    assert {path for path in folder.files() if "a.txt" in path} == {"K/a.txt"}
    assert f"done/{DAY}/K/b.txt" in folder.files()
    assert folder.wait() == 1


def test_file_has_to_stand_still_for_as_long_as_is_set(folder: Folder) -> None:
    folder.put("K/a.txt")
    assert folder.wait(9) == 0
    folder.now += LOOK_SECONDS
    assert folder.watch.look() == 1


@pytest.mark.parametrize(
    "beside",
    ["a.txt.part", "a.txt.crdownload", "a.Xy12.txt.part", "~$a.txt", "~$txt", ".~lock.a.txt#", "a.txt.lock"],
)
def test_file_is_not_taken_while_a_program_is_at_work_on_it(folder: Folder, beside: str) -> None:
    folder.put("K/a.txt")
    lock = folder.put(f"K/{beside}")
    assert folder.wait() == 0
    lock.unlink()
    assert folder.wait() == 1


def test_files_of_one_day_are_one_batch_of_their_conference(folder: Folder, archive: Archive) -> None:
    for name in ("K/a.txt", "K/b.txt", "L/c.txt", "K/d.txt"):
        folder.put(name)
        folder.wait()
    assert {batch.conference for batch in Batches(archive.catalogue.engine).newest(10)} == {"k", "l"}
    assert len(Batches(archive.catalogue.engine).newest(10)) == 2


def test_file_that_a_crash_left_behind_is_known_by_its_bytes(
    folder: Folder, worker: Worker, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put("K/a.txt")
    with monkeypatch.context() as patch:
        patch.setattr(Watch, "_move", _die)
        with pytest.raises(KeyboardInterrupt):
            folder.wait()
    list(worker.resume())
    folder.restart()
    folder.wait()
    list(worker.resume())
    assert folder.files() == {f"done/{DAY}/K/a.txt"}
    assert len(drafts(archive)) == 1


def test_file_that_was_taken_by_a_crashed_process_and_still_waits_is_not_doubled(
    folder: Folder, worker: Worker, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put("K/a.txt")
    with monkeypatch.context() as patch:
        patch.setattr(Watch, "_move", _die)
        with pytest.raises(KeyboardInterrupt):
            folder.wait()
    folder.restart()
    folder.wait()
    list(worker.resume())
    assert folder.files() == {f"done/{DAY}/K/a.txt"}
    assert len(drafts(archive)) == 1
    assert list((archive.settings.home / "received").iterdir()) == []


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_nothing_is_overwritten(folder: Folder) -> None:
    for text in ("one", "two", "three"):
        folder.put("K/a.txt", text)
        folder.wait()
    assert folder.files() == {
        f"done/{DAY}/K/a.txt",
        f"done/{DAY}/K/a (2).txt",
        f"done/{DAY}/K/a (3).txt",
    }
    texts = {path.read_text() for path in folder.root.rglob("*.txt")}
    assert texts == {"K/a.txt one", "K/a.txt two", "K/a.txt three"}


def test_file_outside_a_conference_is_put_aside_with_the_reason(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    folder.put("a.txt")
    folder.wait()
    assert folder.files() == {f"failed/{DAY}/a.txt", f"failed/{DAY}/a.txt.txt"}
    assert "folder of a conference" in (folder.root / f"failed/{DAY}/a.txt.txt").read_text()
    assert "folder of a conference" in caplog.text


def test_file_that_is_too_large_is_put_aside_with_the_reason(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put("K/a.txt")
    object.__setattr__(folder.archive.settings, "max_file_bytes", 5)
    folder.wait()
    assert f"failed/{DAY}/K/a.txt" in folder.files()
    assert "ARCHIVE_MAX_FILE_MB" in (folder.root / f"failed/{DAY}/K/a.txt.txt").read_text()


def test_file_that_cannot_be_kept_now_stays_and_is_tried_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder.put("K/a.txt")
    with monkeypatch.context() as patch:
        patch.setattr(Archive, "receive", _full)
        assert folder.wait() == 0
        assert folder.wait() == 0
    assert caplog.text.count("No space left") == 1
    assert folder.files() == {"K/a.txt"}
    assert folder.wait() == 1


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_manifest_and_conference_file_count_and_stay(
    folder: Folder, worker: Worker, archive: Archive
) -> None:
    folder.put("K/a.txt")
    (folder.root / "K/manifest.csv").write_text("path,title,kind\na.txt,Titel,minutes\nlater.txt,Später,\n")
    (folder.root / "K/conference.yaml").write_text(
        "id: k-2017\ntitle: Die Konferenz\n"
        "documents: [{path: a.txt, rights: R}, {path: later.txt, rights: S}]\n"
    )
    folder.wait()
    folder.put("K/later.txt")
    folder.wait()
    list(worker.resume())
    found = drafts(archive)
    assert (found["a.txt"].title, found["a.txt"].kind, found["a.txt"].rights) == ("Titel", Kind.MINUTES, "R")
    assert (found["later.txt"].title, found["later.txt"].rights) == ("Später", "S")
    assert archive.conference("k-2017").title == {"und": "Die Konferenz"}
    assert {"K/manifest.csv", "K/conference.yaml"} <= folder.files()
    (batch,) = Batches(archive.catalogue.engine).newest(10)
    (shelved,) = ManifestShelf(archive.settings.home).manifests(batch.id)
    assert shelved.path == "manifest.csv"


def test_files_wait_for_a_manifest_that_is_being_written(folder: Folder) -> None:
    folder.put("K/a.txt")
    folder.wait(0)
    (folder.root / "K/manifest.csv").write_text("path,title\n")
    assert folder.wait() == 1
    folder.put("K/b.txt")
    folder.now += 20
    folder.watch.look()
    (folder.root / "K/manifest.csv").write_text("path,title\nb.txt,T\n")
    folder.now += 20
    assert folder.watch.look() == 0
    folder.now += 20
    assert folder.watch.look() == 1


def test_mistake_in_a_conference_file_is_said_once_and_beside_what_failed(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    folder.put("K/a.txt")
    folder.put("L/b.txt")
    (folder.root / "K/conference.yaml").write_text("nonsense: 1\n")
    assert folder.wait() == 1
    folder.wait()
    assert caplog.text.count("nonsense") == 1
    assert "nonsense" in (folder.root / f"failed/{DAY}/K.txt").read_text()
    assert "K/a.txt" in folder.files()
    (folder.root / "K/conference.yaml").write_text("title: K\n")
    assert folder.wait() == 1


def test_scenery_of_a_saved_page_is_moved_away(folder: Folder, archive: Archive) -> None:
    for name in ("seite.html", "seite_files/a.css", "seite_files/b.js.download", "seite_files/a.txt"):
        folder.put(f"K/{name}")
    folder.wait()
    assert folder.files() == {
        f"done/{DAY}/K/{name}"
        for name in ("seite.html", "seite_files/a.css", "seite_files/b.js.download", "seite_files/a.txt")
    }
    with archive.catalogue.engine.connect() as connection:
        paths = set(connection.scalars(select(intake.c.path)))
    assert {path.rsplit("/", 1)[-1] for path in paths} == {"seite.html", "a.txt"}


def test_real_worker_takes_files(settings: Settings, tmp_path: Path, environment: dict[str, str]) -> None:
    watched = tmp_path / "watch"
    (watched / "2017 Krasnodar/Panel 1").mkdir(parents=True)
    (watched / "2017 Krasnodar/Panel 1/a.txt").write_text(TEXT)
    env = {
        **os.environ,
        **environment,
        "ARCHIVE_READERS": "1",
        "ARCHIVE_WATCH": str(watched),
        "ARCHIVE_WATCH_QUIET_SECONDS": "0",
    }
    worker = subprocess.Popen([sys.executable, "-m", "portal", "work"], cwd=PROJECT, env=env)
    try:
        _wait_for(lambda: (watched / f"done/{DAY}/2017 Krasnodar/Panel 1/a.txt").exists())
        archive = Archive.open(settings)
        try:
            _wait_for(lambda: len(drafts(archive)) == 1)
        finally:
            archive.close()
    finally:
        worker.terminate()
        assert worker.wait(timeout=30) == 0


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline
        pause.wait(0.1)
