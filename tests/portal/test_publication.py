"""Publishing beside the page: two people at one place, drafts that go meanwhile, trouble with the index."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.editing import Editing
from archive.model import Sensitive, State
from archive.repository import Archive
from archive.staff_log import StaffLog
from index.errors import SearchIndexError
from index.indexer import Indexer
from ingest.drafts import Draft, Drafts
from portal.checking.actions import Hand
from portal.checking.publication import Publication, begin, ended
from tests.browser.drafting import draft_batch, opened


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = opened(tmp_path / "home")
    yield archive
    archive.close()


def lay(archive: Archive, *titles: str) -> tuple[str, dict[str, Draft]]:
    """Make drafts; return their batch, and themselves by title."""
    batch, _made = draft_batch(archive, list(titles))
    return batch, {draft.document.title: draft for draft in Drafts(archive).of_batch(batch).drafts}


def states(archive: Archive) -> dict[str, State]:
    return {document.title: document.state for document in archive.documents(state=None)}


def test_what_a_second_person_asks_for_comes_after(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    batch, drafts = lay(archive, "A", "B", "C")
    asked, publish = threading.Event(), Hand.publish

    def wait(self: Hand, *given: object) -> object:
        assert asked.wait(30)
        return publish(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Hand, "publish", wait)
    first = begin(Hand(archive, "anna", batch), [drafts["A"], drafts["B"]])
    second = begin(Hand(archive, "bert", batch), [drafts["B"], drafts["C"]])
    asked.set()
    first.join(60)
    assert second is first
    assert set(states(archive).values()) == {State.PUBLISHED}
    steps = StaffLog(archive.catalogue.engine).steps(batch=batch)
    assert [(step.person, len(step.differences)) for step in steps] == [("bert", 1), ("anna", 2)]
    assert (first.done, first.total, first.error, first.problems) == (3, 3, None, {})
    assert ended(batch) is first


def test_who_asks_when_all_is_done_begins_anew(archive: Archive) -> None:
    batch, drafts = lay(archive, "A", "B")
    run = Publication(Hand(archive, "anna", batch), [drafts["A"]])
    run.run()
    assert not run.add(Hand(archive, "bert", batch), [drafts["B"]])
    assert states(archive)["B"] is State.DRAFT


@pytest.mark.parametrize("sensitive", [False, True])
def test_a_draft_that_goes_meanwhile_is_the_only_one_not_published(archive: Archive, sensitive: bool) -> None:
    special: dict[str, object] = {"sensitive": (Sensitive.NOTES,)} if sensitive else {}
    batch, _made = draft_batch(archive, ["A", "B", "C"], B=special)
    drafts = {draft.document.title: draft for draft in Drafts(archive).of_batch(batch).drafts}
    told: list[int] = []

    def progress(done: int, _total: int) -> None:
        told.append(done)
        if done == 1 and not sensitive:
            archive.purge(drafts["B"].id)

    if sensitive:  # it is gone before anything is written of it
        archive.purge(drafts["B"].id)
    done = Hand(archive, "anna", batch).publish(list(drafts.values()), progress)
    assert list(done.problems) == [drafts["B"].id]
    assert states(archive) == {"A": State.PUBLISHED, "C": State.PUBLISHED}
    assert told[-1] == 3


def test_an_index_that_cannot_be_written_ends_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    batch, drafts = lay(archive, "A", "B")

    def full(*_given: object) -> bool:
        raise SearchIndexError("The index could not be written: disk full")

    monkeypatch.setattr(Indexer, "index_now", full)
    hand = Hand(archive, "anna", batch)
    run = Publication(hand, [drafts["A"]])
    run.run()
    assert (run.error, run.problems) == (None, {})
    (step,) = hand.steps(10)
    assert hand.undo(step.id) == ()
    assert set(states(archive).values()) == {State.DRAFT}
    assert "disk full" in caplog.text


def test_a_killed_run_leaves_in_the_log_what_it_published(archive: Archive) -> None:
    batch, drafts = lay(archive, "A", "B", "C", "D")

    def logged() -> int:
        steps = StaffLog(archive.catalogue.engine).steps(batch=batch)
        return sum(len(step.differences) for step in steps)

    at: list[tuple[int, int]] = []
    names = [draft.id for draft in drafts.values()]
    Editing(archive, "anna", batch=batch).publish(names, lambda done, _total: at.append((done, logged())))
    assert at == [(1, 1), (2, 2), (3, 3), (4, 4)]
    (step,) = StaffLog(archive.catalogue.engine).steps(batch=batch)
    _, left = Editing(archive, "anna", batch=batch).undo(step.id)
    assert (left, set(states(archive).values())) == ((), {State.DRAFT})
    assert StaffLog(archive.catalogue.engine).step(step.id).undone_by is not None
