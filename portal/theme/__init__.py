"""Style, script, fonts and mark of the portal as files, and how pages ask for them."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from portal.markup import Markup, tag, together

FOLDER = Path(__file__).parent
PREFIX = "/theme"
STYLES = (
    "tokens.css",
    "portal.css",
    "results.css",
    "staff.css",
    "upload.css",
    "check.css",
    "manage.css",
    "thesaurus.css",
    "translations.css",
    "status.css",
)
SCRIPT, MARK = "portal.js", "mark.svg"
SUGGEST_SCRIPT = "suggest.js"
GUARD_SCRIPT = "unsaved.js"
"""For staff: asks before a form with unsaved words is left."""

FIRST_FONTS = ("fonts/source-sans-3-latin-wght-normal.woff2", "fonts/source-serif-4-latin-wght-normal.woff2")
"""Fonts that every page needs, asked for before the style has been read."""


@functools.cache
def theme_url(name: str) -> str:
    """Link to a file of the theme; the address changes with the bytes, so that browsers may keep it."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
    return f"{PREFIX}/{name}?v={digest[:12]}"


def head_links() -> Markup:
    """Ask for icon, fonts and style, in the head of a page."""
    fonts = (
        tag(
            "link",
            rel="preload",
            href=f"{PREFIX}/{font}",
            type="font/woff2",
            crossorigin=True,
            **{"as": "font"},
        )
        for font in FIRST_FONTS
    )
    styles = (tag("link", rel="stylesheet", href=theme_url(name)) for name in STYLES)
    icon = tag("link", rel="icon", href=theme_url(MARK), type="image/svg+xml")
    return together([icon, *fonts, *styles])
