from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]


@pytest.mark.parametrize(
    ("language", "words", "title"),
    [
        ("de-DE", "Energieeffizienz", "Treffer"),
        ("ru-RU", "теплоснабжение", "совпад"),
        ("en-GB", "district heating", "hit"),
    ],
)
def test_search_in_three_languages(visit: Visit, language: str, words: str, title: str) -> None:
    visitor = visit(language)
    visitor.open("/")
    visitor.search(words)
    assert visitor.count() > 0
    assert title in visitor.page.locator("h1.count").inner_text()
    assert visitor.page.locator(".snippet mark").count() > 0
    assert visitor.page.evaluate("document.documentElement.lang") == language[:2]
    assert words in visitor.page.title()


def test_a_filter_by_language_speaks_of_pages(visit: Visit) -> None:
    """The bilingual deck has „Busspuren“ on German pages only, so that it is no hit under Russian.

    As a translation of it the archive learns автобус meanwhile, which its Russian pages have.
    """
    visitor = visit()
    bilingual = visitor.portal.document("Nahverkehr und Abfall")
    for language, found in (("de", True), ("ru", False)):
        visitor.open(f"/?q=Busspuren&translate=0&language={language}")
        assert (visitor.page.locator(f'[data-id="hit:{bilingual}"]').count() == 1) is found
    visitor.open("/?q=транспорт&language=ru")
    assert visitor.page.locator(f'[data-id="hit:{bilingual}"]').count() == 1


def test_facets_filter_and_chips_take_filters_away(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/?q=Beispiel")
    everything = visitor.count()
    visitor.click('[data-id="panel:2017-krasnodar/energieeffizienz"]')
    in_panel = visitor.count()
    assert 0 < in_panel < everything
    visitor.click('[data-id="language:de"]')
    assert 0 < visitor.count() < in_panel
    assert parse_qs(urlsplit(visitor.page.url).query) == {
        "q": ["Beispiel"],
        "language": ["de"],
        "panel": ["2017-krasnodar/energieeffizienz"],
    }
    visitor.click('[data-id="chip:panel:2017-krasnodar/energieeffizienz"]')
    visitor.click('[data-id="chips:none"]')
    assert visitor.count() == everything


def test_new_words_keep_the_filters(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/?q=Beispiel&language=de")
    visitor.search("Wasser")
    assert parse_qs(urlsplit(visitor.page.url).query) == {"q": ["Wasser"], "language": ["de"]}


def test_back_forward_and_reload_keep_the_state(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    visitor.open("/")
    visitor.search("Fernwärme")
    all_hits = visitor.count()
    visitor.click('[data-id="kind:presentation"]')
    filtered = visitor.count()
    assert filtered < all_hits
    visitor.click(".card h2 a")
    title = page.locator("h1").inner_text()
    address = page.url
    page.go_back()
    visitor.settle()
    assert visitor.count() == filtered
    assert page.locator('[data-id="kind:presentation"]').get_attribute("aria-checked") == "true"
    page.go_back()
    visitor.settle()
    assert visitor.count() == all_hits
    page.go_back()
    page.wait_for_selector(".hero")
    assert page.locator("input[type=search]").first.input_value() == ""
    for _ in range(3):
        page.go_forward()
        visitor.settle()
    page.wait_for_selector(".doc-head")
    assert page.url == address
    page.reload()
    visitor.settle()
    assert page.locator("h1").inner_text() == title


def test_back_returns_to_where_the_reader_was(visit: Visit) -> None:
    visitor = visit(height=500)
    page = visitor.page
    visitor.open("/?q=Beispiel")
    page.locator(".card h2 a").nth(6).scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    top = page.evaluate("document.querySelector('.stMain').scrollTop")
    assert top > 300
    page.locator(".card h2 a").nth(6).click()
    page.wait_for_selector(".doc-head")
    page.go_back()
    page.wait_for_selector("h1.count")
    page.wait_for_function("top => Math.abs(document.querySelector('.stMain').scrollTop - top) < 5", arg=top)


def test_a_facet_keeps_focus_and_place(visit: Visit) -> None:
    visitor = visit(height=500)
    page = visitor.page
    visitor.open("/?q=Beispiel")
    facet = page.locator('[data-id="language:ru"]')
    facet.focus()
    page.keyboard.press("Space")
    page.wait_for_selector('[data-id="language:ru"][aria-checked=true]')
    assert page.evaluate("document.activeElement.dataset.id") == "language:ru"


def test_the_count_is_announced(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/")
    visitor.search("Fernwärme")
    told = visitor.page.locator("[role=status].announced")
    told.wait_for(state="attached")
    visitor.page.wait_for_function(
        "count => document.querySelector('.announced').textContent.includes(count)", arg=str(visitor.count())
    )


def test_nothing_found_says_what_to_do(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/?q=Quantencomputer&kind=minutes")
    assert "Nichts gefunden zu „Quantencomputer“" in visitor.page.locator("h1").inner_text()
    assert visitor.page.locator(".tips li").count() >= 3
    visitor.open('/?q="Wärme Russisch"&exact=1')
    visitor.click('[data-id="tip:apart"]')
    visitor.click('[data-id="wish:exact"]')
    assert visitor.page.locator(".card").count() > 0


def test_hostile_words_are_shown_as_words(visit: Visit) -> None:
    visitor = visit()
    words = '"><img src=x onerror=alert(1)>\u202e'
    visitor.open("/")
    visitor.search(words)
    assert visitor.page.locator("input[type=search]").first.input_value() == words
    assert visitor.page.locator("img[src=x]").count() == 0


def test_numbers_of_pages_are_large_enough_for_a_finger(visit: Visit) -> None:
    """WCAG 2.2, 2.5.8: 24 pixels."""
    visitor = visit(width=390, height=844)
    visitor.open("/?q=Beispiel")
    boxes = [link.bounding_box() for link in visitor.page.locator(".to-page, .pager a").all()]
    assert len(boxes) > 5
    assert all(box is not None and box["width"] >= 24 and box["height"] >= 24 for box in boxes)


def test_facets_fold_on_narrow_screens(visit: Visit) -> None:
    visitor = visit(width=390, height=844)
    page = visitor.page
    visitor.open("/?q=Beispiel&language=de")
    assert page.locator(".facets summary").inner_text().startswith("Filter (1)")
    assert not page.locator('[data-id="language:ru"]').is_visible()
    page.locator(".facets summary").click()
    visitor.click('[data-id="language:ru"]')
    assert page.locator('[data-id="language:ru"]').is_visible(), "stays open while filters are chosen"
    assert visitor.fits()


@pytest.mark.parametrize("width", [1280, 390])
def test_switches_stay_under_the_pointer(visit: Visit, width: int) -> None:
    """What else is searched is told after them, and in the exact mode those that say nothing stay, too."""
    visitor = visit(width=width)
    visitor.open("/?q=Fernwärme")
    for name in ("translate", "names", "exact"):
        switch = visitor.page.locator(f'[data-id="wish:{name}"]')
        before = switch.bounding_box()
        visitor.click(f'[data-id="wish:{name}"]')
        assert switch.bounding_box() == before
    assert visitor.page.locator(".switches [aria-disabled=true]").count() == 2


@pytest.mark.parametrize("width", [1280, 390])
def test_a_very_long_word_stays_within_the_page(visit: Visit, width: int) -> None:
    visitor = visit(width=width)
    visitor.open(f"/?q={'Fernwärmeleitungsbau' * 6} Schule")
    for fold in (".more-forms", ".why"):
        visitor.page.locator(f"{fold} summary").first.click()
        visitor.page.wait_for_selector(f"{fold}[open] dl")
    assert visitor.fits()
