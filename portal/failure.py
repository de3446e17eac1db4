"""What a reader sees when a page fails: an apology in their language; what happened is in the log."""

from __future__ import annotations

import logging

import streamlit as st

from portal.markup import tag
from portal.views.page import current_reader

log = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Note an error and apologise for it. Returns True: Streamlit need not show it."""
    log.error("a page failed", exc_info=error)
    reader = current_reader()
    _ = reader.texts.gettext
    again = tag("a", _("Search the archive"), href=reader.links.start(), css="button", data_load=True)
    st.html(
        tag(
            "div",
            tag("h1", _("This did not work"), tabindex="-1"),
            tag("p", _("The portal made a mistake. Please try again in a moment."), css="lead"),
            tag("p", again, css="buttons"),
            css="missing",
        )
    )
    return True
