"""Keep the conferences that a crawl found, without losing what the archive knows of them already."""

from __future__ import annotations

from dataclasses import replace

from archive.errors import NotFoundError
from archive.model import Conference
from archive.repository import Archive
from ingest.crawl import Crawl


def keep_conferences(archive: Archive, found: Crawl) -> None:
    """Add or change the conferences: a conference.yaml overrules what is there, folders only add panels."""
    for conference in found.conferences:
        try:
            known = archive.conference(conference.id)
        except NotFoundError:
            archive.save_conference(conference)
            continue
        described = conference.id in found.described
        archive.save_conference(_merged(conference, known) if described else _merged(known, conference))


def _merged(leading: Conference, other: Conference) -> Conference:
    there = {panel.id for panel in leading.panels}
    return replace(leading, panels=(*leading.panels, *(p for p in other.panels if p.id not in there)))
