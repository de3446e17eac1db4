"""One's own account: password, and where one is signed in."""

from __future__ import annotations

import streamlit as st

from archive.accounts import digest_of
from portal.account import account_page
from portal.identity import COOKIE
from portal.resources import resources
from portal.views.page import current_reader, current_visitor, parameters


def show() -> None:
    """Show the page."""
    reader, visitor = current_reader(), current_visitor()
    sessions = resources().accounts.sessions(visitor.name)
    here = digest_of(st.context.cookies.get(COOKIE, ""))
    with st.container(key="account"):
        st.html(account_page(visitor, sessions, here, parameters(), reader))
