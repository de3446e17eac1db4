"""Versions staged and placed: once, again after a crash, into a folder that is there already."""

from __future__ import annotations

from pathlib import Path

import pytest
from ocfl.validator import Validator

from archive.gaps import Gap, listen
from archive.inventories import INVENTORY
from archive.storage import Storage

NAME = "urn:konferenzarchiv:document:7k3mx9q2f1"


class _PowerCut(BaseException):
    """Raised where a process would have died."""


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    Storage.make(tmp_path / "storage", tmp_path / "staging")
    return Storage(tmp_path / "storage")


def staged(storage: Storage, content: bytes) -> Path:
    folder = storage.root.parent / content.decode()
    folder.mkdir()
    storage.stage(NAME, {"record.json": content}, "Deposited", folder)
    return folder


def record(storage: Storage) -> bytes:
    """Return the record of an object that has to be valid."""
    validator = Validator(log_warnings=False, log_errors=True)
    assert validator.validate_object(str(storage.folder(NAME))), validator.log.messages
    return storage.path(NAME, "record.json").read_bytes()


@pytest.mark.parametrize("gap", [Gap.VERSION_PLACED, Gap.INVENTORY_PLACED])
def test_placing_can_be_repeated_wherever_it_was_cut_off(storage: Storage, gap: Gap) -> None:
    def cut(passed: Gap) -> None:
        if passed is gap:
            raise _PowerCut

    for content in (b"first", b"second"):
        folder = staged(storage, content)
        listen(cut)
        try:
            with pytest.raises(_PowerCut):
                storage.place(NAME, folder)
        finally:
            listen(None)
        storage.place(NAME, folder)
        storage.place(NAME, folder)
        assert record(storage) == content


def test_object_is_seen_whole_or_not_at_all(storage: Storage) -> None:
    seen: list[bool] = []
    folder = staged(storage, b"first")
    assert not storage.folder(NAME).exists()
    listen(lambda _: seen.append((storage.folder(NAME) / INVENTORY).exists()))
    try:
        storage.place(NAME, folder)
    finally:
        listen(None)
    assert seen == [True, True]


def test_folder_that_is_there_already_is_taken(storage: Storage) -> None:
    storage.folder(NAME).mkdir(parents=True)
    storage.place(NAME, staged(storage, b"first"))
    assert record(storage) == b"first"
