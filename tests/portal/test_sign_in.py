"""Signing in and out as a browser does, and as somebody does who wants in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from archive.accounts import Role
from portal.cookies import BROWSER_COOKIE, FORM_COOKIE
from portal.identity import COOKIE, token_of
from portal.resources import resources
from portal.returning import own_address
from portal.throttle import Throttle
from tests.portal.staffed import PASSWORD, browser, form_token, person, session, sign_in

if TYPE_CHECKING:
    from tests.portal.conftest import Served


@pytest.fixture(autouse=True)
def fresh(served: Served) -> None:
    """Begin with no attempts counted, and with staff who are not blocked and nowhere signed in."""
    resources().throttle = Throttle()
    resources().accounts.end_sessions(person(Role.STAFF))


@pytest.fixture
def client(served: Served) -> Iterator[TestClient]:
    with browser() as client:
        yield client


def test_the_right_password_leads_on_and_opens_pages_of_staff(client: TestClient) -> None:
    given = {"token": form_token(client), "name": "a-staff", "password": PASSWORD, "next": "/check?lang=ru"}
    answer = client.post("/sign-in", data=given)
    assert (answer.status_code, answer.headers["location"]) == (303, "/check?lang=ru")
    assert client.get("/check").status_code == 200
    assert client.get("/sign-in?next=/status").headers["location"] == "/status"


def test_a_wrong_password_and_a_name_that_is_not_there_look_the_same(client: TestClient) -> None:
    answers = [
        client.post(
            "/sign-in", data={"token": form_token(client), "name": name, "password": "wrong password"}
        )
        for name in ("a-staff", "nobody")
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.text.replace("a-staff", "nobody") for answer in answers}) == 1
    assert "User name or password is wrong." in answers[0].text
    assert PASSWORD not in answers[0].text
    assert "wrong password" not in answers[0].text


@pytest.mark.parametrize(("language", "words"), [("de", "Passwort ist falsch"), ("ru", "или пароль")])
def test_errors_are_in_the_readers_language(client: TestClient, language: str, words: str) -> None:
    given = {"token": form_token(client), "name": "x", "password": "y"}
    assert words in client.post(f"/sign-in?lang={language}", data=given).text


def test_a_hostile_name_stays_text(client: TestClient) -> None:
    name = '"><script>alert(1)</script>\u202e'
    page = client.post("/sign-in", data={"token": form_token(client), "name": name, "password": "x"}).text
    assert "<script" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("https", [False, True])
def test_the_session_is_in_a_cookie_that_scripts_and_other_sites_do_not_get(
    served: Served, https: bool
) -> None:
    with browser(base_url="https://testserver" if https else "http://testserver") as client:
        shown = client.get("/sign-in").headers["set-cookie"].lower()
        assert shown.startswith(FORM_COOKIE)
        given = {"token": form_token(client), "name": "a-staff", "password": PASSWORD}
        cookies = {
            cookie.partition("=")[0]: cookie.lower()
            for cookie in client.post("/sign-in", data=given).headers.get_list("set-cookie")
        }
        for cookie in (shown, *cookies.values()):
            assert "httponly" in cookie
            assert ("secure" in cookie) is https
            assert "domain" not in cookie
        assert "samesite=lax" in cookies[COOKIE]
        assert "path=/;" in cookies[COOKIE] + ";"
        assert "max-age" not in cookies[COOKIE]
        assert "samesite=strict" in shown
        assert "samesite=strict" in cookies[BROWSER_COOKIE]
        assert "path=/sign-in" in cookies[BROWSER_COOKIE]


def test_a_session_that_somebody_else_put_into_the_browser_is_not_used(client: TestClient) -> None:
    planted = "planted-by-somebody-else"
    client.cookies.set(COOKIE, planted)
    assert sign_in(client, "a-staff") == 303
    secrets = {cookie.value for cookie in client.cookies.jar if cookie.name == COOKIE}
    assert resources().accounts.session_person(planted) is None
    assert any(resources().accounts.session_person(str(secret)) for secret in secrets - {planted})


def test_signing_in_again_ends_the_session_that_was_there(client: TestClient) -> None:
    before = session(Role.READER)
    client.cookies.set(COOKIE, before)
    with browser() as form:
        given = {"token": form_token(form), "name": "a-staff", "password": PASSWORD}
        client.cookies.set(FORM_COOKIE, form.cookies[FORM_COOKIE])
        answer = client.post("/sign-in", data=given)
    assert answer.status_code == 303
    assert resources().accounts.session_person(before) is None


def test_a_form_that_this_browser_was_not_shown_signs_nobody_in(served: Served) -> None:
    with browser() as attacker, browser() as victim:
        stolen = form_token(attacker)
        good = {"name": "a-staff", "password": PASSWORD}
        for given in ({}, {"token": ""}, {"token": stolen}, {"token": token_of("")}, {"token": "0" * 64}):
            answer = victim.post("/sign-in", data={**good, **given})
            assert answer.status_code == 403
            assert "This form is no longer valid" in answer.text
            assert COOKIE not in victim.cookies
        assert sign_in(victim, "a-staff") == 303


@pytest.mark.parametrize(
    "content", [b"", b"a" * 100_000, b"\xff\xfe", b"&".join(b"a=1" for _ in range(200)), b"%00=%00"]
)
def test_what_is_no_form_is_refused(client: TestClient, content: bytes) -> None:
    form_token(client)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/sign-in", content=content, headers=headers).status_code == 403
    assert client.post("/sign-in", json={"name": "a-staff", "password": PASSWORD}).status_code == 403


def test_guessing_is_stopped_with_the_time_to_wait(client: TestClient) -> None:
    statuses = [sign_in(client, "a-staff", f"guess number {number}") for number in range(12)]
    assert statuses == [403] * 10 + [429] * 2
    given = {"token": form_token(client), "name": "A-Staff ", "password": PASSWORD}
    answer = client.post("/sign-in", data=given)
    assert answer.status_code == 429, "the right password does not help any more, nor another spelling"
    assert 0 < int(answer.headers["retry-after"]) <= 600
    assert re.search(r"Please try again in \d+ minutes?\.", answer.text)


def test_a_stranger_does_not_lock_out_who_has_signed_in_before(served: Served) -> None:
    with browser() as staff, browser() as stranger:
        assert sign_in(staff, "a-staff") == 303
        staff.cookies.delete(COOKIE)
        assert [sign_in(stranger, "a-staff", "wrong guess") for _ in range(12)][-1] == 429
        assert sign_in(staff, "a-staff") == 303


def test_a_known_browser_may_not_guess_for_ever_either(client: TestClient) -> None:
    assert sign_in(client, "a-staff") == 303
    client.cookies.delete(COOKIE)
    statuses = [sign_in(client, "a-staff", "wrong guess") for _ in range(12)]
    assert statuses == [403] * 10 + [429] * 2


def test_one_address_may_not_try_many_names(client: TestClient) -> None:
    statuses = [sign_in(client, f"name{number}", "wrong guess") for number in range(32)]
    assert statuses == [403] * 30 + [429] * 2


@pytest.mark.parametrize("path", ["/upload", "/check?batch=1&lang=ru", "/people"])
def test_who_is_not_signed_in_is_led_to_the_form_and_back(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert f"next={quote(path, safe='')}" in answer.headers["location"]
    page = client.get(answer.headers["location"]).text
    assert f'name="next" value="{path.replace("&", "&amp;")}"' in page


ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    "/x\r\nSet-Cookie: a=b",
    "/x\x00",
    "/\u2028x",
    " //evil.example",
    "evil.example",
    "",
    "/sign-in?next=/sign-in",
    "/sign-out",
    "/" + "x" * 3000,
    "//[",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_next_leads_nowhere_else(client: TestClient, wanted: str) -> None:
    assert own_address(wanted) == "/"
    given = {"token": form_token(client), "name": "a-staff", "password": PASSWORD, "next": wanted}
    answer = client.post("/sign-in", data=given)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "a" not in answer.cookies
    assert client.get(f"/sign-in?next={quote(wanted)}").headers["location"] == "/"


@pytest.mark.parametrize("wanted", ["/", "/check", "/document?d=7k3mx9q2f1&p=2&lang=ru", "/?q=%D0%B2"])
def test_next_keeps_addresses_of_the_portal(wanted: str) -> None:
    assert own_address(wanted) == wanted


def test_signing_out_ends_the_session_here(served: Served) -> None:
    with browser(Role.STAFF) as client:
        secret = client.cookies[COOKIE]
        answer = client.post("/sign-out", data={"token": token_of(secret), "next": "//evil.example"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert "max-age=0" in answer.headers["set-cookie"].lower()
        assert resources().accounts.session_person(secret) is None
        client.cookies.set(COOKIE, secret)
        assert client.get("/check").status_code == 303
        assert client.get("/d/7k3mx9q2f4").status_code == 404


def test_signing_out_everywhere_ends_all_sessions_of_that_person_only(served: Served) -> None:
    with browser(Role.STAFF) as here, browser(Role.STAFF) as there, browser(Role.ADMIN) as other:
        here.post("/sign-out", data={"token": token_of(here.cookies[COOKIE]), "everywhere": "1"})
        assert [one.get("/check").status_code for one in (here, there, other)] == [303, 303, 200]


@pytest.mark.parametrize("given", [{}, {"token": ""}, {"token": "0" * 64}, {"token": token_of("")}])
def test_another_page_cannot_sign_anybody_out(served: Served, given: dict[str, str]) -> None:
    with browser(Role.STAFF) as client:
        assert client.post("/sign-out", data=given).status_code == 403
        assert client.get("/check").status_code == 200


def test_who_is_blocked_is_out_at_once_and_cannot_sign_in(served: Served) -> None:
    with browser(Role.STAFF) as client:
        assert client.get("/api/v1/documents/7k3mx9q2f4").status_code == 200
        resources().accounts.set_blocked("a-staff", blocked=True)
        assert client.get("/api/v1/documents/7k3mx9q2f4").status_code == 404
        assert client.get("/check").status_code == 303
        client.cookies.delete(COOKIE)
        assert sign_in(client, "a-staff") == 403


def test_a_new_password_ends_other_sessions_and_keeps_this_one(served: Served) -> None:
    new = "noch ein langes Passwort"
    with browser(Role.STAFF) as here, browser(Role.STAFF) as there:
        for old, chosen, said in (("wrong", new, "wrong"), (PASSWORD, "short", "unusable")):
            token = token_of(here.cookies[COOKIE])
            answer = here.post("/account/password", data={"token": token, "old": old, "new": chosen})
            assert answer.headers["location"] == f"/account?said={said}"
        before = here.cookies[COOKIE]
        answer = here.post(
            "/account/password?lang=ru", data={"token": token_of(before), "old": PASSWORD, "new": new}
        )
        assert answer.headers["location"] == "/account?said=changed&lang=ru"
        kept = answer.headers["set-cookie"].partition(";")[0].partition("=")[2]
        assert kept != before
        assert resources().accounts.session_person(before) is None
        assert resources().accounts.session_person(kept) is not None
        assert there.get("/check").status_code == 303
    assert resources().accounts.check("a-staff", new) is not None
    resources().accounts.set_password("a-staff", PASSWORD)


def test_nobody_guesses_the_old_password_from_an_open_session(served: Served) -> None:
    with browser(Role.STAFF) as client:
        given = {"token": token_of(client.cookies[COOKIE]), "old": "wrong", "new": "another password"}
        said = [
            client.post("/account/password", data=given).headers["location"].partition("=")[2]
            for _ in range(12)
        ]
    assert said == ["wrong"] * 10 + ["too-often"] * 2


def test_pages_of_the_signed_in_are_not_kept_by_browsers_or_proxies(served: Served) -> None:
    with browser(Role.STAFF) as client:
        for path in ("/check", "/", "/d/7k3mx9q2f4", "/files/7k3mx9q2f4/1/Vortrag ä.pdf"):
            assert client.get(path).headers["cache-control"] == "no-store", path
        for path in ("/pages/7k3mx9q2f4/1.webp", "/pages/7k3mx9q2f1/3.webp", "/api/v1/documents/7k3mx9q2f4"):
            assert client.get(path).headers["cache-control"] == "no-store", path
    with browser() as client:
        for path in ("/", "/d/7k3mx9q2f1", "/files/7k3mx9q2f1/1/Vortrag ä.pdf", "/pages/7k3mx9q2f1/1.webp"):
            headers = client.get(path).headers
            assert headers["cache-control"].startswith("private"), path
            assert "Cookie" in headers["vary"], path
        assert "no-store" in client.get("/sign-in").headers["cache-control"]
