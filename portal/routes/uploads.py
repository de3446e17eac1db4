"""Uploads that can be interrupted and resumed, for staff. What is kept of them: see ingest/uploads.py.

Source: tus resumable upload protocol 1.0.0 (https://tus.io/protocols/resumable-upload), core with the
extensions creation, termination and expiration.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from email.utils import format_datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from archive.accounts import Role
from archive.errors import ArchiveError, NotFoundError
from ingest.errors import IngestError
from ingest.new_conference import new_conference
from ingest.partial import BusyError, DiskFullError, PartialFile, TooLargeError
from ingest.uploads import (
    ArrivedError,
    OffsetError,
    PathError,
    SceneryError,
    SystemFileError,
    Upload,
    Uploads,
)
from portal.guard import Endpoint, guarded, refusal
from portal.identity import Visitor
from portal.resources import resources

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
CONTENT_TYPE = "application/offset+octet-stream"

PIECE_BYTES = 1024 * 1024
"""So much is in memory before it is written."""

SILENCE_SECONDS = 30
"""A connection from which nothing comes for so long is taken for dead, and others may write."""

UNREAD_BYTES = 64 * 1024 * 1024
"""So much of a request that is refused is read to its end, so that the browser gets to see the answer."""

BODY_BYTES = 64 * 1024
"""No description of a batch is longer."""

LONGEST_FIELD = 500


class BadRequestError(IngestError):
    """A header or a field is missing or makes no sense."""


STATUSES: Mapping[type[Exception], int] = {
    BadRequestError: 400,
    NotFoundError: 404,
    PathError: 400,
    SystemFileError: 422,
    SceneryError: 415,
    TooLargeError: 413,
    DiskFullError: 507,
    BusyError: 423,
    OffsetError: 409,
    ArrivedError: 409,
    ArchiveError: 503,
}
"""Status of each error that is answered; the first that fits."""


async def begin_batch(request: Request, visitor: Visitor) -> Response:
    """Begin a batch, for a conference that is there or a new one."""
    wanted = await _json(request)
    batch = await run_in_threadpool(_begun, wanted, visitor.name)
    return JSONResponse({"batch": batch}, 201)


def _begun(wanted: Mapping[str, object], person: str) -> str:
    shared = resources()
    conference, panel = _field(wanted, "conference"), _field(wanted, "panel")
    if not conference:
        title = _field(wanted, "title")
        if not title:
            raise BadRequestError("Name a `conference`, or the `title` of a new one.")
        year = _field(wanted, "year")
        if year and not (year.isdigit() and len(year) == 4):
            raise BadRequestError("Write `year` with four digits.")
        language = _field(wanted, "language") or "und"
        conference = new_conference(shared.archive, {language: title}, year=year, by=person).id
    return shared.uploads.begin_batch(person, conference, panel or None).id


async def list_batch(request: Request, visitor: Visitor) -> Response:
    """List the files of one batch and how much of each has arrived."""
    batch = request.query_params.get("batch", "")
    found = await run_in_threadpool(resources().uploads.of_batch, batch, visitor.name)
    files = [
        {
            "id": upload.id,
            "path": upload.path,
            "size_bytes": upload.size_bytes,
            "modified": upload.modified,
            "offset": upload.offset,
            "arrived": upload.has_arrived,
        }
        for upload in found
    ]
    return JSONResponse({"batch": batch, "files": files})


async def options(_request: Request, _visitor: Visitor) -> Response:
    """Say what is understood."""
    limit = str(resources().uploads.max_bytes)
    headers = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": limit}
    return Response(status_code=204, headers=headers)


async def create(request: Request, visitor: Visitor) -> Response:
    """Begin an upload."""
    size_bytes = _number(request, "Upload-Length")
    given = _metadata(request.headers.get("Upload-Metadata", ""))
    modified = given.get("modified", "")
    upload = await run_in_threadpool(
        resources().uploads.create,
        visitor.name,
        given.get("batch", ""),
        given.get("path", ""),
        size_bytes,
        int(modified) if modified.isdecimal() and len(modified) < 19 else 0,
    )
    headers = {"Location": f"/uploads/{upload.id}", **_standing(upload)}
    return Response(status_code=201, headers=headers)


async def head(request: Request, visitor: Visitor) -> Response:
    """Say how much has arrived."""
    upload = await run_in_threadpool(resources().uploads.upload, request.path_params["id"], visitor.name)
    return Response(headers={"Upload-Length": str(upload.size_bytes), **_standing(upload)})


async def patch(request: Request, visitor: Visitor) -> Response:
    """Take the next bytes; the answer to the last ones goes out when all of them are safe."""
    if request.headers.get("content-type", "") != CONTENT_TYPE:
        return refusal(f"Send bytes as Content-Type: {CONTENT_TYPE}.", 415)
    offset = _number(request, "Upload-Offset")
    length = _number(request, "Content-Length") if "Content-Length" in request.headers else None
    uploads = resources().uploads
    upload = await run_in_threadpool(uploads.upload, request.path_params["id"], visitor.name)
    partial = await run_in_threadpool(uploads.open, upload, offset, length)
    try:
        async for piece in _pieces(request):
            await run_in_threadpool(partial.append, piece)
    finally:
        await asyncio.shield(run_in_threadpool(_leave, uploads, upload, partial))
    upload = await run_in_threadpool(uploads.upload, upload.id, visitor.name)
    return Response(status_code=204, headers=_standing(upload))


def _leave(uploads: Uploads, upload: Upload, partial: PartialFile) -> None:
    """Flush what has come, and enter the file if that was the last of it."""
    with partial:
        if partial.offset == upload.size_bytes:
            uploads.arrive(upload, partial)


async def remove(request: Request, visitor: Visitor) -> Response:
    """Drop an upload that is not going to be finished."""
    await run_in_threadpool(resources().uploads.remove, request.path_params["id"], visitor.name)
    return Response(status_code=204)


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """Yield what comes, in pieces fit to be written, until it ends, breaks off or falls silent."""
    stream = aiter(request.stream())
    waiting, size_bytes = [], 0
    with suppress(ClientDisconnect, TimeoutError):
        while True:
            async with asyncio.timeout(SILENCE_SECONDS):
                chunk = await anext(stream, None)
            if chunk is None:
                break
            waiting.append(chunk)
            size_bytes += len(chunk)
            if size_bytes >= PIECE_BYTES:
                yield b"".join(waiting)
                waiting, size_bytes = [], 0
    if size_bytes:
        yield b"".join(waiting)


def _standing(upload: Upload) -> dict[str, str]:
    headers = {"Upload-Offset": str(upload.offset), "Cache-Control": "no-store"}
    if not upload.has_arrived:
        headers["Upload-Expires"] = format_datetime(upload.expires_at, usegmt=True)
    return headers


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadRequestError(f"Send the header {header} with a whole number.")
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """Read `Upload-Metadata`: pairs of a key and a text in Base64."""
    found: dict[str, str] = {}
    for pair in filter(None, (pair.strip() for pair in header.split(","))):
        key, _, encoded = pair.partition(" ")
        try:
            found[key] = base64.b64decode(encoded.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as exc:
            raise BadRequestError(f"The value of {key[:50]!r} in Upload-Metadata is no text.") from exc
    return found


async def _json(request: Request) -> Mapping[str, object]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            raise BadRequestError("The request is too long.")
    with suppress(ValueError, RecursionError):
        read = json.loads(body)
        if isinstance(read, dict):
            return read
    raise BadRequestError('Send a JSON object, such as {"conference": "2017-krasnodar"}.')


def _field(wanted: Mapping[str, object], name: str) -> str:
    value = wanted.get(name)
    if value is None or value == "":
        return ""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or len(text) > LONGEST_FIELD or "\x00" in text:
        raise BadRequestError(f"The field {name!r} has to be a text of at most {LONGEST_FIELD} characters.")
    return text.strip()


def _answered(endpoint: Endpoint, *, tus: bool) -> Callable[[Request], Awaitable[Response]]:
    """Hold an endpoint to staff, and turn errors into answers. `tus`: it needs the protocol's header."""

    async def answer(request: Request, visitor: Visitor) -> Response:
        if tus and request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            response = refusal(f"Send the header Tus-Resumable: {VERSION}.", 412)
            response.headers["Tus-Version"] = VERSION
            return response
        try:
            return await endpoint(request, visitor)
        except tuple(STATUSES) as exc:
            await _read_out(request)
            return refusal(str(exc), next(code for kind, code in STATUSES.items() if isinstance(exc, kind)))

    async def complete(request: Request) -> Response:
        response = await guard(request)
        if tus:
            response.headers["Tus-Resumable"] = VERSION
        return response

    guard = guarded(Role.STAFF, answer)
    return complete


async def _read_out(request: Request) -> None:
    """Read what is left of a request, within bounds: a connection cut while it sends shows no answer."""
    left = UNREAD_BYTES
    with suppress(ClientDisconnect, TimeoutError, RuntimeError):
        stream = aiter(request.stream())
        while left > 0:
            async with asyncio.timeout(SILENCE_SECONDS):
                chunk = await anext(stream, None)
            if chunk is None:
                return
            left -= len(chunk)


UPLOAD_ROUTES = [
    Route("/uploads/batches", _answered(begin_batch, tus=False), methods=["POST"]),
    Route("/uploads", _answered(list_batch, tus=False), methods=["GET"]),
    Route("/uploads", _answered(create, tus=True), methods=["POST"]),
    Route("/uploads", _answered(options, tus=True), methods=["OPTIONS"]),
    Route("/uploads/{id}", _answered(options, tus=True), methods=["OPTIONS"]),
    Route("/uploads/{id}", _answered(head, tus=True), methods=["HEAD"]),
    Route("/uploads/{id}", _answered(patch, tus=True), methods=["PATCH"]),
    Route("/uploads/{id}", _answered(remove, tus=True), methods=["DELETE"]),
]
