"""What is left of a document that staff withdrew, at every address, from withdrawal to restoration."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from archive.accounts import Role
from archive.editing import Editing
from archive.model import Access, State
from index.indexer import Indexer
from portal.reader import reader_of
from portal.resources import WithdrawnError, resources
from portal.standing import standing
from portal.tombstone import tombstone
from tests.portal.staffed import browser

if TYPE_CHECKING:
    from tests.portal.conftest import Served

WITHDRAWN, KEPT = "7k3mx9q2f5", "7k3mx9q2f8"
TODAY = dt.date(2026, 6, 1)


@pytest.fixture
def client(served: Served) -> Iterator[TestClient]:
    with browser() as client:
        yield client


@pytest.mark.parametrize(
    "address", [f"/d/{WITHDRAWN}", f"/document?d={WITHDRAWN}", f"/files/{WITHDRAWN}/1/x"]
)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Zurückgezogen am 1. März 2026"),
        ("ru", "Отозван 1 марта 2026"),
        ("en", "Withdrawn on 1 March 2026"),
    ],
)
def test_the_addresses_say_that_it_was_withdrawn_and_why(
    client: TestClient, address: str, language: str, words: str
) -> None:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 410
    assert words in answer.text
    assert "Zurückgezogenes &lt;b&gt;" in answer.text
    assert "Auf Wunsch der &lt;i&gt;Autorin&lt;/i&gt;" in answer.text
    assert "Stadtwerke Karlsruhe" in answer.text
    assert "Krasnodar" in answer.text or "Краснодар" in answer.text
    assert "noindex" in answer.text
    for hidden in ("Netze der Fernwärme", "geheim", "/files/", "/pages/", "citation_"):
        assert hidden not in answer.text


def test_the_json_interface_says_it_without_text_and_files(client: TestClient) -> None:
    answer = client.get(f"/api/v1/documents/{WITHDRAWN}")
    assert answer.status_code == 410
    assert answer.json() == {
        "detail": "This document was withdrawn.",
        "document": WITHDRAWN,
        "title": "Zurückgezogenes <b>",
        "creators": ["Stadtwerke Karlsruhe"],
        "conference": "2017-krasnodar",
        "state": "withdrawn",
        "withdrawn_at": "2026-03-01T09:00:00+00:00",
        "reason": "Auf Wunsch der <i>Autorin</i>",
    }


def test_a_document_that_was_never_public_leaves_no_tombstone(served: Served) -> None:
    withdrawn = served.documents["withdrawn"]
    for hidden in (
        dataclasses.replace(withdrawn, id="7k3mx9q2g1", access=Access.STAFF),
        dataclasses.replace(
            withdrawn, id="7k3mx9q2g2", access=Access.EMBARGOED, embargoed_until=dt.date(9999, 1, 1)
        ),
    ):
        served.archive.save(hidden, message="made", originals={}, pages=[], passports={})
        for path in (f"/d/{hidden.id}", f"/api/v1/documents/{hidden.id}"):
            assert served.client.get(path).status_code == 404


def test_withdrawn_it_is_gone_from_search_at_once_and_restored_it_is_back(
    served: Served, client: TestClient
) -> None:
    def found() -> list[str]:
        return [hit["document"] for hit in client.get("/api/v1/search?q=Klärwerk").json()["hits"]]

    def listed() -> bool:
        return any(document.id == KEPT for document in resources().documents("2017-krasnodar", TODAY))

    editing, indexer = Editing(served.archive, "anna"), Indexer(served.archive)
    addresses = (f"/d/{KEPT}", f"/document?d={KEPT}", f"/api/v1/documents/{KEPT}", f"/pages/{KEPT}/1.webp")
    assert found() == [KEPT]
    assert [client.get(address).status_code for address in addresses] == [200] * 4
    editing.withdraw([KEPT], "Rechte ungeklärt")
    try:
        assert [client.get(address).status_code for address in addresses] == [410] * 4
        assert not listed()
        indexer.catch_up()
        assert found() == []
        with pytest.raises(WithdrawnError):
            resources().document(KEPT, TODAY)
    finally:
        editing.restore([KEPT])
        indexer.catch_up()
    assert found() == [KEPT]
    assert [client.get(address).status_code for address in addresses] == [200] * 4


def test_staff_see_the_document_with_a_notice_and_the_way_to_its_record(served: Served) -> None:
    with browser(Role.STAFF) as client:
        for identifier, words in (
            (WITHDRAWN, "Withdrawn on 1 March 2026: only staff see this document."),
            ("7k3mx9q2f4", "Draft: only staff see this document."),
            ("7k3mx9q2f6", "For staff: nobody else sees this document."),
            ("7k3mx9q2f7", "Embargoed until 1 January 9999: until then only staff see this document."),
        ):
            page = client.get(f"/d/{identifier}").text
            assert words in page
            assert f"/record?d={identifier}" in page
            assert "verborgene Folie" in page
        assert "Auf Wunsch der &lt;i&gt;Autorin" in client.get(f"/d/{WITHDRAWN}").text
        public = client.get("/d/7k3mx9q2f1").text
        assert "only staff see" not in public
        assert "/record?d=7k3mx9q2f1" in public
    with browser(Role.READER) as client:
        assert "/record?d=" not in client.get("/d/7k3mx9q2f1").text


def test_a_standing_without_day_is_told_without_one(served: Served) -> None:
    reader = reader_of({}, "en", TODAY)
    withdrawn = dataclasses.replace(served.documents["withdrawn"], withdrawn_at=None)
    assert standing(withdrawn, reader) == "Withdrawn: only staff see this document."
    assert '<p class="withdrawn">Withdrawn</p>' in tombstone(withdrawn, None, reader)
    public = dataclasses.replace(withdrawn, state=State.PUBLISHED)
    embargoed = dataclasses.replace(public, access=Access.EMBARGOED)
    assert standing(public, reader) == ""
    assert standing(embargoed, reader) == "Embargoed without a date: only staff see this document."
    over = dataclasses.replace(embargoed, embargoed_until=TODAY)
    assert standing(over, reader) == ""
