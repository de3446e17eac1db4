"""What is to be said about the pages of a PDF that were read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.extraction import PageText
from ingest.extractors.pdf.page import ReadPage

NAMED = 10
"""So many damaged pages and embedded files are named, more are counted."""

_NAME_CHARACTERS = 200

_PLACEHOLDER = re.compile(
    r"if this message is not eventually replaced|need a later version of the pdf viewer"
    r"|requires? (a later version of )?adobe (reader|acrobat) \d|open this pdf portfolio in"
    r"|pdf-portfolio .{0,60}(acrobat|adobe reader)|портфолио pdf"
    r"|wenn diese meldung nicht .{0,60}ersetzt|если (это|данное) сообщение не .{0,60}замен",
    re.IGNORECASE | re.DOTALL,
)
_PLACEHOLDER_CHARACTERS = 3_000


def counted(read: Sequence[ReadPage], file_names: Sequence[str], again_count: int) -> Mapping[str, int]:
    """Count what was met."""
    counts = {
        "pages read again": again_count,
        "pages read by OCR before": sum(page.was_recognised for page in read),
        "comments": sum(page.annotations.comment_count for page in read),
        "form fields": sum(page.annotations.field_count for page in read),
        "embedded files": len(file_names),
    }
    return {name: count for name, count in counts.items() if count}


def remarks(read: Sequence[ReadPage], file_names: Sequence[str], *, is_portfolio: bool) -> list[str]:
    """Say what was not read."""
    skipped: list[str] = []
    if is_portfolio:
        skipped.append("The file is a PDF portfolio: what it holds are the files embedded in it.")
    elif read and _is_placeholder(read[0].own):
        skipped.append("The first page only says with which program to open the file.")
    if count := sum(page.is_cropped for page in read):
        skipped.append(f"{count} of {len(read)} pages have text outside of what they show.")
    if count := sum(page.is_layered for page in read):
        skipped.append(f"{count} of {len(read)} pages have text in layers that are not shown.")
    if count := sum(page.annotations.drawn_count for page in read):
        skipped.append(f"Stamps and marks whose letters were not read: {count}.")
    if file_names:
        skipped.append(f"Embedded files that were not read: {_listed(file_names)}.")
    return skipped


def _is_placeholder(text: str) -> bool:
    """Say whether a page only asks to open the file with another program."""
    return len(text) < _PLACEHOLDER_CHARACTERS and _PLACEHOLDER.search(text) is not None


def pictures(read: Sequence[ReadPage], pages: Sequence[PageText]) -> Iterator[int]:
    """Yield the numbers of the pages on which something is drawn and nothing can be read."""
    for found, page in zip(read, pages, strict=True):
        if found.has_content and not (found.own and _is_readable(page.text)):
            yield page.number


def _is_readable(text: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in text)


def _listed(names: Sequence[str]) -> str:
    """Count names and give the first of them."""
    given = ", ".join(name[:_NAME_CHARACTERS] for name in names[:NAMED] if name)
    return f"{len(names)} ({given}{', …' if len(names) > NAMED else ''})" if given else str(len(names))
