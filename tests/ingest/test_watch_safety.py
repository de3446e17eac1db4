from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.repository import Archive
from ingest.accession import Accession
from ingest.worker import Worker
from tests.ingest.watched import DAY, Folder, drafts


@pytest.fixture
def folder(tmp_path: Path, archive: Archive) -> Folder:
    (tmp_path / "watch").mkdir()
    return Folder(tmp_path / "watch", archive)


def test_links_and_odd_files_are_never_opened(
    folder: Folder, tmp_path: Path, worker: Worker, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/s.txt").write_text("secret")
    folder.put("K/a.txt")
    (folder.root / "K/link.txt").symlink_to(tmp_path / "secret/s.txt")
    (folder.root / "K/folder").symlink_to(tmp_path / "secret")
    (folder.root / "L").symlink_to(tmp_path / "secret")
    os.mkfifo(folder.root / "K/pipe.txt")
    folder.wait()
    folder.wait()
    list(worker.resume())
    assert list(drafts(archive)) == ["a.txt"]
    assert (tmp_path / "secret/s.txt").exists()
    assert (folder.root / "K/link.txt").is_symlink()
    assert caplog.text.count("links are not followed") == 1


def test_file_that_becomes_a_link_after_the_look_is_not_followed(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archive: Archive
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    victim = folder.put("K/a.txt")
    keep = Accession.keep_conference

    def swap(self: Accession, conference: object) -> None:
        victim.unlink()
        victim.symlink_to(secret)
        keep(self, conference)  # type: ignore[arg-type]

    monkeypatch.setattr(Accession, "keep_conference", swap)
    assert folder.wait() == 0
    assert victim.is_symlink()
    assert list((archive.settings.home / "received").glob("*")) == []


def test_folder_of_what_is_done_that_is_a_link_stops_everything(
    folder: Folder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder.root / "done").symlink_to(tmp_path / "elsewhere")
    folder.put("K/a.txt")
    assert folder.wait() == 0
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert "has to be a folder" in caplog.text


def test_missing_folder_is_said_once_and_again_after_it_came_back(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    away = folder.root.rename(folder.root.with_name("away"))
    for _ in range(3):
        folder.wait()
    assert caplog.text.count("There is no watch folder") == 1
    away.rename(folder.root)
    folder.put("K/a.txt")
    assert folder.wait() == 1
    folder.root.rename(away)
    folder.wait()
    assert caplog.text.count("There is no watch folder") == 2


def test_folder_that_cannot_be_written_is_left_alone(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, archive: Archive
) -> None:
    folder.put("K/a.txt")
    access = os.access
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: not mode & os.W_OK and access(path, mode))
        folder.wait()
        folder.wait()
    assert caplog.text.count("cannot be written") == 1
    assert "K/a.txt" in folder.files()
    assert list((archive.settings.home / "received").glob("*")) == []


def test_file_that_cannot_be_moved_is_taken_once_only(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder.put("K/a.txt")
    with monkeypatch.context() as patch:
        rename = Path.rename
        patch.setattr(Path, "rename", lambda path, to: _moved_nowhere(path, to, folder.root, rename))
        assert folder.wait() == 1
        assert folder.wait() == 0
    assert caplog.text.count("Invalid cross-device link") == 1
    assert folder.files() == {"K/a.txt"}
    folder.wait()
    assert folder.files() == {f"done/{DAY}/K/a.txt"}


def _moved_nowhere(path: Path, to: Path, root: Path, rename: Callable[[Path, Path], Path]) -> Path:
    if path.is_relative_to(root):
        raise OSError(18, "Invalid cross-device link")
    return rename(path, to)
