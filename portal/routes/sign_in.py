"""Signing in: the page, and what its form leads to. The form brings a token that its cookie proves.

Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet (login CSRF), Session Management Cheat Sheet.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from archive.accounts import Person
from portal.cookies import BROWSER_COOKIE, FORM_COOKIE, drop_form, set_browser, set_form, set_session
from portal.forms import FormError, read_form
from portal.guard import request_visitor
from portal.identity import COOKIE, TOKEN_FIELD, Visitor, is_token, token_of
from portal.reader import Reader, reader_of
from portal.resources import resources
from portal.returning import own_address
from portal.sign_in_page import NAME_FIELD, NEXT_FIELD, PASSWORD_FIELD, sign_in_page, wait_words

HASHES_AT_ONCE = 2
"""Each takes 64 MB and a core; others wait their turn, without a thread."""

_turns: RunVar[CapacityLimiter | None] = RunVar("turns to check a password")
_NO_STORE = {"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie"}


async def sign_in(request: Request) -> Response:
    """Show the form, or take what was typed into it."""
    reader = _reader(request)
    if request.method == "POST":
        return await _take(request, reader)
    wanted = own_address(request.query_params.get(NEXT_FIELD, ""))
    visitor = await run_in_threadpool(request_visitor, request)
    if visitor.person is not None:
        return RedirectResponse(wanted, 303, _NO_STORE)
    return _form(request, reader, wanted)


async def _take(request: Request, reader: Reader) -> Response:
    _ = reader.texts.gettext
    try:
        given = await read_form(request)
    except FormError:
        given = {}
    wanted, name = own_address(given.get(NEXT_FIELD, "")), given.get(NAME_FIELD, "")[:200]
    if not _was_shown(request, given):
        problem = _("This form is no longer valid. Please try again.")
        return _form(request, reader, wanted, name=name, problem=problem, status=403)
    throttle, remembered = resources().throttle, request.cookies.get(BROWSER_COOKIE, "")
    address = request.client.host if request.client else ""
    if seconds := throttle.take(name, address, remembered):
        problem = wait_words(reader, seconds)
        answer = _form(request, reader, wanted, name=name, problem=problem, status=429)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    person = await check_password(name, given.get(PASSWORD_FIELD, ""))
    if person is None:
        problem = _("User name or password is wrong.")
        return _form(request, reader, wanted, name=name, problem=problem, status=403)
    throttle.forgive(person.name, remembered)
    secret = await run_in_threadpool(_begin, request, person)
    signed_in = RedirectResponse(wanted, 303, _NO_STORE)
    set_session(signed_in, request, secret)
    set_browser(signed_in, request, throttle.remember(person.name))
    drop_form(signed_in, request)
    return signed_in


async def check_password(name: str, password: str) -> Person | None:
    """Return the person that a password belongs to, when it is its turn."""
    turns = _turns.get(None)
    if turns is None:
        turns = CapacityLimiter(HASHES_AT_ONCE)
        _turns.set(turns)
    return await to_thread.run_sync(resources().accounts.check, name, password, limiter=turns)


def _begin(request: Request, person: Person) -> str:
    """Begin a session of its own; the one that this browser brought, whoever put it there, is ended."""
    accounts = resources().accounts
    if before := request.cookies.get(COOKIE):
        accounts.end_session(before)
    return accounts.begin_session(person.name, request.headers.get("user-agent", ""))


def _was_shown(request: Request, given: Mapping[str, str]) -> bool:
    """Tell whether this browser was shown the form that it sends."""
    secret = request.cookies.get(FORM_COOKIE, "")
    return is_token(Visitor(token=token_of(secret) if secret else ""), given.get(TOKEN_FIELD, ""))


def _form(
    request: Request, reader: Reader, wanted: str, *, name: str = "", problem: str = "", status: int = 200
) -> HTMLResponse:
    """Show the form; one that is open in another tab stays good."""
    secret = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32)
    page = sign_in_page(reader, wanted, token_of(secret), name=name, problem=problem)
    answer = HTMLResponse(page, status, _NO_STORE)
    set_form(answer, request, secret)
    return answer


def _reader(request: Request) -> Reader:
    """Read the language from the address, else from the page that was wanted, else from the browser."""
    asked = request.query_params.getlist("lang")
    return reader_of({"lang": asked}, request.headers.get("accept-language", ""), dt.date.today())
