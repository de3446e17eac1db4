"""Files that staff keep to themselves because of what they hold, and what staff see besides."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.access import Audience
from archive.accounts import Role
from archive.model import Kind, Page
from index.query import Query
from index.results import Hit, PageHit, Snippet
from portal.cards import Shelf, files, hit_card, small_card
from portal.reader import Reader, reader_of
from portal.reading import Reading, pages
from portal.record import aside
from portal.resources import resources
from tests.portal.staffed import browser

if TYPE_CHECKING:
    from archive.model import Document
    from tests.portal.conftest import Served

KEPT = "7k3mx9q2f8"
DECK_URL, PDF_URL = (f"/files/{KEPT}/1/Vortrag%20%C3%A4.{kind}" for kind in ("pptx", "pdf"))


def _readers(served: Served) -> tuple[Document, Reader, Reader]:
    today = served.documents["kept"].created_at.date()
    return (
        served.documents["kept"],
        reader_of({}, "en", today),
        reader_of({}, "en", today, Audience.STAFF),
    )


def test_cards_name_the_file_and_link_only_what_may_be_had(served: Served) -> None:
    document, public, staff = _readers(served)
    shown = files(document, public)
    assert DECK_URL not in shown
    assert PDF_URL in shown
    assert "PPTX" in shown
    assert DECK_URL in files(document, staff)


def test_the_document_says_in_a_sentence_that_a_file_stays_with_staff(served: Served) -> None:
    document, public, staff = _readers(served)
    shelf = resources().shelf()
    shown = aside(document, 2, (), shelf, public, "")
    assert DECK_URL not in shown
    assert PDF_URL in shown
    assert "1 file (PPTX) stays with staff, since it holds what was not shown or is personal." in shown
    whole = aside(document, 2, (), shelf, staff, "")
    assert DECK_URL in whole
    assert "stays with staff" not in whole


def test_no_page_and_no_answer_links_to_it(served: Served) -> None:
    with browser() as client:
        for path in (f"/d/{KEPT}", f"/api/v1/documents/{KEPT}", "/api/v1/search?q=Klärwerk"):
            assert DECK_URL not in client.get(path).text
        listed = client.get(f"/api/v1/documents/{KEPT}").json()["files"]
        assert {file["name"]: file["url"] for file in listed} == {
            "Vortrag ä.pdf": PDF_URL,
            "Vortrag ä.pptx": None,
        }
        read = client.get(f"/api/v1/documents/{KEPT}").json()["pages"]
        assert [(page["text"], page["notes"]) for page in read] == [("Klärwerk", ""), ("Fragen an …", "")]
        assert client.get(f"/api/v1/documents/{KEPT}").json()["passport"] == {"Vortrag ä.pptx": {"pages": 1}}
    with browser(Role.STAFF) as client:
        answer = client.get(f"/api/v1/documents/{KEPT}").json()
        assert all(file["url"] for file in answer["files"])
        assert [page["notes"] for page in answer["pages"]] == ["Notiz für Mitarbeitende", "", ""]
        assert answer["passport"]["Vortrag ä.pptx"] == {"pages": 2, "notes": 1, "hidden": [2]}
        assert client.get(DECK_URL).content == served.contents["Vortrag ä.pptx"]


def test_there_is_no_picture_of_a_page_with_an_address(served: Served) -> None:
    stamp = hashlib.sha512(served.contents["Vortrag ä.pdf"]).hexdigest()[:12]
    with browser() as client:
        answers = {number: client.get(f"/pages/{KEPT}/{number}.webp?v={stamp}") for number in (1, 2, 3)}
        assert {number: answer.status_code for number, answer in answers.items()} == {1: 200, 2: 404, 3: 404}
        assert answers[1].headers["cache-control"].startswith("private, max-age")
    with browser(Role.STAFF) as client:
        for number, kept in ((1, "private, max-age=86400"), (2, "no-store"), (3, "no-store")):
            answer = client.get(f"/pages/{KEPT}/{number}.webp?v={stamp}")
            assert (answer.status_code, answer.headers["cache-control"]) == (200, kept)
            assert answer.headers["vary"] == "Cookie"


def test_cards_and_pages_show_a_sheet_where_there_is_no_picture(served: Served) -> None:
    document, public, staff = _readers(served)
    shared = resources()
    for reader, missing in ((public, True), (staff, False)):
        shelf = shared.shelf((document,), reader.audience)
        hit = Hit(document, Snippet(document.title), 1.0, "all", (PageHit(3, Snippet("Fragen an …"), 1.0),))
        for shown in (
            hit_card(hit, Query(text="Fragen"), shelf, reader),
            pages(
                Reading(
                    document,
                    shared.pages(document, reader.audience),
                    Query(),
                    {},
                    3,
                    shared.unpictured((document,), reader.audience).get(KEPT, frozenset()),
                ),
                reader,
            ),
        ):
            assert (f"/pages/{KEPT}/3.webp" not in shown) is missing
            assert ("Fragen an …" in shown) or not missing
        assert f"/pages/{KEPT}/1.webp" in small_card(document, shelf, reader)


def test_a_letter_whose_every_page_has_an_address_is_text_only(served: Served) -> None:
    document, public, _ = _readers(served)
    letter = replace(document, kind=Kind.PAPER)
    reading = Reading(letter, [Page(1, "Fragen an …")], Query(), {}, 1, frozenset({1}))
    assert "text-only" in pages(reading, public)
    first = Shelf({}, {KEPT: frozenset({1})})
    assert 'class="tile cover sheet"' in small_card(letter, first, public)
