"""Every text that somebody else wrote is an attack; every page that shows it, shows it as a text.

The Content-Security-Policy is off in these browsers: nothing is to be held by it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive.accounts import Role
from tests.browser.attacked import ID, MARKUP, PLAIN_SIGNS, TURNED, Attacked, Watch, attack
from tests.browser.conftest import Portal
from tests.browser.drafting import opened
from tests.browser.serving import Server

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Portal, Attacked]]:
    home = tmp_path_factory.mktemp("attacked") / "archive"
    server = Server(home)
    with closing(opened(home)) as archive:
        made = attack(archive)
    with server:
        yield Portal(server.url, {}, server), made


def look(visitor: Visitor, watch: Watch, paths: list[str]) -> tuple[list[str], str]:
    """Open pages; return what harm each did, and the words of all."""
    harm: list[str] = []
    words: list[str] = []
    for path in paths:
        visitor.open(path)
        for closed in visitor.page.locator("details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        visitor.page.wait_for_timeout(300)  # for what a text might begin
        harm += [f"{path}: {each}" for each in watch.harm()]
        visitor.complaints[:] = [each for each in visitor.complaints if "410 (Gone)" not in each]
        words.append(visitor.page.locator("body").inner_text())
    return harm, "\n".join(words)


def test_pages_that_anybody_sees_show_attacks_as_text(
    visit: Visit, attacked: tuple[Portal, Attacked]
) -> None:
    portal, made = attacked
    visitor = visit(at=portal)
    harm, words = look(visitor, Watch(visitor.page, portal.url), made.public_pages())
    assert harm == []
    assert all(words.count(sign) > 10 for sign in PLAIN_SIGNS)


def test_pages_of_staff_show_attacks_as_text(visit: Visit, attacked: tuple[Portal, Attacked]) -> None:
    portal, made = attacked
    visitor = visit(at=portal, role=Role.ADMIN)
    harm, words = look(visitor, Watch(visitor.page, portal.url), made.staff_pages())
    assert harm == []
    assert all(words.count(sign) > 20 for sign in PLAIN_SIGNS)


def test_names_of_files_that_are_uploaded_stay_names(
    visit: Visit, attacked: tuple[Portal, Attacked], tmp_path: Path
) -> None:
    portal, _made = attacked
    name = f"{MARKUP.replace('/', '|')[:100]}[klick](javascript:x){TURNED}.txt"
    (tmp_path / name).write_text("Fernwärme für Krasnodar. " * 20)
    visitor = visit(at=portal, role=Role.STAFF)
    watch = Watch(visitor.page, portal.url)
    visitor.open(f"/upload?conference={ID}")
    visitor.page.set_input_files("input.files", tmp_path / name)
    visitor.page.wait_for_selector(".uploads.complete, .complete", state="attached")
    assert watch.harm() == []
    assert "[klick](javascript:x)gpj.fdp" in visitor.page.locator("body").inner_text()
