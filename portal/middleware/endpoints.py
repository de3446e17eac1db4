"""Close the addresses of Streamlit that pages of the portal do not need.

It takes files into memory from whoever has opened a page, tells figures of the process, keeps media and has
other ways to sign in. Nothing of that is used here, so nobody is answered there.
"""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

NEEDED = frozenset(("/_stcore/stream", "/_stcore/health", "/_stcore/host-config"))
"""What the browser asks for before a page stands there."""

CLOSED = ("/_stcore", "/media", "/component", "/app", "/auth", "/oauth2callback")
"""Where Streamlit answers besides; with all that lies below."""


class EndpointsMiddleware:
    """Answers 404 at what is `CLOSED`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on or say that nothing is there."""
        if scope["type"] == "http" and is_closed(scope["path"]):
            missing = PlainTextResponse("There is nothing here.\n", 404, {"Cache-Control": "no-store"})
            await missing(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_closed(path: str) -> bool:
    """Tell whether an address is one of Streamlit's that nobody needs."""
    return path not in NEEDED and any(path == each or path.startswith(f"{each}/") for each in CLOSED)
