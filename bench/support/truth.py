"""What files say by their own markup, and how much of it was found by reading them.

Counted are words, for each part of each file; see `office_passages`, `odf_passages` for what is left out, and
`finding` for how they are found.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from bench.support import odf_passages, office_passages
from bench.support.corpus_reading import Outcomes
from bench.support.embedded_passages import is_embedded, of_embedded
from bench.support.finding import Found, find
from bench.support.passages import Passage, words
from ingest.extraction import EncryptedError, ExtractionError, PageText
from ingest.mediatypes import FORMATS, media_type_of

_WALKS: dict[str, tuple[Callable[[Path], Iterator[Passage]], tuple[str, ...]]] = {
    "PPTX": (office_passages.of_presentation, ("pptx", "ppsx", "potx", "pptm", "ppsm", "potm")),
    "DOCX": (office_passages.of_text, ("docx", "dotx", "docm", "dotm")),
    "XLSX": (office_passages.of_spreadsheet, ("xlsx", "xltx", "xlsm", "xltm")),
    "ODP, ODG": (odf_passages.of_opendocument, ("odp", "otp", "fodp", "odg", "otg", "fodg")),
    "ODT": (odf_passages.of_opendocument, ("odt", "ott", "odm", "fodt")),
    "ODS": (odf_passages.of_opendocument, ("ods", "ots", "fods")),
}
FAMILIES = {
    FORMATS[extension]: (family, walk)
    for family, (walk, extensions) in _WALKS.items()
    for extension in extensions
}
"""Media type -> name of its family of formats, and the walk over its markup."""

_NO_MARKUP = (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, StopIteration, RuntimeError, EOFError)


@dataclass(frozen=True, slots=True)
class Measured:
    """One file: what was found of its passages, and of files inside it; or why nothing was compared."""

    path: Path
    family: str
    found: Found | None
    remark: str = ""
    embedded: Found | None = None


def measure(outcomes: Outcomes) -> Iterator[Measured]:
    """Compare each file that has markup of its own with what was read from it."""
    for path, outcome in sorted(outcomes.items()):
        family, walk = FAMILIES.get(media_type_of(path), ("", None))
        if walk is None:
            continue
        try:
            passages = list(walk(path))
        except _NO_MARKUP as exc:
            yield Measured(path, family, None, f"its markup cannot be walked ({type(exc).__name__})")
            continue
        if isinstance(outcome, EncryptedError):
            yield Measured(path, family, None, "it is protected with a password")
        elif isinstance(outcome, ExtractionError):
            yield Measured(path, family, find(passages, ()), f"it was not read: {outcome}")
        else:
            pages = outcome.extraction.pages
            yield Measured(
                path, family, find(passages, pages), embedded=_find_embedded(path, passages, pages)
            )


def _find_embedded(path: Path, passages: Sequence[Passage], pages: Sequence[PageText]) -> Found | None:
    """Look for what embedded files say in what is left of the words when the file has its own."""
    embedded = list(of_embedded(path)) if zipfile.is_zipfile(path) else []
    if not embedded:
        return None
    lost = find([*passages, *embedded], pages).losses
    total = sum(len(words(passage.text)) for passage in embedded)
    return Found(total, tuple(loss for loss in lost if is_embedded(loss.passage)))
