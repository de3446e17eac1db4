"""What stands beside a document: downloads, other languages, metadata, versions, citation."""

from __future__ import annotations

from collections.abc import Sequence

from archive.access import may_download
from archive.model import Document, Kind, Version
from portal.cards import Shelf, download, example_badge, example_note, language_badges, main_language
from portal.citations import citation
from portal.formats import format_name
from portal.markup import NOTHING, Markup, tag, together
from portal.reader import Reader
from portal.reading import when
from portal.standing import standing_badge


def aside(
    document: Document,
    page_count: int,
    sisters: Sequence[Document],
    shelf: Shelf,
    reader: Reader,
    base_url: str,
    similar: Sequence[Document] = (),
) -> Markup:
    """Show everything about a document that is not its text.

    Args:
        sisters: the same work in other languages.
        similar: works about the same.
    """
    _ = reader.texts.gettext
    cited = citation(document, shelf.conference(document), reader, base_url)
    parts = (
        _part(_("Download"), _downloads(document, reader), "downloads"),
        _part(_("Also in"), _others(sisters, reader, "sister"), "sisters"),
        _part(_("About this document"), _facts(document, page_count, shelf, reader), "record"),
        _part(_("Similar documents"), _others(similar, reader, "similar"), "sisters"),
        _part(_("Versions"), _versions(document, reader), "versions"),
        _part(_("Cite"), tag("p", cited, css="citation", dir="auto"), "cite"),
    )
    label = _("About this document")
    return tag("div", together(parts), css="aside", role="region", aria_label=label)


def _part(heading: str, content: Markup, css: str) -> Markup:
    return tag("section", tag("h2", heading), content, css=css) if content else NOTHING


def _downloads(document: Document, reader: Reader) -> Markup:
    """Link to the files of the current version, and say of those that stay with staff why they do."""
    number, files = document.current.number, document.current.files
    given = [file for file in files if may_download(document, file, reader.audience)]
    buttons = together(download(document, number, file, reader, css="button") for file in given)
    kept = [format_name(file) for file in files if file not in given]
    message = reader.texts.ngettext(
        "{n} file ({formats}) stays with staff, since it holds what was not shown or is personal.",
        "{n} files ({formats}) stay with staff, since they hold what was not shown or is personal.",
        len(kept),
    )
    return together(
        (
            tag("p", buttons, css="buttons") if given else NOTHING,
            tag("p", message.format(formats=", ".join(kept)), css="kept-back") if kept else NOTHING,
        )
    )


def _others(others: Sequence[Document], reader: Reader, name: str) -> Markup:
    """Link to other documents; `name` is what the page knows the links by."""
    if not others:
        return NOTHING
    items = (
        tag(
            "li",
            language_badges(other.languages, reader),
            standing_badge(other, reader),
            tag(
                "a",
                other.title,
                href=reader.links.document(other.id),
                lang=main_language(other),
                dir="auto",
                data_id=f"{name}:{other.id}",
            ),
        )
        for other in others
    )
    return tag("ul", together(items))


def _facts(document: Document, page_count: int, shelf: Shelf, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    languages = (reader.texts.language_name(code) for code in document.languages if code)
    rows: list[tuple[str, str]] = [
        (_("Conference"), _conference(document, shelf, reader)),
        (_("Date"), when(document, shelf, reader)),
        (_("Panel"), _panel(document, shelf, reader)),
        (_("Creators"), together(document.creators, tag("br"))),
        (_("Language"), ", ".join(languages)),
        (_("Kind"), _kind(document, page_count, reader)),
        (_("Rights"), document.rights),
        (_("Note"), together((example_badge(reader), example_note(reader)), " ") if document.example else ""),
        (_("Identifier"), tag("code", document.id)),
    ]
    return tag("dl", together(tag("dt", name) + tag("dd", value) for name, value in rows if value))


def _conference(document: Document, shelf: Shelf, reader: Reader) -> Markup:
    conference = shelf.conference(document)
    if conference is None:
        return NOTHING
    title, language = reader.texts.pick(conference.title)
    url = reader.links.conference(conference.id)
    return together(
        (
            tag("a", title or conference.id, href=url, lang=language, data_id="fact:conference"),
            reader.texts.say(conference.place),
        ),
        ", ",
    )


def _panel(document: Document, shelf: Shelf, reader: Reader) -> Markup:
    panel = shelf.panel(document.panel, reader)
    if not panel:
        return NOTHING
    url = reader.links.conference(document.conference, document.panel)
    return tag("a", panel, href=url, data_id="fact:panel")


def _kind(document: Document, page_count: int, reader: Reader) -> str:
    kind = reader.kind(document.kind)
    if not page_count:
        return kind
    count = reader.texts.ngettext("{n} page", "{n} pages", page_count)
    if document.kind is Kind.PRESENTATION:
        count = reader.texts.ngettext("{n} slide", "{n} slides", page_count)
    return f"{kind}, {count}"


def _versions(document: Document, reader: Reader) -> Markup:
    """List the versions, the newest first, earlier ones with their files."""
    return tag("ul", together(_version(document, version, reader) for version in reversed(document.versions)))


def _version(document: Document, version: Version, reader: Reader) -> Markup:
    older = NOTHING
    if version is not document.current:
        links = (download(document, version.number, file, reader, css="file") for file in version.files)
        older = tag("span", together(links), css="files")
    note = tag("span", version.note, css="note") if version.note else NOTHING
    day = reader.texts.short_date(version.created_at.date())
    return tag("li", tag("b", f"v{version.number}"), " ", day, older, note)
