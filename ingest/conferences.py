"""Keep the conferences that a crawl found, without losing what the archive knows of them already.

Those that a conference.yaml describes are kept at once, with or without files; those known from folders only
with the first file that is really taken, so that handing in what is there already makes none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from archive.errors import EditError, NotFoundError
from archive.history import conference_without_people
from archive.merging import merge
from archive.model import Conference, Panel
from archive.records import JsonValue, conference_from_json, conference_to_json
from archive.repository import Archive
from archive.staff_log import StaffLog
from ingest.candidate import Description
from ingest.crawl import Crawl
from ingest.homes import with_panels


def keep_described(archive: Archive, found: Crawl) -> None:
    """Add or change the conferences that a conference.yaml describes; what people wrote there stays."""
    for conference in found.conferences:
        if conference.id in found.described:
            change = partial(_described, archive, conference)
            archive.revise_conference(conference.id, change, message="Conference described")


def _described(archive: Archive, said: Conference, known: Conference | None) -> Conference:
    """Put what a conference.yaml says where people have written nothing."""
    if known is None or known == said:
        return said
    theirs = conference_to_json(known)
    base = conference_without_people(archive.storage, known.id)
    mine = conference_to_json(with_panels(said, conference_from_json(base).panels))
    mine = {name: theirs[name] if _is_vague(value, theirs[name]) else value for name, value in mine.items()}
    after = conference_from_json(merge(base, mine, theirs)[0])
    if (
        after.start and after.end and after.end < after.start
    ):  # one of them is from here, the other from there
        after = replace(after, start=known.start, end=known.end)
    return after


def _is_vague(text: JsonValue, known: JsonValue) -> bool:
    """Tell whether a text of no language in particular would stand beside those of people."""
    return (
        isinstance(text, Mapping)
        and set(text) == {"und"}
        and isinstance(known, Mapping)
        and bool(known)
        and "und" not in known
    )


def ensure_conference(archive: Archive, conference: Conference) -> None:
    """Add a conference, or its panels and what it lacks to the one that is there, before a file is kept."""
    known = _known(archive, conference.id)
    archive.save_conference(filled(known, conference) if known else conference)


def needed_by(conference: Conference, description: Description, *, is_described: bool = True) -> Conference:
    """Return what has to be there of a conference for a file: the conference, and the file's own panel.

    The rest of a conference.yaml is kept by `keep_described`; what people took out of it stays out. Of one
    that no such file describes, all is kept that was found out of it, by a saved page for example.
    """
    panels = tuple(panel for panel in conference.panels if panel.id == description.panel)
    if is_described:
        return Conference(conference.id, conference.title, panels=panels)
    return replace(conference, panels=panels)


class GoneError(EditError):
    """A file belongs to a conference that people have deleted."""


def refuse_deleted(archive: Archive, identifier: str) -> None:
    """Raise GoneError where people have deleted a conference: its name alone does not bring it back."""
    if _known(archive, identifier) is None:
        steps = StaffLog(archive.catalogue.engine).steps(conference=identifier, limit=1)
        if steps:
            raise GoneError(
                f"The conference {identifier} was deleted. Make it again, or take its deletion back, and try "
                "once more."
            )


def filled(known: Conference, found: Conference) -> Conference:
    """Add to a conference its panels and what it lacks; what it says stays."""
    dated = known.start is not None or known.end is not None
    return replace(
        with_panels(known, found.panels),
        number=known.number if known.number is not None else found.number,
        start=known.start if dated else found.start,
        end=known.end if dated else found.end,
        place=known.place or found.place,
        motto=known.motto or found.motto,
        description=known.description or found.description,
        organisers=known.organisers or found.organisers,
        links=known.links or found.links,
    )


def conference_of(description: Description) -> Conference:
    """Make the conference of a file of which nothing else is known, such as one that a dead process left."""
    own = (description.panel or "").removeprefix(description.conference + "/")
    panels = (Panel(description.panel, {"und": own}, folder=own),) if description.panel else ()
    return Conference(description.conference, {"und": description.conference}, panels=panels)


def _known(archive: Archive, identifier: str) -> Conference | None:
    try:
        return archive.conference(identifier)
    except NotFoundError:
        return None
