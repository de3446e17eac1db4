from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.repository import Archive
from index.query import Query
from index.search import Search
from ingest.accession import Accession
from ingest.crawl import Wishes, crawl
from ingest.intake import Intake, Ticket
from ingest.outcome import Outcome, Status
from ingest.queue import Queue
from ingest.worker import Worker


@pytest.fixture
def waiting(archive: Archive, tmp_path: Path) -> Ticket:
    """A file whose process died after its bytes were safe."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("Fernwärme für Krasnodar und seine Partnerstädte " * 20)
    (candidate,) = crawl([tmp_path / "in"], Wishes(conference="c")).candidates
    ticket = Accession(archive, Intake(archive)).receive(candidate)
    assert isinstance(ticket, Ticket)
    ticket.received.release()
    return ticket


def test_file_of_a_dead_process_is_taken_over(worker: Worker, archive: Archive, waiting: Ticket) -> None:
    (outcome,) = worker.resume()
    assert (outcome.path, outcome.status) == ("a.txt", Status.DEPOSITED)
    assert Search(archive).ask(Query("Fernwärme")).total == 1
    assert list(worker.resume()) == []


def test_file_in_the_hands_of_a_living_process_is_left_to_it(archive: Archive, waiting: Ticket) -> None:
    ticket = Queue(archive).take()
    assert ticket is not None
    assert ticket.id == waiting.id
    assert Queue(archive).take() is None
    assert not Queue(archive).is_waiting()
    ticket.received.release()


def test_file_handed_in_again_is_taken_up_and_not_doubled(
    hand_in: Callable[[Path], dict[str, Outcome]],
    worker: Worker,
    archive: Archive,
    waiting: Ticket,
    tmp_path: Path,
) -> None:
    assert hand_in(tmp_path / "in")["a.txt"].status is Status.DEPOSITED
    assert list(worker.resume()) == []
    assert len(archive.documents()) == 1


def test_file_that_was_deposited_before_the_crash_is_closed(
    worker: Worker, archive: Archive, waiting: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Intake, "finish", _die)
        with pytest.raises(KeyboardInterrupt):
            list(worker.resume())
    assert len(archive.documents()) == 1
    (outcome,) = worker.resume()
    assert outcome.status is Status.UNCHANGED
    assert len(archive.documents()) == 1
    assert list((archive.settings.home / "received").iterdir()) == []


def test_file_that_moved_and_left_its_place_to_another_is_still_found(
    hand_in: Callable[[Path], dict[str, Outcome]], archive: Archive, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Fernwärme für Krasnodar und seine Partnerstädte " * 20)
    first = hand_in(folder)["a.txt"].document
    (folder / "a.txt").rename(folder / "b.txt")
    (folder / "a.txt").write_text("Jugend und Sport verbinden die Partnerstädte seit Jahren " * 20)
    (folder / "c.txt").write_bytes((folder / "b.txt").read_bytes())
    outcomes = hand_in(folder)
    assert (outcomes["a.txt"].status, outcomes["a.txt"].document) == (Status.REPLACED, first)
    moved = [outcomes[path] for path in ("b.txt", "c.txt")]
    assert {outcome.status for outcome in moved} == {Status.DEPOSITED, Status.UNCHANGED}
    assert {outcome.document for outcome in moved} != {first}
    assert Search(archive).ask(Query("Fernwärme")).total == 1
    assert {outcome.status for outcome in hand_in(folder).values()} == {Status.UNCHANGED}


def _die(*_: object) -> None:
    raise KeyboardInterrupt
