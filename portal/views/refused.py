"""A page of staff before somebody who may not see it, or not any more: signed out meanwhile, or blocked."""

from __future__ import annotations

import streamlit as st

from portal.guard import sign_in_url
from portal.markup import tag, together
from portal.missing import missing
from portal.urls import page_url
from portal.views.page import current_reader, current_visitor, page_path, parameters


def show() -> None:
    """Lead those who are not signed in to where they can, and say to others that nothing is here."""
    reader = current_reader()
    _ = reader.texts.gettext
    with st.container(key="missing"):
        if current_visitor().person is not None:
            st.html(missing(reader))
            return
        again = sign_in_url(page_url(page_path(), parameters()), reader.links.lang)
        ways = (
            tag("a", _("Sign in"), href=again, css="button", data_load=True),
            tag("a", _("Search the archive"), href=reader.links.start(), css="button"),
        )
        st.html(
            tag(
                "div",
                tag("h1", _("You are not signed in"), tabindex="-1"),
                tag("p", _("You signed out, or your session has ended. What you saved is kept."), css="lead"),
                tag("p", together(ways), css="buttons"),
                css="missing",
            )
        )
