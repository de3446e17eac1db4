"""More records than somebody waits for: changed beside the page, gone from the index at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive.editing import Editing, Progress
from archive.errors import ArchiveError, EditError
from archive.model import Kind
from archive.repository import Archive
from archive.settings import Settings
from index.indexer import Indexer
from index.query import Query
from index.search import Search
from portal.checking import bulk
from portal.checking.actions import Hand
from portal.views import at_once
from tests.browser.drafting import draft_batch

MANY = 120
WORD = "Quastenflosser"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "archive")}))
    yield archive
    archive.close()


def test_withdrawals_leave_the_search_at_once_however_many(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    _batch, made = draft_batch(archive, [f"{WORD} {number}" for number in range(MANY)])
    names = list(made.values())
    Editing(archive, "anna").publish(names)
    indexer, search = Indexer(archive), Search(archive)
    indexer.catch_up()
    assert search.ask(Query(WORD)).total == MANY
    monkeypatch.setattr(at_once, "resources", lambda: SimpleNamespace(archive=archive))
    Editing(archive, "anna").withdraw(names, "weg")
    at_once.index_at_once(names)
    assert search.ask(Query(WORD)).total == 0
    Editing(archive, "anna").restore(names)
    at_once.index_at_once(names)  # so many to come in are left to the worker
    assert search.ask(Query(WORD)).total == 0
    indexer.close()


def test_many_drafts_are_changed_as_one_step_beside_the_page(archive: Archive) -> None:
    batch, made = draft_batch(archive, [f"Titel {number}" for number in range(5)])
    hand = Hand(archive, "anna", batch)
    values = {name: {"kind": "minutes"} for name in made.values()}
    change = bulk.begin(batch, lambda progress: hand.edit(values, progress=progress), len(values))
    assert change is not None
    change.join(60)
    assert (change.done, change.total, change.error) == (5, 5, None)
    assert bulk.under_way(batch) is None
    assert bulk.ended(batch) is change
    assert bulk.ended(batch) is None
    assert all(each.kind is Kind.MINUTES for each in archive.documents(state=None))
    (step,) = hand.steps(9)
    assert len(step.differences) == 5
    hand.undo(step.id)
    assert all(each.kind is Kind.PRESENTATION for each in archive.documents(state=None))


def test_two_changes_of_one_place_come_one_after_the_other() -> None:
    may_go_on = threading.Event()

    def wait(_progress: Progress) -> None:
        may_go_on.wait(60)

    first = bulk.begin("here", wait, 1)
    assert first is not None
    assert bulk.begin("here", wait, 1) is None
    assert bulk.under_way("here") is first
    assert bulk.ended("here") is None
    may_go_on.set()
    first.join(60)
    assert bulk.ended("here") is first


@pytest.mark.parametrize("error", [EditError("no"), OSError("no")])
def test_a_change_that_ends_early_says_why(error: Exception) -> None:
    def fail(_progress: Progress) -> None:
        raise error

    change = bulk.begin("here", fail, 1)
    assert change is not None
    change.join(60)
    assert isinstance(change.error, ArchiveError)
    assert str(change.error) == "no"
    assert bulk.ended("here") is change
