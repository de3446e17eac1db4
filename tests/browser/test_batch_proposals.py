"""What comes with the files of an upload: a manifest and a saved page, applied on the page for checking."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from archive.accounts import Role
from archive.model import Access, Conference, Document, Kind
from archive.repository import Archive
from archive.settings import Settings
from ingest.accession import Accession
from ingest.batches import Batches
from ingest.candidate import Description
from ingest.intake import Intake, Ticket
from tests.browser.conftest import Portal, Visitor
from tests.browser.forms import button, wording
from tests.browser.serving import Server

TEXT = "Wasser und Ufer in den Städten am Fluss, mit vielen Menschen. " * 20
FILES = {
    "In/a.txt": "a " + TEXT,
    "In/b.txt": "b " + TEXT,
    "In/seite.html": "<h1>III. Tagung am Fluss</h1><p>1. - 2.3.2015</p><h2>Vorträge</h2>"
    "<a href='a.txt'>Erster <b>Vortrag</b></a>",
    "In/manifest.csv": "path,title,access,kind\nb.txt,<i>Zweiter</i>,staff,\na.txt,,,tanz\n",
}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Portal, Archive, str]]:
    """A portal of its own with one batch."""
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "home")}))
    archive.save_conference(Conference("k", {"de": "Tagung"}))
    batch = Batches(archive.catalogue.engine).begin("a-staff", "upload", "k").id
    accession = Accession(archive, Intake(archive))
    for path, text in FILES.items():
        received, sha512, size_bytes = archive.receive(io.BytesIO(text.encode()))
        said, name = Description("k", hold=True), path.rsplit("/", 1)[-1]
        ticket = accession.take(path, name, received, sha512, size_bytes, said, batch=batch)
        if isinstance(ticket, Ticket):
            ticket.received.release()
    with Server(tmp_path / "home") as server:
        yield Portal(server.url, {}, server), archive, batch
    archive.close()


def test_manifest_and_saved_page_are_shown_and_applied(
    own: tuple[Portal, Archive, str], visit: Callable[..., Visitor]
) -> None:
    portal, archive, batch = own
    visitor = visit("en-GB", role=Role.STAFF, at=portal)
    visitor.open(f"/check?batch={batch}&lang=en")
    page = visitor.page
    apply = button(page, "Apply to 1 draft")
    expect(apply).to_be_visible()
    expect(wording(page, "Row 3, column kind: There is no kind tanz")).to_be_visible()
    expect(page.locator(".proposed ins", has_text="<i>Zweiter</i>")).to_be_visible()
    apply.click()
    expect(wording(page, "The manifest changed 1 draft")).to_be_visible()
    number = wording(page, "Number in the series: 3")
    expect(number).to_have_count(1)
    number.click()
    button(page, "Take over into the conference").click()
    expect(wording(page, "The conference says now what you chose")).to_be_visible()
    button(page, "Give 1 draft its title").click()
    expect(wording(page, "The page described 1 draft")).to_be_visible()
    expect(wording(page, "The saved web page itself is left out")).to_be_visible()
    expect(button(page, "Publish 2 drafts")).to_be_enabled()
    drafts = _by_path(archive)
    assert (drafts["In/b.txt"].title, drafts["In/b.txt"].access) == ("<i>Zweiter</i>", Access.STAFF)
    assert (drafts["In/a.txt"].title, drafts["In/a.txt"].kind) == ("Erster Vortrag", Kind.PRESENTATION)
    conference = archive.conference("k")
    assert (conference.title, conference.number) == ({"de": "Tagung"}, None)
    assert conference.start is not None


def _by_path(archive: Archive) -> dict[str, Document]:
    return {each.current.files[0].path: each for each in archive.documents(conference="k", state=None)}
