"""Files that staff keep to themselves because of what they hold, and what staff see besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.access import Audience
from archive.accounts import Role
from portal.cards import files
from portal.reader import Reader, reader_of
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
        assert [page["notes"] for page in client.get(f"/api/v1/documents/{KEPT}").json()["pages"]] == [""]
        assert client.get(f"/api/v1/documents/{KEPT}").json()["passport"] == {"Vortrag ä.pptx": {"pages": 1}}
    with browser(Role.STAFF) as client:
        answer = client.get(f"/api/v1/documents/{KEPT}").json()
        assert all(file["url"] for file in answer["files"])
        assert [page["notes"] for page in answer["pages"]] == ["Notiz für Mitarbeitende", ""]
        assert answer["passport"]["Vortrag ä.pptx"] == {"pages": 2, "notes": 1, "hidden": [2]}
        assert client.get(DECK_URL).content == served.contents["Vortrag ä.pptx"]
