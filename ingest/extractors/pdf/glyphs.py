"""How much of a text layer is text, what was mended in it, and how to say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.layers.mending import Mended
from ingest.layers.rules import Kind

MOSTLY = 0.05
"""A page is garbled when more than this share of it are characters without meaning."""

_SYMBOLS = re.compile("[\0\uf020-\uf0ff]")
"""Characters of symbol fonts and of fonts that say nothing of theirs: no reader knows more of them."""

_LOST = re.compile("[\0-\x08\x0e-\x1f\ufffd\uffff\ue000-\uf8ff]")
_GLYPH_NUMBER = re.compile(r"\(cid:\d+\)")


def garbled_share(text: str) -> float:
    """Return the share of characters without meaning.

    These are U+FFFD, U+FFFF, control characters, private use, and glyph numbers such as (cid:12).
    """
    if not text:
        return 0.0
    numbers = sum(map(len, _GLYPH_NUMBER.findall(text)))
    return (len(_LOST.findall(text)) + numbers) / len(text)


def is_doubtful(text: str) -> bool:
    """Say whether another reader may know the characters that this one did not."""
    return garbled_share(text) > MOSTLY and garbled_share(_SYMBOLS.sub("", text)) > MOSTLY


def without_text(texts: Sequence[str]) -> Iterator[str]:
    """Say how many pages have no text layer, given the texts of the layers."""
    count = sum(1 for text in texts if not text)
    if count:
        yield f"{count} of {len(texts)} pages have no text layer."


def garbled(mended: Mended) -> list[int]:
    """Return the numbers of the pages that are garbled even so, in order."""
    return [
        page.number
        for page in mended.pages
        if page.number in mended.unreadable or garbled_share(page.text) > MOSTLY
    ]


def lost(numbers: Sequence[int], total: int) -> Iterator[str]:
    """Say how many pages are garbled."""
    if numbers:
        yield f"{len(numbers)} of {total} pages have glyphs that stand for no known letters."


def repaired(repairs: Mapping[Kind, int], total: int) -> Iterator[str]:
    """Say how many pages were mended, in which way."""
    if count := repairs.get(Kind.CODE_PAGE):
        yield f"{count} of {total} pages had text in a wrong code page."
    if count := repairs.get(Kind.GLYPHS):
        yield f"{count} of {total} pages had letters under wrong numbers."
    if count := repairs.get(Kind.APART):
        yield f"{count} of {total} pages had letters set apart."
    if count := repairs.get(Kind.GUESSED):
        yield f"{count} of {total} pages show no gaps between words; where they end was guessed."
    if count := repairs.get(Kind.REPEATED):
        yield f"{count} of {total} pages had letters or lines twice."
    if count := repairs.get(Kind.REVERSED):
        yield f"{count} of {total} pages had lines written backwards."
