"""The address of a document to cite: one plain HTML page that needs no JavaScript."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import HTMLResponse

from archive.errors import NotFoundError
from portal.guard import cache_control, request_visitor
from portal.landing import landing_content, landing_head
from portal.plain import plain_page
from portal.reader import reader_of
from portal.resources import WithdrawnError, resources
from portal.routes.missing import missing_response, withdrawn_response


def landing(request: Request) -> HTMLResponse:
    """Answer with the landing page of a document."""
    shared = resources()
    parameters = {"lang": request.query_params.getlist("lang")}
    audience = request_visitor(request).audience
    reader = reader_of(parameters, request.headers.get("accept-language", ""), dt.date.today(), audience)
    try:
        document = shared.document(request.path_params["document"], reader.today, audience)
    except WithdrawnError as exc:
        return withdrawn_response(request, exc)
    except NotFoundError:
        return missing_response(request)
    base_url = shared.settings.base_url or f"{request.url.scheme}://{request.url.netloc}"
    shelf, pages = shared.shelf(), shared.pages(document, audience)
    sisters = shared.sisters(document, reader.today, audience)
    content = landing_content(document, pages, sisters, shelf, reader, base_url)
    head = landing_head(document, shelf.conference(document), reader, base_url)
    title = document.title + " – " + reader.texts.gettext("Conference Archive")
    headers = {"Vary": "Accept-Language, Cookie", "Cache-Control": cache_control(audience)}
    return HTMLResponse(plain_page(content, title, reader, head=head), headers=headers)
