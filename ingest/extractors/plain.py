"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from archive.contacts import count_contacts
from ingest.charset import decode
from ingest.extraction import Extraction
from ingest.extractors.flow import Block, paginate

_HEADING = re.compile(r"#{1,6}\s+(?P<title>\S.*)")


def extract(path: Path) -> Extraction:
    """Read the text of a file without markup, or with markup people read as it stands."""
    text, encoding = decode(path.read_bytes())
    skipped = []
    unreadable = text.count("\ufffd")
    if unreadable:
        skipped.append(f"{unreadable} characters could not be decoded.")
    pages = paginate(_blocks(text.replace("\r\n", "\n").replace("\r", "\n")))
    title = next((page.title for page in pages if page.title and not count_contacts(page.title)), "")
    return Extraction(pages, title=title, skipped=tuple(skipped), tool=f"charset {encoding}")


def _blocks(text: str) -> Iterable[Block]:
    """Paragraphs end at empty lines, pages at form feeds; Markdown headings are known."""
    for sheet_number, sheet in enumerate(text.split("\f")):
        for number, paragraph in enumerate(re.split(r"\n[ \t]*\n+", sheet)):
            content = paragraph.strip("\n").rstrip()
            heading = _HEADING.fullmatch(content)
            yield Block(
                (heading["title"] if heading else content) + "\n",
                heading=heading is not None,
                starts_page=bool(sheet_number) and not number,
            )
