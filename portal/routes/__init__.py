"""Addresses beside the Streamlit pages: bytes, pictures, JSON, landing pages, health, the theme."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route

from portal import components
from portal.account import PASSWORD
from portal.middleware.endpoints import EndpointsMiddleware
from portal.middleware.identity import IdentityMiddleware
from portal.middleware.origin import OriginMiddleware
from portal.middleware.security import SecurityHeadersMiddleware
from portal.middleware.shell import ShellMiddleware
from portal.middleware.unavailable import UnavailableMiddleware
from portal.routes.api import api
from portal.routes.files import file
from portal.routes.health import health
from portal.routes.landing import landing
from portal.routes.missing import missing_response
from portal.routes.pages import picture
from portal.routes.password import password
from portal.routes.records import RECORD_ROUTES
from portal.routes.sign_in import sign_in
from portal.routes.sign_out import sign_out
from portal.routes.theme import ThemeFiles
from portal.routes.thesaurus import THESAURUS_ROUTES
from portal.routes.uploads import UPLOAD_ROUTES
from portal.theme import PREFIX
from portal.urls import SIGN_IN, SIGN_OUT

ROUTES: list[BaseRoute] = [
    Route("/files/{document}/{version:int}/{name:path}", file),
    Route("/pages/{document}/{number:int}.webp", picture),
    Route("/d/{document}", landing),
    Route("/health", health),
    Route(SIGN_IN, sign_in, methods=["GET", "POST"]),
    Route(SIGN_OUT, sign_out, methods=["POST"]),
    Route(PASSWORD, password, methods=["POST"]),
    *UPLOAD_ROUTES,
    *RECORD_ROUTES,
    *THESAURUS_ROUTES,
    Mount("/api/v1", api),
    Mount(PREFIX, ThemeFiles()),
    Mount(components.PREFIX, ThemeFiles(components.FOLDER)),
]

MIDDLEWARE = [
    Middleware(SecurityHeadersMiddleware),
    Middleware(UnavailableMiddleware),
    Middleware(OriginMiddleware),
    Middleware(EndpointsMiddleware),
    Middleware(IdentityMiddleware),
    Middleware(ShellMiddleware),
]
"""The first is the outermost."""

EXCEPTION_HANDLERS = {404: missing_response}
"""For errors that no route answers itself."""
