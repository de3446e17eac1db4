"""Guess what sort of work a file is, from its name and its shape. Staff and conference.yaml know better."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from archive.model import Kind, Page
from ingest.mediatypes import is_deck

SLIDE_CHARACTERS = 900
"""A page with fewer characters on average is more likely a slide."""

PAPER_PAGES = 3

_NAMES = (
    (Kind.PROGRAMME, r"programm|programme|program\b|agenda|tagesordnung|программ|повестк|расписани|flyer"),
    (Kind.MINUTES, r"protokoll|minutes|niederschrift|протокол|стенограмм"),
)


def guess_kind(path: str, media_type: str, pages: Sequence[Page]) -> Kind:
    """Tell a programme or minutes by name, a presentation by format or by little text a page."""
    stem = PurePosixPath(path).stem.casefold().replace("_", " ")
    for kind, pattern in _NAMES:
        if re.search(pattern, stem):
            return kind
    if is_deck(media_type):
        return Kind.PRESENTATION
    if media_type == "application/pdf" and len(pages) >= PAPER_PAGES:
        characters = sum(len(page.text) for page in pages)
        if characters < SLIDE_CHARACTERS * len(pages):
            return Kind.PRESENTATION
    return Kind.PAPER if len(pages) >= PAPER_PAGES else Kind.OTHER
