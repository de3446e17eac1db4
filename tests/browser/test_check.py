"""Staff look through drafts: in the grid, in the list, many at once; take back; decide; publish."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import insert, select

from archive.accounts import Role
from archive.editing import Editing
from archive.errors import NotFoundError
from archive.model import Document, Page, Sensitive, State
from archive.tables import intake
from portal.checking import bulk
from tests.browser import grids
from tests.browser.conftest import PATIENCE_SECONDS, Portal
from tests.browser.drafting import draft_batch, opened
from tests.browser.forms import button, choose, expect_value, field, wording
from tests.browser.serving import Server
from tests.browser.test_reach import RULES

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]

TITLES = ["Fernwärme in Kasan", "Schulpartnerschaft", "Abwasser klären", "Defekte Datei"]
ROWS = {title: number for number, title in enumerate(sorted(TITLES))}
"""The grid's rows stand in the order of their paths."""
TITLE = 480
"""Where the column of the titles is, in pixels from the left."""
DAMAGED = "The file is damaged. Open it in the program that made it, save it anew and hand it in again."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal of its own, for tests that change what is in it."""
    with Server(tmp_path_factory.mktemp("check") / "archive") as server:
        yield Portal(server.url, {}, server)


@pytest.fixture
def batch(desk: Portal) -> tuple[str, dict[str, str]]:
    with closing(opened(desk.server.home)) as archive:
        return draft_batch(
            archive,
            TITLES,
            Abwasser_klären={
                "pages": [Page(1, "Klärwerk", notes="geheimer Hinweis", languages=("de",))],
                "sensitive": (Sensitive.NOTES,),
            },
            Defekte_Datei={"reason": DAMAGED},
        )


def stored(desk: Portal, identifier: str) -> Document:
    with closing(opened(desk.server.home)) as archive:
        return archive.document(identifier)


def until(desk: Portal, identifier: str, right: Callable[[Document], bool], visitor: Visitor) -> Document:
    """Wait until a record is as it should be."""
    for _attempt in range(10 * PATIENCE_SECONDS):
        document = stored(desk, identifier)
        if right(document):
            return document
        visitor.page.wait_for_timeout(100)
    pytest.fail(f"the record never became so: {stored(desk, identifier)}")


def set_title(visitor: Visitor, row: int, title: str) -> None:
    """Write a title into the grid by the keyboard: Enter opens the cell and closes it."""
    field = visitor.page.locator(".gdg-input")
    grids.press(visitor, row, TITLE, "Enter", field)
    field.fill(title)
    visitor.page.keyboard.press("Enter")


def open_list(visitor: Visitor, batch: str, document: str) -> None:
    visitor.open(f"/check?batch={batch}&look=list&d={document}")
    visitor.page.locator(".st-key-check-opened").wait_for()


def test_what_is_typed_into_the_grid_is_kept_at_once(
    visit: Visit, desk: Portal, batch: tuple[str, dict[str, str]]
) -> None:
    identifier, drafts = batch
    visitor = visit(role=Role.STAFF, at=desk)
    visitor.open(f"/check?batch={identifier}")
    first, second = drafts[TITLES[0]], drafts[TITLES[2]]
    set_title(visitor, ROWS[TITLES[0]], "Ein neuer Titel")
    until(desk, first, lambda document: document.title == "Ein neuer Titel", visitor)
    set_title(visitor, ROWS[TITLES[2]], "Noch einer")
    until(desk, second, lambda document: document.title == "Noch einer", visitor)
    assert stored(desk, first).title == "Ein neuer Titel"
    undo = visitor.page.locator(".st-key-check-undo button")
    undo.filter(has_text="Noch einer").click()
    until(desk, second, lambda document: document.title == TITLES[2], visitor)
    undo.filter(has_text="Ein neuer Titel").click()
    until(desk, first, lambda document: document.title == TITLES[0], visitor)


def test_a_value_that_cannot_be_kept_is_put_back_with_the_reason(
    visit: Visit, desk: Portal, batch: tuple[str, dict[str, str]]
) -> None:
    identifier, drafts = batch
    visitor = visit(role=Role.STAFF, at=desk)
    visitor.open(f"/check?batch={identifier}")
    reason = wording(visitor.page, "Ein Dokument braucht einen Titel.")
    grids.press(visitor, ROWS[TITLES[0]], TITLE, "Delete", reason)
    reason.wait_for()
    assert stored(desk, drafts[TITLES[0]]).title == TITLES[0]


def test_two_people_correct_different_fields_of_one_draft(
    visit: Visit, desk: Portal, batch: tuple[str, dict[str, str]]
) -> None:
    identifier, drafts = batch
    first = drafts[TITLES[0]]
    visitor = visit(role=Role.STAFF, at=desk)
    open_list(visitor, identifier, first)
    with closing(opened(desk.server.home)) as archive:
        Editing(archive, "ivan").edit({first: {"creators": ["Stadt Kasan"]}})
    field(visitor.page, "Titel", exact=True).fill("Von mir")
    button(visitor.page, "Änderungen speichern").click()
    document = until(desk, first, lambda document: document.title == "Von mir", visitor)
    assert document.creators == ("Stadt Kasan",)


def test_corrections_outlive_a_server_that_is_killed(
    visit: Visit, desk: Portal, batch: tuple[str, dict[str, str]]
) -> None:
    identifier, drafts = batch
    first = drafts[TITLES[0]]
    visitor = visit(role=Role.STAFF, at=desk)
    open_list(visitor, identifier, first)
    field(visitor.page, "Titel", exact=True).fill("Vor dem Absturz")
    button(visitor.page, "Änderungen speichern").click()
    wording(visitor.page, "Die Änderungen sind gespeichert.").wait_for()
    desk.server.kill()
    desk.server.start()
    visitor.complaints.clear()
    another = visit(role=Role.STAFF, at=desk)
    open_list(another, identifier, first)
    expect_value(another.page, "Titel", "Vor dem Absturz")
    assert another.page.locator(".st-key-check-undo button").inner_text().count("Vor dem Absturz") == 1
    visitor.complaints.clear()


def test_one_field_of_many_is_set_and_taken_back_in_one_step(
    visit: Visit, desk: Portal, batch: tuple[str, dict[str, str]]
) -> None:
    identifier, drafts = batch
    visitor = visit(role=Role.STAFF, at=desk, height=1700)
    visitor.open(f"/check?batch={identifier}")
    page = visitor.page
    visitor.page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    choose(page, "Neuer Wert", "Bildung und Jugend")
    button(page, "Für 4 Entwürfe setzen").click()
    for name in drafts.values():
        until(desk, name, lambda document: document.panel == "2017-krasnodar/bildung", visitor)
    page.locator(".st-key-check-undo button").filter(has_text="4 Dokumente").click()
    for name in drafts.values():
        until(desk, name, lambda document: document.panel is None, visitor)


def test_many_are_set_beside_the_page_with_progress(visit: Visit, desk: Portal) -> None:
    count = bulk.AT_ONCE + 10
    with closing(opened(desk.server.home)) as archive:
        identifier, drafts = draft_batch(archive, [f"Vortrag {number}" for number in range(count)])
    visitor = visit(role=Role.STAFF, at=desk, height=1700)
    visitor.open(f"/check?batch={identifier}")
    page = visitor.page
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    choose(page, "Neuer Wert", "Bildung und Jugend")
    button(page, f"Für {count} Entwürfe setzen").click()
    wording(page, f"{count} Entwürfe wurden geändert.").wait_for()
    for name in drafts.values():
        assert stored(desk, name).panel == "2017-krasnodar/bildung"


def test_a_file_that_was_not_taken_in_is_dismissed(
    visit: Visit, desk: Portal, batch: tuple[str, dict[str, str]]
) -> None:
    identifier, _drafts = batch
    with closing(opened(desk.server.home)) as archive, archive.catalogue.engine.begin() as connection:
        row = connection.execute(select(intake).where(intake.c.batch == identifier).limit(1)).one()
        values = {**row._mapping, "path": "weg.pptx", "state": "failed", "error": "no", "document": None}
        del values["id"]
        connection.execute(insert(intake).values(values))
    visitor = visit(role=Role.STAFF, at=desk)
    visitor.open(f"/check?batch={identifier}")
    page = visitor.page
    button(page, "Verwerfen …").click()
    button(page, "Endgültig verwerfen").click()
    page.locator(".failed", has_text="weg.pptx").wait_for(state="detached")
    wording(page, "Was hier geändert wurde").click()
    wording(page, "1 nicht übernommene Datei verworfen").wait_for()


def test_notes_stay_with_staff_unless_somebody_publishes_them(
    visit: Visit, desk: Portal, batch: tuple[str, dict[str, str]]
) -> None:
    identifier, drafts = batch
    noted = drafts["Abwasser klären"]
    visitor = visit(role=Role.STAFF, at=desk)
    open_list(visitor, identifier, noted)
    page = visitor.page
    wording(page, "Notizen und Kommentare lesen").click()
    assert wording(page, "geheimer Hinweis").is_visible()
    group = page.locator(".st-key-check-opened").get_by_role("radiogroup", name="Notizen zum Vortrag")
    group.get_by_text("Veröffentlichen").click()
    until(desk, noted, lambda document: document.withheld == (), visitor)
    group.get_by_text("Nur für Mitarbeitende").click()
    until(desk, noted, lambda document: document.withheld == (Sensitive.NOTES,), visitor)


def test_published_drafts_are_found_and_the_rest_is_left_out_with_a_word(
    visit: Visit, desk: Portal, batch: tuple[str, dict[str, str]]
) -> None:
    identifier, drafts = batch
    visitor = visit(role=Role.STAFF, at=desk)
    visitor.open(f"/check?batch={identifier}")
    page = visitor.page
    assert "1 bleibt außen vor: nicht lesbar" in page.locator(".plan").inner_text()
    button(page, "3 Entwürfe veröffentlichen").click()
    wording(page, "3 Dokumente dieser Lieferung sind veröffentlicht").wait_for()
    states = [stored(desk, name).state for name in drafts.values()]
    assert states == [State.PUBLISHED, State.PUBLISHED, State.PUBLISHED, State.DRAFT]
    assert stored(desk, drafts["Abwasser klären"]).withheld == (Sensitive.NOTES,)
    reader = visit(at=desk)
    reader.open("/?q=Klärwerk")
    assert reader.count() >= 1
    reader.open("/?q=Hinweis")
    assert reader.page.locator(".card").count() == 0
    page.locator(".st-key-check-undo button").filter(has_text="3 Dokumente").click()
    until(desk, drafts[TITLES[0]], lambda document: document.state is State.DRAFT, visitor)


def test_a_draft_can_be_held_and_deleted_for_good(
    visit: Visit, desk: Portal, batch: tuple[str, dict[str, str]]
) -> None:
    identifier, drafts = batch
    first = drafts[TITLES[0]]
    visitor = visit(role=Role.STAFF, at=desk)
    open_list(visitor, identifier, first)
    page = visitor.page
    button(page, "Zurückhalten …").first.click()
    field(page, "Warum wird er zurückgehalten?").fill("Rechte klären")
    page.keyboard.press("Tab")
    button(page, "Zurückhalten", exact=True).click()
    until(desk, first, lambda document: document.reason == "Rechte klären", visitor)
    button(page, "Zur Veröffentlichung freigeben").click()
    until(desk, first, lambda document: document.reason == "", visitor)
    button(page, "Endgültig löschen …").click()
    button(page, "Endgültig löschen", exact=True).click()
    wording(page, "ist endgültig gelöscht").first.wait_for()
    with pytest.raises(NotFoundError):
        stored(desk, first)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(
    visit: Visit, desk: Portal, batch: tuple[str, dict[str, str]], width: int, scheme: str
) -> None:
    identifier, drafts = batch
    visitor = visit(role=Role.STAFF, at=desk, width=width, scheme=scheme)
    noted = drafts["Abwasser klären"]
    for path in (
        "/check",
        f"/check?batch={identifier}",
        f"/check?batch={identifier}&look=list",
        f"/check?batch={identifier}&look=list&d={noted}",
    ):
        visitor.open(path)
        visitor.page.wait_for_timeout(500)
        found = Axe().run(visitor.page, options=RULES)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert visitor.fits(), path
