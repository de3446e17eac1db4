"""The upload protocol as a browser or any other tus client speaks it, and what it refuses."""

from __future__ import annotations

import base64
import errno
import shutil
from collections import namedtuple
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from archive.accounts import Accounts, Role
from archive.errors import CatalogueError
from archive.tables import intake
from ingest.accession import Accession
from ingest.partial import PartialFile
from ingest.uploads import Uploads
from portal.identity import COOKIE, token_of
from portal.routes.uploads import CONTENT_TYPE, VERSION

if TYPE_CHECKING:
    from httpx2 import Response

    from tests.portal.conftest import Served

PASSWORD = "korrekt pferd batterie"
TEXT = "Fernwärme für Krasnodar. ".encode() * 50
Usage = namedtuple("Usage", "total used free")


class Uploader:
    """Somebody who is signed in, with a client of the protocol."""

    def __init__(self, served: Served, name: str, role: Role) -> None:
        accounts = Accounts(served.archive.catalogue.engine)
        if name not in [person.name for person in accounts.people()]:
            accounts.add(name, role, PASSWORD)
        secret = accounts.begin_session(name, "test")
        self.served = served
        self.headers = {
            "Cookie": f"{COOKIE}={secret}",
            "X-Token": token_of(secret),
            "Tus-Resumable": VERSION,
        }

    def ask(self, method: str, path: str, content: bytes | None = None, **headers: str) -> Response:
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {**self.headers, **own}
        return self.served.client.request(
            method, path, content=content, headers={name: value for name, value in given.items() if value}
        )

    def begin(self, **wanted: object) -> Response:
        wanted = wanted or {"conference": "2017-krasnodar"}
        return self.served.client.post("/uploads/batches", json=wanted, headers=self.headers)

    def batch(self) -> str:
        return str(self.begin().json()["batch"])

    def create(self, batch: str, path: str, size: int, **headers: str) -> Response:
        metadata = f"batch {_encoded(batch)},path {_encoded(path)},modified {_encoded('1498600000000')}"
        return self.ask(
            "POST", "/uploads", **{"Upload_Length": str(size), "Upload_Metadata": metadata, **headers}
        )

    def send(self, url: str, offset: int, content: bytes, **headers: str) -> Response:
        given = {"Upload_Offset": str(offset), "Content_Type": CONTENT_TYPE, **headers}
        return self.ask("PATCH", url, content, **given)

    def entries(self, batch: str) -> list[tuple[str, int]]:
        with self.served.archive.catalogue.engine.connect() as connection:
            query = select(intake.c.path, intake.c.size_bytes).where(intake.c.batch == batch)
            return [(row.path, row.size_bytes) for row in connection.execute(query.order_by(intake.c.id))]


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


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


def test_another_version_of_the_protocol_is_refused(staff: Uploader) -> None:
    refused = staff.create(staff.batch(), "a.txt", 1, Tus_Resumable="0.2.2")
    assert (refused.status_code, refused.headers["tus-version"]) == (412, VERSION)


@pytest.mark.parametrize("offset", [0, 99, 101, len(TEXT)])
def test_bytes_that_are_not_the_next_ones_are_refused(staff: Uploader, offset: int) -> None:
    url = staff.create(staff.batch(), "a.txt", len(TEXT)).headers["location"]
    staff.send(url, 0, TEXT[:100])
    refused = staff.send(url, offset, b"x" if offset < len(TEXT) else b"")
    assert refused.status_code == 409
    assert "100 bytes have arrived" in refused.json()["error"]
    assert staff.ask("HEAD", url).headers["upload-offset"] == "100"


def test_nothing_can_be_added_to_a_file_that_has_arrived(staff: Uploader) -> None:
    batch = staff.batch()
    url = staff.create(batch, "a.txt", 3).headers["location"]
    staff.send(url, 0, b"abc")
    assert staff.send(url, 0, b"xyz").status_code == 409
    assert staff.ask("DELETE", url).status_code == 409
    assert len(staff.entries(batch)) == 1


def test_more_bytes_than_were_said_are_refused(staff: Uploader) -> None:
    url = staff.create(staff.batch(), "a.txt", 3).headers["location"]
    assert staff.send(url, 0, b"abcd").status_code == 413
    assert staff.ask("HEAD", url).headers["upload-offset"] == "0"


def test_more_bytes_than_were_said_are_refused_while_they_come(staff: Uploader) -> None:
    url = staff.create(staff.batch(), "a.txt", 3).headers["location"]
    headers = {**staff.headers, "Upload-Offset": "0", "Content-Type": CONTENT_TYPE}
    sent = iter([b"ab", b"cd"])  # without a length
    assert staff.served.client.patch(url, content=sent, headers=headers).status_code == 413
    assert staff.ask("HEAD", url).headers["upload-offset"] == "0"


def test_too_large_a_file_is_refused_at_once(staff: Uploader) -> None:
    refused = staff.create(staff.batch(), "a.bin", staff.served.archive.settings.max_file_bytes + 1)
    assert refused.status_code == 413
    assert "ARCHIVE_MAX_FILE_MB" in refused.json()["error"]


@pytest.mark.parametrize("length", ["", "-1", "1.5", "x", "9" * 30, "٣"])
def test_length_that_is_none_is_refused(staff: Uploader, length: str) -> None:
    batch = staff.batch()
    metadata = f"batch {_encoded(batch)},path {_encoded('a.txt')}"
    headers = {**staff.headers, "Upload-Metadata": metadata, "Upload-Length": length.encode()}
    assert staff.served.client.post("/uploads", headers=headers).status_code == 400


def test_bytes_of_another_type_are_refused(staff: Uploader) -> None:
    url = staff.create(staff.batch(), "a.txt", 3).headers["location"]
    assert staff.send(url, 0, b"abc", Content_Type="text/plain").status_code == 415


@pytest.mark.parametrize(
    "metadata", ["path =, batch %%%", "path /w==", "batch", "", ",,,", "path " + "A" * 5, "\x00"]
)
def test_metadata_that_makes_no_sense_is_refused(staff: Uploader, metadata: str) -> None:
    headers = {**staff.headers, "Upload-Length": "1", "Upload-Metadata": metadata.encode()}
    assert staff.served.client.post("/uploads", headers=headers).status_code in (400, 404)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("a/./b//../c.txt", "a/b/c.txt"),
        ("C:\\..\\win.ini", "C:\\\\..\\\\win.ini"),
        ("nul\x00name.txt", "nul\\x00name.txt"),
        ("zeile\nzwei\x85.txt", "zeile\\x0azwei\\x85.txt"),
        ("gpj.\u202efdp.exe", "gpj.\u202efdp.exe"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("CON.txt", "CON.txt"),
        ("ы" * 300 + ".txt", "ы" * 300 + ".txt"),
    ],
)
def test_paths_that_lead_astray_are_only_words(staff: Uploader, path: str, kept: str) -> None:
    batch, home = staff.batch(), staff.served.archive.settings.home
    url = staff.create(batch, path, 1).headers["location"]
    assert (home / "uploads").resolve() == (home / url.lstrip("/")).resolve().parent
    assert staff.send(url, 0, b"x").status_code == 204
    assert staff.entries(batch) == [(kept, 1)]


@pytest.mark.parametrize("path", ["", "/", "..", "a/", "./..", "x" * 4001])
def test_paths_of_no_file_are_refused(staff: Uploader, path: str) -> None:
    assert staff.create(staff.batch(), path, 1).status_code == 400


@pytest.mark.parametrize("path", [".DS_Store", "a/Thumbs.db", "~$Vortrag.pptx", "__MACOSX/a.pdf", ".git/x"])
def test_files_left_by_programs_are_refused_with_a_word(staff: Uploader, path: str) -> None:
    refused = staff.create(staff.batch(), path, 1)
    assert refused.status_code == 422
    assert "operating system" in refused.json()["error"]


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


def test_what_others_upload_does_not_exist(served: Served, staff: Uploader) -> None:
    batch = staff.batch()
    url = staff.create(batch, "a.txt", len(TEXT)).headers["location"]
    other = Uploader(served, "chief", Role.ADMIN)
    assert other.ask("HEAD", url).status_code == 404
    assert other.send(url, 0, TEXT).status_code == 404
    assert other.ask("DELETE", url).status_code == 404
    assert other.ask("GET", f"/uploads?batch={batch}").status_code == 404
    assert other.create(batch, "b.txt", 1).status_code == 404
    assert staff.ask("HEAD", url).headers["upload-offset"] == "0"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/uploads/batches"),
        ("POST", "/uploads"),
        ("GET", "/uploads?batch=x"),
        ("OPTIONS", "/uploads"),
        ("HEAD", "/uploads/x"),
        ("PATCH", "/uploads/x"),
        ("DELETE", "/uploads/x"),
    ],
)
def test_uploading_is_for_staff(served: Served, method: str, path: str) -> None:
    assert served.client.request(method, path).status_code == 401
    assert Uploader(served, "reader", Role.READER).ask(method, path).status_code == 403


def test_writes_need_the_token_of_the_session(staff: Uploader) -> None:
    batch = staff.batch()
    url = staff.create(batch, "a.txt", 3).headers["location"]
    stranger = Uploader(staff.served, "colleague", Role.STAFF)
    for token in ("", "x", stranger.headers["X-Token"]):
        assert staff.create(batch, "b.txt", 1, X_Token=token).status_code == 403
        assert staff.send(url, 0, b"abc", X_Token=token).status_code == 403
        assert staff.ask("DELETE", url, X_Token=token).status_code == 403
        assert staff.ask("POST", "/uploads/batches", b"{}", X_Token=token).status_code == 403
    assert staff.ask("HEAD", url).headers["upload-offset"] == "0"


def test_a_new_conference_may_be_named_with_the_batch(staff: Uploader) -> None:
    begun = staff.begin(title="XV. Konferenz in Düren", language="de", year=2019)
    assert begun.status_code == 201
    conference = staff.served.archive.conference("2019-xv-konferenz-in-dueren")
    assert conference.title == {"de": "XV. Konferenz in Düren"}


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"conference": "nothing"}, 404),
        ({"conference": "2017-krasnodar", "panel": "2017-krasnodar/nothing"}, 404),
        ({"panel": "x"}, 400),
        ({"title": "A", "year": "MMXVII"}, 400),
        ({"title": ["A"]}, 400),
        ({"title": "A" * 501}, 400),
        ({"conference": "a\x00"}, 400),
        ({"conference": {"a": 1}}, 400),
    ],
)
def test_batches_that_make_no_sense_are_refused(
    staff: Uploader, wanted: dict[str, object], status: int
) -> None:
    assert staff.begin(**wanted).status_code == status


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 60_000, b" " * 70_000, b"\xff"])
def test_batches_that_are_no_json_are_refused(staff: Uploader, body: bytes) -> None:
    assert staff.ask("POST", "/uploads/batches", body).status_code == 400


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
