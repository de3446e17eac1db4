"""Answers 503 while the catalogue cannot be used: its database is down, or cannot be reached.

The reason is in the log, not in the answer: it names places that are nobody's business outside.
"""

from __future__ import annotations

import datetime as dt
import logging
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from archive.errors import CatalogueError
from portal.markup import tag
from portal.plain import plain_page
from portal.reader import reader_of

RETRY_SECONDS = 30

log = logging.getLogger(__name__)


class UnavailableMiddleware:
    """Lets requests through, and answers those that end at the catalogue."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; where no answer has begun, make one."""
        has_begun = False

        async def note(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, note)
        except CatalogueError as exc:
            if has_begun or scope["type"] != "http":
                raise
            await unavailable_response(Request(scope), exc)(scope, receive, send)


def unavailable_response(request: Request, error: Exception) -> Response:
    """Say that it does not work now: in the reader's language, or as JSON where programs ask."""
    log.error("%s", error)
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    if request.url.path.startswith("/api/"):
        detail = "The archive cannot be reached at the moment. Try again in a few minutes."
        return JSONResponse({"detail": detail}, 503, headers)
    parameters = parse_qs(request.url.query, errors="replace")
    accepted = Headers(scope=request.scope).get("accept-language", "")
    reader = reader_of(parameters, accepted, dt.date.today())
    _ = reader.texts.gettext
    content = tag(
        "div",
        tag("p", "503", css="numeral", aria_hidden="true"),
        tag("h1", _("The archive cannot be reached at the moment"), tabindex="-1"),
        tag("p", _("Nothing is lost. Please try again in a few minutes."), css="lead"),
        css="missing",
    )
    title = _("The archive cannot be reached at the moment") + " – " + _("Conference Archive")
    return HTMLResponse(plain_page(content, title, reader), 503, headers)
