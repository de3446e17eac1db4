"""Who can use the pages: three languages, the keyboard alone, axe-core, and addresses at which nothing is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe

from archive.accounts import Role

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]

CONCEPT = "urn:konferenzarchiv:thesaurus:fernwaerme"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOADS = 5
"""So often a page is loaded until it stands still."""


def test_the_language_can_be_switched_and_stays(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    visitor.open("/?q=Fernwärme&language=de")
    hits = visitor.count()
    with page.expect_navigation():
        page.locator('.langs a[lang="ru"]').click()
    visitor.settle()
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert visitor.count() == hits
    assert page.locator('[data-id="language:de"]').get_attribute("aria-checked") == "true"
    visitor.click(".card h2 a")
    assert "lang=ru" in page.url
    assert "Скачать" in page.locator(".aside").inner_text()


@pytest.mark.parametrize(
    ("browser_language", "shown"), [("ru-RU", "ru"), ("en-US", "en"), ("de-AT", "de"), ("fr-FR", "de")]
)
def test_the_language_follows_the_browser(visit: Visit, browser_language: str, shown: str) -> None:
    visitor = visit(browser_language)
    visitor.open("/conferences")
    assert visitor.page.evaluate("document.documentElement.lang") == shown


def test_the_keyboard_is_enough(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    visitor.open("/")

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        pytest.fail(f"{selector} cannot be reached by Tab")

    tab_to("input[type=search]")
    page.keyboard.type("Wasser")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1.count")
    visitor.settle()
    hits = visitor.count()
    tab_to('[data-id="kind:presentation"]')
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-id="kind:presentation"][aria-checked=true]')
    visitor.settle()
    assert 0 < visitor.count() < hits
    tab_to(".card h2 a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".doc-head")
    visitor.settle()
    tab_to('[data-id="step:next"], .downloads a')
    tab_to(".downloads a")
    assert page.evaluate("document.activeElement.hasAttribute('download')")


PATHS = {
    "start": "/",
    "results": "/?q=Beispiel&language=de",
    "some": "/?q=Fernwärme+Trinkwasser+Berufsausbildung",
    "nothing": "/?q=Quantencomputer",
    "conferences": "/conferences",
    "conference": "/conferences?id=2017-krasnodar",
    "document": "/document?d={deck}&q=Netz&p=2",
    "paper": "/document?d={paper}",
    "landing": "/d/{deck}",
    "missing": "/nothing",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PATHS)
def test_axe_finds_nothing(visit: Visit, name: str, width: int, scheme: str) -> None:
    visitor = visit(width=width, scheme=scheme)
    deck = visitor.portal.document("01 Fernwärme und Gebäudesanierung")
    paper = visitor.portal.document("Arbeitspapier")
    visitor.open(PATHS[name].format(deck=deck, paper=paper))
    found = Axe().run(visitor.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    if name == "missing":
        visitor.complaints.clear()  # the console tells of every 404


@pytest.mark.parametrize("width", [320, 390])
def test_no_word_of_the_title_is_broken_on_a_phone(visit: Visit, width: int) -> None:
    """Städtepartnerkonferenzen, the longest of the three languages, without the help of hyphens."""
    visitor = visit(width=width)
    visitor.open("/")
    title = visitor.page.locator(".hero h1")
    title.evaluate("title => { title.style.overflowWrap = 'normal'; title.style.hyphens = 'manual' }")
    assert title.evaluate("title => title.scrollWidth <= title.clientWidth")


def test_what_is_on_is_seen_where_the_system_chooses_colours(visit: Visit) -> None:
    """Colours of a high contrast take backgrounds and shadows away."""
    visitor = visit()
    visitor.page.emulate_media(forced_colors="active")
    visitor.open("/?q=Beispiel&language=de")
    colour = "box => getComputedStyle(box).backgroundColor"
    for field in ("language:", "wish:"):
        boxes = [f'[data-id^="{field}"][aria-checked={state}] .box' for state in ("true", "false")]
        is_on, is_off = (visitor.page.locator(box).first.evaluate(colour) for box in boxes)
        assert is_on != is_off, field


@pytest.mark.parametrize("path", ["/nothing", "/document?d=nothing", "/conferences?id=nothing", "/d/nothing"])
def test_where_nothing_is_the_answer_is_404(visit: Visit, path: str) -> None:
    visitor = visit("en-GB")
    with pytest.raises(HTTPError) as error:
        urlopen(visitor.portal.url + path)
    assert error.value.code == 404
    error.value.close()
    visitor.open(path)
    assert visitor.page.locator("h1").inner_text() == "There is nothing at this address"
    visitor.complaints.clear()


def test_no_page_asks_for_what_the_policy_forbids(visit: Visit) -> None:
    visitor = visit(strict=True)
    deck = visitor.portal.document("01 Fernwärme und Gebäudesanierung")
    for path in ("/", "/?q=Fernwärme", "/conferences", f"/document?d={deck}&q=Netz", f"/d/{deck}"):
        visitor.open(path)
        visitor.page.wait_for_timeout(300)
    assert visitor.complaints == []


@pytest.mark.parametrize(("width", "role"), [(1280, None), (390, None), (1280, Role.STAFF)])
def test_nothing_moves_once_it_stands(visit: Visit, width: int, role: Role | None) -> None:
    """The layout shift of loading each page, without what readers cause themselves.

    The best of a few loads: where the machine is busy, the parts of a page arrive one by one.
    """
    visitor = visit(width=width, role=role)
    deck = visitor.portal.document("01 Fernwärme und Gebäudesanierung")
    visitor.page.add_init_script(
        "window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => "
        "{ if (!entry.hadRecentInput) window.shifts += entry.value }))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    paths = ["/", "/?q=Beispiel", "/?q=Quantencomputer", f"/document?d={deck}&q=Netz"]
    paths += ["/conferences?id=2017-krasnodar", "/thesaurus", f"/thesaurus?c={CONCEPT}"]

    def shift(path: str) -> float:
        visitor.open(path)
        visitor.page.wait_for_timeout(300)
        return float(visitor.page.evaluate("window.shifts"))

    for path in [*paths, "/translations"] if role else paths:
        assert any(shift(path) < 0.15 for _ in range(LOADS)), path
