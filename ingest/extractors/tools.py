"""The name and version of a library, as extraction reports give it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version


@cache
def tool(package: str) -> str:
    """Return "pypdfium2 5.15.2" for "pypdfium2". Looked up once: it takes longer than reading a page."""
    return f"{package} {version(package)}"
