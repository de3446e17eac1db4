"""Suggestions below the search field: by keyboard, by mouse, and with the filters of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_reach import RULES

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]

FIELD, OPTION = "input[type=search]", "#suggestions [role=option]"


def test_the_keyboard_chooses_a_suggestion(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    visitor.open("/?language=de")
    page.locator(FIELD).first.click()
    page.keyboard.type("fernwaer")
    page.wait_for_selector(OPTION)
    assert page.locator(f"{OPTION} span").first.inner_text() == "Fernwärme"
    assert page.locator(f"{OPTION} small").first.inner_text() == "Thema"
    assert page.locator(FIELD).first.get_attribute("aria-expanded") == "true"
    assert Axe().run(page, options=RULES).violations_count == 0
    page.keyboard.press("ArrowDown")
    chosen = page.locator(FIELD).first.get_attribute("aria-activedescendant")
    assert chosen == page.locator(f'{OPTION}[aria-selected="true"]').get_attribute("id")
    page.keyboard.press("Enter")
    visitor.settle()
    assert visitor.count() > 0
    assert page.locator(FIELD).first.input_value() == "Fernwärme"
    assert "language=de" in page.url
    assert page.locator(OPTION).count() == 0
    page.locator(".card h2 a").first.focus()
    assert Axe().run(page, options=RULES).violations_count == 0, "also of a field that was left"


def test_a_phone_shows_all_of_what_is_suggested(visit: Visit) -> None:
    visitor = visit(width=390, height=600)
    page = visitor.page
    visitor.open("/")
    page.locator(FIELD).first.click()
    page.keyboard.type("ener")
    page.wait_for_selector(OPTION)
    shown, field = page.locator("#suggestions").bounding_box(), page.locator(".st-key-field").bounding_box()
    assert shown is not None
    assert field is not None
    assert shown["y"] + shown["height"] <= 600
    assert abs(shown["width"] - field["width"]) < 2, "as wide as field and button"
    words = page.locator(f"{OPTION} span")
    assert words.evaluate_all("all => all.every(each => each.scrollWidth <= each.clientWidth)")
    page.keyboard.press("ArrowUp")
    last = page.locator(OPTION).last.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= 600, "the keyboard reaches what had to be scrolled"


def test_a_click_chooses_and_escape_closes(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    visitor.open("/")
    page.locator(FIELD).first.click()
    page.keyboard.type("krasn")
    page.wait_for_selector(OPTION)
    page.keyboard.press("Escape")
    assert page.locator(OPTION).count() == 0
    assert page.locator(FIELD).first.input_value() == "krasn"
    page.keyboard.type("o")
    page.wait_for_selector(OPTION)
    page.locator(OPTION).first.click()
    visitor.settle()
    assert "rasnodar" in page.locator(FIELD).first.input_value()
    assert "q=" in page.url


def test_a_misspelt_word_is_put_right_by_a_click(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/?q=Fernwräme")
    assert "Meinten Sie: Fernwärme?" in visitor.page.locator(".found").inner_text()
    visitor.click('[data-id="meant"]')
    assert visitor.count() > 0
