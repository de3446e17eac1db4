"""The page for uploading as HTML: its steps, the place that the script fills, and the batches before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.model import Conference, Panel
from ingest.batches import Batch
from ingest.standing import Standing
from portal.cards import Shelf
from portal.markup import DOT, NOTHING, Markup, lang, tag, text, together
from portal.reader import Reader


def upload_texts(reader: Reader) -> dict[str, str]:
    """Return everything that the script says (portal/components/upload.js), by the names it knows."""
    _ = reader.texts.gettext
    return {
        "drop": _("Drop files or whole folders here"),
        "choose_files": _("Choose files"),
        "choose_folder": _("Choose a folder"),
        "files": _("Files of this upload"),
        "all": _("Progress of all files"),
        "progress": _("Progress of {name}"),
        "count": _("Files arrived: {done} of {total}"),
        "count_failed": _("not arrived: {n}"),
        "count_missing": _("incomplete: {n}"),
        "bytes": _("{done} of {total}"),
        "minutes": _("about {n} min left"),
        "soon": _("less than a minute left"),
        "pause": _("Pause"),
        "resume": _("Go on"),
        "paused": _("paused"),
        "again": _("Try again"),
        "again_all": _("Try all again"),
        "remove": _("Remove"),
        "remove_file": _("Remove {name}"),
        "check": _("Next: check the drafts"),
        "going_on": _("Uploading."),
        "waiting": _("waits"),
        "sending": _("is being sent"),
        "saving": _("is being made safe"),
        "arrived": _("arrived"),
        "missing": _("arrived in part – choose this file again to go on"),
        "skipped": _("left out: a system file"),
        "scenery": _("left out: it only makes the saved web page look as it did"),
        "count_skipped": _("left out: {n}"),
        "reconnecting": _("no connection; tried again by itself"),
        "lost": _("The connection was lost, or the file was changed meanwhile."),
        "bad_name": _("This name cannot be used. Rename the file or its folder."),
        "signed_out": _("You are no longer signed in. Sign in again, then choose the file once more."),
        "gone": _("This upload no longer exists. Begin a new one."),
        "too_large": _("The file is too large for this archive."),
        "full": _("The archive's disk is full. Ask whoever runs it to make room."),
        "broken": _("The portal could not take the file. Try again in a moment."),
        "kilobytes": _("{n} kB"),
        "megabytes": _("{n} MB"),
    }


def heading(reader: Reader) -> Markup:
    """Say what the page is for."""
    _ = reader.texts.gettext
    lead = _("Bring in the files of a conference. Nothing is published before you have checked it.")
    return tag("div", tag("h1", _("Upload"), tabindex="-1"), tag("p", lead, css="lead"), css="uploading")


def step(number: int, title: str) -> Markup:
    """Show the heading of a step."""
    return tag("h2", tag("span", str(number), css="step", aria_hidden="true"), title, css="step-title")


def zone(conference: Conference, panel: str | None) -> Markup:
    """Make the place where files are dropped, for a batch that begins with them."""
    return tag("div", css="upload-zone", data_conference=conference.id, data_panel=panel)


def zone_of(batch: Batch) -> Markup:
    """Make the place where the files of a batch are shown, and more are dropped."""
    return tag("div", css="upload-zone", data_batch=batch.id)


def target(batch: Batch, shelf: Shelf, reader: Reader) -> Markup:
    """Say what a batch was begun for, with the way to begin another."""
    _ = reader.texts.gettext
    conference = shelf.conferences.get(batch.conference)
    name = reader.conference(conference) if conference else batch.conference
    panel = _panel(conference, batch.panel)
    parts = [tag("strong", name)]
    if panel is not None:
        title, language = reader.texts.pick(panel.title)
        parts.append(tag("span", title, lang=lang(language)))
    another = tag("a", _("Upload for another conference"), href=reader.links.upload())
    return tag("p", together(parts, DOT), " ", another, css="target")


def recent(batches: Sequence[Batch], stand: Mapping[str, Standing], shelf: Shelf, reader: Reader) -> Markup:
    """List earlier batches, and where they stand; nothing where there are none."""
    _ = reader.texts.gettext
    if not batches:
        return NOTHING
    rows = (_row(batch, stand.get(batch.id, Standing()), shelf, reader) for batch in batches)
    title = tag("h2", _("Your uploads so far"))
    return tag("div", title, tag("ul", together(rows)), css="uploading recent")


def _row(batch: Batch, standing: Standing, shelf: Shelf, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    conference = shelf.conferences.get(batch.conference)
    name = reader.conference(conference) if conference else batch.conference
    day = reader.texts.moment(batch.created_at)
    links = []
    if standing.incomplete:
        links.append(tag("a", _("Go on uploading"), href=reader.links.upload(batch=batch.id)))
    if standing.drafts or standing.reading:
        links.append(tag("a", _("Check the drafts"), href=reader.links.check(batch.id)))
    return tag(
        "li",
        tag("a", name, href=reader.links.upload(batch=batch.id), css="name", aria_label=f"{name}, {day}"),
        tag("span", day, css="meta"),
        tag("span", together(counts(standing, reader), DOT), css="counts"),
        tag("span", together(links, " "), css="links"),
    )


def counts(standing: Standing, reader: Reader) -> list[Markup]:
    """Say where the files of a batch stand, in words."""
    ngettext = reader.texts.ngettext
    said = [
        (standing.incomplete, ngettext("{n} arrived in part", "{n} arrived in part", standing.incomplete)),
        (standing.reading, ngettext("{n} waits to be read", "{n} wait to be read", standing.reading)),
        (standing.drafts, ngettext("{n} draft to check", "{n} drafts to check", standing.drafts)),
        (standing.published, ngettext("{n} published", "{n} published", standing.published)),
        (standing.known, ngettext("{n} was there before", "{n} were there before", standing.known)),
        (standing.deleted, ngettext("{n} was deleted", "{n} were deleted", standing.deleted)),
        (standing.dismissed, ngettext("{n} was dismissed", "{n} were dismissed", standing.dismissed)),
        (standing.other, ngettext("{n} set aside", "{n} set aside", standing.other)),
    ]
    told = [text(words) for number, words in said if number]
    return told or [text(reader.texts.gettext("no files yet"))]


def _panel(conference: Conference | None, panel: str | None) -> Panel | None:
    panels = conference.panels if conference else ()
    return next((one for one in panels if one.id == panel), None)
