"""What every page does first: see who reads, from the address and the browser."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import streamlit as st

from archive.settings import Settings
from portal.identity import Visitor, visitor_of
from portal.missing import missing
from portal.reader import Reader, reader_of
from portal.resources import resources
from portal.urls import Parameters


def parameters() -> Parameters:
    """Return the URL parameters of the page."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def current_reader() -> Reader:
    """Return the reader of this page.

    The browser's own word counts before the header, which not every browser sends with a WebSocket as set.
    """
    accepted = ",".join(filter(None, (st.context.locale, st.context.headers.get("Accept-Language"))))
    return reader_of(parameters(), accepted, dt.date.today(), current_visitor().audience)


def current_visitor() -> Visitor:
    """Tell who looks at this page. Asked anew with every run, so that signing out holds at once."""
    return visitor_of(st.context.cookies, resources().accounts)


def page_path() -> str:
    """Return the path of the page as the browser has it."""
    return urlsplit(st.context.url or "").path or "/"


def base_url(settings: Settings) -> str:
    """Return the address of the portal as its readers know it, without a slash at the end."""
    if settings.base_url:
        return settings.base_url
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def not_found(reader: Reader) -> None:
    """Show that there is nothing here, in the same words as the page of an unknown path."""
    with st.container(key="missing"):
        st.html(missing(reader))
