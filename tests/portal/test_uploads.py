"""The upload protocol as a browser or any other tus client speaks it."""

from __future__ import annotations

import errno
import shutil
from collections import namedtuple
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from archive.accounts import Role
from archive.errors import CatalogueError
from ingest.accession import Accession
from ingest.partial import PartialFile
from ingest.uploads import Uploads
from portal.routes.uploads import VERSION
from tests.portal.uploader import Uploader

if TYPE_CHECKING:
    from tests.portal.conftest import Served

TEXT = "Fernwärme für Krasnodar. ".encode() * 50
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def staff(served: Served) -> Uploader:
    return Uploader(served, "uploader", Role.STAFF)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Say how much of the disk is free."""
    return lambda free: monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free, 0, free))


def test_upload_in_two_parts(staff: Uploader) -> None:
    batch = staff.batch()
    created = staff.create(batch, "Panel 1/Fernwärme.txt", len(TEXT))
    assert created.status_code == 201
    assert created.headers["tus-resumable"] == VERSION
    assert created.headers["upload-expires"].endswith("GMT")
    url = created.headers["location"]
    first = staff.send(url, 0, TEXT[:100])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "100")
    there = staff.ask("HEAD", url)
    assert (there.headers["upload-offset"], there.headers["upload-length"]) == ("100", str(len(TEXT)))
    assert there.headers["cache-control"] == "no-store"
    assert staff.entries(batch) == []
    last = staff.send(url, 100, TEXT[100:])
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(TEXT)))
    assert staff.entries(batch) == [("Panel 1/Fernwärme.txt", len(TEXT))]
    assert staff.ask("HEAD", url).headers["upload-offset"] == str(len(TEXT)), "for whoever missed the answer"


def test_the_queue_gets_the_very_bytes(staff: Uploader) -> None:
    content = bytes(range(256)) * 5000
    batch = staff.batch()
    url = staff.create(batch, "bytes.bin", len(content)).headers["location"]
    for start in range(0, len(content), 700_000):
        assert staff.send(url, start, content[start : start + 700_000]).status_code == 204
    kept = staff.served.archive.settings.home / "received" / url.rsplit("/", 1)[-1]
    assert kept.read_bytes() == content
    assert not (staff.served.archive.settings.home / "uploads" / kept.name).exists()


def test_empty_file_has_arrived_when_it_is_named(staff: Uploader) -> None:
    batch = staff.batch()
    created = staff.create(batch, "leer.txt", 0)
    assert (created.status_code, created.headers["upload-offset"]) == (201, "0")
    assert "upload-expires" not in created.headers
    assert staff.entries(batch) == [("leer.txt", 0)]


def test_what_is_understood_is_told(staff: Uploader) -> None:
    told = staff.ask("OPTIONS", "/uploads", Tus_Resumable="")
    assert told.status_code == 204
    assert told.headers["tus-version"] == VERSION
    assert told.headers["tus-extension"] == "creation,termination,expiration"
    assert int(told.headers["tus-max-size"]) == staff.served.archive.settings.max_file_bytes


def test_full_disk_is_told_before_anything_is_sent(staff: Uploader, disk: Callable[[int], None]) -> None:
    batch = staff.batch()
    disk(300_000_000)
    assert staff.create(batch, "small.txt", 10).status_code == 201
    refused = staff.create(batch, "large.bin", 100_000_000)
    assert refused.status_code == 507
    assert "nearly full: 300 MB are free" in refused.json()["error"]


def test_full_disk_is_told_when_an_upload_goes_on(staff: Uploader, disk: Callable[[int], None]) -> None:
    url = staff.create(staff.batch(), "a.txt", len(TEXT)).headers["location"]
    staff.send(url, 0, TEXT[:100])
    disk(1000)
    assert staff.send(url, 100, TEXT[100:]).status_code == 507
    disk(10**12)
    assert staff.send(url, 100, TEXT[100:]).status_code == 204


def test_disk_that_fills_up_meanwhile_keeps_what_fitted(
    staff: Uploader, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = staff.batch()
    url = staff.create(batch, "a.txt", len(TEXT)).headers["location"]
    opened = PartialFile.__init__

    def full_soon(self: PartialFile, *arguments: object) -> None:
        opened(self, *arguments)  # type: ignore[arg-type]
        self.lock = FillsUp(self.lock, 100)  # type: ignore[assignment, arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(PartialFile, "__init__", full_soon)
        refused = staff.send(url, 0, TEXT)
    assert refused.status_code == 507
    assert "What has arrived is kept" in refused.json()["error"]
    assert staff.ask("HEAD", url).headers["upload-offset"] == "100"
    assert staff.send(url, 100, TEXT[100:]).status_code == 204
    assert staff.entries(batch) == [("a.txt", len(TEXT))]


class FillsUp:
    """An open file on a disk that has room for some bytes."""

    def __init__(self, stream: object, room: int) -> None:
        self._stream, self._room = stream, room

    def write(self, content: bytes) -> int:
        if not self._room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written: int = self._stream.write(content[: self._room])  # type: ignore[attr-defined]
        self._room -= written
        return written

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def test_one_writer_at_a_time(staff: Uploader) -> None:
    url = staff.create(staff.batch(), "a.txt", len(TEXT)).headers["location"]
    path = staff.served.archive.settings.home / url.lstrip("/")
    with PartialFile(path, len(TEXT)):
        assert staff.send(url, 0, TEXT).status_code == 423
        assert staff.ask("DELETE", url).status_code == 423
    assert staff.send(url, 0, TEXT).status_code == 204


def test_upload_can_be_dropped(staff: Uploader) -> None:
    batch = staff.batch()
    url = staff.create(batch, "a.txt", len(TEXT)).headers["location"]
    staff.send(url, 0, TEXT[:100])
    assert staff.ask("DELETE", url).status_code == 204
    assert staff.ask("HEAD", url).status_code == 404
    assert staff.send(url, 100, TEXT[100:]).status_code == 404
    assert not (staff.served.archive.settings.home / url.lstrip("/")).exists()


def test_batch_tells_what_has_arrived(staff: Uploader) -> None:
    batch = staff.batch()
    url = staff.create(batch, "b.txt", len(TEXT)).headers["location"]
    staff.send(url, 0, TEXT[:100])
    staff.send(staff.create(batch, "a.txt", 3).headers["location"], 0, b"abc")
    listed = staff.ask("GET", f"/uploads?batch={batch}").json()
    assert [(one["path"], one["offset"], one["arrived"]) for one in listed["files"]] == [
        ("a.txt", 3, True),
        ("b.txt", 100, False),
    ]
    assert listed["files"][1]["modified"] == 1498600000000


def test_a_new_conference_may_be_named_with_the_batch(staff: Uploader) -> None:
    begun = staff.begin(title="XV. Konferenz in Düren", language="de", year=2019)
    assert begun.status_code == 201
    conference = staff.served.archive.conference("2019-xv-konferenz-in-dueren")
    assert conference.title == {"de": "XV. Konferenz in Düren"}


def test_answer_waits_until_the_queue_has_the_file(staff: Uploader, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = staff.batch()
    url = staff.create(batch, "a.txt", len(TEXT)).headers["location"]
    with monkeypatch.context() as patch:
        patch.setattr(Accession, "take", _unusable)
        refused = staff.send(url, 0, TEXT)
        assert refused.status_code == 503
        assert staff.ask("HEAD", url).status_code == 503
    assert staff.entries(batch) == []
    assert staff.ask("HEAD", url).headers["upload-offset"] == str(len(TEXT))
    assert staff.entries(batch) == [("a.txt", len(TEXT))]


def test_file_that_was_whole_when_the_portal_died_is_entered_once(
    staff: Uploader, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = staff.batch()
    url = staff.create(batch, "a.txt", len(TEXT)).headers["location"]
    with monkeypatch.context() as patch:
        patch.setattr(Uploads, "arrive", lambda *_: None)
        staff.send(url, 0, TEXT)
    assert staff.entries(batch) == []
    staff.served.client.post("/uploads/batches", json={"conference": "2017-krasnodar"}, headers=staff.headers)
    assert staff.entries(batch) == [("a.txt", len(TEXT))]
    assert staff.ask("HEAD", url).status_code == 200
    assert len(staff.entries(batch)) == 1


def _unusable(*_: object, **__: object) -> None:
    raise CatalogueError("The catalogue cannot be used now.")
