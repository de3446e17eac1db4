"""The conferences: the list of all, or one with its panels and documents."""

from __future__ import annotations

import streamlit as st

from archive.errors import NotFoundError
from portal.conference import conference_page
from portal.conferences import conference_list
from portal.resources import resources
from portal.urls import first
from portal.views.page import current_reader, not_found, parameters


def show() -> None:
    """Show the page."""
    reader, shared = current_reader(), resources()
    identifier = first(parameters(), "id")
    with st.container(key="browse"):
        if not identifier:
            st.html(conference_list(shared.holdings(reader.today), reader))
            return
        try:
            conference = shared.conference(identifier)
        except NotFoundError:
            not_found(reader)
            return
        documents = shared.documents(conference.id, reader.today)
        st.html(conference_page(conference, documents, shared.archive.conferences(), reader))
