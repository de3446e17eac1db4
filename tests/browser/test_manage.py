"""Staff keep conferences and records in order: what they change is seen, found, and can be taken back."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from archive.accounts import Role
from archive.editing import Editing
from ingest.spreadsheet_columns import COLUMNS
from tests.browser import grids
from tests.browser.conftest import Portal, Stocked
from tests.browser.drafting import opened
from tests.browser.forms import button, choose, expect_value, field, wording
from tests.browser.staff_pages import found, press, told
from tests.browser.test_reach import RULES

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]

HOME = "/manage?id=2017-krasnodar"


@pytest.fixture(scope="module")
def office(stocked: Stocked, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal of its own, for tests that change what is in it."""
    with stocked.served(tmp_path_factory.mktemp("manage")) as portal:
        yield portal


@pytest.fixture
def olga(visit: Visit, office: Portal) -> Visitor:
    """Somebody of staff, who reads English."""
    visitor: Visitor = visit("en-GB", role=Role.STAFF, at=office)
    return visitor


def test_a_conference_with_a_panel_in_three_languages_is_seen_at_once(olga: Visitor, visit: Visit) -> None:
    page = olga.page
    olga.open("/manage")
    olga.click("[data-id=new]")
    field(page, "Title – German").fill("XV. Konferenz in Düren")
    field(page, "Title – Russian").fill("XV конференция в Дюрене")
    field(page, "Place – German").fill("Düren")
    field(page, "First day").fill("28.06.2019")
    field(page, "Last day").fill("27.06.2019")
    press(olga, "Make the conference")
    page.wait_for_selector(".problem")
    assert page.locator(".problem").inner_text().endswith("The end is before the beginning.")
    expect_value(page, "Title – Russian", "XV конференция в Дюрене")
    field(page, "Last day").fill("30.06.2019")
    press(olga, "Make the conference")
    page.wait_for_url("**/manage?id=2019-dueren*")
    told(olga, "The conference has been made.")
    olga.click("[data-id='part:panels']")
    press(olga, "Add a panel")
    for language, title in (("German", "Wasser"), ("Russian", "Вода"), ("English", "Water")):
        field(page, f"Title – {language}").fill(title)
    press(olga, "Save")
    told(olga, "Saved.")
    for language, title in (("de-DE", "Wasser"), ("ru-RU", "Вода"), ("en-GB", "Water")):
        reader = visit(language, at=olga.portal)
        reader.open("/conferences?id=2019-dueren")
        assert title in reader.page.locator(".browse").inner_text()


def test_nothing_typed_is_lost_when_somebody_else_was_quicker(olga: Visitor, visit: Visit) -> None:
    ivan: Visitor = visit("en-GB", role=Role.ADMIN, at=olga.portal)
    for visitor in (olga, ivan):
        visitor.open(HOME)
    field(ivan.page, "Motto – German").fill("Ivans Motto")
    press(ivan, "Save")
    told(ivan, "Saved.")
    field(olga.page, "Place – English").fill("Krasnodar, Kuban")
    field(olga.page, "Motto – German").fill("Olgas Motto")
    press(olga, "Save")
    clash = olga.page.locator(".notice.wrong")
    clash.wait_for()
    assert "Ivans Motto" in clash.inner_text()
    expect_value(olga.page, "Motto – German", "Olgas Motto")
    press(olga, "Save")
    told(olga, "Saved.")
    with closing(opened(olga.portal.server.home)) as archive:
        conference = archive.conference("2017-krasnodar")
    assert (conference.motto["de"], conference.place["en"]) == ("Olgas Motto", "Krasnodar, Kuban")


def test_a_form_with_unsaved_words_is_not_left_silently(olga: Visitor) -> None:
    page, asked = olga.page, []
    olga.open(HOME)
    field(page, "Motto – English").fill("unsaved")

    def stay(dialog: object) -> None:
        asked.append(getattr(dialog, "message"))  # noqa: B009
        getattr(dialog, "dismiss")()  # noqa: B009

    page.once("dialog", stay)
    page.locator("[data-id='part:panels']").click()
    assert asked == ["Leave without saving? What you typed will be lost."]
    expect_value(page, "Motto – English", "unsaved")
    page.once("dialog", lambda dialog: dialog.accept())
    olga.click("[data-id='part:panels']")
    assert "part=panels" in page.url


def test_many_records_are_moved_as_one_step_and_taken_back(olga: Visitor) -> None:
    page = olga.page
    olga.open(f"{HOME}&part=records&panel=2017-krasnodar/kommunalversorgung&state=published")
    with closing(opened(olga.portal.server.home)) as archive:
        panel = "2017-krasnodar/kommunalversorgung"
        before = {each.id for each in archive.documents(conference="2017-krasnodar", panel=panel)}
    assert len(before) > 2
    grids.tick_all(olga, wording(page, f"{len(before)} records are chosen"))
    choose(olga.page, "What to do", "Move to a panel or conference")
    choose(olga.page, "Where to", "without a panel")
    press(olga, "Move")
    told(olga, f"{len(before)} records changed.")
    with closing(opened(olga.portal.server.home)) as archive:
        assert {archive.document(each).panel for each in before} == {None}
    press(olga, "Take back")
    told(olga, "Taken back.")
    with closing(opened(olga.portal.server.home)) as archive:
        assert {archive.document(each).panel for each in before} == {panel}


def test_a_withdrawn_record_is_gone_from_search_at_once_and_comes_back(olga: Visitor, visit: Visit) -> None:
    page, reader = olga.page, visit("en-GB", at=olga.portal)
    paper = olga.portal.document("Arbeitspapier")
    with closing(opened(olga.portal.server.home)) as archive:
        words = f'"{archive.document(paper).title}"'
    hits = found(reader, words)
    assert hits > 0
    olga.open(f"/record?d={paper}")
    page.locator(".st-key-withdraw summary").click()
    field(page, "Reason; readers see it").fill("Rechte <b>ungeklärt</b>")
    field(page, "Reason; readers see it").press("Tab")
    page.locator(".previewed", has_text="Rechte <b>ungeklärt</b>").wait_for()
    page.locator(".st-key-do-withdraw button").click()
    told(olga, "Withdrawn.")
    assert found(reader, words) == hits - 1
    page.locator(".st-key-do-restore button").click()
    page.locator(".st-key-withdraw").wait_for()
    assert found(reader, words) == hits


def test_fields_of_a_record_are_saved_and_taken_back_to_an_earlier_state(olga: Visitor) -> None:
    page, paper = olga.page, olga.portal.document("Arbeitspapier")
    olga.open(f"/record?d={paper}")
    title = field(page, "Title", exact=True)
    before = title.input_value()
    title.fill("Ein anderer Titel")
    field(page, "Date", exact=True).fill("bald")
    press(olga, "Save")
    page.locator(".problem").wait_for()
    expect_value(page, "Title", "Ein anderer Titel")
    field(page, "Date", exact=True).fill("29.06.2017")
    press(olga, "Save")
    told(olga, "Saved.")
    page.locator(".manage-head h1", has_text="Ein anderer Titel").wait_for()
    page.locator(".event ins", has_text="Ein anderer Titel").wait_for()
    page.locator("[class*='st-key-back-'] button").first.click()
    told(olga, "The fields are what they were then.")
    page.locator(".manage-head h1", has_text=before).wait_for()


def test_a_spreadsheet_is_changed_looked_at_and_taken(olga: Visitor, tmp_path: Path) -> None:
    page = olga.page
    olga.open(f"{HOME}&part=table")
    with page.expect_download() as downloading:
        page.locator("a[href*='.xlsx']").click()
    path = tmp_path / "records.xlsx"
    downloading.value.save_as(path)
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book.worksheets[0]
    rights = COLUMNS.index("rights") + 1
    sheet.cell(3, rights).value = "CC BY 4.0"
    sheet.cell(4, rights).value = "CC0"
    sheet.cell(5, COLUMNS.index("kind") + 1).value = "Novel"
    quicker, slower = str(sheet.cell(3, 1).value), str(sheet.cell(4, 1).value)
    book.save(path)
    with closing(opened(olga.portal.server.home)) as archive:
        Editing(archive, "ivan").edit({quicker: {"rights": "von Ivan"}})
        rights_before = archive.document(slower).rights
    page.locator("input[type=file][name=file]").set_input_files(path)
    with page.expect_navigation():
        button(page, "Show the changes").click()
    olga.settle()
    preview = page.locator(".preview")
    preview.wait_for()
    words = preview.inner_text()
    assert "CC0" in words
    assert "Somebody else changed this" in words
    assert "Not understood" in words
    press(olga, "Take the changes")
    page.wait_for_url("**part=records*")
    told(olga, "1 record changed.")
    with closing(opened(olga.portal.server.home)) as archive:
        assert archive.document(slower).rights == "CC0"
        assert archive.document(quicker).rights == "von Ivan"
    press(olga, "Take back")
    told(olga, "Taken back.")
    with closing(opened(olga.portal.server.home)) as archive:
        assert archive.document(slower).rights == rights_before


def test_an_empty_conference_is_deleted_and_comes_back(olga: Visitor) -> None:
    page = olga.page
    olga.open("/manage?part=new")
    field(page, "Title – English").fill("Nothing in it")
    field(page, "Identifier").fill("empty-one")
    press(olga, "Make the conference")
    page.wait_for_url("**/manage?id=empty-one*")
    page.locator(".st-key-deletion summary").click()
    field(page, "Identifier", exact=True).fill("empty")
    press(olga, "Delete for good")
    told(olga, "This is not the identifier of this conference.")
    field(page, "Identifier", exact=True).fill("empty-one")
    press(olga, "Delete for good")
    page.locator("h1", has_text="Manage").wait_for()
    with closing(opened(olga.portal.server.home)) as archive:
        assert "empty-one" not in [conference.id for conference in archive.conferences()]


def test_readers_see_nothing_of_it(visit: Visit, office: Portal) -> None:
    reader = visit("en-GB", at=office)
    for path in ("/manage", f"/record?d={office.document('Arbeitspapier')}"):
        reader.page.goto(office.url + path)
        assert "/sign-in" in reader.page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path",
    [
        "/manage",
        "/manage?part=new",
        HOME,
        f"{HOME}&part=panels",
        f"{HOME}&part=records",
        f"{HOME}&part=table",
        f"{HOME}&part=history",
        "/record?d={paper}",
    ],
)
def test_axe_finds_nothing(visit: Visit, office: Portal, path: str, width: int, scheme: str) -> None:
    visitor = visit(width=width, scheme=scheme, role=Role.ADMIN, at=office)
    visitor.open(path.format(paper=office.document("Arbeitspapier")))
    found = Axe().run(visitor.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert visitor.fits()
