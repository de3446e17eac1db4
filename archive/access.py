"""Who may read what. Every page, route, index and command asks here and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from archive.contacts import count_contacts, mask_contacts
from archive.model import Access, Document, File, Page, Sensitive, State

UNSEEN = frozenset({Sensitive.NOTES, Sensitive.COMMENTS, Sensitive.HIDDEN})
"""What the audience of a conference did not see."""


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


def withheld(document: Document, *, notes_public: bool) -> frozenset[Sensitive]:
    """Return what the public does not get to see of a document. `notes_public`: as the archive is set."""
    if document.withheld is not None:
        return frozenset(document.withheld)
    return frozenset() if notes_public else UNSEEN


def shown_pages(
    document: Document, pages: Iterable[Page], audience: Audience, *, notes_public: bool
) -> tuple[Page, ...]:
    """Leave out what is withheld: hidden pages, notes with comments, e-mail addresses and phone numbers."""
    kept_back = withheld(document, notes_public=notes_public)
    if audience is Audience.STAFF or not kept_back:
        return tuple(pages)
    return tuple(
        _shown(page, kept_back) for page in pages if not (page.hidden and Sensitive.HIDDEN in kept_back)
    )


def may_download(document: Document, file: File, audience: Audience) -> bool:
    """Tell whether an audience that may read a document may have the bytes of one of its files.

    A file cannot be given without what is in it, so one that holds what staff withhold, or withheld when a
    newer version came, stays with them. What came in without a decision of staff is given whole.
    """
    if audience is Audience.STAFF:
        return True
    return not set(file.sensitive) & {*(document.withheld or ()), *file.withheld}


def may_see_picture(
    document: Document, source: File, page: Page, audience: Audience, *, notes_public: bool
) -> bool:
    """Tell whether an audience that may read a document may see the picture of one of its pages.

    A picture cannot be masked, so where contacts are withheld there is none of a page that has some.

    Args:
        source: the file whose page is drawn.
        page: as it was read, from the leading file; what only `source` holds can be on any of its pages.
    """
    kept_back = withheld(document, notes_public=notes_public)
    if audience is Audience.STAFF or not kept_back:
        return True
    if page.hidden and Sensitive.HIDDEN in kept_back:
        return False
    if Sensitive.CONTACTS not in kept_back:
        return True
    leading = document.current.files[0]
    if Sensitive.CONTACTS in source.sensitive and Sensitive.CONTACTS not in leading.sensitive:
        return False
    return not count_contacts(f"{page.title}\n{page.text}")


def _shown(page: Page, kept_back: frozenset[Sensitive]) -> Page:
    if page.notes and kept_back & {Sensitive.NOTES, Sensitive.COMMENTS}:
        page = replace(page, notes="")
    if Sensitive.CONTACTS in kept_back:
        page = replace(
            page,
            text=mask_contacts(page.text),
            title=mask_contacts(page.title),
            notes=mask_contacts(page.notes),
        )
    return page
