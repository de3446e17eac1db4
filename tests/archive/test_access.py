from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from archive.access import Audience, may_download, may_read, shown_pages
from archive.model import Access, Document, File, Kind, Page, Sensitive, State

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
    assert shown_pages(PUBLISHED, pages, Audience.PUBLIC, notes_public=False) == (Page(1, "shown"),)
    assert shown_pages(PUBLISHED, pages, Audience.PUBLIC, notes_public=True) == pages
    assert shown_pages(PUBLISHED, pages, Audience.STAFF, notes_public=False) == pages


def test_staff_decide_for_a_document_what_is_withheld() -> None:
    pages = (Page(1, "Tel. 030 1234567, mail@example.org", notes="said"), Page(2, "spare", hidden=True))
    nothing = replace(PUBLISHED, withheld=())
    assert shown_pages(nothing, pages, Audience.PUBLIC, notes_public=False) == pages
    contacts = replace(PUBLISHED, withheld=(Sensitive.CONTACTS, Sensitive.HIDDEN))
    shown = shown_pages(contacts, pages, Audience.PUBLIC, notes_public=True)
    assert shown == (Page(1, "Tel. …, …", notes="said"),)
    assert shown_pages(contacts, pages, Audience.STAFF, notes_public=False) == pages


def test_a_file_that_holds_what_is_withheld_stays_with_staff() -> None:
    deck = File("a.pptx", "a.pptx", "", 1, "", sensitive=(Sensitive.NOTES,))
    as_pdf = File("a.pdf", "a.pdf", "", 1, "")
    decided = replace(PUBLISHED, withheld=(Sensitive.NOTES, Sensitive.CHANGES))
    assert not may_download(decided, deck, Audience.PUBLIC)
    assert may_download(decided, as_pdf, Audience.PUBLIC)
    assert may_download(decided, deck, Audience.STAFF)
    assert may_download(replace(PUBLISHED, withheld=()), deck, Audience.PUBLIC)
    assert may_download(PUBLISHED, deck, Audience.PUBLIC)


def test_what_was_withheld_of_an_earlier_version_stays_withheld() -> None:
    deck = File("a.pptx", "a.pptx", "", 1, "", sensitive=(Sensitive.NOTES,), withheld=(Sensitive.NOTES,))
    for document in (PUBLISHED, replace(PUBLISHED, withheld=())):
        assert not may_download(document, deck, Audience.PUBLIC)
        assert may_download(document, deck, Audience.STAFF)
    assert may_download(replace(PUBLISHED, withheld=()), replace(deck, sensitive=()), Audience.PUBLIC)
