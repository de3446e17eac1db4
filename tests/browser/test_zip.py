"""A zip handed in on the page for uploads: its files are drafts, and what was not taken is told."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from archive.accounts import Role
from archive.model import Conference, State
from tests.browser.conftest import PATIENCE_SECONDS, Portal
from tests.browser.drafting import opened
from tests.browser.serving import Server
from tests.browser.test_reach import RULES

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]

TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar zuverlässig. " * 20
PATHS = {
    "Konferenz/Energie/Fernwärme.txt",
    "Konferenz/Энергия/Доклад.txt",
    "Konferenz/Anlagen/innen.txt",
    "Konferenz.zip",
}
"""The zip is kept as well where a file of it could not be taken out."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    server = Server(tmp_path_factory.mktemp("zip") / "archive")
    with closing(opened(server.home)) as archive:
        archive.save_conference(Conference("2019-dueren", {"de": "XV. Konferenz"}))
    with server:
        yield Portal(server.url, {}, server)


@pytest.fixture
def conference(tmp_path: Path) -> Path:
    """A zip with two panels, a zip within, a path that leads out of it, and a file of a Mac."""
    inner, path = io.BytesIO(), tmp_path / "Konferenz.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("innen.txt", "innen " + TEXT)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Energie/Fernwärme.txt", TEXT)
        archive.writestr("Энергия/Доклад.txt", "Тепло для города Краснодара и его партнёров. " * 20)
        archive.writestr("Anlagen.zip", inner.getvalue())
        archive.writestr("../../etc/passwd", "hinaus")
        archive.writestr("__MACOSX/Energie/._Fernwärme.txt", "Mac")
    return path


def test_the_files_of_a_zip_are_drafts_and_the_page_says_what_was_left_out(
    visit: Visit, own: Portal, conference: Path
) -> None:
    visitor = visit(role=Role.STAFF, at=own)
    page = visitor.page
    visitor.open("/upload?conference=2019-dueren")
    page.set_input_files("input.files", conference)
    page.wait_for_selector(".uploads.complete")
    page.wait_for_function("location.search.includes('batch=')")
    (batch,) = re.findall(r"batch=(\w+)", page.url)
    paths: set[str] = set()
    for _attempt in range(5 * PATIENCE_SECONDS):
        with closing(opened(own.server.home)) as archive:
            paths = {document.current.files[0].path for document in archive.documents(state=State.DRAFT)}
        if paths >= PATHS:
            break
        page.wait_for_timeout(200)
    assert paths == PATHS
    panels = {"de-DE": "neues Panel", "ru-RU": "новая секция"}
    for language, panel in panels.items():
        reader = visit(language, role=Role.STAFF, at=own)
        reader.open(f"/check?batch={batch}&look=list")
        said = reader.page.locator(".stMain").inner_text()
        assert said.count(panel) == 3, said
        assert "Konferenz – " not in said, "the zip itself is no panel"
        assert Axe().run(reader.page, options=RULES).violations_count == 0
    visitor.open(f"/check?batch={batch}&look=list")
    visitor.page.get_by_role("link", name="Konferenz", exact=True).first.click()
    told = (
        "Dateien aus der ZIP-Datei: 3. Nicht entpackt werden konnten: 1 (../../etc/passwd). Weggelassen: 1."
    )
    visitor.page.locator(".st-key-check-opened").get_by_text(told).wait_for()
