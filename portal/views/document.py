"""A document: its pages with pictures, text and marks, and everything about it beside them."""

from __future__ import annotations

import streamlit as st

from archive.errors import NotFoundError
from portal.reading import Reading, head, hit_bar, pages
from portal.record import aside
from portal.resources import WithdrawnError, resources
from portal.tombstone import tombstone
from portal.urls import document_of, number, parse_query
from portal.views.page import base_url, current_reader, not_found, parameters

LAST_PAGE = 100_000
"""No document has more pages."""


def show() -> None:
    """Show the page."""
    reader, shared, given = current_reader(), resources(), parameters()
    try:
        document = shared.document(document_of(given), reader.today, reader.audience)
    except WithdrawnError as exc:
        with st.container(key="missing"):
            st.html(tombstone(exc.document, shared.shelf().conference(exc.document), reader))
        return
    except NotFoundError:
        not_found(reader)
        return
    query, read = parse_query(given), shared.pages(document, reader.audience)
    search = shared.search_for(reader.audience)
    found = search.find_in(document.id, query) if query.text else ()
    marks = {page.number: page.snippet.marks for page in found}
    unpictured = shared.unpictured((document,), reader.audience).get(document.id, frozenset())
    reading = Reading(document, read, query, marks, number(given, "p", LAST_PAGE), unpictured)
    shelf, sisters = shared.shelf(), shared.sisters(document, reader.today, reader.audience)
    similar = search.similar(document, [sister.id for sister in sisters])
    with st.container(key="document"):
        st.html(head(reading, shelf, reader))
        with st.container(key="hits"):
            if bar := hit_bar(reading, reader):
                st.html(bar)
        st.html(pages(reading, reader))
        st.html(aside(document, len(read), sisters, shelf, reader, base_url(shared.settings), similar))
