"""What waits, what failed, what is held, and whether all is well."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from archive.accounts import Role
from archive.model import State
from archive.search_log import Order
from ingest.dismissal import dismiss
from ingest.queue import Queue
from ingest.queue_overview import Entry
from ingest.watch_notes import latest_notes
from portal.cards import Shelf
from portal.checking.words import plain
from portal.markup import tag
from portal.reader import Reader
from portal.resources import resources
from portal.status import Status, status_of, work_of
from portal.status_facts import holdings, machine
from portal.status_page import (
    drafts_head,
    drafts_of,
    head,
    set_aside,
    set_aside_head,
    unanswered,
    under_way,
    waiting,
)
from portal.urls import first
from portal.views.page import current_reader, current_visitor, parameters
from portal.watch_trouble import watch_trouble

LOOK_AGAIN_SECONDS = 2
"""How often to look while something is under way."""

QUERIES_SHOWN = 50

NOTES_SHOWN = 5
"""So many files that the watch folder did not take are named, the newest first."""


def show() -> None:
    """Show the page."""
    reader, shared = current_reader(), resources()
    status, shelf = status_of(shared.archive), shared.shelf()
    with st.container(key="status"):
        st.html(head(reader))
        with st.container(key="under-way"):
            every = LOOK_AGAIN_SECONDS if status.work.is_under_way else None
            st.fragment(_under_way, run_every=every)(status, shelf, reader)
        _failed(status, shelf, reader)
        if (watched := shared.settings.watch) is not None:
            missing = None if watched.is_dir() else watched
            if trouble := watch_trouble(latest_notes(watched, NOTES_SHOWN), missing, reader):
                st.html(trouble)
        _drafts(status, reader)
        if table := waiting(status.waiting, status.work.tally.waiting, shelf, reader):
            st.html(table)
        _unanswered(reader)
        st.html(holdings(status.holdings, shelf, reader))
        st.html(machine(status, reader))


def _under_way(status: Status, shelf: Shelf, reader: Reader) -> None:
    """Show what changes from second to second; the whole page follows when it is over, or a file failed."""
    if not current_visitor().may(Role.STAFF):  # only this part runs again, and nobody else asks
        st.rerun()
    work = work_of(resources().archive)
    st.html(under_way(work, status.holdings.all.drafts, shelf, reader))
    ended = status.work.is_under_way and not work.is_under_way
    if ended or work.tally.failed > status.work.tally.failed:
        st.rerun()


def _failed(status: Status, shelf: Shelf, reader: Reader) -> None:
    """List the files that were set aside, to be tried again one by one, some, or all."""
    _ = reader.texts.gettext
    if not status.failed:
        return
    st.html(set_aside_head(status.work.tally.failed, reader))
    with st.container(key="retry-many", horizontal=True):
        st.button(_("Try all again"), on_click=_retry, args=(None,))
        st.button(_("Try the chosen ones again"), on_click=_retry_chosen, args=(status.failed,))
        with st.popover(_("Dismiss …"), key="dismiss"):
            st.html(
                tag("p", _("What was handed in is deleted. The log keeps its name and who dismissed it."))
            )
            st.button(_("Dismiss the chosen ones"), on_click=_dismiss_chosen, args=(status.failed,))
            st.button(_("Dismiss all for good"), on_click=_dismiss, args=(None,))
    for entry in status.failed:
        with st.container(key=f"failed-{entry.id}", horizontal=True, vertical_alignment="top"):
            with st.container():
                st.checkbox(plain(entry.path), key=_key(entry))
                st.html(set_aside(entry, shelf, reader))
            st.button(_("Try again"), key=f"retry-{entry.id}", on_click=_retry, args=((entry.id,),))


def _drafts(status: Status, reader: Reader) -> None:
    """Count the drafts by what they are held for; originals can be read again."""
    _ = reader.texts.gettext
    reasons = sorted(status.holdings.drafts.items(), key=lambda pair: (-pair[1], pair[0]))
    if not reasons:
        return
    st.html(drafts_head(status.holdings.all.drafts, reader))
    for number, (reason, count) in enumerate(reasons):
        with st.container(key=f"reason-{number}", horizontal=True, vertical_alignment="center"):
            st.html(drafts_of(reason, count, reader))
            if reason:
                st.button(
                    _("Read the originals again"), key=f"read-{number}", on_click=_read_again, args=(reason,)
                )


def _unanswered(reader: Reader) -> None:
    """List the queries without hits, and let them be forgotten."""
    _, log = reader.texts.gettext, resources().search_log
    asked = first(parameters(), "sort")
    order = Order(asked) if asked in [each.value for each in Order] else Order.TIMES
    entries = log.entries(order, QUERIES_SHOWN)
    st.html(unanswered(entries, log.count(), order, reader))
    if entries:
        with st.popover(_("Forget all …"), key="forget"):
            st.button(_("Forget all queries for good"), on_click=_forget)


def _key(entry: Entry) -> str:
    return f"choose-{entry.id}"


def _retry(identifiers: Sequence[int] | None) -> None:
    if current_visitor().may(Role.STAFF):
        Queue(resources().archive).retry(identifiers)


def _retry_chosen(entries: Sequence[Entry]) -> None:
    _retry([entry.id for entry in entries if st.session_state.get(_key(entry))])


def _dismiss(identifiers: Sequence[int] | None) -> None:
    visitor = current_visitor()
    if visitor.may(Role.STAFF):
        dismiss(resources().archive, visitor.name, identifiers)


def _dismiss_chosen(entries: Sequence[Entry]) -> None:
    _dismiss([entry.id for entry in entries if st.session_state.get(_key(entry))])


def _read_again(reason: str) -> None:
    if current_visitor().may(Role.STAFF):
        archive = resources().archive
        held = [each.id for each in archive.documents(state=State.DRAFT) if each.reason == reason]
        Queue(archive).read_again(held)


def _forget() -> None:
    if current_visitor().may(Role.STAFF):
        resources().search_log.forget_all()
