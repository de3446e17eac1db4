"""Where to go on after signing in or out: to a path of this portal, and nowhere else.

Browsers read more as another host than it seems: `//host`, `/\\host`, and either of them with tabs or line
breaks in between. Whatever could be read so is not followed.

Source: WHATWG URL Standard, 4.4 (a backslash is a slash, tabs and line breaks are left out).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from portal.urls import SEARCH, SIGN_IN, SIGN_OUT

_LONGEST = 2000


def own_address(text: str) -> str:
    """Return an address if it is one of this portal that a browser may be sent to, else the start page."""
    if not text.startswith("/") or text.startswith("//") or len(text) > _LONGEST:
        return SEARCH
    if "\\" in text or not text.isprintable():
        return SEARCH
    try:
        parts = urlsplit(text)
    except ValueError:
        return SEARCH
    if parts.scheme or parts.netloc or parts.path in (SIGN_IN, SIGN_OUT):
        return SEARCH
    return text
