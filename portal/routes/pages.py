"""The picture of a page, drawn in a reader process when it is first seen, and kept by its digest."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from archive.errors import NotFoundError
from ingest.extraction import ExtractionError
from portal.pictures import PAGE_WIDTH, pictured
from portal.resources import resources
from portal.urls import whole_number

KEPT_STAMPED = "private, max-age=86400"
"""One asked for with the digest of its file does not change; a day, since documents can be withdrawn."""


def picture(request: Request) -> Response:
    """Answer with the picture of a page that the audience saw, as WebP."""
    shared = resources()
    number: int = request.path_params["number"]
    width = whole_number(request.query_params.get("w", ""), PAGE_WIDTH)
    try:
        document = shared.document(request.path_params["document"], dt.date.today())
        source = pictured(document)
        if source is None or number not in {page.number for page in shared.pages(document)}:
            raise NotFoundError("picture", str(number))
        original = shared.archive.original(document.id, document.current.number, source.name)
        path = shared.pictures.picture(source.sha512, original, number, width)
    except (NotFoundError, ExtractionError):
        return PlainTextResponse("There is no such picture.", 404)
    kept = KEPT_STAMPED if request.query_params.get("v") == source.sha512[:12] else "private, no-cache"
    return FileResponse(path, media_type="image/webp", headers={"Cache-Control": kept})
