"""Uploading as staff do it: a hundred files, folders, kills, reloads, the keyboard."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sqlalchemy import select

from archive.accounts import Role
from archive.model import Conference, Panel
from archive.repository import Archive
from archive.settings import Settings
from archive.tables import intake
from tests.browser.conftest import Portal
from tests.browser.forms import button, choose, field, wording
from tests.browser.serving import Server

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WORDS = ("Fernwärme – Übersicht", "Энергоэффективность города", "Water supply & reuse", "100 % Klima; Ёлка")
START = "/upload?conference=2019-dueren"
COMPLETE = ".uploads.complete"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal that these tests may fill and kill."""
    server = Server(tmp_path_factory.mktemp("upload") / "archive")
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(server.home)}))
    panel = Panel("2019-dueren/wasser", {"de": "Wasser", "ru": "Вода"})
    archive.save_conference(Conference("2019-dueren", {"de": "XV. Konferenz"}, panels=(panel,)))
    archive.close()
    with server:
        yield Portal(server.url, {}, server)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hundred files in nested folders, one of 40 MB, one empty."""
    chance = random.Random(7)
    root = tmp_path / "Konferenz Düren"
    for number in range(98):
        path = (
            root
            / f"Panel {number % 5}"
            / ("Тексты" if number % 2 else "")
            / f"{number:02} {WORDS[number % 4]}.txt"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{number} {WORDS[number % 4]} ".encode() * chance.randrange(1, 3000))
    (root / "leer.txt").write_bytes(b"")
    (root / "Film.bin").write_bytes(chance.randbytes(40_000_000))
    return root


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder.parent).as_posix(): hashlib.sha512(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _arrived(portal: Portal, page: Page) -> list[tuple[str, str]]:
    """Return path and digest of every file that the queue has of the batch on the screen."""
    batch = page.evaluate("new URLSearchParams(location.search).get('batch')")
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(portal.server.home)}))
    try:
        with archive.catalogue.engine.connect() as connection:
            query = select(intake.c.path, intake.c.sha512).where(intake.c.batch == batch)
            return sorted((row.path, row.sha512) for row in connection.execute(query))
    finally:
        archive.close()


def _slowly(page: Page, bytes_per_second: int) -> None:
    conditions = {
        "offline": False,
        "latency": 0,
        "downloadThroughput": -1,
        "uploadThroughput": bytes_per_second,
    }
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", conditions)


def _drop(page: Page, *paths: Path) -> None:
    """Drag files and folders from outside onto the page, as a person would."""
    session = page.context.new_cdp_session(page)
    box = page.locator(".drop").bounding_box()
    assert box is not None
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send(
            "Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 20, "y": box["y"] + 20, "data": data}
        )


def _wait_for(page: Page, condition: str) -> None:
    page.wait_for_function(condition, timeout=120_000)


@pytest.mark.timeout(300)
def test_hundred_files_arrive_although_the_server_is_killed_in_between(
    visit: Visit, own: Portal, folder: Path
) -> None:
    visitor = visit(role=Role.STAFF, at=own)
    page = visitor.page
    visitor.open(START)
    page.wait_for_selector(".uploads")
    _slowly(page, 6_000_000)
    _drop(page, folder)
    _wait_for(page, "document.querySelectorAll('.upload.arrived').length > 25")
    own.server.kill()
    assert page.locator(".upload.sending").count() > 0
    own.server.start()
    page.wait_for_selector(COMPLETE, timeout=120_000)
    assert "100 von 100" in page.locator(".total").inner_text()
    assert _arrived(own, page) == sorted(_files(folder).items())
    assert page.locator(".next a").get_attribute("href") == page.evaluate("'/check' + location.search")
    visitor.complaints.clear()  # of a server that was not there


@pytest.mark.timeout(300)
def test_a_reload_keeps_what_has_arrived_and_the_rest_goes_on_where_it_stopped(
    visit: Visit, own: Portal, folder: Path
) -> None:
    visitor = visit(role=Role.STAFF, at=own)
    page = visitor.page
    page.on("dialog", lambda dialog: dialog.accept())  # files are under way: the browser asks
    visitor.open(START)
    page.wait_for_selector(".uploads")
    _slowly(page, 12_000_000)
    page.set_input_files("input.folder", folder)
    _wait_for(
        page,
        "[...document.querySelectorAll('.upload')].some((row) => row.innerText.includes('Film')"
        " && row.querySelector('progress').value > 45)",
    )
    page.reload()
    page.wait_for_selector(".upload.missing")
    before = page.locator(".upload.arrived").count()
    assert before > 0
    assert "Film.bin" in " ".join(page.locator(".upload.missing").all_inner_texts())
    offsets: list[int] = []
    page.on(
        "request",
        lambda request: (
            offsets.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None
        ),
    )
    page.set_input_files("input.folder", folder)
    page.wait_for_selector(COMPLETE, timeout=120_000)
    assert _arrived(own, page) == sorted(_files(folder).items())
    assert min(offset for offset in offsets if offset) > 0, "the film was not sent from its beginning"
    assert offsets.count(0) <= 99 - before, "nothing that had arrived was sent again"


def test_another_browser_knows_what_has_arrived(visit: Visit, own: Portal, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fernwärme")
    first = visit(role=Role.STAFF, at=own)
    first.open(START)
    first.page.set_input_files("input.files", tmp_path / "a.txt")
    first.page.wait_for_selector(COMPLETE)
    second = visit("ru-RU", role=Role.STAFF, at=own)
    second.open(first.page.url.removeprefix(own.url))
    second.page.wait_for_selector(COMPLETE)
    assert "a.txt" in second.page.locator(".upload.arrived").inner_text()
    second.page.set_input_files("input.files", tmp_path / "a.txt")
    assert second.page.locator(".upload").count() == 1
    assert len(_arrived(own, second.page)) == 1


def test_uploads_go_on_while_somebody_walks_through_the_portal(
    visit: Visit, own: Portal, tmp_path: Path
) -> None:
    (tmp_path / "Film.bin").write_bytes(random.Random(1).randbytes(12_000_000))
    visitor = visit(role=Role.STAFF, at=own)
    page = visitor.page
    visitor.open(START)
    page.wait_for_selector(".uploads")
    _slowly(page, 3_000_000)
    page.set_input_files("input.files", tmp_path / "Film.bin")
    page.wait_for_selector(".upload.sending")
    page.wait_for_function("location.search.includes('batch=')")
    visitor.settle()
    visitor.click('.links a[data-id^="nav:/conferences"]')
    line = page.locator(".upload-pill")
    line.wait_for()
    assert "0 von 1" in line.inner_text()
    line.click()
    page.wait_for_selector(".upload")
    page.wait_for_selector(COMPLETE)
    assert len(_arrived(own, page)) == 1


def test_pause_holds_uploads_and_go_on_resumes_them(visit: Visit, own: Portal, tmp_path: Path) -> None:
    content = random.Random(2).randbytes(30_000_000)
    (tmp_path / "Film.bin").write_bytes(content)
    visitor = visit(role=Role.STAFF, at=own)
    page = visitor.page
    visitor.open(START)
    page.wait_for_selector(".uploads")
    _slowly(page, 8_000_000)
    page.set_input_files("input.files", tmp_path / "Film.bin")
    _wait_for(page, "document.querySelector('.upload progress')?.value > 10")
    button(page, "Anhalten").click()
    page.wait_for_selector(".upload.waiting")
    assert "angehalten" in page.locator(".total").inner_text()
    button(page, "Fortsetzen").click()
    page.wait_for_selector(COMPLETE)
    assert _arrived(own, page) == [("Film.bin", hashlib.sha512(content).hexdigest())]


def test_system_files_are_left_out_with_a_word_and_others_can_be_removed(
    visit: Visit, own: Portal, tmp_path: Path
) -> None:
    for name in ("Thumbs.db", "a.txt", "<b>‮gpj.txt"):
        (tmp_path / name).write_text(name)
    visitor = visit(role=Role.STAFF, at=own)
    page = visitor.page
    visitor.open(START)
    page.wait_for_selector(".uploads")
    page.set_input_files("input.files", sorted(path for path in tmp_path.iterdir() if path.is_file()))
    page.wait_for_selector(COMPLETE)
    assert "Systemdatei" in page.locator(".upload.skipped").inner_text()
    assert "<b>gpj.txt" in page.locator(".uploads > ul").inner_text()
    assert "2 von 2" in page.locator(".total").inner_text()
    page.locator(".upload.skipped button:visible").click()
    page.wait_for_selector(".upload.skipped", state="detached")
    visitor.complaints.clear()  # the browser notes the refusal


def test_what_was_refused_can_be_tried_again(visit: Visit, own: Portal, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("noch einmal")
    visitor = visit(role=Role.STAFF, at=own)
    page = visitor.page
    visitor.open(START)
    page.wait_for_selector(".uploads")
    page.route("**/uploads", lambda route: route.fulfill(status=507, json={"error": "full"}))
    page.set_input_files("input.files", tmp_path / "a.txt")
    page.wait_for_selector(".upload.failed")
    assert "Speicher des Archivs ist voll" in page.locator(".upload.failed").inner_text()
    page.unroute("**/uploads")
    button(page, "Erneut versuchen").click()
    page.wait_for_selector(COMPLETE)
    visitor.complaints.clear()


def test_a_new_conference_is_made_on_the_way(visit: Visit, own: Portal) -> None:
    visitor = visit(role=Role.STAFF, at=own)
    page = visitor.page
    visitor.open("/upload?conference=new")
    button(page, "Konferenz anlegen").click()
    wording(page, "Geben Sie der Konferenz einen Titel.").wait_for()
    page.get_by_label("Titel (Deutsch)").fill("XVI. Konferenz")
    field(page, "Stadt").fill("Kaluga")
    button(page, "Konferenz anlegen").click()
    page.wait_for_function("location.search.includes('conference=kaluga')")
    page.wait_for_selector('.upload-zone[data-conference="kaluga"] .drop')


def test_the_panel_chosen_goes_with_the_files(visit: Visit, own: Portal, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Wasser für alle")
    visitor = visit(role=Role.STAFF, at=own)
    page = visitor.page
    visitor.open(START)
    choose(page, "Panel", "Wasser")
    page.wait_for_function("location.search.includes('panel=')")
    page.wait_for_selector('.upload-zone[data-panel="2019-dueren/wasser"] .drop')
    page.set_input_files("input.files", tmp_path / "a.txt")
    page.wait_for_selector(COMPLETE)
    visitor.settle()
    assert "Wasser" in page.locator(".target").inner_text()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_page_is_there_for_everybody(
    visit: Visit, own: Portal, tmp_path: Path, width: int, scheme: str
) -> None:
    (tmp_path / "a.txt").write_text(f"Fernwärme {width}")
    visitor = visit("ru-RU", width, scheme=scheme, role=Role.STAFF, at=own)
    page = visitor.page
    page.on("filechooser", lambda _: None)  # the browser is told so early that no key is faster
    visitor.open(START)
    choose = button(page, "Выбрать файлы")
    choose.wait_for()
    visitor.settle()
    choose.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") in ("solid", "none")
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Enter")
    chosen.value.set_files(tmp_path / "a.txt")
    page.wait_for_selector(COMPLETE)
    visitor.settle()
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert visitor.fits()
