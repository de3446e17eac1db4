"""Who gets what at every address: each route and page is called by everybody; docs/access.md says the same.

To add a route or page: add its line to `ROWS`, run this test, and put the line it prints into docs/access.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount, Route
from starlette.testclient import TestClient

from archive.access import Audience
from archive.accounts import Person, Role
from portal.identity import ANYBODY, Visitor
from portal.main import VIEWS, _allowed
from portal.routes import ROUTES
from portal.urls import PAGES
from portal.views import refused
from tests.portal.conftest import NOW, Served
from tests.portal.staffed import browser, token

DOCUMENT = Path(__file__).parents[2] / "docs" / "access.md"
EVERYBODY: tuple[Role | None, ...] = (None, Role.READER, Role.STAFF, Role.ADMIN)
"""The columns of the table; None is somebody who is not signed in."""


class Row(NamedTuple):
    """One way to use one address, and the status that each of `EVERYBODY` is answered."""

    method: str
    address: str
    """As the route has it."""
    case: str
    call: str
    """What is called."""
    outcomes: tuple[int, int, int, int]


FREE, GONE = (200, 200, 200, 200), (404, 404, 404, 404)
STAFF_SEES, TOMBSTONE = (404, 404, 200, 200), (410, 410, 200, 200)
STAFF_PAGE, STAFF_WRITES = (303, 403, 200, 200), (401, 403, 404, 404)
"""A write of staff to something that is not there: the role is looked at first."""

FILE, PICTURE = "/files/{document}/{version:int}/{name:path}", "/pages/{document}/{number:int}.webp"
API_DOCUMENT = "/api/v1/documents/{identifier}"
DECK, DRAFT, WITHDRAWN, STAFF_ONLY = "7k3mx9q2f1", "7k3mx9q2f4", "7k3mx9q2f5", "7k3mx9q2f6"
EMBARGOED, KEPT = "7k3mx9q2f7", "7k3mx9q2f8"

ROWS = [
    Row("GET", "/", "page", "/?q=Netz", FREE),
    Row("GET", "/conferences", "page", "/conferences", FREE),
    Row("GET", "/document", "page, public document", f"/document?d={DECK}", FREE),
    Row("GET", "/document", "page, draft", f"/document?d={DRAFT}", STAFF_SEES),
    Row("GET", "/document", "page, document for staff", f"/document?d={STAFF_ONLY}", STAFF_SEES),
    Row("GET", "/document", "page, embargoed document", f"/document?d={EMBARGOED}", STAFF_SEES),
    Row("GET", "/document", "page, withdrawn document", f"/document?d={WITHDRAWN}", TOMBSTONE),
    Row("GET", "/thesaurus", "page", "/thesaurus", FREE),
    Row("GET", "/thesaurus", "page, no such concept", "/thesaurus?c=urn:none", GONE),
    Row("GET", "/upload", "page", "/upload", STAFF_PAGE),
    Row("GET", "/check", "page", "/check", STAFF_PAGE),
    Row("GET", "/manage", "page", "/manage", STAFF_PAGE),
    Row("GET", "/record", "page", f"/record?d={DECK}", STAFF_PAGE),
    Row("GET", "/translations", "page", "/translations", STAFF_PAGE),
    Row("GET", "/status", "page", "/status", STAFF_PAGE),
    Row("GET", "/people", "page", "/people", (303, 403, 403, 200)),
    Row("GET", "/account", "page", "/account", (303, 200, 200, 200)),
    Row("GET", FILE, "public document", f"/files/{DECK}/1/Vortrag ä.pdf", FREE),
    Row("GET", FILE, "draft", f"/files/{DRAFT}/1/Vortrag ä.pdf", STAFF_SEES),
    Row("GET", FILE, "document for staff", f"/files/{STAFF_ONLY}/1/Vortrag ä.pdf", STAFF_SEES),
    Row("GET", FILE, "embargoed document", f"/files/{EMBARGOED}/1/Vortrag ä.pdf", STAFF_SEES),
    Row("GET", FILE, "withdrawn document", f"/files/{WITHDRAWN}/1/Vortrag ä.pdf", TOMBSTONE),
    Row("GET", FILE, "file that staff keep back", f"/files/{KEPT}/1/Vortrag ä.pptx", STAFF_SEES),
    Row("GET", FILE, "other file beside it", f"/files/{KEPT}/1/Vortrag ä.pdf", FREE),
    Row("GET", PICTURE, "public document", f"/pages/{DECK}/1.webp", FREE),
    Row("GET", PICTURE, "page that was hidden", f"/pages/{DECK}/3.webp", STAFF_SEES),
    Row("GET", PICTURE, "draft", f"/pages/{DRAFT}/1.webp", STAFF_SEES),
    Row("GET", PICTURE, "document for staff", f"/pages/{STAFF_ONLY}/1.webp", STAFF_SEES),
    Row("GET", PICTURE, "embargoed document", f"/pages/{EMBARGOED}/1.webp", STAFF_SEES),
    Row("GET", PICTURE, "withdrawn document", f"/pages/{WITHDRAWN}/1.webp", TOMBSTONE),
    Row("GET", "/d/{document}", "public document", f"/d/{DECK}", FREE),
    Row("GET", "/d/{document}", "draft", f"/d/{DRAFT}", STAFF_SEES),
    Row("GET", "/d/{document}", "document for staff", f"/d/{STAFF_ONLY}", STAFF_SEES),
    Row("GET", "/d/{document}", "embargoed document", f"/d/{EMBARGOED}", STAFF_SEES),
    Row("GET", "/d/{document}", "withdrawn document", f"/d/{WITHDRAWN}", TOMBSTONE),
    Row("GET", "/api/v1/search", "", "/api/v1/search?q=Netz", FREE),
    Row("GET", "/api/v1/translations", "", "/api/v1/translations?word=Netz", FREE),
    Row("GET", "/api/v1/suggest", "", "/api/v1/suggest?q=Netz", FREE),
    Row("GET", API_DOCUMENT, "public document", f"/api/v1/documents/{DECK}", FREE),
    Row("GET", API_DOCUMENT, "draft", f"/api/v1/documents/{DRAFT}", STAFF_SEES),
    Row("GET", API_DOCUMENT, "document for staff", f"/api/v1/documents/{STAFF_ONLY}", STAFF_SEES),
    Row("GET", API_DOCUMENT, "embargoed document", f"/api/v1/documents/{EMBARGOED}", STAFF_SEES),
    Row("GET", API_DOCUMENT, "withdrawn document", f"/api/v1/documents/{WITHDRAWN}", TOMBSTONE),
    Row("GET", "/api/v1/openapi.json", "", "/api/v1/openapi.json", FREE),
    Row("GET", "/health", "", "/health", FREE),
    Row("GET", "/theme/…", "style, script, fonts", "/theme/portal.css", FREE),
    Row("GET", "/components/…", "script", "/components/upload.js", FREE),
    Row("GET", "/sign-in", "form", "/sign-in", (200, 303, 303, 303)),
    Row("POST", "/sign-in", "without its form", "/sign-in", (403, 403, 403, 403)),
    Row("POST", "/account/password", "old password missing", "/account/password", (401, 303, 303, 303)),
    Row("POST", "/uploads/batches", "conference missing", "/uploads/batches", (401, 403, 400, 400)),
    Row("GET", "/uploads", "", "/uploads?batch=none", (401, 403, 404, 404)),
    Row("POST", "/uploads", "", "/uploads", (401, 403, 400, 400)),
    Row("OPTIONS", "/uploads", "", "/uploads", (401, 403, 204, 204)),
    Row("OPTIONS", "/uploads/{id}", "", "/uploads/none", (401, 403, 204, 204)),
    Row("HEAD", "/uploads/{id}", "", "/uploads/none", STAFF_WRITES),
    Row("PATCH", "/uploads/{id}", "without bytes", "/uploads/none", (401, 403, 415, 415)),
    Row("DELETE", "/uploads/{id}", "", "/uploads/none", STAFF_WRITES),
    Row("GET", "/records/{conference}.{format}", "", "/records/2017-krasnodar.xlsx", (401, 403, 200, 200)),
    Row(
        "POST", "/records/{conference}/changes", "file missing", "/records/none/changes", (401, 403, 303, 303)
    ),
    Row("POST", "/records/{document}/replace", "", "/records/none/replace", STAFF_WRITES),
    Row("GET", "/thesaurus.ttl", "", "/thesaurus.ttl", (401, 403, 200, 200)),
    Row("POST", "/thesaurus/files", "file missing", "/thesaurus/files", (401, 403, 303, 303)),
    Row("POST", "/sign-out", "without its form", "/sign-out", (303, 403, 403, 403)),
]
"""The table."""


def _headers(client: TestClient, role: Role | None) -> dict[str, str]:
    """What a page shown to a visitor would send."""
    usual = {"Tus-Resumable": "1.0.0"}
    return {**usual, **token(client)} if role else usual


def addresses(routes: list[BaseRoute], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every method and address of routes, those of mounted applications among them."""
    for route in routes:
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):
            yield from addresses(list(route.app.routes), prefix + route.path)
        elif isinstance(route, Mount):
            yield "GET", f"{prefix}{route.path}/…"
        elif isinstance(route, Route):
            methods = route.methods or set()
            for method in methods - ({"HEAD"} if "GET" in methods else set()):
                yield method, prefix + route.path
        else:
            methods = getattr(route, "methods", None) or {"GET"}
            for method in methods:
                yield method, prefix + str(getattr(route, "path", route))


def test_every_route_and_page_is_in_the_table() -> None:
    known = {(row.method, row.address) for row in ROWS}
    there = set(addresses(ROUTES)) | {("GET", path) for path in PAGES}
    assert there - known == set(), "add a Row to ROWS, and its line to docs/access.md"
    assert known - there == set(), "there is no such route or page any more"


@pytest.fixture(scope="module")
def browsers(served: Served) -> Iterator[dict[Role | None, TestClient]]:
    with ExitStack() as opened:
        yield {role: opened.enter_context(browser(role)) for role in EVERYBODY}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.method} {row.address} {row.case}" for row in ROWS])
def test_each_is_answered_as_the_table_says(row: Row, browsers: dict[Role | None, TestClient]) -> None:
    outcomes = tuple(
        client.request(row.method, row.call, headers=_headers(client, role)).status_code
        for role, client in browsers.items()
    )
    assert outcomes == row.outcomes


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.method not in ("GET", "HEAD", "OPTIONS")], ids=str
)
def test_no_write_is_done_without_a_token(row: Row, browsers: dict[Role | None, TestClient]) -> None:
    for role in (Role.READER, Role.STAFF, Role.ADMIN):
        for wrong in ({}, {"X-Token": ""}, {"X-Token": "0" * 64}, token(browsers[None])):
            answer = browsers[role].request(row.method, row.call, headers=wrong)
            assert answer.status_code == 403, (role, wrong)


@pytest.mark.parametrize("path", PAGES)
def test_an_open_page_shows_itself_to_the_same_people(path: str) -> None:
    """What a page does when it runs again, whoever its shell was given to."""
    outcomes = {
        row.outcomes
        for row in ROWS
        if row.address == path and row.outcomes not in (STAFF_SEES, TOMBSTONE, GONE)
    }
    (expected,) = outcomes
    shown = tuple(_allowed(path, _visitor(role)) is VIEWS[path] for role in EVERYBODY)
    assert shown == tuple(status == 200 for status in expected)
    assert all(_allowed(path, _visitor(role)) in (VIEWS[path], refused.show) for role in EVERYBODY)


def _visitor(role: Role | None) -> Visitor:
    return Visitor(Person("x", role, blocked=False, created_at=NOW), "t") if role else ANYBODY


def test_readers_are_shown_what_everybody_is() -> None:
    audiences = [_visitor(role).audience for role in EVERYBODY]
    assert audiences == [Audience.PUBLIC, Audience.PUBLIC, Audience.STAFF, Audience.STAFF]


def test_the_document_has_this_table() -> None:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    written = [line for line in lines if line.startswith(("| `", "| POST", "| GET"))]
    expected = [_line(row) for row in ROWS]
    assert written == expected, "docs/access.md has to have these lines:\n" + "\n".join(expected)


def _line(row: Row) -> str:
    cells = [f"`{row.method} {row.address.replace(':int', '').replace(':path', '')}`", row.case]
    return "| " + " | ".join([*cells, *map(str, row.outcomes)]) + " |"
