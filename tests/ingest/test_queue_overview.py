from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.repository import Archive
from archive.settings import Settings
from archive.tables import intake
from ingest.accession import Accession
from ingest.batches import Batches
from ingest.candidate import Description
from ingest.intake import Intake, Ticket
from ingest.presence import FOLDER, living, present
from ingest.queue import ENDED, Queue
from ingest.queue_overview import QueueOverview, Tally
from ingest.readers import ReaderPool
from ingest.worker import Worker

pytestmark = pytest.mark.databases


@pytest.fixture
def enter(archive: Archive) -> Callable[..., Ticket]:
    """Put a file into the queue; who has the ticket has it in hand."""

    def enter(name: str, batch: str | None = None) -> Ticket:
        path = archive.settings.home / name
        path.write_text(f"Text von {name} " * 30)
        with path.open("rb") as stream:
            received, sha512, size_bytes = archive.receive(stream)
        taken = Accession(archive, Intake(archive)).take(
            name, name, received, sha512, size_bytes, Description("c"), batch=batch
        )
        assert isinstance(taken, Ticket)
        return taken

    return enter


def test_what_a_dead_process_had_in_hand_waits(archive: Archive, enter: Callable[..., Ticket]) -> None:
    overview, queue = QueueOverview(archive), Queue(archive)
    alive, left = enter("alive.txt"), enter("left.txt")
    for ticket in (alive, left):
        queue.begin(ticket)
    left.received.release()
    assert overview.tally() == Tally(waiting=1, reading=1)
    assert [entry.path for entry in overview.waiting(10)] == ["left.txt"]
    (entry,) = overview.reading()
    assert (entry.path, entry.state, entry.attempts) == ("alive.txt", "reading", 1)
    assert entry.changed_at is not None
    assert entry.changed_at.tzinfo is not None
    alive.received.release()


def test_a_batch_counts_until_nothing_of_it_is_under_way(
    archive: Archive, worker: Worker, enter: Callable[..., Ticket]
) -> None:
    overview, batch = QueueOverview(archive), Batches(archive.catalogue.engine).begin("p", "upload", "c").id
    for name in ("a.txt", "b.txt"):
        enter(name, batch).received.release()
    enter("other.txt").received.release()
    assert overview.batches() == {batch: Tally(waiting=2)}
    assert overview.tally() == Tally(waiting=3)
    done = []
    for outcome in worker.resume():
        done += [outcome.path] if outcome.path != "other.txt" else []
        assert overview.batches().get(batch, Tally(done=2)).done == len(done)
    assert overview.batches() == {}
    assert overview.tally(batch) == Tally(done=2)


def test_failed_files_are_listed_with_their_reason(archive: Archive, enter: Callable[..., Ticket]) -> None:
    overview, queue, ticket = QueueOverview(archive), Queue(archive), enter("a.txt")
    ticket.received.release()
    for _ in range(3):
        taken = queue.take()
        assert taken is not None
        queue.fail(taken, ENDED)
        taken.received.release()
        queue_retry_at_once(archive)
    assert [(entry.path, entry.error) for entry in overview.failed(10)] == [("a.txt", ENDED)]
    assert overview.tally() == Tally(failed=1)


def queue_retry_at_once(archive: Archive) -> None:
    """Let time pass: what failed a moment ago may be tried again."""
    with archive.catalogue.engine.begin() as connection:
        connection.execute(intake.update().values(changed_at=None))


def test_workers_that_are_alive_are_listed_and_dead_ones_forgotten(settings: Settings) -> None:
    home = settings.home
    assert living(home) == ()
    with present(home, "work") as presence:
        (one,) = living(home)
        assert (one.kind, one.in_hand) == ("work", ())
        presence.say(["Vortrag.pptx"] * 20)
        (one,) = living(home)
        assert one.in_hand == ("Vortrag.pptx",) * 10
        assert one.changed_at >= one.started_at
        (home / FOLDER / "999999").write_text("{}")
        assert len(living(home)) == 1
        assert not (home / FOLDER / "999999").exists()
    assert living(home) == ()


def test_a_worker_says_what_it_has_in_hand(
    archive: Archive, readers: ReaderPool, enter: Callable[..., Ticket]
) -> None:
    for name in ("a.txt", "b.txt"):
        enter(name).received.release()
    with present(archive.settings.home, "work") as presence:
        worker = Worker(archive, readers, presence)
        said = [(outcome.path, living(archive.settings.home)[0].in_hand) for outcome in worker.resume()]
        assert living(archive.settings.home)[0].in_hand == ()
    (first, beside), (second, alone) = said
    assert (beside, alone) == ((second,), ())
    assert {first, second} == {"a.txt", "b.txt"}
