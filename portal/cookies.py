"""The cookies of the portal: who is signed in, the form for signing in, and the browser that was here before.

Source: RFC 6265bis; OWASP Session Management Cheat Sheet.
"""

from __future__ import annotations

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from portal.identity import COOKIE
from portal.resources import resources
from portal.urls import SIGN_IN

FORM_COOKIE, FORM_SECONDS = "konferenzarchiv_form", 3600
"""Proves that a form for signing in was shown to the browser that sends it."""

BROWSER_COOKIE, BROWSER_SECONDS = "konferenzarchiv_browser", 90 * 24 * 3600
"""Tells that somebody has signed in here before, see `throttle.py`; it signs nobody in."""


def set_session(response: Response, request: Request, secret: str) -> None:
    """Sign in this browser until it is closed; the session itself may end before."""
    _set(response, request, COOKIE, secret, "lax", "/", None)


def drop_session(response: Response, request: Request) -> None:
    """Let this browser forget the session."""
    _set(response, request, COOKIE, "", "lax", "/", 0)


def set_form(response: Response, request: Request, secret: str) -> None:
    """Let this browser prove for a while that it was shown the form for signing in."""
    _set(response, request, FORM_COOKIE, secret, "strict", SIGN_IN, FORM_SECONDS)


def drop_form(response: Response, request: Request) -> None:
    """Let this browser forget the form: it has been used."""
    _set(response, request, FORM_COOKIE, "", "strict", SIGN_IN, 0)


def set_browser(response: Response, request: Request, remembered: str) -> None:
    """Let this browser prove that somebody has signed in with it before."""
    _set(response, request, BROWSER_COOKIE, remembered, "strict", SIGN_IN, BROWSER_SECONDS)


def _set(
    response: Response,
    request: Request,
    name: str,
    value: str,
    same_site: Literal["lax", "strict"],
    path: str,
    seconds: int | None,
) -> None:
    https = request.url.scheme == "https" or resources().settings.base_url.startswith("https://")
    response.set_cookie(
        name, value, max_age=seconds, path=path, secure=https, httponly=True, samesite=same_site
    )
