"""Staff accept and refuse a translation that was proposed, by keyboard, and take both back."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from archive.accounts import Role
from index.finder import Found
from index.pairs import Likeness
from tests.browser.conftest import Portal
from tests.browser.forms import button
from tests.browser.serving import Server
from tests.browser.staff_pages import told

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]

LEARN_SECONDS = 90


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with two texts that are proposed as translations of one another."""
    folder = tmp_path_factory.mktemp("translations")
    (folder / "in").mkdir()
    (folder / "none").mkdir()
    (folder / "in/Netz.txt").write_text("Die Stadt hat ein Netz.", encoding="utf-8")
    (folder / "in/Сеть.txt").write_text("У города есть сеть.", encoding="utf-8")
    server = Server(folder / "home", ARCHIVE_DICTIONARIES=str(folder / "none"))
    documents = server.ingest(str(folder / "in"), "--conference", "c")
    german, russian = (documents[path] for path in sorted(documents))
    with server:
        path = server.home / "lexicon/public/pairs.json"
        deadline = time.monotonic() + LEARN_SECONDS
        while not path.exists():
            assert time.monotonic() < deadline, "the worker has not looked"
            time.sleep(0.2)
        likeness = Likeness(german, russian, ("de", "ru"), 0.1, 1.0, ("сеть",))
        path.write_text(json.dumps(asdict(Found("s", likenesses=(likeness,)))))
        yield Portal(server.url, documents, server)


def press(visitor: Visitor, name: str) -> None:
    """Press a button by keyboard."""
    found = button(visitor.page, name, exact=True)
    found.focus()
    found.press("Enter")


def test_a_proposal_is_decided_by_keyboard_and_that_is_taken_back(visit: Visit, office: Portal) -> None:
    olga = visit("en", 400, role=Role.STAFF, at=office)
    pairs = olga.page.locator("article.pair")
    olga.open("/translations")
    expect(pairs).to_have_count(1)
    assert olga.fits()
    press(olga, "No translations")
    told(olga, "Refused")
    expect(pairs).to_have_count(0)
    olga.open("/translations?part=decided")
    press(olga, "Take back")
    told(olga, "Taken back")
    olga.open("/translations?part=unsure")
    press(olga, "Accept")
    told(olga, "Accepted")
    expect(pairs).to_have_count(0)
    olga.open("/translations?part=decided")
    press(olga, "Take back")
    told(olga, "Taken back.")
    expect(olga.page.locator(".tabs")).to_contain_text(re.compile(r"Decided \(0\)"))
