"""Which panel of its conference a file belongs to: by folder, by its title, by the files beside it."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from archive.identifiers import slug
from archive.model import Conference, Panel
from archive.repository import Archive
from ingest.intake import Ticket
from ingest.neighbours import panels_of_folder
from ingest.proposals import Proposal, Reason

_TITLE_CHARACTERS = 12
"""Titles of panels shorter than this are words that stand in any text."""

_MAJORITY = 0.6
"""The share of a folder's files that have to be in one panel for another file to follow them."""


def panel_of(archive: Archive, ticket: Ticket, conference: Conference, text: str) -> Proposal:
    """Propose a panel; `text` is how the file begins."""
    by_folder = _by_folder(conference, ticket.path)
    given = ticket.description.panel
    if given is not None:
        if by_folder is not None and by_folder[0].id == given:
            return Proposal(given, Reason.FOLDER, {"folder": by_folder[1]})
        return Proposal(given, Reason.GIVEN)
    if by_folder is not None:
        panel, folder = by_folder
        return Proposal(panel.id, Reason.FOLDER, {"folder": folder})
    named = _by_title(conference, PurePosixPath(ticket.path).stem.replace("_", " "))
    if shown := named or _by_title(conference, text):
        panel, title = shown
        return Proposal(panel.id, Reason.TITLE_IN_TEXT, {"text": title})
    siblings = panels_of_folder(archive, conference.id, ticket.path)
    if siblings:
        ((most, count),) = siblings.most_common(1)
        if count >= siblings.total() * _MAJORITY:
            return Proposal(most, Reason.SIBLINGS, {"files": count})
    return Proposal(None, Reason.NONE)


def _by_folder(conference: Conference, path: str) -> tuple[Panel, str] | None:
    """Find the panel that a folder of the path is called after; the innermost folder counts first."""
    folders = PurePosixPath(unicodedata.normalize("NFC", path)).parent.parts
    for depth in range(len(folders), 0, -1):
        whole, last = "/".join(folders[:depth]), folders[depth - 1]
        for panel in conference.panels:
            if panel.folder is not None and panel.folder in (whole, last):
                return panel, last
        for panel in conference.panels:
            names = (panel.id.rpartition("/")[2], *panel.title.values())
            if slug(last) in {slug(name) for name in names if name}:
                return panel, last
    return None


def _by_title(conference: Conference, text: str) -> tuple[Panel, str] | None:
    """Find the one panel whose title stands in a text; a programme names them all and belongs to none."""
    folded = _folded(text)
    found = {
        panel.id: (panel, title)
        for panel in conference.panels
        for title in panel.title.values()
        if len(title) >= _TITLE_CHARACTERS and _folded(title) in folded
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
