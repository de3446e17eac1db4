"""Who may read what. Every page, route, index and command asks here and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from archive.model import Access, Document, Page, State


class Audience(StrEnum):
    """For whom something is shown."""

    PUBLIC = "public"
    STAFF = "staff"


def may_read(document: Document, audience: Audience, today: dt.date) -> bool:
    """Tell whether this audience may open the document today."""
    if audience is Audience.STAFF:
        return True
    if document.state is not State.PUBLISHED:
        return False
    if document.access is Access.EMBARGOED:
        return document.embargoed_until is not None and document.embargoed_until <= today
    return document.access is Access.PUBLIC


def shown_pages(pages: Iterable[Page], audience: Audience, *, notes_public: bool) -> tuple[Page, ...]:
    """Leave out what the audience did not see at the conference: hidden pages and speaker notes."""
    if audience is Audience.STAFF or notes_public:
        return tuple(pages)
    return tuple(replace(page, notes="") for page in pages if not page.hidden)
