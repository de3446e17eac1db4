from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from archive.access import Audience, may_read, shown_pages
from archive.model import Access, Document, Kind, Page, State

TODAY = dt.date(2026, 1, 1)
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PUBLISHED = Document("x", "t", "c", Kind.OTHER, State.PUBLISHED, (), NOW, NOW)


@pytest.mark.parametrize(
    ("document", "readable"),
    [
        (PUBLISHED, True),
        (replace(PUBLISHED, state=State.DRAFT), False),
        (replace(PUBLISHED, state=State.WITHDRAWN), False),
        (replace(PUBLISHED, access=Access.STAFF), False),
        (replace(PUBLISHED, access=Access.EMBARGOED, embargoed_until=TODAY), True),
        (replace(PUBLISHED, access=Access.EMBARGOED, embargoed_until=TODAY + dt.timedelta(1)), False),
        (replace(PUBLISHED, access=Access.EMBARGOED), False),
    ],
)
def test_what_the_public_may_read(document: Document, readable: bool) -> None:
    assert may_read(document, Audience.PUBLIC, TODAY) is readable
    assert may_read(document, Audience.STAFF, TODAY)


def test_notes_and_hidden_pages_are_for_staff() -> None:
    pages = (Page(1, "shown", notes="said"), Page(2, "not shown", hidden=True))
    assert shown_pages(pages, Audience.PUBLIC, notes_public=False) == (Page(1, "shown"),)
    assert shown_pages(pages, Audience.PUBLIC, notes_public=True) == pages
    assert shown_pages(pages, Audience.STAFF, notes_public=False) == pages
