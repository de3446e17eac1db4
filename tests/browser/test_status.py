"""The status page: what waits and what failed, tried again from there; queries without hits; no jumping."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import select, update

from archive.accounts import Role
from archive.repository import Archive
from archive.search_log import SearchLog
from archive.settings import Settings
from archive.tables import intake
from ingest.accession import Accession
from ingest.candidate import Description
from ingest.intake import DISMISSED, FAILED, Intake, Ticket
from ingest.queue import ENDED
from tests.browser.conftest import Portal
from tests.browser.forms import button, wording
from tests.browser.serving import Server

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def status_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    server = Server(tmp_path_factory.mktemp("status") / "archive")
    with server:
        yield Portal(server.url, {}, server)


@pytest.fixture
def archive(status_portal: Portal) -> Iterator[Archive]:
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(status_portal.server.home)}))
    yield archive
    archive.close()


def enter(archive: Archive, name: str, words: str) -> Ticket:
    """Hand a file in; nobody else reads it as long as the ticket is held."""
    received, sha512, size_bytes = archive.receive(io.BytesIO(f"{words} ".encode() * 40))
    taken = Accession(archive, Intake(archive)).take(
        name, name, received, sha512, size_bytes, Description("c2017"), priority=1
    )
    assert isinstance(taken, Ticket)
    return taken


def set_aside(archive: Archive, name: str, words: str, reason: str = ENDED) -> None:
    """Leave a file as one that ended its reader three times is left."""
    ticket = enter(archive, name, words)
    with archive.catalogue.engine.begin() as connection:
        values = {"state": FAILED, "status": FAILED, "error": reason, "attempts": 3}
        connection.execute(update(intake).where(intake.c.id == ticket.id).values(values))
    ticket.received.release()


def at_status(visit: Visit, portal: Portal, **options: object) -> Visitor:
    visitor = visit(role=Role.STAFF, at=portal, **options)
    visitor.open("/status")
    visitor.page.wait_for_selector(".machine")
    return visitor


def test_a_file_that_was_set_aside_is_tried_again_and_found(
    visit: Visit, status_portal: Portal, archive: Archive
) -> None:
    set_aside(archive, "Vortrag *eins*.txt", "Abwasserkanal")
    set_aside(archive, "<b>zwei</b>.txt", "Straßenbeleuchtung")
    visitor = at_status(visit, status_portal)
    page = visitor.page
    assert "Das Programm ist beim Lesen dieser Datei dreimal abgebrochen" in page.inner_text(".st-key-status")
    one = page.locator(".stCheckbox", has_text="Vortrag *eins*.txt")
    other = page.locator(".stCheckbox", has_text="<b>zwei</b>.txt")
    one.click()
    page.locator(".st-key-retry-many button").nth(1).click()
    one.wait_for(state="detached")
    assert other.is_visible()
    page.locator(".st-key-retry-many button").first.click()
    page.locator(".st-key-retry-many").wait_for(state="detached")
    page.wait_for_function("[...document.querySelectorAll('.tallies li')].every(li => li.matches('.none'))")
    visitor.open("/?q=Abwasserkanal")
    assert visitor.count() == 1


def test_a_file_set_aside_is_dismissed(visit: Visit, status_portal: Portal, archive: Archive) -> None:
    set_aside(archive, "unerwuenscht.txt", "Unerwünschtes")
    visitor = visit("en-GB", role=Role.STAFF, at=status_portal)
    visitor.open("/status")
    page = visitor.page
    wording(page, "unerwuenscht.txt").first.click()
    page.locator("[data-test-script-state=notRunning]").first.wait_for()
    button(page, "Dismiss …").click()
    button(page, "Dismiss the chosen ones").click()
    wording(page, "unerwuenscht.txt").first.wait_for(state="detached")
    with archive.catalogue.engine.connect() as connection:
        query = select(intake.c.status).where(intake.c.path == "unerwuenscht.txt")
        assert connection.scalars(query).one() == DISMISSED


def test_numbers_follow_while_files_wait_and_the_focus_stays(
    visit: Visit, status_portal: Portal, archive: Archive
) -> None:
    first = enter(archive, "eins.txt", "Hafen")
    visitor = at_status(visit, status_portal)
    page = visitor.page
    waits = page.locator(".tallies li:first-child b")
    assert waits.inner_text() == "1"
    link = page.locator('[data-id^="tally:"]')
    link.focus()
    top = page.evaluate("document.querySelector('.machine').getBoundingClientRect().top")
    second = enter(archive, "zwei.txt", "Hafen am Fluss")
    page.wait_for_function("document.querySelector('.tallies li b').textContent === '2'")
    page.wait_for_function("document.activeElement?.dataset?.id?.startsWith('tally:')")
    assert page.evaluate("document.querySelector('.machine').getBoundingClientRect().top") == top
    for ticket in (first, second):
        ticket.received.release()
    page.wait_for_function("document.querySelector('.tallies li b').textContent === '0'")


def test_queries_without_hits_are_listed_sorted_and_forgotten(
    visit: Visit, status_portal: Portal, archive: Archive
) -> None:
    guest = visit(at=status_portal)
    guest.open("/?q=Nirgendwort+ivan@example.org")
    guest.open("/?q=Nirgendwort+ivan@example.org")
    log = SearchLog(archive.catalogue.engine)
    log.note("hydrogen", "en")
    log.note("hydrogen", "en")
    visitor = at_status(visit, status_portal)
    page = visitor.page
    rows = page.locator(".queries-table tbody tr")
    assert [row.split("\t")[0].strip() for row in rows.all_inner_texts()] == ["hydrogen", "nirgendwort …"]
    assert "example.org" not in page.content()
    visitor.click('[data-id="sort:last_day"]')
    assert page.locator('[data-id="sort:last_day"]').get_attribute("aria-current") == "true"
    page.locator(".st-key-forget button").click()
    button(page, "Alle Anfragen endgültig löschen").click()
    page.locator(".queries-table").wait_for(state="detached")
    assert log.count() == 0


def test_workers_and_holdings_are_told(visit: Visit, status_portal: Portal, archive: Archive) -> None:
    visitor = at_status(visit, status_portal)
    page = visitor.page
    assert "Arbeitsprozess" in page.inner_text(".workers")
    assert "Noch nie." in page.inner_text(".machine")
    assert status_portal.server.run("verify").returncode == 0
    visitor.open("/status")
    wording(page, "Nichts ist beschädigt.").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_has_no_fault_that_axe_finds(
    visit: Visit, status_portal: Portal, archive: Archive, width: int, scheme: str
) -> None:
    set_aside(archive, f"axe {width} {scheme}.txt", f"Prüfung {width} {scheme}")
    SearchLog(archive.catalogue.engine).note("axe", "de")
    visitor = at_status(visit, status_portal, width=width, scheme=scheme)
    found = Axe().run(visitor.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert visitor.fits()
