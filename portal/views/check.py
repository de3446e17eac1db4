"""Drafts: what was found out of each file, to be corrected and published."""

from __future__ import annotations

import streamlit as st

from portal.markup import tag
from portal.views.page import current_reader


def show() -> None:
    """Show the page."""
    _ = current_reader().texts.gettext
    st.html(tag("h1", _("Check drafts")))
