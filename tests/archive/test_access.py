from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from archive.access import Audience, may_download, may_read, may_see_picture, shown_pages
from archive.model import Access, Document, File, Kind, Page, Sensitive, State, Version

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


@pytest.mark.parametrize(
    ("page", "withheld", "seen"),
    [
        (Page(1, "Wärme"), (Sensitive.CONTACTS,), True),
        (Page(1, "Wärme mail@example.org"), (Sensitive.CONTACTS,), False),
        (Page(1, "", title="Tel. 030 1234567"), (Sensitive.CONTACTS,), False),
        (Page(1, "Wärme", notes="mail@example.org"), (Sensitive.CONTACTS,), True),
        (Page(1, "Wärme mail@example.org"), (Sensitive.NOTES,), True),
        (Page(1, "Wärme mail@example.org"), None, True),
        (Page(1, "Wärme", hidden=True), (Sensitive.CONTACTS,), True),
        (Page(1, "Wärme", hidden=True), (Sensitive.HIDDEN,), False),
        (Page(1, "Wärme", hidden=True), None, False),
    ],
)
def test_a_picture_cannot_be_masked(page: Page, withheld: tuple[Sensitive, ...] | None, seen: bool) -> None:
    drawn = File("a.pdf", "a.pdf", "", 1, "", 1, (Sensitive.CONTACTS,))
    document = replace(PUBLISHED, versions=(Version(1, NOW, (drawn,)),), withheld=withheld)
    assert may_see_picture(document, drawn, page, Audience.PUBLIC, notes_public=False) is seen
    assert may_see_picture(document, drawn, page, Audience.STAFF, notes_public=False)


def test_a_picture_may_show_what_the_leading_file_does_not_say() -> None:
    deck, drawn = File("a.pptx", "a", "", 1, ""), File("a.pdf", "a", "", 1, "", 1, (Sensitive.CONTACTS,))
    versions = (Version(1, NOW, (deck, drawn)),)
    document = replace(PUBLISHED, versions=versions, withheld=(Sensitive.CONTACTS,))
    assert not may_see_picture(document, drawn, Page(1, "Wärme"), Audience.PUBLIC, notes_public=False)


def test_what_was_withheld_of_an_earlier_version_stays_withheld() -> None:
    deck = File("a.pptx", "a.pptx", "", 1, "", sensitive=(Sensitive.NOTES,), withheld=(Sensitive.NOTES,))
    for document in (PUBLISHED, replace(PUBLISHED, withheld=())):
        assert not may_download(document, deck, Audience.PUBLIC)
        assert may_download(document, deck, Audience.STAFF)
    assert may_download(replace(PUBLISHED, withheld=()), replace(deck, sensitive=()), Audience.PUBLIC)
