"""From a document and its pages to the entries of the index.

Two fields carry the text: `text` has every word as it stands, folded and in order, for phrases and exact
search; `keys` has what `keys.py` makes of it, for ordinary words, cut into passages. The pages given are
those the reader of the index may see; nothing else reaches it.
"""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from archive.formats import format_of
from archive.model import Conference, Document, Page, Translations
from index.concordance import Concordance
from index.engine import Entry, Schema
from index.filing import written
from index.runs import chunks
from index.scopes import UNFILTERED, answers, languages_of, lets_through, scope
from index.text import fold, is_cyrillic, surfaces

SCHEMA = Schema(
    positions=("text", "keys", "heading_keys", "title_text", "creator_text"),
    bags=("title_keys", "creator_keys", "conference_keys", "panel_keys"),
    keywords=("conference", "series", "panel", "language", "languages", "kind", "year", "format", "creator"),
    sorts=("date", "title"),
)
"""The fields. `language` names filters (see `scopes.py`), `languages` the document's languages."""

ENTRIES = 5
"""Raised with every change of what entries hold: the index is then built anew."""

PAGE_BREAK = "¶"
"""Stands between pages in `text`, so that no phrase runs from one page to the next. No word is written so.

In `keys` and `heading_keys` it stands between passages.
"""

_BREAK = f" {PAGE_BREAK} "

PASSAGE_KEYS = 160
"""A page with more keys, some 100 words, is cut into passages of one length."""

REMEMBERED, REMEMBERED_LENGTH = 2048, 10_000
"""So many texts, of so many characters at most, are remembered with their tokens: about two commits of pages,
since each is written into the index of every audience in turn, and what the pages of a conference share."""


@dataclass(frozen=True, slots=True)
class Analyzed:
    """A text as tokens, joined by spaces, and their keys; of a page also the keys of its title."""

    tokens: str = ""
    keys: str = ""
    headings: str = ""


def analyze(text: str) -> Analyzed:
    """Return the tokens of a text in order and all their keys."""
    return _analyze_again(text) if len(text) <= REMEMBERED_LENGTH else _analyze(text)


@lru_cache(REMEMBERED)
def _analyze_again(text: str) -> Analyzed:
    return _analyze(text)


def _analyze(text: str) -> Analyzed:
    found = [*map(written, chunks(text))]
    return Analyzed(*(" ".join(filter(None, map(itemgetter(at), found))) for at in (0, 1)))


def entries(
    document: Document, pages: Sequence[Page], conference: Conference, languages: Iterable[str]
) -> tuple[Entry, ...]:
    """Return the entries of a document, at least one, for an archive in these languages.

    A title or name that stands in the record only counts for the whole document, and for a language whose
    pages have all its words.
    """
    analyzed = [(page, _analyze_page(page)) for page in pages]
    title, creators = analyze(document.title), analyze("\n".join(document.creators))
    present = languages_of(pages)
    keywords = _keywords(document, conference, present)
    sorts = {"date": _iso(_date(document, conference)), "title": collate(document.title)}
    about = _about(document, conference)
    found = []
    for selection, filters in answers(present, languages):
        of_selection = [page for page in pages if lets_through(selection, page)]
        shown = [of_page for page, of_page in analyzed if lets_through(selection, page)]
        text = _BREAK.join(of_page.tokens for of_page in shown if of_page.tokens)
        words = {*text.split()}
        whole = selection == present
        tokens = {
            "text": text,
            **_in_passages(shown),
            **about,
        }
        if whole or words.issuperset(title.tokens.split()):
            tokens |= {"title_text": title.tokens, "title_keys": title.keys}
        if whole or words.issuperset(creators.tokens.split()):
            tokens |= {"creator_text": creators.tokens, "creator_keys": creators.keys}
        is_whole = len(of_selection) == len(pages)
        concordance = Concordance.of(of_selection, document.title, document.creators, is_whole=is_whole)
        found.append(
            Entry(
                id=f"{document.id}/{UNFILTERED if whole else scope(selection)}",
                document=document.id,
                tokens=tokens,
                keywords={**keywords, "language": tuple(filters)},
                sorts=sorts,
                stored=concordance.dump(),
            )
        )
    return tuple(found)


def series_of(conference: Conference) -> str:
    """Return the name that stands for a series, whatever language it is shown in; "" where there is none."""
    names = conference.series
    return next((names[code] for code in ("de", "ru", "en") if code in names), next(iter(names.values()), ""))


def collate(title: str) -> str:
    """Return what titles are sorted by: ä beside a, ё beside е, 2 before 10, no case, no quotes."""
    return " ".join(map(_collate, filter(None, map(fold, surfaces(title)))))


def _analyze_page(page: Page) -> Analyzed:
    text, notes, headings = analyze(page.text), analyze(page.notes), analyze(page.title).keys
    if not notes.tokens:
        return replace(text, headings=headings)
    return Analyzed(f"{text.tokens}{_BREAK}{notes.tokens}", f"{text.keys} {notes.keys}", headings)


def _in_passages(pages: Iterable[Analyzed]) -> dict[str, str]:
    """Return keys and headings by passages; a heading is in the first passage of its page."""
    keys: list[str] = []
    headings: list[str] = []
    for page in pages:
        if page.keys or page.headings:
            found = page.keys.split()
            passages = max(1, math.ceil(len(found) / PASSAGE_KEYS))
            bounds = [len(found) * number // passages for number in range(passages + 1)]
            keys += [" ".join(found[start:end]) for start, end in pairwise(bounds)]
            headings += [page.headings, *[""] * (passages - 1)]
    return {"keys": _BREAK.join(keys), "heading_keys": _BREAK.join(headings)}


def _keywords(
    document: Document, conference: Conference, present: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    date = _date(document, conference)
    files = document.current.files if document.versions else ()
    return {
        "conference": (document.conference,),
        "panel": (document.panel,) if document.panel else (),
        "languages": tuple(sorted(present)),
        "kind": (document.kind.value,),
        "year": (str(date.year),) if date else (),
        "series": tuple(filter(None, (series_of(conference),))),
        "format": tuple(sorted({*filter(None, (format_of(each.media_type, each.name) for each in files))})),
        "creator": tuple(dict.fromkeys(filter(None, map(str.strip, document.creators)))),
    }


def _about(document: Document, conference: Conference) -> dict[str, str]:
    """Return what `conference:` and `panel:` find."""
    panel = next((panel for panel in conference.panels if panel.id == document.panel), None)
    of_panel = (document.panel or "", *_texts(panel.title, panel.working_group)) if panel else ()
    of_conference = (conference.id, *_texts(conference.title, conference.series, conference.place))
    return {
        "conference_keys": analyze("\n".join(of_conference)).keys,
        "panel_keys": analyze("\n".join(of_panel)).keys,
    }


def _texts(*translations: Translations) -> tuple[str, ...]:
    return tuple(text for texts in translations for text in texts.values())


def _date(document: Document, conference: Conference) -> dt.date | None:
    return document.date or conference.start


def _iso(date: dt.date | None) -> str:
    return date.isoformat() if date else ""


def _collate(folded: str) -> str:
    if folded.isdecimal():
        return folded.zfill(8)
    if folded.isascii() or is_cyrillic(folded):
        return folded
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
