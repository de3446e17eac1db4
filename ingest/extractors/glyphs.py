"""How much of a text layer is text, and how to say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.extraction import PageText

MOSTLY = 0.05
"""A page is garbled when more than this share of it are characters without meaning."""


def garbled_share(text: str) -> float:
    """Return the share of characters without meaning: U+FFFD, private use, glyph numbers such as (cid:12)."""
    if not text:
        return 0.0
    lost = sum(1 for character in text if character == "\ufffd" or "\ue000" <= character <= "\uf8ff")
    return min(1.0, (lost + 6 * text.count("(cid:")) / len(text))


def without_text(pages: Sequence[PageText]) -> Iterator[str]:
    """Say how many pages have no text layer."""
    count = sum(1 for page in pages if not page.text)
    if count:
        yield f"{count} of {len(pages)} pages have no text layer."


def garbled(pages: Sequence[PageText]) -> Iterator[str]:
    """Say how many pages are garbled."""
    count = sum(1 for page in pages if garbled_share(page.text) > MOSTLY)
    if count:
        yield f"{count} of {len(pages)} pages have glyphs that stand for no known letters."
