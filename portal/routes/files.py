"""The bytes of a file as received: whole or in part, under their own name, never run by the browser.

Source: RFC 9110 (ranges, conditional requests), RFC 6266 with RFC 8187 (file names). Ranges are Starlette's.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from archive.access import may_download
from archive.errors import NotFoundError
from archive.model import Document, File
from portal.formats import PDF
from portal.guard import cache_control, request_visitor
from portal.resources import WithdrawnError, resources
from portal.routes.missing import missing_response, withdrawn_response

INLINE = (PDF,)
"""Media types that a browser may show by itself where `?inline=1` asks for it; none of them is run."""

KEPT = "private, no-cache"
"""Documents can be withdrawn: a browser asks each time, and gets the bytes again only if they changed."""


def file(request: Request) -> Response:
    """Answer with the bytes of a file."""
    shared, audience = resources(), request_visitor(request).audience
    number: int = request.path_params["version"]
    try:
        document = shared.document(request.path_params["document"], dt.date.today(), audience)
        wanted = _file_of(document, number, request.path_params["name"])
        if not may_download(document, wanted, audience):
            raise NotFoundError("file", wanted.name)
        path = shared.archive.original(document.id, number, wanted.name)
    except WithdrawnError as exc:
        return withdrawn_response(request, exc)
    except NotFoundError:
        return missing_response(request)
    inline = wanted.media_type in INLINE and request.query_params.get("inline") == "1"
    headers = {
        "ETag": f'"{wanted.sha512}"',
        "Cache-Control": cache_control(audience, KEPT),
        "Vary": "Cookie",
        "Content-Disposition": content_disposition("inline" if inline else "attachment", wanted.name),
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    if is_known(request.headers.get("if-none-match", ""), wanted.sha512):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=wanted.media_type, headers=headers)


def content_disposition(kind: str, name: str) -> str:
    """Name a file for the browser: in UTF-8, and in ASCII for those that do not know that."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._()+-]", "_", folded).strip() or "file"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def is_known(if_none_match: str, digest: str) -> bool:
    """Tell whether the browser has these bytes already."""
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or f'"{digest}"' in tags


def _file_of(document: Document, number: int, name: str) -> File:
    for version in document.versions:
        for file in version.files:
            if version.number == number and file.name == name:
                return file
    raise NotFoundError("file", name)
