"""Texts that PDFium hands out: asked for their length first, in UTF-16 with a zero at the end."""

from __future__ import annotations

import codecs
import ctypes
from collections.abc import Callable
from typing import TypeAlias

from ingest.extractors.pdf.lines import MAX_CHARACTERS

Ask: TypeAlias = Callable[["ctypes.Array[ctypes.c_ushort] | None", int], int]
"""Puts a text into an array of so many bytes, and says how many it needs."""

MOST = MAX_CHARACTERS + 1
"""A longer text is cut; one of this length is more than is read of a page, and told."""

NOTHING = 2
"""So many bytes has a text without characters."""


def text_of(ask: Ask) -> str:
    """Return a text, or "" where there is none."""
    size_bytes = ask(None, 0)
    if size_bytes <= NOTHING:
        return ""
    units = (ctypes.c_ushort * ((size_bytes + 1) // 2))()
    ask(units, size_bytes)
    return codecs.utf_16_le_decode(units, "ignore")[0].partition("\0")[0].strip()[:MOST]
