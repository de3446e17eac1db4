"""Originals are sent as they are: compressed on the way they would lose length and strong ETag."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX = "/files/"


class IdentityMiddleware:
    """Hides from the layers below that a browser would take a compressed answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, for originals without what it says of encodings."""
        if scope["type"] == "http" and scope["path"].startswith(PREFIX):
            headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            scope = {**scope, "headers": headers}
        await self.app(scope, receive, send)
