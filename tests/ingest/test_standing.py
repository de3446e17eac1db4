from __future__ import annotations

import pytest

from archive.model import Conference, State
from archive.repository import Archive
from ingest.standing import Standing, standings
from ingest.uploads import Uploads
from ingest.worker import Worker

pytestmark = pytest.mark.databases

TEXT = "Fernwärme für Krasnodar und seine Partnerstädte. ".encode() * 20


def test_every_file_of_a_batch_is_counted_once(archive: Archive, worker: Worker) -> None:
    archive.save_conference(Conference("c", {"de": "Konferenz"}))
    uploads = Uploads(archive)
    batch, other, none = (uploads.begin_batch("anna", "c", None).id for _ in range(3))

    def count(identifier: str) -> Standing:
        return standings(archive.catalogue.engine, [batch, other, none])[identifier]

    uploads.create("anna", batch, "film.bin", 10**6)
    for number in range(2):
        _send(uploads, batch, f"{number}.txt", TEXT + b"%d" % number)
    assert count(batch) == Standing(incomplete=1, reading=2)
    list(worker.resume())
    assert count(batch) == Standing(incomplete=1, drafts=2)
    _send(uploads, other, "0.txt", TEXT + b"0")
    list(worker.resume())
    assert sum(getattr(count(other), field) for field in Standing.__slots__) == 1
    assert count(none) == Standing()


def test_formats_are_one_document_and_what_was_deleted_is_told(archive: Archive, worker: Worker) -> None:
    archive.save_conference(Conference("c", {"de": "Konferenz"}))
    uploads = Uploads(archive)
    batch = uploads.begin_batch("anna", "c", None).id
    _send(uploads, batch, "a.txt", TEXT)
    _send(uploads, batch, "a.md", TEXT + b" ")
    list(worker.resume())
    (draft,) = archive.documents(state=State.DRAFT)
    assert standings(archive.catalogue.engine, [batch])[batch] == Standing(drafts=1)
    archive.purge(draft.id)
    assert standings(archive.catalogue.engine, [batch])[batch] == Standing(deleted=2)


def _send(uploads: Uploads, batch: str, path: str, content: bytes) -> None:
    upload = uploads.create("anna", batch, path, len(content))
    with uploads.open(upload, 0, len(content)) as partial:
        partial.append(content)
        uploads.arrive(upload, partial)
