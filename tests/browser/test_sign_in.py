"""Signing in and out in a real browser: what staff see besides, and that nothing of it stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.accounts import Role
from tests.browser.forms import button, field
from tests.browser.serving import PASSWORD
from tests.browser.test_reach import RULES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]

STAFF_PAGES = ("/upload", "/check", "/manage", "/status", "/people", "/account")


def sign_in(visitor: Visitor, name: str = "staff", password: str = PASSWORD) -> None:
    """Type name and password into the form that is open, and wait for what comes."""
    visitor.page.locator("#name").fill(name)
    visitor.page.locator("#password").fill(password)
    with visitor.page.expect_navigation():
        visitor.page.locator("button.primary").click()


def links(page: Page) -> list[str]:
    """The links of the head."""
    return page.locator(".head .links a").all_inner_texts()


def test_who_signs_in_sees_staff_links_and_who_signs_out_nothing_of_staff(visit: Visit) -> None:
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open("/conferences")
    assert links(page) == ["Search", "Conferences", "Thesaurus"]
    page.locator(".head .account a").click()
    page.wait_for_url("**/sign-in?next=%2Fconferences")
    sign_in(visitor, password="not the password")
    assert page.locator("[role=alert]").inner_text() == "User name or password is wrong."
    visitor.complaints.clear()  # the console tells of every 403
    sign_in(visitor)
    visitor.settle()
    assert page.url.endswith("/conferences")
    expected = ["Search", "Conferences", "Thesaurus", "Upload", "Check drafts", "Manage", "Translations"]
    expected += ["Status", "Accounts"]
    assert links(page) == expected
    assert page.locator(".head .who").inner_text() == "staff"
    assert "konferenzarchiv" not in page.evaluate("document.cookie")
    with page.expect_navigation():
        page.locator("[data-id=sign-out]").click()
    visitor.settle()
    assert links(page) == ["Search", "Conferences", "Thesaurus"]
    for path in STAFF_PAGES:
        page.goto(visitor.portal.url + path)
        page.wait_for_selector(".sign-in")
    page.go_back()
    page.wait_for_load_state()
    assert page.locator(".head .who").count() == 0


def test_signing_out_everywhere_ends_pages_that_are_open_in_other_browsers(visit: Visit) -> None:
    here, there = visit("en-GB", role=Role.READER), visit("en-GB", role=Role.READER)
    there.open("/account")
    assert there.page.locator("h1").inner_text() == "Your account"
    here.open("/account")
    assert here.page.locator(".sessions li").count() >= 2
    with here.page.expect_navigation():
        here.page.locator("[data-id=sign-out-everywhere]").click()
    here.settle()
    there.click('.head .links a[href="/conferences"]')
    assert there.page.locator(".head .who").count() == 0
    there.page.go_back()
    expect(there.page.locator("h1")).to_have_text("You are not signed in")
    there.page.locator(".missing .button").first.click()
    there.page.wait_for_url("**/sign-in?next=%2Faccount")


def test_an_admin_makes_an_account_and_blocks_it_again(visit: Visit) -> None:
    admin, other = visit("en-GB", role=Role.ADMIN), visit("en-GB")
    page = admin.page
    admin.open("/people")
    field(page, "User name").fill("Neue Person")
    button(page, "Add the account").click()
    expect(page.locator("[role=alert]")).to_contain_text("A name has 1 to 64 letters")
    field(page, "User name").fill("neu")
    button(page, "Add the account").click()
    password = page.locator(".secret code").inner_text()
    expect(page.locator(".people tbody")).to_contain_text("neu")

    other.open("/sign-in?next=/upload")
    sign_in(other, "neu", password)
    other.settle()
    assert "Upload" in links(other.page)
    assert "Accounts" not in links(other.page)

    admin.click('[data-id="person:neu"]')
    assert page.locator(".secret").count() == 0, "the password is shown once"
    button(page, "Block").click()
    expect(page.locator(".people .blocked")).to_contain_text("neu")
    other.page.locator('.head .links a[href="/status"]').click()
    expect(other.page.locator("h1")).to_have_text("You are not signed in")


def test_nobody_takes_the_last_admin_away(visit: Visit) -> None:
    visitor = visit("en-GB", role=Role.ADMIN)
    page = visitor.page
    for name in ("staff", "a-admin"):
        visitor.open(f"/people?name={name}")
        button(page, "Block").click()
        if name == "staff":
            expect(button(page, "Let in again")).to_be_visible()
    expect(page.locator("[role=alert]")).to_have_text("Somebody has to be left who may manage accounts.")
    visitor.open("/people?name=staff")
    button(page, "Let in again").click()
    expect(button(page, "Block")).to_be_visible()


def test_a_new_password_keeps_this_browser_signed_in(visit: Visit) -> None:
    visitor = visit("en-GB", role=Role.READER)
    page = visitor.page
    visitor.open("/account")
    page.locator("#old").fill(PASSWORD)
    page.locator("#new").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("[data-id=change-password]").click()
    visitor.settle()
    expect(page.locator(".done")).to_contain_text("Your password was changed.")
    assert page.locator(".head .who").inner_text() == "a-reader"


def test_a_document_that_is_withdrawn_while_it_is_open_becomes_a_tombstone(visit: Visit) -> None:
    from archive.editing import Editing
    from archive.repository import Archive
    from archive.settings import Settings

    visitor = visit("en-GB")
    identifier = visitor.portal.document("03 Straßenbeleuchtung")
    visitor.open(f"/document?d={identifier}")
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(visitor.portal.server.home)}))
    try:
        Editing(archive, "test").withdraw([identifier], "On request of the author")
        visitor.page.locator(".strip a").nth(1).click()
        expect(visitor.page.locator(".tombstone dd")).to_have_text("On request of the author")
        assert visitor.page.locator(".page").count() == 0
        visitor.open(f"/document?d={identifier}")
        assert visitor.page.locator(".plain-page .tombstone h1").count() == 1
        visitor.complaints.clear()  # the console tells of every 410
    finally:
        Editing(archive, "test").restore([identifier])
        archive.close()


@pytest.mark.parametrize("language", ["de-DE", "ru-RU", "en-GB"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_head_of_staff_fits_in_every_language(visit: Visit, language: str, width: int) -> None:
    visitor = visit(language, width=width, role=Role.ADMIN)
    visitor.open("/")
    page = visitor.page
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")
    boxes = [
        box
        for part in (".name", ".account", ".langs", ".links")
        if (box := page.locator(f".head {part}").bounding_box())
    ]
    assert len(boxes) == 4
    for number, one in enumerate(boxes):
        assert one["x"] >= 0
        assert one["x"] + one["width"] <= width + 1
        for other in boxes[number + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= one["y"] + 1
            )
            assert apart, (one, other)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["/sign-in", "/account", "/people?name=a-admin"])
def test_axe_finds_nothing(visit: Visit, path: str, width: int, scheme: str) -> None:
    visitor = visit(width=width, scheme=scheme, role=None if path == "/sign-in" else Role.ADMIN)
    visitor.open(path)
    found = Axe().run(visitor.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
