"""Whose turn it is, and what becomes of files that nobody can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from archive.errors import StorageError
from archive.model import State
from archive.repository import Archive
from archive.tables import intake
from index.query import Query
from index.search import Search
from ingest import queue as queue_module
from ingest.accession import Accession
from ingest.candidate import Description
from ingest.crawl import Wishes, crawl
from ingest.extraction import ReaderError
from ingest.intake import DONE, FAILED, READING, WAITING, Intake, Ticket
from ingest.outcome import Outcome, Status
from ingest.queue import ENDED, LOST, MOST_ATTEMPTS, Queue
from ingest.readers import ReaderPool, StartError
from ingest.worker import Worker
from tests.ingest.dying import die_with_files

pytestmark = pytest.mark.databases


class Hand(Queue):
    """The queue, and what a test took from it: a receipt is held as long as somebody knows of it."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive)
        self.tickets: list[Ticket] = []

    def take(self, *, alone: bool = True) -> Ticket | None:
        ticket = super().take(alone=alone)
        if ticket is not None:
            self.tickets.append(ticket)
        return ticket


@pytest.fixture
def queue(archive: Archive) -> Iterator[Hand]:
    hand = Hand(archive)
    yield hand
    for ticket in hand.tickets:
        ticket.received.release()


@pytest.fixture(autouse=True)
def _no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_module, "RETRY_SECONDS", (0, 0))


@pytest.fixture
def leave(archive: Archive, tmp_path: Path) -> Callable[..., int]:
    """Leave a file in the queue, as a process does that goes on to something else."""

    def leave(name: str, priority: int = 0, translation_of: str = "") -> int:
        path = tmp_path / name
        path.write_text(f"Fernwärme für {name} und seine Partnerstädte " * 20)
        with path.open("rb") as stream:
            received, sha512, size_bytes = archive.receive(stream)
        description = Description("c", translation_of=translation_of)
        ticket = Accession(archive, Intake(archive)).take(
            name, name, received, sha512, size_bytes, description, priority=priority
        )
        assert isinstance(ticket, Ticket)
        ticket.received.release()
        return ticket.id

    return leave


def states(archive: Archive) -> dict[str, tuple[str, str]]:
    """Return state and error of all files by path."""
    with archive.catalogue.engine.connect() as connection:
        return {row.path: (row.state, row.error) for row in connection.execute(select(intake))}


def in_turn(queue: Queue) -> Iterator[str]:
    while (ticket := queue.take(alone=False)) is not None:
        yield ticket.path


def test_what_people_uploaded_comes_first_and_then_what_came_first(
    queue: Queue, leave: Callable[..., int]
) -> None:
    for name, priority in (("a", 0), ("b", 0), ("mine", 1), ("c", 0), ("mine too", 1)):
        leave(name, priority)
    assert list(in_turn(queue)) == ["mine", "mine too", "a", "b", "c"]


def test_a_translation_comes_after_its_original(queue: Queue, leave: Callable[..., int]) -> None:
    leave("ru.txt", translation_of="de.txt")
    leave("other.txt")
    leave("de.txt")
    assert [ticket.path for _ in range(2) if (ticket := queue.take())] == ["other.txt", "de.txt"]


def test_turns_are_kept_over_many_files(
    queue: Hand, leave: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "_PART", 3)
    for number in range(4):
        leave(f"a{number}")
    begun = queue.take()
    assert begun is not None
    leave("ru", translation_of="z")
    for name, priority in (("b", 0), ("mine", 1), ("c", 0), ("z", 0)):
        leave(name, priority)
    for ticket in queue.tickets:
        ticket.received.release()
    assert queue.is_waiting()
    taken = iter(queue.take, None)
    assert [ticket.path for ticket in taken if ticket] == [
        "mine",
        "a0",
        "a1",
        "a2",
        "a3",
        "b",
        "c",
        "z",
        "ru",
    ]


def test_two_files_that_claim_to_translate_each_other_do_not_wait_for_ever(
    queue: Queue, leave: Callable[..., int]
) -> None:
    leave("a.txt", translation_of="b.txt")
    leave("b.txt", translation_of="a.txt")
    taken = queue.take()
    assert taken is not None
    assert taken.path == "a.txt"


def test_an_upload_overtakes_a_bulk_load_that_is_being_read(
    worker: Worker, queue: Queue, leave: Callable[..., int]
) -> None:
    for number in range(12):
        leave(f"bulk-{number:02}.txt")
    order = []
    for outcome in worker.resume():
        order.append(outcome.path)
        if len(order) == 1:
            leave("mine.txt", priority=1)
    assert len(order) == 13
    assert order.index("mine.txt") <= 4


def test_who_reads_a_file_is_seen_in_its_state(
    archive: Archive, queue: Queue, leave: Callable[..., int]
) -> None:
    leave("a.txt")
    assert states(archive)["a.txt"] == (WAITING, "")
    ticket = queue.take()
    assert ticket is not None
    assert states(archive)["a.txt"] == (READING, "")
    queue.give_back(ticket)
    assert states(archive)["a.txt"] == (WAITING, "")
    assert queue.take() is not None


def test_what_a_dead_process_had_in_hand_is_tried_alone(
    archive: Archive, queue: Queue, leave: Callable[..., int]
) -> None:
    leave("a.txt")
    leave("b.txt")
    die_with_files(archive, 2)
    leave("c.txt", priority=1)
    first = queue.take(alone=True)
    assert first is not None
    assert (first.path, first.suspect) == ("c.txt", False)
    assert queue.take(alone=False) is None
    suspect = queue.take(alone=True)
    assert suspect is not None
    assert (suspect.path, suspect.suspect) == ("a.txt", True)


def test_a_file_that_ends_its_process_three_times_is_set_aside_and_no_other(
    archive: Archive, queue: Queue, worker: Worker, leave: Callable[..., int]
) -> None:
    leave("deadly.txt")
    for _ in range(MOST_ATTEMPTS):
        die_with_files(archive)
    leave("good.txt")
    assert [outcome.path for outcome in worker.resume()] == ["good.txt"]
    assert states(archive) == {"deadly.txt": (FAILED, ENDED), "good.txt": (DONE, "")}
    assert list(worker.resume()) == []
    assert queue.retry() == 1
    assert [outcome.status for outcome in worker.resume()] == [Status.DEPOSITED]
    assert list((archive.settings.home / "received").iterdir()) == []


def test_innocent_files_in_hand_of_a_process_that_died_are_taken_over(
    archive: Archive, worker: Worker, leave: Callable[..., int]
) -> None:
    names = ["a.txt", "b.txt", "c.txt"]
    for name in names:
        leave(name)
    die_with_files(archive, 2)
    die_with_files(archive, 2)
    assert sorted(outcome.path for outcome in worker.resume()) == names
    assert len(archive.documents()) == 3


def test_what_the_archive_cannot_take_is_tried_three_times_and_kept(
    archive: Archive, worker: Worker, queue: Queue, leave: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = leave("a.txt")

    def refuse(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(Archive, "save", refuse)
        outcomes = [outcome for _ in range(5) for outcome in worker.resume()]
    assert [outcome.status for outcome in outcomes] == [Status.FAILED] * MOST_ATTEMPTS
    state, error = states(archive)["a.txt"]
    assert (state, "The disk is full." in error) == (FAILED, True)
    assert queue.retry([wanted + 1]) == 0
    assert queue.retry([wanted]) == 1
    assert [outcome.status for outcome in worker.resume()] == [Status.DEPOSITED]
    assert states(archive)["a.txt"] == (DONE, "")


def test_what_failed_a_moment_ago_waits_and_stops_nobody(
    archive: Archive, worker: Worker, leave: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "RETRY_SECONDS", (600, 600))
    leave("a.txt")

    def refuse(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(Archive, "save", refuse)
        assert [outcome.status for outcome in worker.resume()] == [Status.FAILED]
    leave("b.txt")
    assert [outcome.path for outcome in worker.resume()] == ["b.txt"]
    assert states(archive)["a.txt"][0] == WAITING
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    with archive.catalogue.engine.begin() as connection:
        connection.execute(
            update(intake).values(changed_at=tomorrow)
        )  # the clock was wrong, and is put right.
    assert [outcome.path for outcome in worker.resume()] == ["a.txt"]


def test_readers_that_do_not_start_count_against_no_file(
    archive: Archive, queue: Queue, leave: Callable[..., int]
) -> None:
    leave("a.txt")
    with ReaderPool(2, 60, 2**31, ("de",), program=("-c", "raise SystemExit('broken')")) as broken:
        for _ in range(MOST_ATTEMPTS + 1):
            with pytest.raises(StartError):
                list(Worker(archive, broken).resume())
    assert states(archive)["a.txt"] == (WAITING, "")
    ticket = queue.take()
    assert ticket is not None
    assert not ticket.suspect


def test_bytes_that_are_gone_are_said_to_be(
    archive: Archive, worker: Worker, leave: Callable[..., int]
) -> None:
    leave("a.txt")
    for path in (archive.settings.home / "received").iterdir():
        path.unlink()
    assert list(worker.resume()) == []
    assert states(archive)["a.txt"] == (FAILED, LOST)


def test_a_failed_file_that_is_handed_in_again_is_closed(
    archive: Archive, worker: Worker, leave: Callable[..., int], tmp_path: Path
) -> None:
    leave("a.txt")
    for _ in range(MOST_ATTEMPTS):
        die_with_files(archive)
    assert list(worker.resume()) == []
    (outcome,) = worker.ingest(crawl([tmp_path / "a.txt"], Wishes(conference="c")))
    assert outcome.status is Status.DEPOSITED
    assert {state for state, _ in states(archive).values()} == {DONE}
    assert list((archive.settings.home / "received").iterdir()) == []


@pytest.fixture
def held(hand_in: Callable[..., dict[str, Outcome]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A draft that could not be read at the first attempt."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Fernwärme für Krasnodar und seine Partnerstädte " * 20)
    with monkeypatch.context() as broken:
        broken.setattr(ReaderPool, "_ask", _no_reader)
        outcome = hand_in(folder)["a.txt"]
    assert outcome.status is Status.HELD
    assert outcome.document is not None
    return outcome.document


def _no_reader(*_: object) -> None:
    raise ReaderError("Its reader did not survive this file.")


def test_a_held_draft_is_read_again_from_the_archive(
    archive: Archive, queue: Queue, worker: Worker, held: str
) -> None:
    assert queue.read_again([held, "nothing"]) == 1
    assert queue.read_again([held]) == 0
    (outcome,) = worker.resume()
    assert (outcome.status, outcome.document) == (Status.DEPOSITED, held)
    assert archive.document(held).state is State.PUBLISHED
    assert Search(archive).ask(Query("Fernwärme")).total == 1
    assert len(states(archive)) == 1
    assert list((archive.settings.home / "received").iterdir()) == []


def test_a_draft_that_is_already_published_is_not_read_again(queue: Queue, worker: Worker, held: str) -> None:
    queue.read_again([held])
    list(worker.resume())
    assert queue.read_again([held]) == 0


def test_entries_from_before_the_last_version_are_taken(
    archive: Archive, worker: Worker, leave: Callable[..., int]
) -> None:
    leave("a.txt")
    with archive.catalogue.engine.begin() as connection:
        connection.execute(intake.update().values(entered_at=None, changed_at=None))
    assert [outcome.status for outcome in worker.resume()] == [Status.DEPOSITED]
