"""The portal as people run it, with the samples in it, and a real Chromium before it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from archive.accounts import Role
from portal.identity import COOKIE
from tests.browser.serving import Server

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

PATIENCE_SECONDS = 90
"""How long anything may take to be seen: no test says how fast pages are, and others may use the machine."""
expect.set_options(timeout=PATIENCE_SECONDS * 1000)

FITS = """[document.documentElement, document.querySelector('.stMain')]
  .every(each => !each || each.scrollWidth <= innerWidth)"""
"""The page itself scrolls, or what Streamlit puts into it."""


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
    server: Server

    def document(self, part: str) -> str:
        """Return the identifier of the document whose path has this part."""
        return next(identifier for path, identifier in self.documents.items() if part in path)


@dataclass(frozen=True)
class Stocked:
    """A home folder with the samples in it, which nobody uses but to copy it."""

    home: Path
    documents: dict[str, str]

    @contextmanager
    def served(self, folder: Path) -> Iterator[Portal]:
        """Serve a copy in this folder."""
        shutil.copytree(self.home, folder / "archive")
        with Server(folder / "archive") as server:
            yield Portal(server.url, self.documents, server)


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Stocked:
    server = Server(tmp_path_factory.mktemp("samples") / "archive")
    return Stocked(server.home, server.ingest("samples/2017-krasnodar"))


@pytest.fixture(scope="session")
def portal(stocked: Stocked, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The portal that all tests share; none may change what is in it."""
    with stocked.served(tmp_path_factory.mktemp("browser")) as portal:
        yield portal


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

    def fits(self) -> bool:
        """Tell whether nothing of the page lies to the right of the window."""
        return bool(self.page.evaluate(FITS))

    def count(self) -> int:
        """Return the number of hits that the page tells."""
        words = self.page.locator("h1.count").inner_text()
        return int("".join(c for c in words.split("in ")[0].split("за ")[0] if c.isdigit()) or 0)


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """Make visitors: language of the browser, size, light or dark. None may see an error.

    `strict` keeps the Content-Security-Policy, under which one cannot wait for a function. `role`: signed in
    with it. `at`: at another portal than the one that all tests share, which is started when it is needed.
    """
    opened: list[tuple[BrowserContext, Visitor]] = []

    def make(
        language: str = "de-DE",
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        *,
        strict: bool = False,
        role: Role | None = None,
        at: Portal | None = None,
    ) -> Visitor:
        there: Portal = at or request.getfixturevalue("portal")
        context = browser.new_context(
            locale=language,
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            bypass_csp=not strict,  # Playwright waits for conditions by evaluating them
        )
        if role is not None:
            secret = there.server.session(role)
            context.add_cookies([{"name": COOKIE, "value": secret, "url": there.url, "httpOnly": True}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE_SECONDS * 1000)
        visitor = Visitor(page, there, [], strict)
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
