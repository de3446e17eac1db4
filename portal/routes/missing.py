"""The answer of a route at whose address there is nothing."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import HTMLResponse

from portal.middleware.shell import not_found_page
from portal.reader import reader_of


def missing_response(request: Request, _error: Exception | None = None) -> HTMLResponse:
    """Answer 404 with a page in the reader's language. Also the handler of errors 404 outside our routes."""
    parameters = {"lang": request.query_params.getlist("lang")}
    reader = reader_of(parameters, request.headers.get("accept-language", ""), dt.date.today())
    return HTMLResponse(not_found_page(reader), 404, {"Vary": "Accept-Language", "Cache-Control": "no-cache"})
