"""Running text -> pages.

Texts without fixed pages are cut where their author cut them (page breaks, headings), and before they grow
longer than a reader can take in at a glance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.extraction import PageText

PAGE_WORDS = 500
"""No page has more words than this."""

HEADING_AFTER_WORDS = 120
"""A heading begins a new page once the page before it has this many words."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, table row or the like.

    `starts_page` when a page break stands before it; `notes` are comments on it. What is `hidden` from
    readers of the file stands on pages of its own.
    """

    text: str
    heading: bool = False
    starts_page: bool = False
    notes: str = ""
    hidden: bool = False


def paginate(blocks: Iterable[Block]) -> tuple[PageText, ...]:
    """Put the blocks on pages, in order, at least one. Others without text and notes are left out."""
    pages: list[PageText] = []
    page = _Page()
    for block in blocks:
        for part in _parts(block):
            words = len(part.text.split())
            if (
                part.starts_page
                or part.hidden != page.hidden
                or page.words + words > PAGE_WORDS
                or (part.heading and page.words >= HEADING_AFTER_WORDS)
            ):
                page.close(pages)
                page = _Page(part.hidden)
            page.add(part, words)
    page.close(pages)
    return tuple(pages) or (PageText(1, ""),)


class _Page:
    """A page being filled."""

    def __init__(self, hidden: bool = False) -> None:
        self.hidden = hidden
        self.texts: list[str] = []
        self.notes: list[str] = []
        self.title = ""
        self.words = 0

    def add(self, block: Block, words: int) -> None:
        if block.text:
            self.texts.append(block.text)
        if block.notes:
            self.notes.append(block.notes)
        if block.heading and not self.title:
            self.title = " ".join(block.text.split())
        self.words += words

    def close(self, pages: list[PageText]) -> None:
        text = "\n".join(self.texts)
        if text.strip() or self.notes:
            pages.append(PageText(len(pages) + 1, text, self.title, "\n".join(self.notes), self.hidden))


def _parts(block: Block) -> Iterable[Block]:
    """Cut a block that is longer than a page."""
    if len(block.text) < PAGE_WORDS * 2:
        yield block
        return
    starts = [match.start() for match in re.finditer(r"\S+", block.text)][::PAGE_WORDS]
    if len(starts) < 2:
        yield block
        return
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], None], strict=True)):
        yield replace(
            block,
            text=block.text[start:end].rstrip(),
            starts_page=block.starts_page and not number,
            notes="" if number else block.notes,
        )
