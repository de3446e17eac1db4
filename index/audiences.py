"""An index for each audience: what one may not read is in no file that answers it, so no figure tells of it.

See docs/adr/0029-index-per-audience.md.
"""

from __future__ import annotations

from pathlib import Path

from archive.access import Audience
from archive.repository import Archive
from index.engines import ENGINES
from index.live import LiveIndex


def index_of(archive: Archive, audience: Audience) -> LiveIndex:
    """Return the index of what an audience may read."""
    all_notes = archive.settings.notes_public or audience is Audience.STAFF
    notes = Audience.PUBLIC if all_notes else Audience.STAFF
    settings = f"languages {' '.join(archive.settings.languages)}, notes {notes}"
    return LiveIndex(index_folder(archive, audience), ENGINES[archive.settings.engine], settings)


def index_folder(archive: Archive, audience: Audience) -> Path:
    """Return where the index of an audience lies."""
    return archive.settings.home / "index" / audience
