from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

Visit = Callable[..., "Visitor"]
SAMPLES = Path(__file__).parents[2] / "samples" / "2017-krasnodar"


def test_open_a_hit_and_download_its_bytes(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/?q=Gebäudesanierung&kind=presentation&language=de")
    visitor.click(".card h2 a")
    for link in visitor.page.locator(".downloads a").all():
        with visitor.page.expect_download() as started:
            link.click()
        received = Path(started.value.path()).read_bytes()
        name = started.value.suggested_filename
        (original,) = [path for path in SAMPLES.rglob("*") if path.name == name]
        assert hashlib.sha512(received).digest() == hashlib.sha512(original.read_bytes()).digest()


def test_step_from_hit_to_hit(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    deck = visitor.portal.document("01 Fernwärme und Gebäudesanierung")
    visitor.open(f"/document?d={deck}&q=Netz&p=1")
    total = page.locator(".strip .hit").count()
    assert total > 1
    page.locator('[data-id="step:next"]').click()
    page.wait_for_function("document.querySelector('.hit-bar strong').textContent.includes('von')")
    at = page.evaluate("new URLSearchParams(location.search).get('p')")
    page.wait_for_selector(f'.strip a[data-page="{at}"][aria-current=true]')
    assert page.locator(f'.page[data-target="{at}"] mark').first.is_visible()
    top = page.locator(f'.page[data-target="{at}"]').bounding_box()
    assert top is not None
    assert 0 <= top["y"] < 200, "the slide with the hit is in sight"


def test_stepping_replaces_no_picture(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    deck = visitor.portal.document("01 Fernwärme und Gebäudesanierung")
    visitor.open(f"/document?d={deck}&q=Netz")
    page.evaluate("document.querySelector('.strip').dataset.same = 'yes'")
    page.locator('.strip a[data-page="3"]').click()
    page.wait_for_selector('.strip a[data-page="3"][aria-current=true]')
    visitor.settle()
    assert page.evaluate("document.querySelector('.strip').dataset.same") == "yes"


def test_pictures_are_drawn(visit: Visit) -> None:
    visitor = visit()
    deck = visitor.portal.document("01 Fernwärme und Gebäudesanierung")
    visitor.open(f"/document?d={deck}")
    picture = visitor.page.locator(".page .left img").first
    picture.scroll_into_view_if_needed()
    visitor.page.wait_for_function("document.querySelector('.page .left img').naturalWidth >= 900")


def test_a_deck_leads_to_its_translation_and_back_to_the_query(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    deck = visitor.portal.document("01 Fernwärme und Gebäudesanierung")
    visitor.open(f"/document?d={deck}&q=Fernwärme&language=de")
    assert page.locator('[data-id="back"]').inner_text() == "‹ Fernwärme"
    visitor.click(".sisters a[lang=ru]")
    assert "Теплоснабжение" in page.locator("h1").inner_text()
    page.go_back()
    page.wait_for_selector('[data-id="back"]')
    visitor.click('[data-id="back"]')
    assert page.locator('[data-id="language:de"]').get_attribute("aria-checked") == "true"


def test_a_conference_leads_by_panel_to_its_documents(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    visitor.open("/")
    visitor.click('.links a[data-id^="nav:/conferences"]')
    visitor.click(".conference h2 a")
    words = page.locator(".browse").inner_text()
    for part in (
        "28.\u2060–\u206030. Juni 2017",
        "Krasnodar",
        "Kontakte knüpfen",
        "Deutsch-Russisches Forum",
        "Stiftung West-Östliche Begegnungen",
        "Arbeitsgruppe 2",
        "Energieministerium",
    ):
        assert part in words
    assert page.locator(".panel").count() >= 3
    assert page.locator(".programme .button").count() >= 3
    visitor.click(".panel .name a")
    assert page.locator(".doc-head h1").is_visible()


def test_a_document_leads_to_its_panel(visit: Visit) -> None:
    visitor = visit(height=600)
    page = visitor.page
    visitor.open(f"/document?d={visitor.portal.document('Mittelstand und Berufsausbildung')}")
    visitor.click('[data-id="fact:panel"]')
    panel = page.locator('.panel[data-target="2017-krasnodar/kommunalversorgung"]')
    page.wait_for_selector(".panel.aimed")
    box = panel.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 300


def test_examples_say_so(visit: Visit) -> None:
    visitor = visit()
    deck = visitor.portal.document("01 Fernwärme und Gebäudesanierung")
    conference = "/conferences?id=2017-krasnodar"
    for path in ("/", "/?q=Fernwärme", "/conferences", conference, f"/document?d={deck}"):
        visitor.open(path)
        assert visitor.page.locator(".example").first.inner_text() == "Beispiel"
