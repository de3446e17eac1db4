"""The whole way of a conference: a hundred files dropped, checked, published, found, and one withdrawn."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from archive.accounts import FIRST_PERSON
from archive.model import State
from ingest.drafts import Desk, Drafts, Stage
from tests.browser.conftest import Portal
from tests.browser.drafting import opened
from tests.browser.forms import button, field, wording
from tests.browser.serving import PASSWORD, Server
from tests.browser.test_upload import COMPLETE, _drop

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]

FILES = 100
TITLE = "Fernwärmeversorgung in Partnerstädten"
WAIT_SECONDS = 240


@pytest.fixture
def files() -> list[Path]:
    """A hundred real files of conferences: German, Russian and English by turns, small ones first."""
    named = os.environ.get("KONFERENZARCHIV_CORPUS")
    corpus = Path(named) if named else Path(__file__).parents[3] / "shared" / "corpus"
    if not (corpus / "manifest.csv").is_file():
        pytest.skip("needs a folder of real files, named by KONFERENZARCHIV_CORPUS")
    with (corpus / "manifest.csv").open(encoding="utf-8", newline="") as manifest:
        rows = [row for row in csv.DictReader(manifest) if row["path"].startswith("conferences/")]
    by_language = {
        language: sorted(
            (corpus / row["path"] for row in rows if row["language"] == language),
            key=lambda path: path.stat().st_size,
        )
        for language in ("de", "ru", "en")
    }
    shortest = min(FILES // 3, *(len(paths) for paths in by_language.values()))
    chosen = [path for paths in by_language.values() for path in paths[:shortest]]
    rest = [path for paths in by_language.values() for path in paths[shortest:]]
    return [*chosen, *rest[: FILES - len(chosen)]]


@pytest.fixture
def folder(files: list[Path], tmp_path: Path) -> Path:
    """The files as somebody has them on a stick, each with a name of its own."""
    root = tmp_path / "Konferenz"
    for number, path in enumerate(files):
        target = root / f"Panel {number % 4 + 1}" / f"{number:03} {path.name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return root


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Portal]:
    with Server(tmp_path / "archive") as server:
        yield Portal(server.url, {}, server)


def _sign_in(visitor: Visitor, wanted: str) -> None:
    page = visitor.page
    page.goto(f"{visitor.portal.url}/sign-in?next={wanted}")
    page.fill("input[name=name]", FIRST_PERSON)
    page.fill("input[type=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")
    visitor.settle()


def _until(page: Page, condition: Callable[[], bool]) -> None:
    """Wait for something outside of the page; the time of the test is its limit."""
    while not condition():
        page.wait_for_timeout(200)


def _finds(reader: Visitor, words: str) -> bool:
    reader.open(f"/?q={words}")
    return reader.page.locator(".card").count() >= 1


def _cut_power(visitor: Visitor) -> None:
    """Kill all processes of the portal and start it again."""
    visitor.portal.server.kill()
    visitor.portal.server.start()


def _press(page: Page, name: str) -> None:
    button(page, name, exact=True).first.click()


def _desk(office: Portal, batch: str) -> Desk:
    with closing(opened(office.server.home)) as archive:
        return Drafts(archive).of_batch(batch)


def _states(office: Portal) -> dict[str, State]:
    with closing(opened(office.server.home)) as archive:
        return {document.id: document.state for document in archive.documents(state=None)}


def _kept(office: Portal) -> set[str]:
    """Return the digests of all files that documents have, whatever became of them."""
    with closing(opened(office.server.home)) as archive:
        documents = archive.documents(state=None)
        return {file.sha512 for document in documents for file in document.current.files}


def _paths(folder: Path) -> set[str]:
    return {path.relative_to(folder.parent).as_posix() for path in folder.rglob("*") if path.is_file()}


def _digests(folder: Path) -> set[str]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {hashlib.sha512(path.read_bytes()).hexdigest() for path in paths}


def _status(url: str) -> int:
    request = Request(url, headers={"Accept": "text/html"})
    try:
        with urlopen(request, timeout=30) as answer:
            return int(answer.status) if answer.url == url else 303
    except OSError as refused:
        return int(getattr(refused, "code", 0))


@pytest.mark.timeout(900)
def test_a_hundred_files_from_the_drop_to_the_tombstone(office: Portal, visit: Visit, folder: Path) -> None:
    """`office` comes first, so that it is still there when the pages of `visit` are closed."""
    visitor = visit(at=office)
    page = visitor.page
    page.set_default_timeout(WAIT_SECONDS * 1000)
    _sign_in(visitor, "/upload?conference=new")
    page.get_by_label("Titel (Deutsch)").fill("XV. Konferenz der Partnerstädte")
    _press(page, "Konferenz anlegen")
    page.wait_for_selector(".drop")

    _drop(page, folder)
    page.wait_for_selector(COMPLETE)
    assert f"{FILES} von {FILES}" in page.locator(".total").inner_text()
    visitor.settle()
    batch = str(page.evaluate("new URLSearchParams(location.search).get('batch')"))

    _cut_power(visitor)  # between drop and publish, before most files have been read
    visitor.open(f"/check?batch={batch}&look=list")
    page.wait_for_function("!document.querySelector('.reading-on')")
    desk = _desk(office, batch)
    assert {entry.path for entry in desk.entries} == _paths(folder)
    assert {entry.stage for entry in desk.entries} == {Stage.DONE}
    assert _kept(office) == _digests(folder)
    draft = next(draft for draft in desk.drafts if not draft.is_held)

    visitor.open(f"/check?batch={batch}")
    _press(page, "Entwürfe in diese Panels einordnen")
    wording(page, "Entwürfe haben jetzt ein Panel.").wait_for()
    in_panel = [each.document.panel for each in _desk(office, batch).drafts]
    assert {panel.rpartition("/")[2] for panel in in_panel if panel} == {f"panel-{n}" for n in range(1, 5)}
    assert None not in in_panel

    visitor.open(f"/check?batch={batch}&look=list&d={draft.id}")
    field(page, "Titel", exact=True).fill(TITLE)
    _press(page, "Änderungen speichern")
    wording(page, "Die Änderungen sind gespeichert.").wait_for()
    _cut_power(visitor)
    visitor.open(f"/check?batch={batch}&look=list&d={draft.id}")
    expect(field(page, "Titel", exact=True)).to_have_value(TITLE)
    ready = [draft.id for draft in _desk(office, batch).drafts if not draft.is_held]
    assert len(ready) > FILES / 2

    page.locator(".st-key-check-publish-all button").click()
    page.locator(".done", has_text="veröffentlicht").wait_for()  # which counts those that are, one by one
    _until(page, lambda: {_states(office)[name] for name in ready} == {State.PUBLISHED})
    assert _kept(office) == _digests(folder)
    reader = visit(at=office)
    _until(page, lambda: _finds(reader, TITLE.split()[0]))
    assert TITLE in reader.page.locator(".card").first.inner_text()

    visitor.open(f"/record?d={draft.id}")
    wording(page, "Zurückziehen", exact=True).first.click()
    page.locator(".st-key-reason input").fill("Rechte ungeklärt")
    page.keyboard.press("Tab")
    page.locator(".st-key-do-withdraw button:enabled").click()
    wording(page, "Zurückgezogen.", exact=True).wait_for()
    assert _states(office)[draft.id] is State.WITHDRAWN
    reader.open(f"/?q=title:{TITLE.split()[0]}")
    assert TITLE not in reader.page.locator(".stMain").inner_text()
    assert _status(f"{office.url}/document?d={draft.id}") == 410
    assert _status(f"{office.url}/d/{draft.id}") == 410

    button(page, "Abmelden").click()
    page.wait_for_url("**/")
    for path in (
        "/upload",
        f"/check?batch={batch}",
        "/manage",
        f"/record?d={draft.id}",
        "/status",
        "/people",
    ):
        page.goto(office.url + path)
        assert "/sign-in?" in page.url
    visitor.complaints[:] = [words for words in visitor.complaints if not _is_of_a_dead_server(words)]


def _is_of_a_dead_server(complaint: str) -> bool:
    return "ERR_CONNECTION_" in complaint or "WebSocket connection" in complaint
