"""Whether the portal can do its work: 200 when it can search and has the originals, else 503."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from archive.errors import ArchiveError
from index.query import Query
from portal.resources import resources


def health(request: Request) -> JSONResponse:
    """Ask the index for something and tell how many documents it knows."""
    headers = {"Cache-Control": "no-store"}
    try:
        shared = resources()
        shared.archive.storage.refuse_without_root()
        found = shared.search.ask(Query(limit=1))
    except (ArchiveError, OSError) as exc:
        return JSONResponse({"status": "unavailable", "reason": type(exc).__name__}, 503, headers)
    answer = {"status": "ok", "documents": found.total, "last_change": shared.archive.last_change()}
    return JSONResponse(answer, headers=headers)
