"""One extractor a format. Which reads what is in `EXTRACTORS`; each is imported when it is first needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from archive.contacts import count_contacts
from ingest.extraction import EmptyError, Extraction, PageText, UnsupportedError
from ingest.mediatypes import FORMATS

Extractor: TypeAlias = Callable[[Path], Extraction]

EXTRACTORS: dict[str, str] = {
    FORMATS[extension]: place
    for extensions, place in {
        ("pdf",): "ingest.extractors.pdf:extract",
        ("pptx", "ppsx", "potx", "pptm", "ppsm", "potm"): "ingest.extractors.pptx:extract",
        ("docx", "dotx", "docm", "dotm"): "ingest.extractors.docx:extract",
        ("odp", "otp", "odt", "ott", "odm", "ods", "ots", "odg", "otg"): "ingest.extractors.odf:extract",
        ("sxi", "sxw", "sxc"): "ingest.extractors.odf:extract",
        ("fodp", "fodt", "fods", "fodg"): "ingest.extractors.odf:extract_flat",
        ("xlsx", "xltx", "xlsm", "xltm"): "ingest.extractors.xlsx:extract",
        ("csv", "tsv"): "ingest.extractors.csv:extract",
        ("txt",): "ingest.extractors.plain:extract",
        ("md",): "ingest.extractors.markdown:extract",
        ("xml",): "ingest.extractors.flatopc:extract",
        ("rtf",): "ingest.extractors.rtf:extract",
        ("eml",): "ingest.extractors.mail:extract",
        ("epub",): "ingest.extractors.epub:extract",
        ("html", "xhtml"): "ingest.extractors.html:extract",
        ("mht",): "ingest.extractors.html:extract_mhtml",
    }.items()
    for extension in extensions
}
"""Media type -> module:function of its extractor."""

PDF_READERS: dict[str, str] = {
    "pdfium": "ingest.extractors.pdf:extract",
    "pdfminer": "ingest.extractors.pdf.pdfminer_six:extract",
}
"""Value of ARCHIVE_PDF_READER -> the extractor of PDF."""

_NO_TEXT = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TRAILING_SPACE = re.compile(r"(?<![ \t])[ \t]+\n")
_EMPTY_LINES = re.compile(r"\n{3,}")


def extract(path: Path, media_type: str, pdf_reader: str = "pdfium") -> Extraction:
    """Read a file with the extractor of its format.

    Raises:
        ExtractionError: nothing can be read, or no extractor reads this format.
    """
    place = PDF_READERS[pdf_reader] if media_type == FORMATS["pdf"] else EXTRACTORS.get(media_type)
    if place is None:
        raise UnsupportedError
    if not path.stat().st_size:
        raise EmptyError
    extraction = _load(place)(path)
    pages = tuple(_tidy(page) for page in _with_unseen(extraction.pages))
    skipped = tuple(dict.fromkeys(extraction.skipped))
    if not any(page.text for page in pages):
        has_notes = any(page.notes for page in pages)
        skipped += ("There is text in the notes only." if has_notes else "There is no text on any page.",)
    counts = dict(extraction.counts)
    noted = sum(bool(page.notes) for page in pages)
    if noted and not (counts.get("notes") or counts.get("comments")):
        counts["notes"] = noted
    if contacts := sum(count_contacts(f"{page.text}\n{page.notes}") for page in pages):
        counts["contacts"] = contacts
    return replace(extraction, pages=pages, title=_plain(extraction.title), counts=counts, skipped=skipped)


def _load(place: str) -> Extractor:
    module, _, function = place.partition(":")
    extractor: Extractor = getattr(import_module(module), function)
    return extractor


def _with_unseen(pages: Sequence[PageText]) -> Iterator[PageText]:
    """Yield the pages, then what is not shown on them, as hidden pages of the same titles."""
    yield from (replace(page, unseen="") for page in pages)
    unseen = (page for page in pages if page.unseen.strip())
    for number, page in enumerate(unseen, start=len(pages) + 1):
        yield PageText(number, page.unseen, "" if page.hidden else page.title, hidden=True)


def _tidy(page: PageText) -> PageText:
    return replace(page, text=_plain(page.text), title=_plain(page.title), notes=_plain(page.notes))


def _plain(text: str) -> str:
    """Take out what is no character, spaces at line ends and more than one empty line in a row."""
    if not text:
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    text = _NO_TEXT.sub("", text)
    if " \n" in text or "\t\n" in text:
        text = _TRAILING_SPACE.sub("\n", text)
    return _EMPTY_LINES.sub("\n\n", text).strip()
