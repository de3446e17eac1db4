"""What is written from a page: by whom, said when it is done, and found by readers at once."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Mapping

import streamlit as st

from archive.access import Audience, may_read
from archive.accounts import Role
from archive.errors import ArchiveError
from archive.model import Document
from index.errors import SearchIndexError
from index.indexer import Indexer
from portal.notices import notice
from portal.reader import Reader
from portal.resources import resources
from portal.views.page import current_visitor

AT_ONCE = 100
"""So many documents are indexed while somebody waits; of more, the worker takes care."""

LEAVING_SECONDS = 60
"""How long to wait for a turn where something is no longer for the public."""

_SAID = "said"
log = logging.getLogger(__name__)


def writer(reader: Reader, role: Role = Role.STAFF) -> str:
    """Return who is about to write; empty, and said, where nobody may any more."""
    visitor = current_visitor()
    if visitor.may(role):
        return visitor.name
    say(reader.texts.gettext("You are signed out, or may no longer do this. Nothing was saved."), wrong=True)
    return ""


def index_at_once(documents: Collection[str]) -> None:
    """Let readers find what has just been changed, or no longer find it."""
    archive = resources().archive
    there = archive.documents_by_id(list(documents))
    leaving, staying = parted(documents, there, dt.date.today())
    indexer = Indexer(archive)
    try:
        if leaving:
            indexer.index_now(leaving, LEAVING_SECONDS)
        if 0 < len(staying) <= AT_ONCE:
            indexer.index_now(staying)
    except (SearchIndexError, ArchiveError, OSError) as exc:
        log.warning("%s", exc)  # the worker follows the feed and tries again
    finally:
        indexer.close()


def parted(
    documents: Collection[str], there: Mapping[str, Document], today: dt.date
) -> tuple[list[str], list[str]]:
    """Part documents into those that the public may not read, which costs little to index, and the others."""
    staying = [
        name
        for name in documents
        if (document := there.get(name)) is not None and may_read(document, Audience.PUBLIC, today)
    ]
    kept = set(staying)
    return [name for name in documents if name not in kept], staying


def say(message: str, *, wrong: bool = False) -> None:
    """Say something at the head of the page with its next run."""
    st.session_state[_SAID] = (message, wrong)


def said() -> None:
    """Show what was to be said, once."""
    message, wrong = st.session_state.pop(_SAID, ("", False))
    with st.container(key="said"):
        if message:
            st.html(notice(message, wrong=wrong))
