"""Staff accept and refuse a translation that was proposed, by keyboard, and take both back."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.accounts import Role
from index.finder import Found
from index.pairs import Likeness
from portal.identity import COOKIE
from tests.browser.conftest import FITS, PAINTED
from tests.browser.serving import Server

LEARN_SECONDS = 90


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A portal with two texts that are proposed as translations of one another."""
    folder = tmp_path_factory.mktemp("translations")
    (folder / "in").mkdir()
    (folder / "none").mkdir()
    (folder / "in/Netz.txt").write_text("Die Stadt hat ein Netz.", encoding="utf-8")
    (folder / "in/Сеть.txt").write_text("У города есть сеть.", encoding="utf-8")
    server = Server(folder / "home", ARCHIVE_DICTIONARIES=str(folder / "none"))
    done = server.run("ingest", str(folder / "in"), "--conference", "c", "--json")
    outcomes = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    german, russian = (one["document"] for one in sorted(outcomes, key=lambda one: str(one["path"])))
    with server:
        path = server.home / "lexicon/public/pairs.json"
        deadline = time.monotonic() + LEARN_SECONDS
        while not path.exists():
            assert time.monotonic() < deadline, "the worker has not looked"
            time.sleep(0.2)
        likeness = Likeness(german, russian, ("de", "ru"), 0.1, 1.0, ("сеть",))
        path.write_text(json.dumps(asdict(Found("s", likenesses=(likeness,)))))
        yield server


@pytest.fixture
def page(office: Server, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en", bypass_csp=True, viewport={"width": 400, "height": 900})
    context.add_cookies([{"name": COOKIE, "value": office.session(Role.STAFF), "url": office.url}])
    yield context.new_page()
    context.close()


def test_a_proposal_is_decided_by_keyboard_and_that_is_taken_back(office: Server, page: Page) -> None:
    def go(part: str) -> None:
        page.goto(f"{office.url}/translations?part={part}")
        page.wait_for_selector(PAINTED, state="attached")

    def press(name: str) -> None:
        button = page.get_by_role("button", name=name, exact=True)
        button.focus()
        button.press("Enter")

    go("unsure")
    expect(page.locator("article.pair")).to_have_count(1)
    assert page.evaluate(FITS), "nothing lies to the right of a narrow window"
    press("No translations")
    expect(page.locator(".notice")).to_contain_text("Refused")
    expect(page.locator("article.pair")).to_have_count(0)
    go("decided")
    press("Take back")
    expect(page.locator(".notice")).to_contain_text("Taken back")
    go("unsure")
    press("Accept")
    expect(page.locator(".notice")).to_contain_text("Accepted")
    expect(page.locator("article.pair")).to_have_count(0)
    go("decided")
    press("Take back")
    expect(page.locator(".notice")).to_contain_text("Taken back.")
    expect(page.locator(".tabs")).to_contain_text(re.compile(r"Decided \(0\)"))
