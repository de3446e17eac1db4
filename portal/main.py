"""The Streamlit part of the portal: which pages there are, and the head above each."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from archive.errors import NotFoundError
from portal.header import header
from portal.identity import Visitor
from portal.resources import WithdrawnError, resources
from portal.titles import missing_title, page_title
from portal.tombstone import tombstone_title
from portal.urls import (
    ACCOUNT,
    CHECK,
    CONFERENCES,
    DOCUMENT,
    MANAGE,
    PAGES,
    PEOPLE,
    RECORD,
    SEARCH,
    STATUS,
    THESAURUS,
    TRANSLATIONS,
    UPLOAD,
)
from portal.views import (
    account,
    browse,
    check,
    document,
    manage,
    people,
    record,
    refused,
    search,
    status,
    thesaurus,
    translations,
    upload,
)
from portal.views.page import current_reader, current_visitor, parameters

VIEWS = {
    SEARCH: search.show,
    CONFERENCES: browse.show,
    DOCUMENT: document.show,
    THESAURUS: thesaurus.show,
    UPLOAD: upload.show,
    CHECK: check.show,
    MANAGE: manage.show,
    RECORD: record.show,
    TRANSLATIONS: translations.show,
    STATUS: status.show,
    PEOPLE: people.show,
    ACCOUNT: account.show,
}
"""Path of a page -> what shows it."""


def _allowed(path: str, visitor: Visitor) -> Callable[[], None]:
    """Return what shows a page to those who may, and what says that they may not to others."""
    role = PAGES[path]
    return VIEWS[path] if role is None or visitor.may(role) else refused.show


def main() -> None:
    """Show the page that the address names."""
    reader, given, visitor = current_reader(), parameters(), current_visitor()
    pages = [
        st.Page(_allowed(path, visitor), title=path, url_path=path.lstrip("/"), default=path == SEARCH)
        for path in VIEWS
    ]
    page = st.navigation(pages, position="hidden")
    path = f"/{page.url_path}"
    try:
        title = page_title(path, given, resources(), reader)
    except WithdrawnError as exc:
        title = tombstone_title(exc.document, reader)
    except NotFoundError:
        title = missing_title(reader)
    st.set_page_config(page_title=title)
    with st.container(key="header" if visitor.person is None else "staff-header"):
        st.html(header(reader, path, given, visitor))
    page.run()


if __name__ == "__main__":
    main()
