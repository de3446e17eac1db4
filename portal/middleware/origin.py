"""Refuses what another site lets a browser do here: requests that change something, and WebSockets.

Browsers say where a request comes from, and pages cannot forge that: `Sec-Fetch-Site` on encrypted and local
connections, `Origin` everywhere. Programs that are no browsers send neither, and no cookies by accident.
Streamlit's own endpoints are behind this as well. A reverse proxy has to pass on `Host` as the browser sent
it, or ARCHIVE_BASE_URL has to name the address.

Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet (Fetch Metadata, origin); RFC 6455, 10.2.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from archive.errors import ArchiveError
from portal.resources import resources

SAFE = ("GET", "HEAD", "OPTIONS")
ELSEWHERE = "This request comes from another site and was refused."
_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


class OriginMiddleware:
    """Lets through what comes from pages of this portal, and what comes from no page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on or refuse it."""
        writes = scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in SAFE)
        if not writes or await _is_own(Headers(scope=scope)):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ELSEWHERE})
        else:
            refusal = JSONResponse({"error": ELSEWHERE}, 403, {"Cache-Control": "no-store"})
            await refusal(scope, receive, send)


async def _is_own(headers: Headers) -> bool:
    """Ask for the archive's own address only where nothing else tells: it may have to be opened for it."""
    return is_own(headers) or is_own(headers, await run_in_threadpool(_base_url))


def is_own(headers: Headers, base_url: str = "") -> bool:
    """Tell whether a request comes from a page of this portal, or from no page at all."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "none":
        return site == "same-origin"
    if origin is None:
        return True
    parts = _split(origin)
    if parts is None:
        return False
    scheme, place = parts
    return place == _with_port(headers.get("host", ""), scheme) or parts == _split(base_url)


def _base_url() -> str:
    try:
        return resources().settings.base_url
    except (ArchiveError, OSError):  # whoever asks for a page is told
        return ""


def _split(url: str) -> tuple[str, str] | None:
    """Return the scheme, and host with port, of an address; None where it has none."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            return None
        return parts.scheme, _with_port(parts.netloc, parts.scheme)
    except ValueError:
        return None


def _with_port(place: str, scheme: str) -> str:
    """Write a host with its port, where it has none with that of the scheme."""
    place = place.lower()
    has_port = ":" in place.rpartition("]")[2]
    return place if has_port else f"{place}:{_PORTS[scheme]}"
