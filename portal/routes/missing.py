"""The answers of a route at whose address there is nothing, or nothing any more."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import HTMLResponse

from portal.header import language_switch
from portal.markup import NOTHING, Markup
from portal.middleware.shell import not_found_page, tombstone_page
from portal.reader import Reader, reader_of
from portal.resources import WithdrawnError, resources

_HEADERS = {"Vary": "Accept-Language, Cookie", "Cache-Control": "private, no-cache"}


def missing_response(request: Request, _error: Exception | None = None) -> HTMLResponse:
    """Answer 404 with a page in the reader's language. Also the handler of errors 404 outside our routes."""
    return HTMLResponse(not_found_page(_reader(request)), 404, _HEADERS)


def withdrawn_response(request: Request, error: WithdrawnError) -> HTMLResponse:
    """Answer 410 with what stands in the place of a withdrawn document."""
    reader = _reader(request)
    page = tombstone_page(error.document, resources(), reader, _langs(request, reader))
    return HTMLResponse(page, 410, _HEADERS)


def _langs(request: Request, reader: Reader) -> Markup:
    """Link to the same page in other languages; at the address of a file or picture there is no other."""
    if not request.url.path.startswith("/d/"):
        return NOTHING
    parameters = {name: request.query_params.getlist(name) for name in request.query_params}
    return language_switch(reader, request.url.path, parameters)


def _reader(request: Request) -> Reader:
    parameters = {"lang": request.query_params.getlist("lang")}
    return reader_of(parameters, request.headers.get("accept-language", ""), dt.date.today())
