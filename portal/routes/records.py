"""Records of a conference as a spreadsheet, its way back, and another file for a document. For staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from archive.accounts import Role
from archive.errors import ArchiveError, NotFoundError
from ingest.replacement import OtherFormatError, ReplacementError, SameBytesError, replace_file
from ingest.returned import ReturnedSheets, TooLargeError
from ingest.spreadsheet import CSV, XLSX, to_csv, to_xlsx
from ingest.spreadsheet_reading import LARGEST_BYTES
from portal.guard import bounded, guarded, refusal
from portal.identity import Visitor
from portal.managing.overview import Part
from portal.managing.vocabulary import vocabulary
from portal.reader import Reader, reader_of
from portal.resources import resources
from portal.routes.files import content_disposition

PIECE_BYTES = 256 * 1024

FORMATS = {"xlsx": (XLSX, to_xlsx), "csv": (f"{CSV}; charset=utf-8", to_csv)}


async def spreadsheet(request: Request, _visitor: Visitor) -> Response:
    """Answer with the records of a conference as XLSX or CSV."""
    identifier, form = request.path_params["conference"], request.path_params["format"]
    if form not in FORMATS:
        return refusal("There are .xlsx and .csv.", 404)
    try:
        content = await run_in_threadpool(_written, identifier, form, _reader(request))
    except NotFoundError as exc:
        return refusal(str(exc), 404)
    headers = {
        "Content-Disposition": content_disposition("attachment", f"{identifier}.{form}"),
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=FORMATS[form][0], headers=headers)


def _written(identifier: str, form: str, reader: Reader) -> bytes:
    archive = resources().archive
    conference = archive.conference(identifier)
    documents = archive.documents(conference=identifier, state=None)
    return FORMATS[form][1](conference, documents, vocabulary(reader))


async def returned(request: Request, _visitor: Visitor) -> Response:
    """Keep a spreadsheet that came back, and lead to the page that shows what it would change."""
    identifier, reader = request.path_params["conference"], _reader(request)
    upload = (await request.form()).get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        return _back(reader, identifier, refused="none")
    try:
        await run_in_threadpool(resources().archive.conference, identifier)
        sheets = ReturnedSheets(resources().settings.home, LARGEST_BYTES)
        name = await run_in_threadpool(sheets.keep, _pieces(upload.file))
    except NotFoundError as exc:
        return refusal(str(exc), 404)
    except TooLargeError:
        return _back(reader, identifier, refused="size")
    return _back(reader, identifier, sheet=name)


async def replacement(request: Request, visitor: Visitor) -> Response:
    """Take in a file that is to replace one of a document's, and lead to where its draft is checked."""
    identifier, reader = request.path_params["document"], _reader(request)
    form = await request.form()
    upload, wanted = form.get("file"), str(form.get("name", ""))
    try:
        document = await run_in_threadpool(resources().archive.document, identifier)
    except NotFoundError as exc:
        return refusal(str(exc), 404)
    files = [file for file in document.current.files if file.name == wanted]
    if not isinstance(upload, UploadFile) or not upload.filename or not files:
        return _to(reader.links.record(identifier, refused="none"))
    try:
        batch = await run_in_threadpool(
            replace_file,
            resources().archive,
            document,
            files[0],
            upload.filename,
            upload.file,
            visitor.name,
        )
    except OtherFormatError:
        return _to(reader.links.record(identifier, refused="format"))
    except SameBytesError:
        return _to(reader.links.record(identifier, refused="same"))
    except (ReplacementError, ArchiveError, OSError):
        return _to(reader.links.record(identifier, refused="kept"))
    return _to(reader.links.check(batch))


def _reader(request: Request) -> Reader:
    parameters = {"lang": request.query_params.getlist("lang")}
    return reader_of(parameters, request.headers.get("accept-language", ""), dt.date.today())


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(PIECE_BYTES):
        yield piece


def _back(reader: Reader, conference: str, **more: str) -> Response:
    return _to(reader.links.manage(conference, Part.TABLE.value, **more))


def _to(url: str) -> Response:
    return RedirectResponse(url, 303, {"Cache-Control": "no-store"})


RECORD_ROUTES = [
    Route("/records/{conference}.{format}", guarded(Role.STAFF, spreadsheet)),
    Route(
        "/records/{conference}/changes",
        bounded(lambda: LARGEST_BYTES, guarded(Role.STAFF, returned, in_form=True)),
        methods=["POST"],
    ),
    Route(
        "/records/{document}/replace",
        bounded(lambda: resources().settings.max_file_bytes, guarded(Role.STAFF, replacement, in_form=True)),
        methods=["POST"],
    ),
]
