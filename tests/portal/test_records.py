"""Records as a spreadsheet, its way back, and another file for a document: the routes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from archive.accounts import Role
from archive.tables import batches, intake
from ingest.returned import ReturnedSheets, TooLargeError
from ingest.spreadsheet import XLSX
from portal import guard
from portal.resources import resources
from portal.routes import records
from tests.portal.conftest import Served, pdf
from tests.portal.staffed import browser, token

DECK = "7k3mx9q2f1"


@pytest.fixture
def staff(served: Served) -> Iterator[TestClient]:
    with browser(Role.STAFF) as client:
        yield client


def test_the_spreadsheet_holds_every_document_in_any_state(staff: TestClient, served: Served) -> None:
    answer = staff.get("/records/2017-krasnodar.xlsx?lang=ru")
    assert answer.headers["content-type"] == XLSX
    assert 'filename="2017-krasnodar.xlsx"' in answer.headers["content-disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("id", "title")
    assert rows[1][1] == "Название"
    known = served.archive.documents(conference="2017-krasnodar", state=None)
    assert {row[0] for row in rows[2:]} == {document.id for document in known}


def test_csv_is_utf8_with_a_mark(staff: TestClient) -> None:
    answer = staff.get("/records/2017-krasnodar.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbfid;title;")


@pytest.mark.parametrize("path", ["/records/none.xlsx", "/records/2017-krasnodar.ods"])
def test_where_nothing_is_the_answer_is_404(staff: TestClient, path: str) -> None:
    assert staff.get(path).status_code == 404


def test_a_returned_sheet_is_kept_and_leads_to_its_preview(staff: TestClient) -> None:
    answer = staff.post(
        "/records/2017-krasnodar/changes?lang=de",
        files={"file": ("a.csv", b"id;title\r\n")},
        headers=token(staff),
    )
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert address.startswith("/manage?id=2017-krasnodar&part=table&sheet=")
    assert address.endswith("&lang=de")
    name = address.partition("sheet=")[2].partition("&")[0]
    assert ReturnedSheets(resources().settings.home, 99).path(name).read_bytes() == b"id;title\r\n"


def test_writes_need_the_token_and_say_their_length(staff: TestClient) -> None:
    path = "/records/2017-krasnodar/changes"
    assert staff.post(path, files={"file": ("a.csv", b"id")}).status_code == 403
    assert staff.post(path, content=iter([b"id"]), headers=token(staff)).status_code == 411


def test_a_body_that_is_too_large_is_refused_before_it_is_read(
    staff: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "FORM_BYTES", -records.LARGEST_BYTES)
    answer = staff.post(
        "/records/2017-krasnodar/changes", files={"file": ("a.csv", b"id")}, headers=token(staff)
    )
    assert answer.status_code == 413


def test_more_than_a_sheet_may_have_is_not_kept(tmp_path: Path) -> None:
    sheets = ReturnedSheets(tmp_path, 10)
    with pytest.raises(TooLargeError):
        sheets.keep([b"x" * 6, b"x" * 6])
    assert list((tmp_path / "sheets").iterdir()) == []
    name = sheets.keep([b"abc"])
    sheets.drop("../" + name)
    assert sheets.path(name).read_bytes() == b"abc"
    sheets.drop(name)
    sheets.drop(name)
    assert list((tmp_path / "sheets").iterdir()) == []


def replaced(staff: TestClient, name: str, content: bytes, of: str = "Vortrag ä.pdf") -> str:
    """Send another file for the deck; where that leads."""
    answer = staff.post(
        f"/records/{DECK}/replace",
        files={"file": (name, content)},
        data={"name": of},
        headers=token(staff),
    )
    assert answer.status_code == 303
    return answer.headers["location"]


def test_another_file_comes_in_under_the_same_path_as_a_draft(staff: TestClient, served: Served) -> None:
    before = served.archive.document(DECK)
    address = replaced(staff, "Neue Fassung.pdf", pdf("Neu"))
    assert address.startswith("/check?batch=")
    batch = address.partition("batch=")[2]
    with served.archive.catalogue.engine.connect() as connection:
        begun = connection.execute(select(batches).where(batches.c.id == batch)).one()
        entered = connection.execute(select(intake).where(intake.c.batch == batch)).one()
    assert (begun.person, begun.conference) == ("a-staff", "2017-krasnodar")
    assert (entered.path, entered.state) == (before.current.files[0].path, "waiting")
    assert entered.description["hold"] is True
    assert entered.description["title"] == before.title
    received = served.archive.claim_received(entered.received)
    assert received is not None
    assert received.path.read_bytes() == pdf("Neu")
    received.release()
    assert served.archive.document(DECK) == before


@pytest.mark.parametrize(
    ("name", "content", "of", "why"),
    [
        ("a.pdf", b"%PDF-1.4 other", "nothing.pdf", "none"),
        ("a.txt", b"only words", "Vortrag ä.pdf", "format"),
        ("a.pdf", None, "Vortrag ä.pdf", "same"),
    ],
)
def test_what_cannot_replace_a_file_says_why(
    staff: TestClient, served: Served, name: str, content: bytes | None, of: str, why: str
) -> None:
    given = served.contents["Vortrag ä.pdf"] if content is None else content
    assert replaced(staff, name, given, of) == f"/record?d={DECK}&refused={why}"


def test_a_conference_without_documents_that_changed_is_noticed(served: Served) -> None:
    shared, archive = resources(), served.archive
    (known,) = [each for each in archive.conferences() if each.id == "2017-krasnodar"]
    other = replace(known, id="1999-leer", panels=())
    today = known.start
    assert today is not None
    before = {held.conference.id for held in shared.holdings(today)}
    try:
        archive.save_conference(other)
        after = {held.conference.id for held in shared.holdings(today)}
        archive.save_conference(replace(other, number=99))
        numbers = {held.conference.number for held in shared.holdings(today)}
    finally:
        archive.remove_conference(other.id)
    assert after - before == {other.id}
    assert 99 in numbers
    assert {held.conference.id for held in shared.holdings(today)} == before
