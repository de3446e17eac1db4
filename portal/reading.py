"""A document to be read: its head, the bar from hit to hit, thumbnails, and pages with their text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from archive.model import Document, Kind, Page
from index.query import Query
from index.results import Snippet
from portal.cards import Shelf, badges, language_badges, main_language, tile
from portal.markup import DOT, NOTHING, SLASH, Markup, lang, marked, tag, together
from portal.pictures import PAGE_WIDTH, THUMBNAIL_WIDTH, pictured
from portal.reader import Reader
from portal.standing import state_notice
from portal.urls import is_question, picture_url

PAGES_AT_ONCE = 50
"""Longer documents are read in parts of this many pages."""

Marks: TypeAlias = tuple[tuple[int, int], ...]
"""Where the words of a query stand in the text of one page."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as somebody reads it: its pages, what they look for, and the page they are at.

    `unpictured` are the pages whose picture they may not see.
    """

    document: Document
    pages: Sequence[Page]
    query: Query
    marks: Mapping[int, Marks]
    at: int
    unpictured: frozenset[int] = frozenset()

    @property
    def hits(self) -> list[int]:
        """Numbers of the pages with words of the query."""
        return [page.number for page in self.pages if self.marks.get(page.number)]

    @property
    def part(self) -> Sequence[Page]:
        """The pages shown together with the one the reader is at."""
        before = sum(page.number < self.at for page in self.pages)
        start = min(before, max(len(self.pages) - 1, 0)) // PAGES_AT_ONCE * PAGES_AT_ONCE
        return self.pages[start : start + PAGES_AT_ONCE]


def head(reading: Reading, shelf: Shelf, reader: Reader) -> Markup:
    """Show the way back, the title and what the document is."""
    document, query = reading.document, reading.query
    conference = shelf.conference(document)
    crumbs: list[Markup] = []
    if is_question(query):
        back = query.text or reader.texts.gettext("Results")
        crumbs.append(tag("a", f"‹ {back}", href=reader.links.search(query), data_id="back"))
    if conference is not None:
        url = reader.links.conference(conference.id)
        crumbs.append(tag("a", reader.conference(conference), href=url, data_id="up"))
    facts = (reader.kind(document.kind), ", ".join(document.creators), when(document, shelf, reader))
    spans = (tag("span", fact) for fact in facts if fact)
    return tag(
        "div",
        tag("nav", together(crumbs, SLASH), css="crumbs", aria_label=reader.texts.gettext("Where you are")),
        state_notice(document, reader),
        tag("h1", document.title, tabindex="-1", lang=main_language(document), dir="auto"),
        tag("p", badges(document, reader), together(spans, DOT), css="meta"),
        css="doc-head",
    )


def when(document: Document, shelf: Shelf, reader: Reader) -> str:
    """Write the date of a document, else the days of its conference."""
    if document.date is not None:
        return reader.texts.date(document.date)
    conference = shelf.conference(document)
    return reader.texts.dates(conference.start, conference.end) if conference else ""


def hit_bar(reading: Reading, reader: Reader) -> Markup:
    """Lead from one page with words of the query to the next; empty where there is none."""
    hits, _ = reading.hits, reader.texts.gettext
    if not hits:
        return NOTHING
    before = max((number for number in hits if number < reading.at), default=None)
    after = min((number for number in hits if number > reading.at), default=None)
    where = reader.texts.ngettext("{n} page with hits", "{n} pages with hits", len(hits))
    if reading.at in hits:
        where = _("Hit {number} of {total}").format(number=hits.index(reading.at) + 1, total=len(hits))
    return tag(
        "nav",
        _step(reading, before, "‹ " + _("Previous"), "previous", reader),
        tag("span", tag("strong", where), tag("span", reading.document.title, css="in"), css="where"),
        _step(reading, after, _("Next") + " ›", "next", reader),
        css="hit-bar",
        aria_label=_("Hits in this document"),
        data_announce=where,
    )


def pages(reading: Reading, reader: Reader) -> Markup:
    """Show thumbnails and pages. The same for every page of one part, so that stepping replaces nothing."""
    _ = reader.texts.gettext
    if not reading.pages:
        return tag("p", _("The text of this document could not be read."), css="unread")
    strip = NOTHING
    if len(reading.pages) > 1:
        thumbs = together(_thumb(page, reading, reader) for page in reading.part)
        strip = tag("nav", thumbs, css="strip", aria_label=_("Pages of this document"), data_scroll="strip")
    parts = _parts(reading, reader)
    shown = together(_page(page, reading, reader) for page in reading.part)
    css = "reading" if _has_left(reading) else "reading text-only"
    return tag("div", strip, parts, shown, parts, css=css)


def _step(reading: Reading, number: int | None, name: str, identifier: str, reader: Reader) -> Markup:
    if number is None:
        return tag("span", name, css="off")
    url = reader.links.document(reading.document.id, number, reading.query)
    return tag("a", name, href=url, data_id=f"step:{identifier}")


def _thumb(page: Page, reading: Reading, reader: Reader) -> Markup:
    """Link to a page by its small picture; an amber bar says that it has hits, and so does the label."""
    has_hit = bool(reading.marks.get(page.number))
    label = reader.page(reading.document.kind, page.number, page.label)
    if has_hit:
        label = reader.texts.gettext("{page}, with hits").format(page=label)
    return tag(
        "a",
        _picture(page, reading, THUMBNAIL_WIDTH),
        tag("span", str(page.number), css="number"),
        css="hit" if has_hit else "",
        href=reader.links.document(reading.document.id, page.number, reading.query),
        aria_label=label,
        data_page=page.number,
        data_id=f"thumb:{page.number}",
    )


def _page(page: Page, reading: Reading, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    name = reader.page(reading.document.kind, page.number, page.label)
    left = tag("div", _picture(page, reading, PAGE_WIDTH), css="left") if _has_left(reading) else NOTHING
    heading = tag("h2", name, page_languages(page, reading.document, reader))
    right = [heading, *_words(page, reading.marks.get(page.number, ()))]
    if not page.text.strip():
        right.append(tag("p", _("No text on this page."), css="wordless"))
    if page.notes.strip():
        notes = tag("p", page.notes, css="words", lang=lang(page.language), dir="auto")
        right.append(tag("div", tag("h3", _("Speaker notes")), notes, css="notes"))
    return tag(
        "section",
        left,
        tag("div", *right, css="right"),
        css="page",
        aria_label=name,
        data_target=page.number,
    )


def page_languages(page: Page, document: Document, reader: Reader) -> Markup:
    """Show the languages of a page that is not just in the main one of its document."""
    if page.languages == document.languages[:1]:
        return NOTHING
    return language_badges(page.languages, reader)


def _words(page: Page, marks: Marks) -> list[Markup]:
    """Show the text of a page, its title set off where the text begins with it and no mark runs over."""
    start = len(page.title)
    if not page.title or not page.text.startswith(page.title) or any(a < start < b for a, b in marks):
        start = 0
    while start and page.text[start : start + 1].isspace() and not any(a == start for a, _ in marks):
        start += 1
    parts = (
        ("words first", page.text[:start], tuple(mark for mark in marks if mark[1] <= start)),
        ("words", page.text[start:], tuple((a - start, b - start) for a, b in marks if a >= start)),
    )
    return [
        tag("p", marked(Snippet(text, found)), css=css, lang=lang(page.language), dir="auto")
        for css, text, found in parts
        if text.strip()
    ]


def _has_left(reading: Reading) -> bool:
    """Tell whether pages have something to look at: pictures, or the tiles of slides."""
    if reading.document.kind is Kind.PRESENTATION:
        return True
    seen = any(page.number not in reading.unpictured for page in reading.pages)
    return seen and pictured(reading.document) is not None


def _picture(page: Page, reading: Reading, width: int) -> Markup:
    source = pictured(reading.document)
    if source is None or page.number in reading.unpictured:
        rest = page.text.removeprefix(page.title).lstrip()
        return tile(rest, reading.document.kind, title=page.title)
    url = picture_url(reading.document.id, page.number, width, source.sha512)
    return tag("img", src=url, alt="", loading="lazy", decoding="async")


def _parts(reading: Reading, reader: Reader) -> Markup:
    """Lead to the other parts of a long document."""
    if len(reading.pages) <= PAGES_AT_ONCE:
        return NOTHING
    starts = range(0, len(reading.pages), PAGES_AT_ONCE)
    parts = [reading.pages[start : start + PAGES_AT_ONCE] for start in starts]
    links = together(
        tag(
            "a",
            f"{part[0].number}–{part[-1].number}",
            href=reader.links.document(reading.document.id, part[0].number, reading.query),
            aria_current="true" if part[0].number == reading.part[0].number else None,
        )
        for part in parts
    )
    return tag("nav", links, css="pager", aria_label=reader.texts.gettext("Parts of this document"))
