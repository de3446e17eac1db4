"""Requests of somebody who wants in, or wants others to do what they did not mean to do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from starlette.routing import Route
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from archive import accounts
from archive.accounts import Role
from archive.passwords import DECOY
from portal.guard import FORM_BYTES
from portal.identity import ANYBODY, COOKIE, token_of
from portal.resources import resources
from portal.routes import ROUTES
from portal.throttle import BY_NAME, Throttle
from portal.views import check, status
from tests.portal.staffed import PASSWORD, browser, form_token, person, session, sign_in, token

if TYPE_CHECKING:
    from tests.portal.conftest import Served

DRAFT = "/api/v1/documents/7k3mx9q2f4"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(autouse=True)
def fresh(served: Served) -> None:
    resources().throttle = Throttle()
    resources().accounts.end_sessions(person(Role.STAFF))


def writes() -> list[tuple[str, str]]:
    """Every method and address that changes something for somebody who is signed in."""
    gaps = {"{id}": "x", "{conference}": "2017-krasnodar", "{document}": "7k3mx9q2f1", "{format}": "csv"}
    found = []
    for route in ROUTES:
        if isinstance(route, Route) and route.path != "/sign-in":
            path = route.path
            for gap, value in gaps.items():
                path = path.replace(gap, value)
            found += [(each, path) for each in route.methods or () if each not in ("GET", "HEAD", "OPTIONS")]
    return sorted(found)


@pytest.mark.parametrize(("method", "path"), writes())
def test_no_write_without_the_token_of_this_very_session(served: Served, method: str, path: str) -> None:
    with browser(Role.ADMIN) as client:
        secret = client.cookies[COOKIE]
        other = token_of(session(Role.ADMIN))
        for given in ("", "0" * 64, secret, token_of(""), other, token(client)["X-Token"].upper()):
            sent = [{"headers": {"X-Token": given}}, {"headers": FORM, "content": f"token={given}"}]
            for request in (*sent, {"json": {"token": given}}):
                assert client.request(method, path, **request).status_code == 403, request  # type: ignore[arg-type]
        assert client.request(method, f"{path}?token={token_of(secret)}").status_code == 403, "in an address"
        assert resources().accounts.session_person(secret) is not None


@pytest.mark.parametrize(("method", "path"), [*writes(), ("POST", "/sign-in")])
def test_no_write_from_another_site_with_the_right_token_either(
    served: Served, method: str, path: str
) -> None:
    with browser(Role.ADMIN) as client:
        for elsewhere in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            answer = client.request(method, path, headers={**token(client), **elsewhere})
            assert answer.status_code == 403
            assert "another site" in answer.json()["error"]


def test_nothing_is_changed_by_a_link(served: Served) -> None:
    with browser(Role.ADMIN) as client:
        for _method, path in writes():
            assert client.get(path, headers=token(client)).status_code in (404, 405, 400), path
        assert client.get("/check").status_code == 200


def test_a_session_from_before_signing_in_opens_nothing_afterwards(served: Served) -> None:
    known = session(Role.READER)
    with browser() as victim, browser() as attacker:
        victim.cookies.set(COOKIE, known)
        attacker.cookies.set(COOKIE, known)
        form = form_token_of(victim)
        answer = victim.post("/sign-in", data={"token": form, "name": "a-staff", "password": PASSWORD})
        assert answer.status_code == 303
        assert attacker.get(DRAFT).status_code == 404
        assert resources().accounts.session_person(known) is None


def form_token_of(client: TestClient) -> str:
    """Open the form although somebody is signed in, as one that was open before."""
    kept = client.cookies[COOKIE]
    client.cookies.delete(COOKIE)
    found = form_token(client)
    client.cookies.set(COOKIE, kept)
    return found


def test_a_lower_role_holds_at_once_in_sessions_that_are_open(served: Served) -> None:
    with browser(Role.STAFF) as client:
        assert client.get(DRAFT).status_code == 200
        try:
            resources().accounts.set_role("a-staff", Role.READER)
            assert client.get(DRAFT).status_code == 404
            assert client.get("/check").status_code == 403
            assert client.post("/uploads/batches", json={}, headers=token(client)).status_code == 403
        finally:
            resources().accounts.set_role("a-staff", Role.STAFF)


class AskedAnewError(Exception):
    """The whole page runs again, and with it the question who looks."""


@pytest.mark.parametrize(
    ("module", "part"), [(check, check._progress), (status, status._under_way)], ids=["check", "status"]
)
def test_a_part_of_a_page_that_runs_by_itself_asks_who_looks(
    monkeypatch: pytest.MonkeyPatch, module: object, part: Callable[..., None]
) -> None:
    def again() -> None:
        raise AskedAnewError

    monkeypatch.setattr(st, "rerun", again)
    monkeypatch.setattr(module, "current_visitor", lambda: ANYBODY)
    monkeypatch.setattr(module, "resources", lambda: pytest.fail("looked into the archive"))
    with pytest.raises(AskedAnewError):
        part(None, None, None) if part is status._under_way else part(None, None)


def test_many_attempts_at_once_are_no_more_than_one_after_the_other(served: Served) -> None:
    throttle, given = Throttle(), []

    def attempt(number: int) -> None:
        given.append(throttle.take("victim", f"10.0.0.{number}", ""))

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given.count(0) == BY_NAME.amount


def test_a_network_of_one_customer_is_one_address() -> None:
    throttle = Throttle()
    taken = [throttle.take(f"name {number}", f"2001:db8::{number:x}", "") for number in range(40)]
    assert taken.count(0) == 30


@pytest.mark.parametrize(("peer", "is_believed"), [("127.0.0.1", True), ("203.0.113.9", False)])
def test_only_a_proxy_on_this_machine_tells_addresses(served: Served, peer: str, is_believed: bool) -> None:
    """As uvicorn does before the portal: what a browser from elsewhere says of its address does not count."""
    with browser() as client:
        app = ProxyHeadersMiddleware(client.app, trusted_hosts="127.0.0.1")  # type: ignore[arg-type]
        with TestClient(app, client=(peer, 1), follow_redirects=False) as far:
            statuses = []
            for number in range(35):
                far.headers["X-Forwarded-For"] = f"6.6.6.6, 10.0.0.{number}"
                statuses.append(sign_in(far, f"name{number}", "wrong guess"))
    assert (429 in statuses) is not is_believed


@pytest.mark.parametrize("name", ["a-staff", "nobody", "", "x" * 5000, "a\x00b", "\u202e"])
def test_a_name_that_is_not_there_costs_a_whole_hash(
    served: Served, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(accounts, "matches", lambda kept, _password: hashed.append(kept) or False)
    assert resources().accounts.check(name, "some password") is None
    assert len(hashed) == 1
    assert hashed[0].split("$")[:4] == DECOY.split("$")[:4]


@pytest.mark.parametrize("path", ["/account/password", "/records/2017-krasnodar/changes"])
def test_a_form_is_not_read_beyond_its_bounds(served: Served, path: str) -> None:
    with browser(Role.ADMIN) as client:
        long = b"a=" + b"x" * (FORM_BYTES + 21 * 1024**2)
        assert client.post(path, content=long, headers=FORM).status_code == 413
        assert client.post(path, content=iter([b"a=", b"x"]), headers=FORM).status_code == 411


@pytest.mark.parametrize(("method", "path"), [each for each in writes() if each[1].startswith("/uploads")])
def test_a_form_sent_to_where_there_is_none_is_not_read(served: Served, method: str, path: str) -> None:
    with browser(Role.STAFF) as client:
        right = token_of(client.cookies[COOKIE])
        assert client.request(method, path, content=f"token={right}", headers=FORM).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        'a"; filename="b.exe',
        "a\r\nSet-Cookie: x=y",
        "a\u202egpj.exe",
        "../../etc/passwd",
        "a;b=c",
        "ä'%22\\",
        "",
    ],
)
def test_no_name_leaves_the_header_it_stands_in(name: str) -> None:
    from portal.routes.files import content_disposition

    header = content_disposition("attachment", name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert header.count(";") == 2
    assert "/" not in header
