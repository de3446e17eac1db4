"""The portal as people run it, with the samples in it, and a real Chromium before it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PROJECT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAINTED = ".stApp[data-test-script-state=notRunning] .stHtml h1, .plain-page h1"
"""A page stands there: Streamlit is done and has shown a heading."""
SHOWN = "document.documentElement.dataset.shown === location.pathname + location.search"
"""It is the page of the current address, see portal/theme/portal.js."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and say why it is skipped where there is no browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="needs Chromium (Debian package chromium)"))


@dataclass(frozen=True)
class Portal:
    """A running portal: where it is and what was put into it, by the path it had."""

    url: str
    documents: dict[str, str]

    def document(self, part: str) -> str:
        """Return the identifier of the document whose path has this part."""
        return next(identifier for path, identifier in self.documents.items() if part in path)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    home = tmp_path_factory.mktemp("browser") / "archive"
    environment = {**os.environ, "ARCHIVE_HOME": str(home), "ARCHIVE_READERS": "1"}
    command = [sys.executable, "-m", "portal"]
    ingested = subprocess.run(
        [*command, "ingest", "samples/2017-krasnodar", "--json"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    outcomes = [json.loads(line) for line in ingested.stdout.splitlines() if line.startswith("{")]
    assert outcomes, ingested.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (home.parent / "serve.log").open("w")
    server = subprocess.Popen(
        [*command, "serve", "--port", str(port)],
        cwd=PROJECT,
        env=environment,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(url, server)
        documents = {one["path"]: one["document"] for one in outcomes if one["status"] == "deposited"}
        yield Portal(url, documents)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)
        log.close()


def _wait_until_healthy(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "the portal ended while starting"
        try:
            with urlopen(f"{url}/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail("the portal did not become healthy within 60 s")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Visitor:
    """Somebody at the portal: a browser page, and what it complained of."""

    page: Page
    portal: Portal
    complaints: list[str]
    strict: bool = False

    def open(self, path: str) -> None:
        """Go to an address and wait until the page stands there."""
        self.page.goto(self.portal.url + path)
        self.page.wait_for_selector(PAINTED, state="attached")
        if not self.strict:
            self.settle()

    def settle(self) -> None:
        """Wait until the page of the current address stands there."""
        self.page.wait_for_selector(PAINTED, state="attached")
        if self.page.locator(".plain-page").count() == 0:
            self.page.wait_for_function(SHOWN)

    def search(self, words: str) -> None:
        """Type words and press Enter."""
        field = self.page.locator("input[type=search][aria-label]").first
        field.fill(words)
        field.press("Enter")
        asked = "words => new URLSearchParams(location.search).get('q') === words"
        self.page.wait_for_function(asked, arg=words)
        self.settle()

    def click(self, selector: str) -> None:
        """Click on a link of the portal and wait for the page it leads to."""
        before = self.page.url
        self.page.locator(selector).first.click()
        self.page.wait_for_function("before => location.href !== before", arg=before)
        self.settle()

    def count(self) -> int:
        """Return the number of hits that the page tells."""
        words = self.page.locator("h1.count").inner_text()
        return int("".join(c for c in words.split("in ")[0].split("за ")[0] if c.isdigit()) or 0)


@pytest.fixture
def visit(browser: Browser, portal: Portal) -> Iterator[Callable[..., Visitor]]:
    """Make visitors: language of the browser, size, light or dark. None may see an error.

    `strict` keeps the Content-Security-Policy, under which one cannot wait for a function.
    """
    opened: list[tuple[BrowserContext, Visitor]] = []

    def make(
        language: str = "de-DE",
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        *,
        strict: bool = False,
    ) -> Visitor:
        context = browser.new_context(
            locale=language,
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            bypass_csp=not strict,  # Playwright waits for conditions by evaluating them
        )
        page = context.new_page()
        visitor = Visitor(page, portal, [], strict)
        page.on("console", lambda message: _complain(visitor, message.type, message.text))
        page.on("pageerror", lambda error: _complain(visitor, "error", str(error)))
        opened.append((context, visitor))
        return visitor

    yield make
    for context, visitor in opened:
        complaints = list(visitor.complaints)
        context.close()
        assert complaints == []


def _complain(visitor: Visitor, kind: str, words: str) -> None:
    if kind == "error":
        visitor.complaints.append(words)
