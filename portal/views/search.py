"""The search page: the start page while nothing is asked, results when something is."""

from __future__ import annotations

import streamlit as st

from index.query import Query
from portal.reader import Reader
from portal.resources import resources
from portal.results import results
from portal.start import NEWEST_SHOWN, hero, start
from portal.urls import TEXT_LENGTH, asking, is_question, parse_query
from portal.views.page import current_reader, parameters

FIELD = "q"
"""Key of the search field."""

TRANSLATIONS_EXPLAINED = 3
"""Of so many translations of a word it is told where the archive has seen them."""


def show() -> None:
    """Show the page."""
    reader, query = current_reader(), parse_query(parameters())
    asked = is_question(query)
    shared = resources()
    with st.container(key="search" if asked else "start"):
        if not asked:
            st.html(hero(reader))
        _field(query, reader)
    with st.container(key="results" if asked else "holdings"):
        if asked:
            search = shared.search_for(reader.audience)
            page = search.ask(query)
            asker = f"{st.context.ip_address} {st.context.headers.get('User-Agent')}"
            shared.unanswered.note(query, page, reader.texts.language, asker)
            shelf = shared.shelf([hit.document for hit in page.hits], reader.audience)
            is_translated = query.wishes.translate and not query.wishes.exact
            explained = search.translations(query.text, most=TRANSLATIONS_EXPLAINED) if is_translated else ()
            st.html(results(page, query, shelf, reader, explained))
        else:
            newest = shared.newest(NEWEST_SHOWN, reader.today)
            shelf = shared.shelf(newest, reader.audience)
            st.html(start(shared.holdings(reader.today), newest, shelf, reader))


def _field(query: Query, reader: Reader) -> None:
    """Show the search field with what the address asks, also after Back."""
    _ = reader.texts.gettext
    if st.session_state.get(FIELD) != query.text:
        st.session_state[FIELD] = query.text
    with (
        st.form("search-form", border=False),
        st.container(key="field", horizontal=True, wrap=False, gap="small"),
    ):
        st.text_input(
            _("Search words"),
            key=FIELD,
            type="search",
            placeholder=_("Topic, city, exact words …"),
            max_chars=TEXT_LENGTH,
            icon=":material/search:",
            label_visibility="collapsed",
        )
        st.form_submit_button(_("Find"), type="primary", on_click=_ask, args=(query, reader))


def _ask(query: Query, reader: Reader) -> None:
    """Put the words into the address, from the first hit on; filters and order stay."""
    asked = asking(query, st.session_state[FIELD].strip())
    st.query_params.from_dict(reader.links.parameters(asked))
