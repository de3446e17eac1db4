from __future__ import annotations

import io

import pytest
from sqlalchemy import select, update

from archive.model import Conference, State
from archive.repository import Archive
from archive.staff_log import StaffLog
from archive.tables import intake
from ingest.candidate import Description
from ingest.dismissal import DISMISS, dismiss
from ingest.drafts import Drafts
from ingest.intake import FAILED, Intake
from ingest.queue import LOST, Queue
from ingest.queue_overview import QueueOverview
from ingest.standing import Standing, standings
from ingest.uploads import Uploads
from ingest.worker import Worker
from tests.ingest.uploading import Upload

pytestmark = pytest.mark.databases


def set_aside(archive: Archive, path: str, batch: str | None = None, lost: bool = False) -> int:
    received, sha512, size_bytes = archive.receive(io.BytesIO(path.encode()))
    ticket = Intake(archive).enter(
        path, received, sha512, size_bytes, "text/plain", Description("c", hold=True), batch
    )
    if lost:
        received.discard()
    else:
        received.release()
    with archive.catalogue.engine.begin() as connection:
        values = {"state": FAILED, "status": FAILED, "error": LOST}
        connection.execute(update(intake).where(intake.c.id == ticket.id).values(values))
    return ticket.id


def test_a_file_that_nobody_wants_is_dismissed_and_its_bytes_go(archive: Archive, worker: Worker) -> None:
    archive.save_conference(Conference("c", {"de": "Konferenz"}))
    batch = Uploads(archive).begin_batch("anna", "c", None).id
    one, lost = set_aside(archive, "a.txt", batch), set_aside(archive, "b.txt", batch, lost=True)
    other = set_aside(archive, "c.txt")
    assert dismiss(archive, "bert", [one, lost]) == 2
    assert dismiss(archive, "bert", [one]) == 0
    assert [entry.id for entry in QueueOverview(archive).failed(9)] == [other]
    assert standings(archive.catalogue.engine, [batch])[batch] == Standing(dismissed=2)
    assert Drafts(archive).heaps() == ()
    assert Queue(archive).retry([one, lost]) == 0
    with archive.catalogue.engine.connect() as connection:
        names = {row.id: row.received for row in connection.execute(select(intake))}
    received = archive.settings.home / "received"
    assert [(received / names[each]).exists() for each in (one, lost, other)] == [False, False, True]
    (step,) = StaffLog(archive.catalogue.engine).steps(batch=batch)
    assert (step.person, step.action) == ("bert", DISMISS)
    assert {str(each["path"][0]) for each in step.differences.values()} == {"a.txt", "b.txt"}
    assert dismiss(archive, "bert") == 1
    assert list(worker.resume()) == []


def test_a_draft_whose_original_cannot_be_read_again_stays(archive: Archive, worker: Worker) -> None:
    upload = Upload(archive, worker)
    upload.put("a.txt")
    (draft,) = upload.drafts().values()
    with archive.catalogue.engine.begin() as connection:
        connection.execute(update(intake).values(state=FAILED, status=FAILED, received=""))
    assert dismiss(archive, "bert") == 1
    assert archive.document(draft.id).state is State.DRAFT
    assert [each.id for each in Drafts(archive).of_batch(upload.batch).drafts] == [draft.id]
    assert Drafts(archive).heaps()[0].failed == 0
