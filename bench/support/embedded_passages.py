"""The passages of the Office files that others have inside: a table in a slide, a text in a text.

Only what slides and texts embed themselves counts: the tables behind charts are shown by the charts. Those
wrapped in a compound file (.bin) are not looked at, nor other formats, nor what is inside of those inside.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from bench.support import office_passages
from bench.support.ooxml import Package
from bench.support.passages import ANYWHERE, Passage

_MARK = "!"
_WALKS: dict[str, Callable[[BinaryIO], Iterator[Passage]]] = {
    "ppt/presentation.xml": office_passages.of_presentation,
    "word/document.xml": office_passages.of_text,
    "xl/workbook.xml": office_passages.of_spreadsheet,
}


def of_embedded(path: Path) -> Iterator[Passage]:
    """Yield what embedded files say, wherever it may be read."""
    package = Package(path)
    embedding = [part for part in package.parts() if "/charts/" not in part and not part.endswith(".rels")]
    targets = {target for part in embedding for kind, _, target in package.related(part) if kind == "package"}
    for target in sorted(targets):
        content = package.content(target)
        if not content.startswith(b"PK"):
            continue
        walk = _WALKS.get(Package(io.BytesIO(content)).main_part().lstrip("/"))
        for passage in () if walk is None else walk(io.BytesIO(content)):
            yield replace(passage, part=f"{target}{_MARK}{passage.part}", page=ANYWHERE)


def is_embedded(passage: Passage) -> bool:
    """Say whether a passage is one of an embedded file."""
    return _MARK in passage.part
