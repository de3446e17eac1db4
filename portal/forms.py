"""Forms as browsers send them, read by routes: small ones, of text only."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

LONGEST_BYTES = 64 * 1024
_FIELDS = 50


class FormError(ValueError):
    """What was sent is no such form."""


async def read_form(request: Request) -> Mapping[str, str]:
    """Read the fields of a small form; of one that comes twice the last. Raises FormError."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise FormError(kind)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BYTES:
            raise FormError("too long")
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError as exc:
        raise FormError("not a form") from exc
