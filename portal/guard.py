"""Routes for those who may: who is not signed in is asked to, and who may not is refused.

A request that writes has to bring the visitor's token, in a form field or a header (see `identity.py`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from archive.access import Audience
from archive.accounts import Role
from portal.identity import TOKEN_FIELD, TOKEN_HEADER, Visitor, is_token, visitor_of
from portal.resources import resources
from portal.urls import SIGN_IN

Endpoint = Callable[[Request, Visitor], Awaitable[Response]]
Answer = Callable[[Request], Awaitable[Response]]

FORM_BYTES = 64 * 1024
"""What a form may have besides the bytes of its file."""

SAFE = ("GET", "HEAD", "OPTIONS")

SIGN_IN_FIRST, NOT_ALLOWED = "Sign in first.", "Your account may not do this."
STALE = "This form is no longer valid. Load the page again and repeat what you did."


def guarded(role: Role, endpoint: Endpoint, *, in_form: bool = False) -> Answer:
    """Let an endpoint answer visitors of a role, and writes only with their token.

    Args:
        in_form: the token may come in a field of a form, which is read for it; to be `bounded` then.
    """

    async def answer(request: Request) -> Response:
        visitor = await run_in_threadpool(request_visitor, request)
        if visitor.person is None:
            return _sign_in_first(request)
        if not visitor.may(role):
            return refusal(NOT_ALLOWED, 403)
        if request.method not in SAFE and not is_token(visitor, await _given_token(request, in_form)):
            return refusal(STALE, 403)
        return await endpoint(request, visitor)

    return answer


def bounded(most_bytes: Callable[[], int], answer: Answer) -> Answer:
    """Refuse a body that is longer, or does not say how long it is, before anything of it is read."""

    async def checked(request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            return refusal("Say how long the request is.", 411)
        if int(length[:20]) > most_bytes() + FORM_BYTES:
            return refusal("The request is too large.", 413)
        try:
            return await answer(request)
        finally:
            await request.close()  # what came with the form

    return checked


def request_visitor(request: Request) -> Visitor:
    """Tell who sent a request."""
    return visitor_of(request.cookies, resources().accounts)


def refusal(message: str, status: int) -> Response:
    """Answer a request that is refused, with an English sentence that says why and what to do."""
    return JSONResponse({"error": message}, status, {"Cache-Control": "no-store"})


def cache_control(audience: Audience, public: str = "private, no-cache") -> str:
    """Return how long an answer is kept that depends on who asks; what staff see is kept by nobody.

    Args:
        public: what holds for the answer that anybody gets.
    """
    return public if audience is Audience.PUBLIC else "no-store"


def sign_in_url(wanted: str, language: str = "") -> str:
    """Link to the page for signing in, in the language asked for, which leads on to the address wanted."""
    parameters = {"next": wanted, **({"lang": language} if language else {})}
    return f"{SIGN_IN}?{urlencode(parameters)}"


def _sign_in_first(request: Request) -> Response:
    if request.method in SAFE and "text/html" in request.headers.get("accept", ""):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(sign_in_url(request.url.path + query), 303, {"Cache-Control": "no-store"})
    return refusal(SIGN_IN_FIRST, 401)


async def _given_token(request: Request, in_form: bool) -> str:
    if TOKEN_HEADER in request.headers:
        return request.headers[TOKEN_HEADER]
    if in_form and request.headers.get("content-type", "").startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        return str((await request.form()).get(TOKEN_FIELD, ""))
    return ""
