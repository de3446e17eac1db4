"""Plain text: lines as they stand, pages at form feeds.

A first line that stands alone, behind dates at most, is taken for the title, lines that are underlined for
headings. Nothing is left out, since what looks like markup in a text is what its author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from archive.contacts import count_contacts
from ingest.charset import decode
from ingest.extraction import Extraction
from ingest.extractors.decoding import unreadable
from ingest.extractors.flow import Block, paginate
from ingest.extractors.properties import sane_title

_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n+")
_UNDERLINED = re.compile(r"[ \t]*(?P<title>\S[^\n]{0,120})\n[ \t]*(?:={3,}|-{3,}|~{3,}|\*{3,})[ \t]*")
_TITLE_CHARACTERS = 100
_SENTENCE_ENDS = (".", ",", ";", ":", "!", "?")


def extract(path: Path) -> Extraction:
    """Read the text of a file without markup."""
    text, encoding = decode(path.read_bytes())
    pages = paginate(_blocks(text.replace("\r\n", "\n").replace("\r", "\n")))
    title = next((page.title for page in pages if page.title and not count_contacts(page.title)), "")
    return Extraction(
        pages, title=sane_title(title), skipped=tuple(unreadable(text, encoding)), tool=f"charset {encoding}"
    )


def _blocks(text: str) -> Iterable[Block]:
    """Yield paragraphs, which end at empty lines."""
    is_first = True
    for sheet_number, sheet in enumerate(text.split("\f")):
        for number, paragraph in enumerate(_BETWEEN_PARAGRAPHS.split(sheet)):
            content = paragraph.strip("\n").rstrip()
            underlined = _UNDERLINED.fullmatch(content)
            starts_page = bool(sheet_number) and not number
            if underlined:
                yield Block(underlined["title"].rstrip(), heading=True, starts_page=starts_page)
            else:
                yield Block(content + "\n", is_first and _is_title(content), starts_page)
            is_first &= "\n" not in content and not sane_title(content)


def _is_title(line: str) -> bool:
    return (
        "\n" not in line
        and len(line) <= _TITLE_CHARACTERS
        and not line.endswith(_SENTENCE_ENDS)
        and bool(sane_title(line))
    )
