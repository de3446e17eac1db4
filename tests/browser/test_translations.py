"""A German question finds a Russian slide, says why, and lets the reader take words out and put them back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_reach import RULES

if TYPE_CHECKING:
    from tests.browser.conftest import Portal, Visitor

Visit = Callable[..., "Visitor"]

FOUND = "/?q=Fernwärme&language=ru"
DECK = "01 Теплоснабжение"


@pytest.fixture(scope="module", autouse=True)
def learned(portal: Portal) -> None:
    """The archive has learned from the translations in it."""
    assert portal.server.run("learn").returncode == 0


def parameters(visitor: Visitor) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visitor.page.url).query)


@pytest.mark.parametrize(
    ("language", "question", "reason"),
    [
        ("de-DE", "Warum dieser Treffer?", "Übersetzung (Russisch)"),
        ("ru-RU", "Почему это найдено?", "перевод (русский)"),
        ("en-GB", "Why this hit?", "translation (Russian)"),
    ],
)
def test_a_german_query_finds_a_russian_slide_and_says_why(
    visit: Visit, language: str, question: str, reason: str
) -> None:
    visitor = visit(language)
    visitor.open(FOUND)
    deck = visitor.portal.document(DECK)
    card = visitor.page.locator(".card", has=visitor.page.locator(f'[data-id="hit:{deck}"]'))
    summary = card.locator(".why summary")
    assert summary.inner_text() == question
    summary.focus()
    visitor.page.keyboard.press("Enter")
    said = card.locator(".why li").first
    said.wait_for(state="visible")
    assert "еплоснабжение" in said.inner_text()
    assert reason in said.inner_text()
    said.locator("a").first.click()
    visitor.page.wait_for_selector(".doc-head")
    assert parameters(visitor)["d"] == [deck]


def test_one_click_takes_a_word_out_and_another_takes_it_back(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    visitor.open(FOUND)
    before = visitor.count()
    page.locator(".more-forms summary").click()
    visitor.click('.also [data-id="form:теплоснабжение"]')
    assert parameters(visitor)["without"] == ["теплоснабжение"]
    assert page.locator(".also s").inner_text() == "теплоснабжение"
    assert page.locator(".more-forms[open]").count() == 1, "what was unfolded stays so"
    page.go_back()
    visitor.settle()
    assert visitor.count() == before
    page.go_forward()
    visitor.settle()
    visitor.click('.also [data-id="form:теплоснабжение"]')
    assert "without" not in parameters(visitor)
    assert visitor.count() == before


def test_a_switch_stops_all_translations(visit: Visit) -> None:
    visitor = visit()
    deck = f'[data-id="hit:{visitor.portal.document(DECK)}"]'
    visitor.open(FOUND)
    assert visitor.page.locator(deck).count() == 1
    visitor.page.locator('[data-id="wish:translate"]').focus()
    visitor.page.keyboard.press("Space")
    visitor.page.wait_for_selector('[data-id="wish:translate"][aria-checked=false]')
    visitor.settle()
    assert parameters(visitor)["translate"] == ["0"]
    assert visitor.page.locator(deck).count() == 0
    visitor.click('[data-id="wish:translate"]')
    assert visitor.page.locator(deck).count() == 1


def test_only_as_typed(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/?q=Stadt")
    everything = visitor.count()
    visitor.click('[data-id="wish:exact"]')
    assert parameters(visitor)["exact"] == ["1"]
    assert 0 < visitor.count() < everything
    assert visitor.page.locator(".also .wording").count() == 0


def test_words_that_are_missing_are_named(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/?q=Fernwärme Quantencomputer")
    assert "In keinem Dokument: Quantencomputer." in visitor.page.locator(".message").inner_text()
    assert visitor.page.locator(".lacks s").first.inner_text() == "Quantencomputer"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_explanations_fit_and_axe_finds_nothing(visit: Visit, width: int, scheme: str) -> None:
    visitor = visit(width=width, scheme=scheme)
    visitor.open("/?q=Fernwärme Gebäude Quantencomputer&without=теплоснабжение")
    visitor.page.locator(".more-forms summary").click()
    for summary in visitor.page.locator(".why summary").all():
        summary.click()
    assert visitor.page.locator(".why dl").first.is_visible()
    assert visitor.fits()
    found = Axe().run(visitor.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
