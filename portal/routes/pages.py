"""The picture of a page, drawn in a reader process when it is first seen, and kept by its digest."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from archive.access import Audience, may_read, may_see_picture
from archive.errors import NotFoundError
from ingest.extraction import ExtractionError
from portal.guard import request_visitor
from portal.pictures import PAGE_WIDTH, pictured
from portal.resources import WithdrawnError, resources
from portal.urls import whole_number

KEPT_STAMPED = "private, max-age=86400"
"""One asked for with the digest of its file does not change; a day, since documents can be withdrawn."""


def picture(request: Request) -> Response:
    """Answer with the picture of a page, as WebP; one that shows what is withheld for staff only."""
    shared, audience = resources(), request_visitor(request).audience
    today = dt.date.today()
    number: int = request.path_params["number"]
    width = whole_number(request.query_params.get("w", ""), PAGE_WIDTH)
    try:
        document = shared.document(request.path_params["document"], today, audience)
        source = pictured(document)
        page = next((each for each in shared.archive.pages(document.id) if each.number == number), None)
        notes_public = shared.settings.notes_public
        if source is None or page is None:
            raise NotFoundError("picture", str(number))
        if not may_see_picture(document, source, page, audience, notes_public=notes_public):
            raise NotFoundError("picture", str(number))
        original = shared.archive.original(document.id, document.current.number, source.name)
        path = shared.pictures.picture(source.sha512, original, number, width)
    except WithdrawnError:
        return PlainTextResponse("This document was withdrawn.", 410, {"Vary": "Cookie"})
    except (NotFoundError, ExtractionError):
        return PlainTextResponse("There is no such picture.", 404, {"Vary": "Cookie"})
    kept = KEPT_STAMPED if request.query_params.get("v") == source.sha512[:12] else "private, no-cache"
    public = Audience.PUBLIC
    if not (
        may_read(document, public, today)
        and may_see_picture(document, source, page, public, notes_public=notes_public)
    ):
        kept = "no-store"
    return FileResponse(path, media_type="image/webp", headers={"Cache-Control": kept, "Vary": "Cookie"})
