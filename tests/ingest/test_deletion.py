"""Deleting for good: drafts that never were anything else, and nobody's file in silence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive.editing import Editing
from archive.errors import EditError, NotFoundError
from archive.model import State
from archive.staff_log import StaffLog
from index.indexer import Indexer
from index.query import Query
from index.search import Search
from ingest.accession import DELETED_MEANWHILE
from ingest.batches import Batches
from ingest.crawl import Wishes, crawl
from ingest.deletion import counting_on, delete_draft, delete_for_good
from ingest.drafts import Drafts
from ingest.extraction import DamagedError
from ingest.outcome import Outcome, Status
from ingest.queue import Queue
from tests.ingest.drafting import HandIn, draft, rows, write_pdf

pytestmark = pytest.mark.databases

if TYPE_CHECKING:
    from archive.repository import Archive
    from ingest.accession import Accession
    from ingest.readers import ReaderPool
    from ingest.worker import Worker


def begin(archive: Archive, person: str) -> str:
    return Batches(archive.catalogue.engine).begin(person, "upload", "c").id


def test_a_draft_is_deleted_and_the_log_says_by_whom(
    archive: Archive, hand_in_draft: HandIn, tmp_path: Path
) -> None:
    batch = begin(archive, "anna")
    document = draft(archive, hand_in_draft(write_pdf(tmp_path / "a"), "a.pdf", batch=batch))
    assert delete_draft(archive, document.id, "anna", batch).title == document.title
    (step,) = StaffLog(archive.catalogue.engine).steps(batch=batch)
    assert (step.person, step.action, step.conference) == ("anna", "purge", "c")
    assert step.differences == {document.id: {"state": ("draft", None)}}
    assert StaffLog(archive.catalogue.engine).deletions([document.id]) == {document.id: step}
    with pytest.raises(NotFoundError):
        delete_draft(archive, document.id, "anna", batch)


@pytest.mark.parametrize("taken_back", [False, True])
def test_what_was_published_is_not_deleted_as_a_draft(
    archive: Archive, hand_in_draft: HandIn, tmp_path: Path, taken_back: bool
) -> None:
    document = draft(archive, hand_in_draft(write_pdf(tmp_path / "a"), "a.pdf"))
    step = Editing(archive, "berta").publish([document.id])
    if taken_back:
        Editing(archive, "berta").undo(step.id)
    with pytest.raises(EditError, match="was published"):
        delete_draft(archive, document.id, "anna")
    assert archive.document(document.id).state is (State.DRAFT if taken_back else State.PUBLISHED)
    delete_for_good(archive, document.id, "chef")
    assert archive.documents(state=None) == ()
    assert StaffLog(archive.catalogue.engine).steps(conference="c")[0].person == "chef"


def test_a_file_that_somebody_else_handed_in_too_is_not_lost_in_silence(
    archive: Archive, hand_in_draft: HandIn, tmp_path: Path
) -> None:
    mine, theirs = begin(archive, "anna"), begin(archive, "bert")
    document = draft(archive, hand_in_draft(write_pdf(tmp_path / "a"), "a.pdf", batch=mine))
    assert counting_on(archive, document.id, "anna") == ()
    same = hand_in_draft(tmp_path / "a", "anderswo/b.pdf", batch=theirs)
    assert (same.status, same.document) == (Status.UNCHANGED, document.id)
    assert counting_on(archive, document.id, "anna") == ("bert",)
    with pytest.raises(EditError, match="Somebody else"):
        delete_draft(archive, document.id, "anna", mine)
    delete_draft(archive, document.id, "anna", mine, told=["bert"])
    for batch, path in ((mine, "a.pdf"), (theirs, "anderswo/b.pdf")):
        assert [(each.path, each.document) for each in Drafts(archive).of_batch(batch).deleted] == [
            (path, document.id)
        ]


@pytest.mark.parametrize("batch", ["b", None])
def test_a_draft_deleted_while_it_is_read_again_does_not_come_back(
    archive: Archive,
    accession: Accession,
    hand_in_draft: HandIn,
    readers: ReaderPool,
    tmp_path: Path,
    batch: str | None,
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 damaged")
    document = draft(archive, hand_in_draft(tmp_path / "a.pdf", "a.pdf", batch=batch))
    assert Queue(archive).read_again([document.id]) == 1
    ticket = Queue(archive).take()
    assert ticket is not None
    delete_draft(archive, document.id, "anna")
    outcome = accession.accede(ticket, DamagedError())
    assert outcome == Outcome("a.pdf", Status.SKIPPED, error=DELETED_MEANWHILE)
    assert archive.documents(state=None) == ()
    assert not ticket.received.path.exists()
    assert [row.status for row in rows(archive)] == (["deleted"] if batch else [])
    assert Queue(archive).take() is None


def test_a_draft_deleted_between_look_and_note_is_made_anew(
    archive: Archive,
    accession: Accession,
    hand_in_draft: HandIn,
    readers: ReaderPool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Bert's bytes arrive while Anna deletes the draft that has them."""
    document = draft(archive, hand_in_draft(write_pdf(tmp_path / "a"), "a.pdf", batch=begin(archive, "anna")))
    known, looks = accession._is_there, []

    def look(*given: object) -> object:
        looks.append(given)
        if len(looks) == 2:
            archive.purge(document.id)
        return known(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(accession, "_is_there", look)
    outcome = hand_in_draft(tmp_path / "a", "b.pdf", batch=begin(archive, "bert"))
    assert len(looks) == 2
    assert draft(archive, outcome).current.files[0].path == "b.pdf"


def test_nothing_of_a_deleted_document_is_left_in_the_archive_or_its_index(
    archive: Archive, worker: Worker, tmp_path: Path
) -> None:
    (tmp_path / "k").mkdir()
    for name, word in (("a", "Xylothek"), ("b", "Wasserwerk")):
        text = f"{word} und Energie der Stadt. " * 20
        (tmp_path / "k" / f"{name}.txt").write_text(text)
    outcomes = {each.path: each.document for each in worker.ingest(crawl([tmp_path / "k"], Wishes()))}
    assert files_with(archive, "index", b"xylothek"), "it is searchable by its terms"
    delete_for_good(archive, str(outcomes["a.txt"]), "chef")
    indexer = Indexer(archive)
    indexer.index_now([str(outcomes["a.txt"])])
    assert Search(archive).ask(Query("Xylothek")).total == 0
    indexer.tidy()
    assert files_with(archive, "index", b"wasserwerk")
    assert files_with(archive, ".", b"xylothek") == []
    assert Search(archive).ask(Query("Wasserwerk")).total == 1


def files_with(archive: Archive, folder: str, word: bytes) -> list[Path]:
    """Return the files below a folder of the archive's home in whose bytes a word stands."""
    found = (path for path in (archive.settings.home / folder).rglob("*") if path.is_file())
    return [path for path in found if word in path.read_bytes().lower()]
