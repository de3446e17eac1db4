"""A hit as a card, and the smaller things a document is shown by: badges, meta line, files, thumbnail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive.access import may_download
from archive.model import Conference, Document, File, Kind
from index.entries import series_of
from index.query import Query
from index.results import Hit, PageHit
from portal.formats import format_name
from portal.markup import DOT, NOTHING, Markup, badge, lang, marked, tag, together
from portal.pictures import THUMBNAIL_WIDTH, pictured
from portal.reader import Reader
from portal.standing import standing_badge
from portal.urls import file_url, picture_url
from portal.why import lacks, why


@dataclass(frozen=True, slots=True)
class Shelf:
    """The conferences that cards speak of, and the pages of which the reader may see no picture.

    Both by identifier: of the conference, of the document.
    """

    conferences: Mapping[str, Conference]
    unpictured: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def conference(self, document: Document) -> Conference | None:
        """Return the conference of a document."""
        return self.conferences.get(document.conference)

    def panel(self, identifier: str | None, reader: Reader) -> str:
        """Return the title of a panel; empty if there is none."""
        conference = self.conferences.get((identifier or "").partition("/")[0])
        panels = conference.panels if conference else ()
        return next((reader.texts.say(panel.title) for panel in panels if panel.id == identifier), "")

    def series(self, name: str, reader: Reader) -> str:
        """Return what a series of conferences is called in the reader's language; empty if there is none."""
        named = (each.series for each in self.conferences.values() if series_of(each) == name)
        return next((reader.texts.say(names) for names in named), "")


def hit_card(hit: Hit, query: Query, shelf: Shelf, reader: Reader) -> Markup:
    """Show a hit: thumbnail of its best page, meta line, title, snippet, pages, files, and why it is one."""
    document = hit.document
    best = hit.pages[0] if hit.pages else None
    url = reader.links.document(document.id, best.number if best else None, query)
    title = tag("a", marked(hit.title), href=url, data_id=f"hit:{document.id}")
    snippet = tag("p", marked(best.snippet), css="snippet", lang=lang(best.language)) if best else NOTHING
    creators = tag("span", ", ".join(document.creators), css="who", dir="auto")
    return tag(
        "article",
        _picture_link(url, thumbnail(document, best, shelf)),
        tag(
            "div",
            meta_line(document, shelf, reader),
            tag("h2", title, lang=main_language(document), dir="auto"),
            snippet,
            lacks(hit, reader),
            tag("div", _pages(hit, query, reader), creators, files(document, reader), css="foot"),
            why(hit, query, reader),
            css="body",
        ),
        css="card",
    )


def small_card(document: Document, shelf: Shelf, reader: Reader) -> Markup:
    """Show a document as one of the newest."""
    url = reader.links.document(document.id)
    title = tag("a", document.title, href=url, data_id=f"new:{document.id}")
    conference = shelf.conference(document)
    facts = (reader.kind(document.kind), reader.conference(conference) if conference else "")
    return tag(
        "article",
        _picture_link(url, thumbnail(document, None, shelf)),
        tag(
            "div",
            tag("h3", title, lang=main_language(document), dir="auto"),
            tag("p", badges(document, reader), together(facts, DOT), css="meta"),
        ),
        css="small",
    )


def meta_line(document: Document, shelf: Shelf, reader: Reader) -> Markup:
    """Show languages, kind, conference with its days, and panel in one line."""
    conference = shelf.conference(document)
    where = ""
    if conference is not None:
        days = reader.texts.dates(conference.start, conference.end)
        where = ", ".join(part for part in (reader.place(conference), days) if part)
    facts = (reader.kind(document.kind), where, shelf.panel(document.panel, reader))
    spans = (tag("span", fact) for fact in facts if fact)
    return tag("p", badges(document, reader), together(spans, DOT), css="meta")


def badges(document: Document, reader: Reader) -> Markup:
    """Show the languages of a document, that it is an example if it is one, and if only staff see it."""
    shown = language_badges(document.languages, reader)
    example = example_badge(reader) if document.example else NOTHING
    return together((shown, example, standing_badge(document, reader)))


def language_badges(languages: Iterable[str], reader: Reader) -> Markup:
    """Show languages as badges."""
    return together(badge(code, reader.texts.language_name(code)) for code in languages if code)


def example_badge(reader: Reader) -> Markup:
    """Mark what was made to try the portal with."""
    return tag("span", reader.texts.gettext("Example"), css="example", title=example_note(reader))


def example_note(reader: Reader) -> str:
    """Say what an example is."""
    return reader.texts.gettext("Made to try the portal with; not by the institutions it names")


def files(document: Document, reader: Reader) -> Markup:
    """Link to the files of the current version, with format and size."""
    version = document.current
    links = together(download(document, version.number, file, reader, css="file") for file in version.files)
    return tag("span", links, css="files")


def download(document: Document, version: int, file: File, reader: Reader, *, css: str) -> Markup:
    """Link to the bytes of a file; only name it where it stays with staff."""
    shown = (tag("b", format_name(file)), " ", tag("small", reader.texts.size(file.size_bytes)))
    if not may_download(document, file, reader.audience):
        why = reader.texts.gettext("Stays with staff because of what it holds")
        return tag("span", *shown, css=f"{css} kept-back", title=why)
    return tag(
        "a",
        *shown,
        css=css,
        href=file_url(document.id, version, file.name),
        title=file.name,
        download=True,
    )


def thumbnail(document: Document, page: PageHit | None, shelf: Shelf) -> Markup:
    """Show the picture of a page, the first where none is given, or a tile with its words."""
    source, number = pictured(document), page.number if page else 1
    if source is None or number in shelf.unpictured.get(document.id, ()):
        return tile(page.snippet.text, document.kind) if page and number > 1 else cover(document)
    url = picture_url(document.id, number, THUMBNAIL_WIDTH, source.sha512)
    return tag("img", src=url, alt="", width=176, height=99, loading="lazy", decoding="sync")


def tile(words: str, kind: Kind, *, title: str = "") -> Markup:
    """Stand in for the picture of a page: a small sheet with its words."""
    shape = "slide" if kind is Kind.PRESENTATION else "sheet"
    heading = tag("b", title) if title else NOTHING
    return tag("span", heading, tag("span", words[:400]), css=f"tile {shape}", aria_hidden="true")


def cover(document: Document) -> Markup:
    """Stand in for the picture of a first page: a sheet with the title."""
    shape = "slide" if document.kind is Kind.PRESENTATION else "sheet"
    return tag("span", tag("b", document.title), css=f"tile cover {shape}", aria_hidden="true")


def main_language(document: Document) -> str | None:
    """Return the language a document's title is most likely in; None if unknown."""
    return next((code for code in document.languages if lang(code)), None)


def _picture_link(url: str, picture: Markup) -> Markup:
    """Link by a picture; the title beside it says where to, so that keyboards meet it once."""
    return tag("a", picture, css="thumb", href=url, tabindex="-1", aria_hidden="true")


def _pages(hit: Hit, query: Query, reader: Reader) -> Markup:
    if not hit.pages:
        return NOTHING
    document = hit.document
    links = together(
        tag(
            "a",
            str(page.number),
            css="to-page",
            href=reader.links.document(document.id, page.number, query),
            aria_label=reader.page(document.kind, page.number),
            data_id=f"page:{document.id}:{page.number}",
        )
        for page in hit.pages
    )
    return tag("span", tag("span", reader.pages(document.kind), css="label"), links, css="pages")
