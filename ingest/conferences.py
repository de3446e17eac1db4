"""Keep the conferences that a crawl found, without losing what the archive knows of them already.

Those that a conference.yaml describes are kept at once, with or without files; those known from folders only
with the first file that is really taken, so that handing in what is there already makes none.
"""

from __future__ import annotations

from archive.errors import NotFoundError
from archive.model import Conference, Panel
from archive.repository import Archive
from ingest.candidate import Description
from ingest.crawl import Crawl
from ingest.homes import with_panels


def keep_described(archive: Archive, found: Crawl) -> None:
    """Add or change the conferences that a conference.yaml describes: it overrules what is there."""
    for conference in found.conferences:
        if conference.id in found.described:
            known = _known(archive, conference.id)
            archive.save_conference(with_panels(conference, known.panels) if known else conference)


def ensure_conference(archive: Archive, conference: Conference) -> None:
    """Add a conference, or its panels to the one that is there, before a file of it is kept."""
    known = _known(archive, conference.id)
    archive.save_conference(with_panels(known, conference.panels) if known else conference)


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
