"""The thesaurus is found and read by everybody; what staff change there, searches use at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.accounts import Role
from tests.browser.conftest import Portal, Stocked
from tests.browser.forms import button, expect_value, field, wording
from tests.browser.staff_pages import found, press, told
from tests.browser.test_reach import RULES

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]

ENERGY = "/thesaurus?c=urn:konferenzarchiv:thesaurus:energie"
SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:y:a> a skos:Concept ; skos:prefLabel "Quirlzauber"@de, "энергия"@ru .
"""


@pytest.fixture(scope="module")
def desk(stocked: Stocked, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal of its own, for tests that change what is in it."""
    with stocked.served(tmp_path_factory.mktemp("thesaurus")) as portal:
        yield portal


@pytest.fixture
def olga(visit: Visit, desk: Portal) -> Visitor:
    """Somebody of staff, who reads English."""
    visitor: Visitor = visit("en-GB", role=Role.STAFF, at=desk)
    return visitor


def test_a_reader_finds_a_concept_and_searches_for_it(visit: Visit) -> None:
    reader = visit("ru-RU")
    page = reader.page
    reader.open("/")
    reader.click("[data-id='nav:/thesaurus']")
    field(page, "Найти понятие").fill("Fernwär")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thesaurus?q=*")
    reader.click(".concepts a >> text=централизованное теплоснабжение")
    assert "district heating" in page.locator(".labels").inner_text()
    assert button(page, "Сохранить").count() == 0
    reader.click("[data-id=search-for-it]")
    assert page.locator("h1.count").count() == 1


def test_an_edit_changes_what_a_search_finds_until_it_is_taken_back(olga: Visitor, visit: Visit) -> None:
    reader = visit("de-DE", at=olga.portal)
    assert found(reader, "Kraftzauber") == 0
    olga.open(ENERGY)
    others = field(olga.page, "Also, one a line – German")
    others.fill(f"{others.input_value()}\nKraftzauber")
    press(olga, "Save")
    told(olga, "Saved. Searches use it from now on.")
    assert "Kraftzauber" in olga.page.locator(".labels").inner_text()
    assert found(reader, "Kraftzauber") > 0
    olga.open("/thesaurus")
    olga.click("[data-id^='edited:']")
    press(olga, "Make it as it comes with the program")
    told(olga, "The edit was taken back.")
    assert found(reader, "Kraftzauber") == 0
    olga.open("/thesaurus")
    words = olga.page.locator(".events").inner_text()
    assert words.index("“energy”: edit taken back") < words.index("“energy” edited")


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(olga: Visitor) -> None:
    page = olga.page
    olga.open("/thesaurus")
    olga.click("[data-id=new]")
    field(page, "Name – German").fill("Energie")
    field(page, "Name – English").fill("sorcery")
    press(olga, "Add it")
    problems = page.locator(".notice.wrong")
    problems.wait_for()
    assert "Russian: write the name of the concept." in problems.inner_text()
    assert "German: “Energie” is a name of the concept “energy”." in problems.inner_text()
    expect_value(page, "Name – English", "sorcery")
    field(page, "Name – German").fill("Zauberei")
    field(page, "Name – Russian").fill("волшебство")
    page.get_by_role("combobox", name="Broader").click()
    page.keyboard.type("culture of rem")
    page.get_by_role("option", name="culture of remembrance", exact=True).click()
    page.keyboard.press("Escape")
    press(olga, "Add it")
    page.wait_for_url("**/thesaurus?c=urn*")
    told(olga, "Saved.")
    expect(page.locator(".around")).to_contain_text("culture of remembrance")
    press(olga, "Take this concept out …")
    expect(wording(page, "nothing brings it back")).to_be_visible()
    press(olga, "Take it out for good")
    told(olga, "The concept was taken out.")
    olga.open("/thesaurus?q=Zauberei")
    expect(page.locator(".empty")).to_contain_text("No concept is called “Zauberei”")


def test_a_concept_that_was_taken_out_is_brought_back(olga: Visitor, visit: Visit) -> None:
    olga.open(ENERGY)
    press(olga, "Take this concept out")
    told(olga, "The concept was taken out.")
    reader = visit("de-DE", at=olga.portal)
    reader.page.goto(olga.portal.url + ENERGY)
    assert reader.page.locator(".plain-page").count() == 1
    reader.complaints[:] = [each for each in reader.complaints if "404" not in each]
    olga.click("[data-id^='edited:']")
    press(olga, "Bring it back")
    told(olga, "The concept is back.")
    reader.open(ENERGY)
    assert "энергия" in reader.page.locator(".labels").inner_text()


def test_a_file_is_loaded_refused_and_taken_out(olga: Visitor, visit: Visit, tmp_path: Path) -> None:
    reader, page = visit("de-DE", at=olga.portal), olga.page
    (tmp_path / "good.ttl").write_text(SKOS, encoding="utf-8")
    (tmp_path / "bad.ttl").write_text("no Turtle", encoding="utf-8")
    olga.open("/thesaurus")
    for name, said in (
        ("bad.ttl", "“bad.ttl” was not loaded: It is no Turtle that can be read"),
        ("good.ttl", "The file was loaded."),
    ):
        page.set_input_files(".loading input[type=file]", tmp_path / name)
        with page.expect_navigation():
            press(olga, "Load the file")
        olga.settle()
        page.locator(".notice").get_by_text(said).wait_for()
    assert found(reader, "Quirlzauber") > 0
    press(olga, "Take out")
    told(olga, "The file was taken out.")
    expect(wording(page, "None is loaded.")).to_be_visible()
    assert found(reader, "Quirlzauber") == 0
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as Turtle").click()
    assert "энергия" in Path(download.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_pages_can_be_used_by_everybody(visit: Visit, desk: Portal, scheme: str, width: int) -> None:
    for role, path in (
        (None, "/thesaurus"),
        (None, "/thesaurus?q=energie"),
        (None, ENERGY),
        (Role.STAFF, "/thesaurus"),
        (Role.STAFF, ENERGY),
    ):
        visitor = visit("ru-RU", width, 900, scheme, role=role, at=desk)
        visitor.open(path)
        visitor.page.wait_for_timeout(500)
        assert visitor.fits(), path
        found = Axe().run(visitor.page, options=RULES).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path
