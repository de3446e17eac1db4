"""How much of a text layer is text, and how to say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MOSTLY = 0.05
"""A page is garbled when more than this share of it are characters without meaning."""

_SYMBOLS = re.compile("[\uf020-\uf0ff]")
"""Characters of symbol fonts, whose numbers every reader gives as they are."""

_LOST = re.compile("[\ufffd\ue000-\uf8ff]")
_GLYPH_NUMBER = "(cid:"


def garbled_share(text: str) -> float:
    """Return the share of characters without meaning: U+FFFD, private use, glyph numbers such as (cid:12)."""
    if not text:
        return 0.0
    return min(1.0, (len(_LOST.findall(text)) + 6 * text.count(_GLYPH_NUMBER)) / len(text))


def is_doubtful(text: str) -> bool:
    """Say whether another reader may know the characters that this one did not."""
    return garbled_share(text) > MOSTLY and garbled_share(_SYMBOLS.sub("", text)) > MOSTLY


def without_text(texts: Sequence[str]) -> Iterator[str]:
    """Say how many pages have no text layer, given the texts of the layers."""
    count = sum(1 for text in texts if not text)
    if count:
        yield f"{count} of {len(texts)} pages have no text layer."


def garbled(texts: Sequence[str]) -> Iterator[str]:
    """Say how many pages are garbled."""
    count = sum(1 for text in texts if garbled_share(text) > MOSTLY)
    if count:
        yield f"{count} of {len(texts)} pages have glyphs that stand for no known letters."
