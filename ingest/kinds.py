"""What sort of work a file is, by its name, first page and shape. Staff and conference.yaml know better."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from archive.model import Kind, Page
from ingest.mediatypes import is_deck

SLIDE_CHARACTERS = 900
"""A page with fewer characters on average is more likely a slide."""

PAPER_PAGES = 3

_HEAD_LINES = 6
"""A heading that names the sort of work stands in one of the first lines."""

_NAMES = (
    (Kind.PROGRAMME, r"programm|programme|program\b|agenda|tagesordnung|программ|повестк|расписани|flyer"),
    (Kind.MINUTES, r"protokoll|minutes|niederschrift|протокол|стенограмм"),
)
_PROGRAMME = (
    r"(?:vorläufiges |предварительная )?(?:konferenz|tagungs|rahmen|workshop)?-?"
    r"(?:programm|programme|program|agenda|schedule|tagesordnung|zeitplan|ablaufplan"
    r"|программа|повестка(?: дня)?|расписание)"
    r"(?: (?:der|des|for|of|конференции|мероприятий|работы|семинара)\b.*)?"
)
_MINUTES = (
    r"(?:ergebnis|sitzungs)?-?(?:protokoll|minutes|niederschrift|протокол|стенограмма)"
    r"(?: (?:der|des|über|of|заседания|встречи|совещания)\b.*)?"
)
_PAPER = r"(?:abstract|zusammenfassung|kurzfassung|keywords|schlagwörter|аннотация|тезисы|ключевые слова)\b.*"
_HEADINGS = ((Kind.PROGRAMME, _PROGRAMME), (Kind.MINUTES, _MINUTES), (Kind.PAPER, _PAPER))


@dataclass(frozen=True, slots=True)
class Told:
    """A kind, and the words that tell it: of the file's name, or of the first page; none: its shape tells."""

    kind: Kind
    words: tuple[str, ...] = ()
    on_page: bool = False


def guess_kind(path: str, media_type: str, pages: Sequence[Page]) -> Kind:
    """Tell what sort of work a file is."""
    return tell_kind(path, media_type, pages).kind


def tell_kind(path: str, media_type: str, pages: Sequence[Page]) -> Told:
    """Tell what sort of work a file is, and by what.

    A programme or minutes by name or heading, a presentation by format or by little text a page, a paper by
    its heading or length.
    """
    stem = PurePosixPath(path).stem.casefold().replace("_", " ")
    for kind, pattern in _NAMES:
        if found := re.search(pattern, stem):
            return Told(kind, (found[0],))
    if is_deck(media_type):
        return Told(Kind.PRESENTATION)
    if heading := _heading(pages):
        return heading
    if media_type == "application/pdf" and len(pages) >= PAPER_PAGES:
        characters = sum(len(page.text) for page in pages)
        if characters < SLIDE_CHARACTERS * len(pages):
            return Told(Kind.PRESENTATION)
    return Told(Kind.PAPER if len(pages) >= PAPER_PAGES else Kind.OTHER)


def _heading(pages: Sequence[Page]) -> Told | None:
    """Look for a line at the top of the first page that says what the whole is."""
    lines = [" ".join(line.split()) for line in (pages[0].text if pages else "")[:2000].splitlines()]
    for line in [line.strip(" :.—–-") for line in lines if line][:_HEAD_LINES]:
        for kind, pattern in _HEADINGS:
            if re.fullmatch(pattern, line.casefold()):
                return Told(kind, (line[:80],), on_page=True)
    return None
