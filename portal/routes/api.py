"""The JSON interface: search, and one document with its text. Documented in docs/http-api.md."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi import Query as UrlParameters
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator

from archive.access import Audience
from archive.errors import CatalogueError, NotFoundError
from archive.model import Kind
from index.query import Query, Sort, Wishes
from index.suggest import MOST
from portal.guard import cache_control, request_visitor
from portal.middleware.unavailable import unavailable_response
from portal.passports import shown_passports
from portal.record_json import document_to_json, tombstone_to_json
from portal.resources import WithdrawnError, resources
from portal.results_json import Json, result_page_to_json, suggestions_to_json
from portal.translations_json import explained_to_json
from portal.unanswered import API
from portal.urls import TEXT_LENGTH

MOST_HITS = 100
"""Hits in one answer; the rest by `offset`."""

LAST_OFFSET = 10_000

WORD_LENGTH = 100
"""Characters of a word that is asked for, or of a few."""

_LISTS = ("language", "conference", "series", "panel", "kind", "year", "format", "creator", "without")
"""Parameters that may be given several times."""

Values = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=50)]


class SearchParameters(BaseModel):
    """URL parameters of a search. One that is given empty counts as not given; an unknown one is refused."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Field(max_length=TEXT_LENGTH)] = ""
    language: list[Annotated[str, Field(pattern="^([a-z]{2}|other)$")]] = []
    conference: Values = []
    series: Values = []
    panel: Values = []
    kind: list[Kind] = []
    year: list[Annotated[str, Field(pattern="^[0-9]{4}$")]] = []
    format: list[Annotated[str, Field(pattern="^[a-z0-9]{1,8}$")]] = []
    creator: Values = []
    exact: bool = False
    translate: bool = True
    names: bool = True
    without: Values = []
    sort: Sort = Sort.RELEVANCE
    limit: Annotated[int, Field(ge=1, le=MOST_HITS)] = 10
    offset: Annotated[int, Field(ge=0, le=LAST_OFFSET)] = 0
    explain: bool = False

    @field_validator(*_LISTS, mode="before")
    @classmethod
    def _without_empty(cls, values: object) -> object:
        return [value for value in values if value != ""] if isinstance(values, list) else values

    @field_validator("exact", "translate", "names", "sort", "limit", "offset", "explain", mode="before")
    @classmethod
    def _default_if_empty(cls, value: object, info: object) -> object:
        default = cls.model_fields[getattr(info, "field_name", "")].default
        return default if value == "" else value

    def query(self) -> Query:
        """Return what is asked."""
        return Query(
            text=self.q.replace("\x00", "").strip(),
            language=tuple(self.language),
            conference=tuple(self.conference),
            series=tuple(self.series),
            panel=tuple(self.panel),
            kind=tuple(self.kind),
            year=tuple(self.year),
            format=tuple(self.format),
            creator=tuple(self.creator),
            sort=self.sort,
            limit=self.limit,
            offset=self.offset,
            wishes=Wishes(
                exact=self.exact,
                translate=self.translate,
                names=self.names,
                without=tuple(self.without),
            ),
        )


class SuggestParameters(BaseModel):
    """URL parameters of what is suggested; an unknown one is refused."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Field(max_length=TEXT_LENGTH)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = MOST


class TranslationParameters(BaseModel):
    """URL parameters of what is asked of a word, or of a few; an unknown one is refused."""

    model_config = ConfigDict(extra="forbid")

    word: Annotated[str, Field(max_length=WORD_LENGTH)] = ""
    language: Literal["", "de", "ru", "en"] = ""


api = FastAPI(
    title="Konferenzarchiv", version="1", docs_url=None, redoc_url=None, openapi_url="/openapi.json"
)
api.add_exception_handler(CatalogueError, unavailable_response)


@api.get("/search")
def search(
    parameters: Annotated[SearchParameters, UrlParameters()], request: Request, response: Response
) -> Json:
    """Search, and answer with the same object as `python -m portal search --json`."""
    shared, query, audience = resources(), parameters.query(), request_visitor(request).audience
    response.headers.update(_kept(audience))
    page = shared.search_for(audience).ask(query, explain=parameters.explain)
    address = request.client.host if request.client else ""
    shared.unanswered.note(query, page, API, f"{address} {request.headers.get('user-agent', '')}")
    return result_page_to_json(page)


@api.get("/suggest")
def suggest(
    parameters: Annotated[SuggestParameters, UrlParameters()], request: Request, response: Response
) -> Json:
    """Suggest what to ask, with the same object as `python -m portal suggest --json`."""
    audience = request_visitor(request).audience
    response.headers.update(_kept(audience))
    found = resources().search_for(audience).suggest(parameters.q, parameters.limit)
    return suggestions_to_json(found)


@api.get("/translations")
def translations(parameters: Annotated[TranslationParameters, UrlParameters()]) -> Json:
    """Say what a search takes for translations of a word, as `python -m portal translate --json` does."""
    found = resources().search.translations(parameters.word.replace("\x00", ""), parameters.language or None)
    return {"translations": [explained_to_json(each) for each in found]}


@api.get("/documents/{identifier}")
def document(identifier: str, request: Request) -> JSONResponse:
    """Return one document with the text of its pages; of one that was withdrawn what remains."""
    shared, audience = resources(), request_visitor(request).audience
    today = dt.date.today()
    headers = _kept(audience)
    try:
        found = shared.document(identifier, today, audience)
    except WithdrawnError as exc:
        return JSONResponse(tombstone_to_json(exc.document), 410, headers)
    except NotFoundError as exc:
        raise HTTPException(404, f"There is no document {identifier!r}.", headers) from exc
    sisters, pages = shared.sisters(found, today, audience), shared.pages(found, audience)
    similar = shared.search_for(audience).similar(found, [sister.id for sister in sisters])
    passports = shown_passports(
        found,
        shared.archive.passports(found.id),
        audience,
        notes_public=shared.settings.notes_public,
    )
    return JSONResponse(
        document_to_json(found, pages, sisters, similar, passports, audience), headers=headers
    )


def _kept(audience: Audience) -> dict[str, str]:
    """Return headers that keep what one audience is told from another."""
    return {"Vary": "Cookie", "Cache-Control": cache_control(audience)}
