"""The pieces of JavaScript that pages need beside the theme, and how the head of a page asks for them.

What others wrote is in vendor/, as published; its README names versions and digests.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from portal.markup import Markup, tag, together

FOLDER = Path(__file__).parent
PREFIX = "/components"
UPLOAD_SCRIPTS = ("vendor/tus-js-client/tus.min.js", "dropping.js", "upload.js")


@functools.cache
def component_url(name: str) -> str:
    """Link to a script; the address changes with the bytes, so that browsers may keep it."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
    return f"{PREFIX}/{name}?v={digest[:12]}"


def upload_scripts(token: str, texts: Mapping[str, str]) -> Markup:
    """Ask for what uploads, in the head of a page for staff.

    Args:
        token: of the visitor, see portal/identity.py.
        texts: what the script says, in the language of the page.
    """
    known = json.dumps({"token": token, "texts": dict(texts)}, ensure_ascii=False)
    scripts = (tag("script", src=component_url(name)) for name in UPLOAD_SCRIPTS)
    return together([tag("meta", name="uploads", content=known), *scripts])
