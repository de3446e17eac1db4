"""The list of conferences for those who keep them in order, and the head of the page of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from archive.model import Conference, State
from portal.managing.words import state_count
from portal.markup import DOT, NOTHING, Markup, tag, together
from portal.reader import Reader
from portal.urls import Parameters, first

Counts = Mapping[State, int]


class Part(StrEnum):
    """A part of the page of a conference."""

    ABOUT = "about"
    PANELS = "panels"
    RECORDS = "records"
    TABLE = "table"
    HISTORY = "history"


def part_of(parameters: Parameters) -> Part:
    """Tell which part the address names."""
    text = first(parameters, "part")
    return Part(text) if text in list(Part) else Part.ABOUT


def conference_list(
    conferences: Sequence[Conference], counts: Mapping[str, Counts], reader: Reader
) -> Markup:
    """Show all conferences with what the archive holds of each."""
    _ = reader.texts.gettext
    new = tag("a", _("New conference"), css="button", href=reader.links.manage(part="new"), data_id="new")
    head = tag(
        "div",
        tag("h1", _("Manage"), tabindex="-1"),
        tag("p", _("Conferences, their panels and their records."), css="lead"),
        tag("p", new, css="buttons"),
        css="manage-head",
    )
    known = {conference.id for conference in conferences}
    rows = [_row(conference, counts.get(conference.id, {}), reader) for conference in conferences]
    rows += [_row(Conference(each, {}), counts[each], reader) for each in sorted(set(counts) - known)]
    if not rows:
        return head + tag("p", _("There is no conference in this archive yet."), css="meta")
    names = (_("No."), _("Conference"), _("Days"), _("Documents"), "")
    heads = together(tag("th", name, scope="col") if name else tag("td") for name in names)
    table = tag("table", tag("thead", tag("tr", heads)), tag("tbody", *rows), css="conference-table")
    return head + tag("div", table, css="scrolled")


def _row(conference: Conference, counts: Counts, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    title, language = reader.texts.pick(conference.title)
    url = reader.links.manage(conference.id)
    name = tag("a", title or conference.id, href=url, lang=language, data_id=f"manage:{conference.id}")
    place = tag("span", reader.texts.say(conference.place), css="meta")
    links = together(
        (
            tag("a", _("Records"), href=reader.links.manage(conference.id, Part.RECORDS.value)),
            tag("a", _("Upload"), href=reader.links.upload(conference.id)),
        ),
        DOT,
    )
    return tag(
        "tr",
        tag("td", reader.ordinal(conference), css="numeral"),
        tag("td", name, tag("br"), place),
        tag("td", reader.texts.dates(conference.start, conference.end), css="days"),
        tag("td", held(counts, reader)),
        tag("td", links, css="links"),
    )


def held(counts: Counts, reader: Reader) -> Markup:
    """Say how many documents there are in each state."""
    told = [
        tag("span", state_count(state, counts[state], reader), css=f"state-chip of-{state}")
        for state in State
        if counts.get(state)
    ]
    return together(told, " ") if told else tag("span", reader.texts.gettext("none"), css="meta")


def conference_head(conference: Conference, part: Part, counts: Counts, reader: Reader) -> Markup:
    """Show which conference this is, and the parts of its page."""
    _ = reader.texts.gettext
    title, language = reader.texts.pick(conference.title)
    names = {
        Part.ABOUT: _("Conference"),
        Part.PANELS: _("Panels"),
        Part.RECORDS: _("Records"),
        Part.TABLE: _("Spreadsheet"),
        Part.HISTORY: _("History"),
    }
    tabs = (
        tag(
            "a",
            name,
            href=reader.links.manage(conference.id, each.value if each is not Part.ABOUT else ""),
            aria_current="page" if each is part else None,
            data_id=f"part:{each}",
        )
        for each, name in names.items()
    )
    crumb = tag("a", _("All conferences"), href=reader.links.manage(), data_id="to:manage")
    days = reader.texts.dates(conference.start, conference.end)
    facts = together((reader.texts.say(conference.place), days), DOT)
    shown = tag(
        "a", _("See it as readers do"), href=reader.links.conference(conference.id), data_id="to:public"
    )
    return tag(
        "div",
        tag("nav", crumb, css="crumbs", aria_label=_("Where you are")),
        tag("h1", title or conference.id, tabindex="-1", lang=language),
        tag("p", facts, DOT if facts else NOTHING, held(counts, reader), DOT, shown, css="meta"),
        tag("nav", together(tabs), css="tabs", aria_label=_("Parts of this page"), data_scroll="parts"),
        css="manage-head",
        data_guard=guard(reader) if part in (Part.ABOUT, Part.PANELS) else None,
    )


def guard(reader: Reader) -> str:
    """Ask whether a form with unsaved words may be left."""
    return reader.texts.gettext("Leave without saving? What you typed will be lost.")
