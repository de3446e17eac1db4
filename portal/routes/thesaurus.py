"""The thesaurus as one SKOS file, and the way in for others. For staff."""

from __future__ import annotations

import datetime as dt

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from archive.accounts import Role
from archive.errors import ArchiveError
from index.errors import SearchIndexError
from index.thesaurus_editing import ThesaurusEditing
from portal.guard import bounded, guarded
from portal.identity import Visitor
from portal.reader import reader_of
from portal.resources import resources
from portal.routes.files import content_disposition
from portal.thesaurus.staff import LOADED, NO_FILE, REFUSED
from portal.urls import THESAURUS_FILE, THESAURUS_FILES

LARGEST_BYTES = 64 << 20
"""As much as is read of a SKOS file."""


async def turtle(_request: Request, _visitor: Visitor) -> Response:
    """Answer with all concepts, those of loaded files among them."""
    content = await run_in_threadpool(_written)
    headers = {
        "Content-Disposition": content_disposition("attachment", "thesaurus.ttl"),
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="text/turtle; charset=utf-8", headers=headers)


async def load(request: Request, visitor: Visitor) -> Response:
    """Load a SKOS file, and lead back to the page, which says how it went."""
    reader = reader_of(
        {"lang": request.query_params.getlist("lang")},
        request.headers.get("accept-language", ""),
        dt.date.today(),
    )
    upload = (await request.form()).get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        return _to(reader.links.thesaurus(outcome=NO_FILE))
    editing = ThesaurusEditing(resources().archive, visitor.name)
    try:
        await run_in_threadpool(editing.load, upload.filename, upload.file)
    except (ArchiveError, SearchIndexError, OSError) as exc:
        resources().refused_thesauri[visitor.name] = exc
        return _to(reader.links.thesaurus(outcome=REFUSED))
    return _to(reader.links.thesaurus(outcome=LOADED))


def _written() -> bytes:
    # imports rdflib, needed here only
    from index.skos_writing import to_turtle

    return to_turtle(resources().thesaurus.thesauri().together)


def _to(url: str) -> Response:
    return RedirectResponse(url, 303, {"Cache-Control": "no-store"})


THESAURUS_ROUTES = [
    Route(THESAURUS_FILE, guarded(Role.STAFF, turtle)),
    Route(
        THESAURUS_FILES,
        bounded(lambda: LARGEST_BYTES, guarded(Role.STAFF, load, in_form=True)),
        methods=["POST"],
    ),
]
