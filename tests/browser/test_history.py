"""A record that was changed often shows the newest of its history, and all of it when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from archive.accounts import Role
from archive.editing import Editing
from portal.views.record import EVENTS_SHOWN
from tests.browser.conftest import Portal
from tests.browser.drafting import draft_batch, opened
from tests.browser.forms import button, expect_value, wording
from tests.browser.serving import Server

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

CHANGES = 40


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    home = tmp_path_factory.mktemp("history") / "archive"
    with Server(home) as server:
        with closing(opened(home)) as archive:
            _batch, made = draft_batch(archive, ["Fernwärme"])
            (document,) = made.values()
            for number in range(CHANGES):
                Editing(archive, "anna").edit({document: {"title": f"Fernwärme {number}"}})
        yield Portal(server.url, {"a": document}, server)


def test_newest_changes_are_shown_and_all_on_demand(visit: Callable[..., Visitor], office: Portal) -> None:
    visitor = visit("en-GB", role=Role.STAFF, at=office)
    visitor.open(f"/record?d={office.documents['a']}")
    events = visitor.page.locator(".st-key-events .event")
    events.first.wait_for()
    assert events.count() == EVENTS_SHOWN
    visitor.page.get_by_role("link", name=f"Show all {CHANGES + 1} changes").click()
    wording(visitor.page, "Came into the archive").wait_for()
    assert events.count() == CHANGES + 1
    button(visitor.page, "Take back to here").last.click()
    wording(visitor.page, "The fields are what they were then").wait_for()
    expect_value(visitor.page, "Title", "Fernwärme")
