"""The landing page of a document: everything a reader without JavaScript, or a harvester, wants of it."""

from __future__ import annotations

from collections.abc import Sequence

from archive.access import may_download
from archive.model import Conference, Document, Page
from portal.cards import Shelf, badges, main_language
from portal.markup import DOT, Markup, lang, tag, together
from portal.reader import Reader
from portal.reading import page_languages, when
from portal.record import aside
from portal.standing import state_notice
from portal.urls import file_url, landing_url


def landing_content(
    document: Document,
    pages: Sequence[Page],
    sisters: Sequence[Document],
    shelf: Shelf,
    reader: Reader,
    base_url: str,
) -> Markup:
    """Show a document whole: title, record, files, and the text of every page."""
    _ = reader.texts.gettext
    facts = (reader.kind(document.kind), ", ".join(document.creators), when(document, shelf, reader))
    portal_link = tag("a", _("Read with pictures"), css="button", href=reader.links.document(document.id))
    texts = together(_page(document, page, reader) for page in pages)
    return tag(
        "div",
        state_notice(document, reader),
        tag("h1", document.title, lang=main_language(document), dir="auto"),
        tag("p", badges(document, reader), together(facts, DOT), css="meta"),
        tag("p", portal_link, css="buttons"),
        tag("div", tag("div", texts, css="reading text-only"), css="whole"),
        aside(document, len(pages), sisters, shelf, reader, base_url),
        css="landing",
    )


def _page(document: Document, page: Page, reader: Reader) -> Markup:
    name = reader.page(document.kind, page.number, page.label)
    words = tag("p", page.text, css="words", lang=lang(page.language), dir="auto")
    heading = tag("h2", name, page_languages(page, document, reader))
    return tag("section", heading, words, css="page", id=f"p{page.number}")


def landing_head(document: Document, conference: Conference | None, reader: Reader, base_url: str) -> Markup:
    """Write the record as meta tags: Dublin Core, and those that bibliography software reads.

    Source: Dublin Core in HTML (dublincore.org/specifications/dublin-core/dc-html); the `citation_` tags of
    Highwire Press (scholar.google.com/intl/en/scholar/inclusion.html).
    """
    address = f"{base_url}{landing_url(document.id)}"
    day = document.date or (conference.start if conference else None)
    version = document.current
    facts = [
        ("DC.title", document.title),
        ("DC.identifier", address),
        ("DC.type", "Text"),
        *(("DC.creator", creator) for creator in document.creators),
        *(("DC.language", code) for code in document.languages if lang(code)),
        *((("DC.date", day.isoformat()),) if day else ()),
        *((("DC.rights", document.rights),) if document.rights else ()),
        *(("DC.format", file.media_type) for file in version.files),
        ("citation_title", document.title),
        *(("citation_author", creator) for creator in document.creators),
        *((("citation_publication_date", day.strftime("%Y/%m/%d")),) if day else ()),
        *(
            ("citation_pdf_url", f"{base_url}{file_url(document.id, version.number, file.name)}")
            for file in version.files
            if file.media_type == "application/pdf" and may_download(document, file, reader.audience)
        ),
    ]
    metas = (tag("meta", name=name, content=value) for name, value in facts)
    return together([tag("link", rel="canonical", href=address), *metas])
