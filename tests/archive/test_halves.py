"""An archive of which one half is missing is not worked with, and nothing is made in place of it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from archive.errors import CatalogueError, StorageError
from archive.filling import begin_filling, end_filling
from archive.model import Conference
from archive.repository import Archive
from archive.settings import Settings
from archive.storage import Storage

PLACES = ("/dev/shm", "/var/tmp", "/tmp")
"""Folders that are often on several file systems."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An archive with one conference, closed."""
    settings = Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "home")})
    archive = Archive.open(settings)
    archive.save_conference(Conference("2017-krasnodar", {"de": "Krasnodar"}))
    archive.close()
    return settings


@pytest.mark.parametrize("rebuilding", [False, True])
@pytest.mark.parametrize("left", [None, "folder"])
def test_storage_that_is_not_mounted_is_no_empty_archive(
    settings: Settings, left: str | None, rebuilding: bool
) -> None:
    shutil.rmtree(settings.home / "storage")
    if left:
        (settings.home / "storage").mkdir()
    with pytest.raises(StorageError, match=r"is not there, or holds nothing at all.*mount it"):
        Archive.open(settings, rebuilding=rebuilding)
    assert (settings.home / "storage").exists() is bool(left)
    assert not left or list((settings.home / "storage").iterdir()) == []


@pytest.mark.parametrize("rebuilding", [False, True])
def test_storage_root_without_objects_does_not_empty_the_catalogue(
    settings: Settings, rebuilding: bool
) -> None:
    for folder in (settings.home / "storage").iterdir():
        if folder.is_dir() and folder.name != "extensions":
            shutil.rmtree(folder)
    with pytest.raises(StorageError, match="has no objects and the catalogue is not empty"):
        Archive.open(settings, rebuilding=rebuilding)


@pytest.mark.parametrize("left", [False, True])
def test_storage_root_that_goes_while_the_archive_is_open_is_not_begun_anew(
    settings: Settings, tmp_path: Path, left: bool
) -> None:
    root = settings.home / "storage"
    archive = Archive.open(settings)
    root.rename(tmp_path / "away")
    if left:
        root.mkdir()
    with pytest.raises(StorageError, match="is not there any more"):
        archive.save_conference(Conference("2018-kaluga", {"de": "Kaluga"}))
    assert not left or list(root.iterdir()) == []
    if left:
        root.rmdir()
    (tmp_path / "away").rename(root)
    assert archive.save_conference(Conference("2018-kaluga", {"de": "Kaluga"}))
    archive.close()


def test_catalogue_that_is_gone_is_made_by_rebuilding_only(settings: Settings) -> None:
    for path in settings.home.glob("catalogue.sqlite*"):
        path.unlink()
    with pytest.raises(CatalogueError, match="python -m portal rebuild"):
        Archive.open(settings)
    Archive.open(settings, rebuilding=True).close()


def test_catalogue_that_is_only_partly_made_again_is_not_worked_with(settings: Settings) -> None:
    begin_filling(settings.home)
    with pytest.raises(CatalogueError, match=r"does not have all yet.*python -m portal rebuild"):
        Archive.open(settings)
    Archive.open(settings, rebuilding=True).close()
    end_filling(settings.home)
    Archive.open(settings).close()


def test_folder_without_an_archive_is_named(tmp_path: Path) -> None:
    settings = Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "nothing")})
    with pytest.raises(StorageError, match=f"There is no archive in {tmp_path}/nothing"):
        Archive.open(settings, create=False)
    assert not (tmp_path / "nothing").exists()


def test_storage_root_on_another_file_system_is_refused_before_anything_is_begun(settings: Settings) -> None:
    home_is_on = settings.home.stat().st_dev
    other = next((place for place in PLACES if Path(place).stat().st_dev != home_is_on), None)
    if other is None:
        pytest.skip(f"needs a second file system, at one of {PLACES}")
    with tempfile.TemporaryDirectory(dir=other) as elsewhere:
        shutil.move(settings.home / "storage", elsewhere)
        (settings.home / "storage").symlink_to(Path(elsewhere, "storage"))
        with pytest.raises(
            StorageError, match=r"storage is on another file system than .*put the whole folder"
        ):
            Archive.open(settings)


def test_storage_root_by_a_link_on_the_same_file_system_is_as_good(
    settings: Settings, tmp_path: Path
) -> None:
    (settings.home / "storage").rename(tmp_path / "storage")
    (settings.home / "storage").symlink_to(tmp_path / "storage")
    archive = Archive.open(settings)
    assert archive.save_conference(Conference("2018-kaluga", {"de": "Kaluga"}))
    archive.close()
    assert len(list(Storage(tmp_path / "storage").objects())) == 2
