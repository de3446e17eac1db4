"""Signing out: here, or everywhere that the same person is signed in. Only a form of the portal can do so."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.cookies import drop_session
from portal.forms import FormError, read_form
from portal.guard import STALE, refusal, request_visitor
from portal.identity import COOKIE, TOKEN_FIELD, is_token
from portal.resources import resources
from portal.returning import own_address

EVERYWHERE_FIELD = "everywhere"


async def sign_out(request: Request) -> Response:
    """End the session of this browser, or all of the person, and go to a page that everybody may see."""
    visitor = await run_in_threadpool(request_visitor, request)
    try:
        given = await read_form(request)
    except FormError:
        given = {}
    if visitor.person is not None and not is_token(visitor, given.get(TOKEN_FIELD, "")):
        return refusal(STALE, 403)
    accounts = resources().accounts
    if visitor.person is not None and given.get(EVERYWHERE_FIELD):
        await run_in_threadpool(accounts.end_sessions, visitor.person.name)
    else:
        await run_in_threadpool(accounts.end_session, request.cookies.get(COOKIE, ""))
    answer = RedirectResponse(own_address(given.get("next", "")), 303, {"Cache-Control": "no-store"})
    drop_session(answer, request)
    return answer
