"""Uploads that are refused: wrong offsets, hostile names, other people, missing tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archive.accounts import Role
from portal.routes.uploads import CONTENT_TYPE, VERSION
from tests.portal.uploader import Uploader, encoded

if TYPE_CHECKING:
    from tests.portal.conftest import Served

TEXT = "Fernwärme für Krasnodar. ".encode() * 50


@pytest.fixture
def staff(served: Served) -> Uploader:
    return Uploader(served, "uploader", Role.STAFF)


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
    metadata = f"batch {encoded(batch)},path {encoded('a.txt')}"
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


def test_scenery_of_a_saved_page_is_refused_with_a_word(staff: Uploader) -> None:
    batch = staff.batch()
    refused = staff.create(batch, "Seite-Dateien/style.css", 1)
    assert refused.status_code == 415
    assert "saved web page" in refused.json()["error"]
    assert staff.create(batch, "Seite-Dateien/programm.pdf", 1).status_code == 201


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
