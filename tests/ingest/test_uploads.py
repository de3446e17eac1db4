"""Uploads without the protocol: crashes at every step, expiry, and the way on to a draft."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.errors import CatalogueError, NotFoundError, StorageError
from archive.model import Conference, Panel
from archive.repository import Archive
from archive.tables import intake, uploads
from ingest.accession import Accession
from ingest.intake import Intake
from ingest.new_conference import new_conference
from ingest.partial import BusyError
from ingest.uploads import LIFE, Upload, Uploads
from ingest.worker import Worker

pytestmark = pytest.mark.databases

TEXT = "Fernwärme für Krasnodar und seine Partnerstädte. ".encode() * 20
PERSON = "anna"

WRITE = """
import sys
from archive.repository import Archive
from archive.settings import Settings
from ingest.uploads import Uploads
uploads = Uploads(Archive.open(Settings.from_env()))
partial = uploads.open(uploads.upload(sys.argv[1], "anna"), 0, None)
partial.append(b"x" * 100)
print("written", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def begun(archive: Archive) -> Uploads:
    archive.save_conference(
        Conference("c", {"de": "Konferenz"}, panels=(Panel("c/energie", {"de": "Energie"}),))
    )
    return Uploads(archive)


def _send(begun: Uploads, path: str = "a.txt", content: bytes = TEXT, batch: str = "") -> Upload:
    batch = batch or begun.begin_batch(PERSON, "c", "c/energie").id
    upload = begun.create(PERSON, batch, path, len(content))
    if content:
        with begun.open(upload, 0, len(content)) as partial:
            partial.append(content)
            begun.arrive(upload, partial)
    return begun.upload(upload.id, PERSON)


def _entries(archive: Archive) -> list[str]:
    with archive.catalogue.engine.connect() as connection:
        return [row.received for row in connection.execute(select(intake).order_by(intake.c.id))]


def test_uploaded_file_becomes_a_draft_of_its_conference_and_panel(
    begun: Uploads, archive: Archive, worker: Worker
) -> None:
    upload = _send(begun, "Ordner/Fernwärme.txt")
    assert upload.has_arrived
    list(worker.resume())
    (document,) = archive.documents(state=None)
    (file,) = document.current.files
    assert (document.conference, document.panel) == ("c", "c/energie")
    assert (file.path, file.sha512) == ("Ordner/Fernwärme.txt", hashlib.sha512(TEXT).hexdigest())
    assert archive.original(document.id, 1, file.name).read_bytes() == TEXT
    assert list((archive.settings.home / "received").iterdir()) == []
    assert list((archive.settings.home / "uploads").iterdir()) == []


def test_file_of_another_process_is_not_written_at_the_same_time_and_free_when_that_dies(
    begun: Uploads, archive: Archive, environment: dict[str, str]
) -> None:
    upload = begun.create(PERSON, begun.begin_batch(PERSON, "c", None).id, "a.txt", 200)
    command = [sys.executable, "-c", WRITE, upload.id]
    env = {**os.environ, **environment}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        with pytest.raises(BusyError):
            begun.open(upload, 100, 100)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert begun.upload(upload.id, PERSON).offset == 100
    with begun.open(upload, 100, 100) as partial:
        partial.append(b"y" * 100)
        begun.arrive(upload, partial)
    (received,) = (archive.settings.home / "received").iterdir()
    assert received.read_bytes() == b"x" * 100 + b"y" * 100


@pytest.mark.parametrize("place", ["hash", "adopt", "take", "enter", "note", "unlink"])
def test_crash_at_any_step_of_the_arrival_enters_the_file_once(
    begun: Uploads, archive: Archive, worker: Worker, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    before = {
        "hash": ("ingest.partial.PartialFile.sha512", crash),
        "adopt": ("archive.repository.Archive.adopt", crash),
        "take": ("ingest.accession.Accession.take", crash),
        "enter": ("ingest.intake.Intake.enter", crash),
        "note": ("ingest.uploads.update", crash),
        "unlink": ("pathlib.Path.unlink", _unlink_all_but(archive.settings.home / "uploads")),
    }
    with monkeypatch.context() as patch:
        patch.setattr(*before[place])
        with pytest.raises(KeyboardInterrupt):
            _send(begun)
    Intake(archive).sweep()  # as the next worker does when it starts
    again = Uploads(archive)
    again.sweep()
    with archive.catalogue.engine.connect() as connection:
        (identifier,) = connection.execute(select(uploads.c.id)).scalars()
    upload = again.upload(identifier, PERSON)
    assert (upload.has_arrived, upload.offset) == (True, len(TEXT))
    assert _entries(archive) == [identifier]
    list(worker.resume())
    (document,) = archive.documents(state=None)
    assert archive.original(document.id, 1, "a.txt").read_bytes() == TEXT


def _unlink_all_but(folder: Path) -> object:
    unlink = Path.unlink

    def crash(path: Path, missing_ok: bool = False) -> None:
        if path.parent == folder:
            raise KeyboardInterrupt
        unlink(path, missing_ok)

    return crash


def test_same_bytes_again_leave_no_receipt(begun: Uploads, archive: Archive, worker: Worker) -> None:
    _send(begun)
    list(worker.resume())
    again = _send(begun)
    assert again.has_arrived
    list(worker.resume())
    assert len(archive.documents(state=None)) == 1
    assert list((archive.settings.home / "received").iterdir()) == []


def test_upload_ends_when_nothing_comes_for_days_and_nothing_else_does(
    begun: Uploads, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    batch = begun.begin_batch(PERSON, "c", None).id
    old, new, silent = (begun.create(PERSON, batch, name, 200) for name in ("old", "new", "silent"))
    for upload in (old, new):
        with begun.open(upload, 0, None) as partial:
            partial.append(b"x")
    arrived = _send(begun, "arrived.txt", batch=batch)
    folder = archive.settings.home / "uploads"
    long_ago = time.time() - LIFE.total_seconds() - 60
    os.utime(folder / old.id, (long_ago, long_ago))
    begun.sweep()
    with pytest.raises(NotFoundError):
        begun.upload(old.id, PERSON)
    assert not (folder / old.id).exists()
    assert [begun.upload(one.id, PERSON).offset for one in (new, silent)] == [1, 0]
    assert begun.upload(arrived.id, PERSON).has_arrived
    assert _entries(archive) == [arrived.id]
    assert "upload of old ended: 1 bytes of 200" in caplog.text


def test_an_upload_that_somebody_writes_to_is_not_ended(begun: Uploads, archive: Archive) -> None:
    upload = begun.create(PERSON, begun.begin_batch(PERSON, "c", None).id, "a.txt", 200)
    with begun.open(upload, 0, None) as partial:
        partial.append(b"x")
        long_ago = time.time() - LIFE.total_seconds() - 60
        os.utime(partial.path, (long_ago, long_ago))
        begun.sweep()
        assert begun.upload(upload.id, PERSON).offset == 1


def test_files_of_somebody_who_waits_come_before_a_bulk_load(begun: Uploads, archive: Archive) -> None:
    _send(begun)
    with archive.catalogue.engine.connect() as connection:
        assert connection.execute(select(intake.c.priority)).scalar_one() == 1


def test_failing_to_take_a_file_keeps_its_bytes(
    begun: Uploads, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unusable(*_: object) -> None:
        raise CatalogueError("cannot be used now")

    with monkeypatch.context() as patch:
        patch.setattr(Accession, "_known", unusable)
        with pytest.raises(StorageError, match="cannot be used now"):
            _send(begun)
    (left,) = (archive.settings.home / "uploads").iterdir()
    assert left.read_bytes() == TEXT
    assert begun.upload(left.name, PERSON).has_arrived


def test_new_conference_is_made_once(archive: Archive) -> None:
    start = dt.date(2019, 6, 25)
    made = new_conference(archive, {"de": "XV."}, place={"de": "Düren"}, start=start, by=PERSON)
    assert made.id == "2019-dueren"
    assert new_conference(archive, {"de": "XV."}, place={"de": "Düren"}, start=start).id == made.id
    other = new_conference(archive, {"de": "Andere"}, place={"de": "Düren"}, start=start)
    assert other.id == "2019-dueren-2"
    assert len(new_conference(archive, {"ru": "ы" * 500}).id) <= 64
