"""What tests of the pages for staff do alike: a portal of their own, buttons, what the page says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.conftest import Portal
from tests.browser.serving import Server

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

DONE = ".stApp[data-test-script-state=notRunning] .st-key-said .notice"


@contextmanager
def portal_with_samples(folder: Path) -> Iterator[Portal]:
    """Serve an archive with the samples in it, for tests that change what is in it."""
    server = Server(folder / "archive")
    ingested = server.run("ingest", "samples/2017-krasnodar", "--json")
    outcomes = [json.loads(line) for line in ingested.stdout.splitlines() if line.startswith("{")]
    documents = {one["path"]: one["document"] for one in outcomes if one["status"] == "deposited"}
    with server:
        yield Portal(server.url, documents, server)


def press(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("button", name=name, exact=True).first.click()


def told(visitor: Visitor, words: str) -> None:
    """Wait until the page says this about what was just done."""
    visitor.page.locator(DONE).get_by_text(re.compile(f"^{re.escape(words)}")).wait_for()


def found(visitor: Visitor, words: str) -> int:
    """Return how many documents a search finds."""
    visitor.open(f"/?q={words}")
    return visitor.count() if visitor.page.locator("h1.count").count() else 0
