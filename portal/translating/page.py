"""The page of translations as HTML: what it is, its parts, pairs side by side, what was decided."""

from __future__ import annotations

from collections.abc import Mapping

from archive.model import Document, Page
from archive.records import JsonValue
from archive.refused_pairs import Refusal
from archive.staff_log import Step
from portal.cards import Shelf, main_language, meta_line, thumbnail
from portal.markup import DOT, NOTHING, Markup, beginning, tag, together
from portal.pager import number_links
from portal.reader import Reader
from portal.steps import step_words
from portal.translating.proposals import Overview, Part, Proposal
from portal.translating.words import figures, lead_words, similarity_words

BEGINNING = 240
"""Characters of the first page that are shown."""


def translations_url(part: Part, number: int, reader: Reader) -> str:
    """Link to a part of the page of translations, to one of its sheets."""
    return reader.links.translations(part.value, number)


def opened_part(asked: str, shown: Overview) -> Part:
    """Return the part that is asked for; else one with something to decide, if there is any."""
    if asked in list(Part):
        return Part(asked)
    return next((part for part in (Part.SURE, Part.UNSURE) if shown.proposals[part]), Part.SURE)


def head(shown: Overview, part: Part, reader: Reader) -> Markup:
    """Show what this page is for, its parts, and how far the archive has looked."""
    _ = reader.texts.gettext
    lead = _(
        "Documents that look like translations of one another. What you accept, readers see at both "
        "documents; what you refuse is not proposed again."
    )
    names = {
        Part.SURE: (_("Sure"), len(shown.proposals[Part.SURE])),
        Part.UNSURE: (_("Not sure"), len(shown.proposals[Part.UNSURE])),
        Part.DECIDED: (_("Decided"), len(shown.refused) + len(shown.accepted)),
    }
    tabs = (
        tag(
            "a",
            f"{name} ({reader.texts.number(count)})",
            href=translations_url(each, 1, reader),
            aria_current="page" if each is part else None,
            data_id=f"part:{each}",
        )
        for each, (name, count) in names.items()
    )
    return tag(
        "div",
        tag("h1", _("Translations"), tabindex="-1"),
        tag("p", lead, css="lead"),
        tag("p", _state(shown, reader), css="meta", role="status"),
        tag("nav", together(tabs), css="tabs", aria_label=_("Parts of this page"), data_scroll="parts"),
        css="manage-head",
    )


def _state(shown: Overview, reader: Reader) -> str:
    _ = reader.texts.gettext
    if not shown.found.stamp:
        return _(
            "The archive has not looked yet. It does so by itself within minutes of the first documents."
        )
    if shown.is_due:
        return _("Documents or decisions are new: the archive looks again within minutes.")
    return _("The archive has looked at everything that there is.")


def part_lead(part: Part, shown: Overview, reader: Reader) -> Markup:
    """Say what a part holds, or why there is nothing in it."""
    _ = reader.texts.gettext
    if part is Part.DECIDED:
        is_empty = not (shown.refused or shown.accepted)
        return tag("p", _("Nothing has been decided yet."), css="meta") if is_empty else NOTHING
    if not shown.proposals[part]:
        words = _("There is nothing to decide here.")
        if shown.found.stamp and not shown.found.dictionaries:
            words += " " + _(
                "No dictionaries are installed: the archive begins with its thesaurus and names alone."
            )
        return tag("p", words, css="meta")
    if part is Part.SURE:
        return tag("p", _("The archive learns words from these pairs, unless you refuse them."), css="meta")
    return tag("p", _("The archive learns nothing from these pairs, unless you accept them."), css="meta")


def pair(proposal: Proposal, pages: dict[str, Page | None], shelf: Shelf, reader: Reader) -> Markup:
    """Show two documents side by side, and what speaks for it that one is a translation of the other."""
    _ = reader.texts.gettext
    likeness = proposal.likeness
    words = together(
        (tag("span", word, css="word", lang=likeness.languages[1]) for word in likeness.words), " "
    )
    why = tag("span", _("Words that speak for it:"), css="label") + " " + words if words else NOTHING
    both = (proposal.older, proposal.newer)
    return tag(
        "article",
        tag("div", together(_side(each, pages.get(each.id), shelf, reader) for each in both), css="sides"),
        tag(
            "p",
            similarity_words(likeness.similarity, reader),
            "; ",
            lead_words(likeness.lead, reader),
            ". ",
            tag("span", figures(likeness.similarity, likeness.lead, reader), css="meta"),
        ),
        tag("p", why, css="speaking") if why else NOTHING,
        css="pair",
    )


def _side(document: Document, page: Page | None, shelf: Shelf, reader: Reader) -> Markup:
    url = reader.links.document(document.id)
    text = beginning(page.text, BEGINNING) if page else ""
    title = tag("a", document.title, href=url, data_id=f"pair:{document.id}")
    return tag(
        "div",
        tag("a", thumbnail(document, None, shelf), css="thumb", href=url, tabindex="-1", aria_hidden="true"),
        tag(
            "div",
            meta_line(document, shelf, reader),
            tag("h2", title, lang=main_language(document), dir="auto"),
            tag("p", text, css="beginning", lang=main_language(document), dir="auto") if text else NOTHING,
        ),
        css="side",
    )


def acceptance(step: Step, titles: Mapping[str, Document], reader: Reader) -> Markup:
    """Show what was accepted, by whom and when; of several documents at once, how many."""
    told = (reader.texts.moment(step.at), step.person)
    named = [
        (name, original)
        for name, fields in step.differences.items()
        for original in _added(*fields["translation_of"])
    ]
    if len(named) == 1 and {*named[0]} <= titles.keys():
        translation, original = (_linked(titles[name], reader) for name in named[0])
        said = together((translation, reader.texts.gettext("is a translation of"), original), " ")
    else:
        said = tag("span", step_words(step, titles, reader), dir="auto")
    return tag("p", said) + tag("p", together(told, DOT), css="meta")


def _added(before: JsonValue, after: JsonValue) -> list[str]:
    known = before if isinstance(before, list) else ()
    return [str(each) for each in after if each not in known] if isinstance(after, list) else []


def _linked(document: Document, reader: Reader) -> Markup:
    url = reader.links.document(document.id)
    return tag("a", document.title, href=url, data_id=f"decided:{document.id}", dir="auto")


def refusal(refused: Refusal, one: Document, other: Document, reader: Reader) -> Markup:
    """Show a pair that was refused, by whom and when."""
    titles = (_linked(each, reader) for each in (one, other))
    told = (reader.texts.moment(refused.at), refused.person)
    return tag("p", together(titles, " ≠ ")) + tag("p", together(told, DOT), css="meta")


def sheets(count: int, current: int, part: Part, reader: Reader) -> Markup:
    """Link to the other sheets of a part; empty if there is only one."""
    _ = reader.texts.gettext
    if count <= 1:
        return NOTHING
    links = number_links(current, count, lambda number: translations_url(part, number, reader), reader)
    return tag("nav", together(links), css="pager", aria_label=_("Pages of proposals"))
