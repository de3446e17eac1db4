"""What stands at the addresses of a document that was withdrawn: that it was here, and why it is gone."""

from __future__ import annotations

from archive.model import Conference, Document
from portal.cards import main_language
from portal.markup import DOT, NOTHING, Markup, seen, tag, together
from portal.reader import Reader


def tombstone(
    document: Document, conference: Conference | None, reader: Reader, *, heading: str = "h1"
) -> Markup:
    """Show title, creators and conference of a withdrawn document, when it was withdrawn, and the reason."""
    _ = reader.texts.gettext
    facts: list[Markup] = [tag("span", ", ".join(document.creators), dir="auto")] if document.creators else []
    if conference is not None:
        url = reader.links.conference(conference.id)
        facts.append(tag("a", reader.conference(conference), href=url, data_id="up"))
    withdrawn = _("Withdrawn")
    if document.withdrawn_at is not None:
        withdrawn = _("Withdrawn on {day}").format(day=reader.texts.date(document.withdrawn_at.date()))
    reason = document.reason.strip()
    ways = (
        tag("a", _("Search the archive"), href=reader.links.start(), css="button"),
        tag("a", _("Browse the conferences"), href=reader.links.conferences(), css="button"),
    )
    return tag(
        "div",
        tag("p", withdrawn, css="withdrawn"),
        tag(heading, document.title, tabindex="-1", lang=main_language(document), dir="auto"),
        tag("p", together(facts, DOT), css="meta") if facts else NOTHING,
        tag(
            "p",
            _("This document was withdrawn. Its text, its pictures and its files are no longer public."),
            css="lead",
        ),
        tag("dl", tag("dt", _("Reason")), tag("dd", reason, dir="auto")) if reason else NOTHING,
        tag("p", tag("code", document.id), css="meta"),
        tag("p", together(ways), css="buttons"),
        css="tombstone",
    )


def tombstone_title(document: Document, reader: Reader) -> str:
    """Name the page of a withdrawn document."""
    _ = reader.texts.gettext
    return f"{seen(document.title)} ({_('withdrawn')}) – {_('Conference Archive')}"
