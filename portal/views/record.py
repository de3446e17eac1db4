"""One record: all its fields, its files and its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from archive.accounts import Role
from archive.editing import Editing
from archive.errors import ArchiveError, NotFoundError
from archive.history import history_of_document
from archive.model import Document, State
from ingest.deletion import delete_for_good
from portal.managing.files import files_by_version
from portal.managing.overview import Part, guard
from portal.managing.steps import event, values_before
from portal.managing.words import document_changes, state_name
from portal.markup import DOT, SLASH, Markup, tag, together
from portal.notices import notice
from portal.reader import Reader
from portal.refusals import refusal_words
from portal.resources import resources
from portal.tombstone import tombstone
from portal.urls import document_of, first
from portal.views.at_once import index_at_once, said, say, writer
from portal.views.page import current_reader, current_visitor, not_found, parameters
from portal.views.record_fields import forget, show_fields
from portal.views.returned import upload_form

EVENTS_SHOWN = 20
"""So many changes a record shows until somebody asks for all."""


def show() -> None:
    """Show the page."""
    reader, identifier = current_reader(), document_of(parameters())
    archive = resources().archive
    try:
        document = archive.document(identifier)
    except NotFoundError:
        said()
        not_found(reader)
        return
    with st.container(key="record"):
        st.html(_head(document, reader))
        said()
        left, right = st.columns([3, 2], gap="large")
        with left:
            show_fields(document, reader)
        with right:
            _files(document, reader)
            _state(document, reader)
        _history(document, reader)


def _head(document: Document, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    shelf = resources().shelf()
    conference = shelf.conference(document)
    name = reader.conference(conference) if conference else document.conference
    back = reader.links.manage(document.conference, Part.RECORDS.value)
    crumbs = (
        tag("a", _("All conferences"), href=reader.links.manage(), data_id="to:manage"),
        tag("a", name, href=back, data_id="to:conference"),
    )
    public = tag("a", _("See it as readers do"), href=reader.links.document(document.id), data_id="to:public")
    state = tag("span", state_name(document.state.value, reader), css=f"state-chip of-{document.state}")
    facts = [state, tag("code", document.id), public]
    if document.state is State.DRAFT and document.reason:
        facts.append(tag("span", document.reason))
    return tag(
        "div",
        tag("nav", together(crumbs, SLASH), css="crumbs", aria_label=_("Where you are")),
        tag("h1", document.title, tabindex="-1", dir="auto"),
        tag("p", together(facts, DOT), css="meta"),
        css="manage-head",
        data_guard=guard(reader),
    )


# Files and state


def _files(document: Document, reader: Reader) -> None:
    _ = reader.texts.gettext
    st.html(tag("h2", _("Files"), css="section"))
    refused = {
        "none": _("Choose a file first."),
        "format": _("The file is of another format than the one it is to replace. Choose one of the same."),
        "same": _("The archive has these bytes already."),
        "kept": _("The file could not be kept. Try again, or upload it on the page for that."),
    }.get(first(parameters(), "refused"))
    if refused:
        st.html(notice(refused, wrong=True))
    st.html(files_by_version(document, resources().archive.passports(document.id), reader))
    if document.state is State.WITHDRAWN:
        return
    lang = f"?lang={reader.links.lang}" if reader.links.lang else ""
    with st.expander(_("Replace a file"), key="replace"):
        words = _("The new file comes in as a draft. Once that is published, it is the new version here.")
        st.html(tag("p", words, css="meta"))
        for file in document.current.files:
            extension = f".{file.name.rpartition('.')[2]}"
            form = upload_form(
                f"/records/{document.id}/replace{lang}", extension, _("Replace"), reader, name=file.name
            )
            st.html(tag("p", tag("b", file.name, dir="auto")) + form)


def _state(document: Document, reader: Reader) -> None:
    """Withdraw, restore, and for administrators delete for good."""
    _ = reader.texts.gettext
    if document.state is State.PUBLISHED:
        with st.expander(_("Withdraw"), key="withdraw"):
            reason = st.text_input(_("Reason; readers see it at the address of the document"), key="reason")
            st.html(tag("p", _("This will stand at the address of the document:"), css="meta"))
            gone = replace(document, state=State.WITHDRAWN, reason=reason.strip())
            shown = tombstone(gone, resources().shelf().conference(document), reader, heading="h3")
            st.html(tag("div", shown, css="previewed"))
            nothing = not reason.strip()
            given = (document.id, reader)
            st.button(_("Withdraw"), key="do-withdraw", disabled=nothing, on_click=_withdraw, args=given)
    elif document.state is State.WITHDRAWN:
        st.html(tag("p", _("Withdrawn: {reason}").format(reason=document.reason), css="notice"))
        st.button(_("Restore"), key="do-restore", on_click=_restore, args=(document.id, reader))
    if current_visitor().may(Role.ADMIN):
        with (
            st.expander(_("Delete for good"), key="purge"),
            st.form("purge-form", border=False, enter_to_submit=False),
        ):
            words = _("Files, text and history will be gone and cannot come back. Write {id} to delete it.")
            st.html(tag("p", words.format(id=document.id)))
            typed = st.text_input(_("Identifier"), key="purge-id")
            if st.form_submit_button(_("Delete for good"), key="do-purge"):
                _purge(document, typed, reader)


def _withdraw(identifier: str, reader: Reader) -> None:
    reason, done = str(st.session_state.get("reason") or ""), reader.texts.gettext("Withdrawn.")
    _do(identifier, reader, done, lambda editing: editing.withdraw([identifier], reason))


def _restore(identifier: str, reader: Reader) -> None:
    done = reader.texts.gettext("Restored.")
    _do(identifier, reader, done, lambda editing: editing.restore([identifier]))


def _do(identifier: str, reader: Reader, done: str, change: Callable[[Editing], object]) -> None:
    """Do something to the record in the name of who asks, and say how it went."""
    archive = resources().archive
    if not (person := writer(reader)):
        return
    try:
        conference = archive.document(identifier).conference
        change(Editing(archive, person, conference=conference))
    except (ArchiveError, OSError) as exc:
        message = reader.texts.gettext("This did not work: {reason}")
        say(message.format(reason=refusal_words(exc, reader)), wrong=True)
    else:
        index_at_once([identifier])
        forget(identifier)
        say(done)


def _purge(document: Document, typed: str, reader: Reader) -> None:
    _ = reader.texts.gettext
    person = writer(reader, Role.ADMIN)
    if typed.strip() != document.id:
        say(_("This is not the identifier of this document."), wrong=True)
    elif person:
        archive = resources().archive
        try:
            delete_for_good(archive, document.id, person)
        except (ArchiveError, OSError) as exc:
            say(_("This did not work: {reason}").format(reason=refusal_words(exc, reader)), wrong=True)
        else:
            index_at_once([document.id])
            say(_("The document has been deleted for good."))
    st.rerun()


# What was done


def _history(document: Document, reader: Reader) -> None:
    """Show what happened to the record, with a way back to what it was after each of its changes."""
    _ = reader.texts.gettext
    shelf = resources().shelf()
    st.html(tag("h2", _("History"), css="section"))
    events = history_of_document(resources().archive.storage, document.id)
    shown = events if first(parameters(), "history") == "all" else events[:EVENTS_SHOWN]
    with st.container(key="events"):
        for place, each in enumerate(shown):
            left, right = st.columns([5, 1], vertical_alignment="center")
            left.html(event(each, document_changes(each.differences, shelf, reader), reader))
            number = len(events) - place
            if values_before(document, events[:place]):
                given = (document.id, number, reader)
                right.button(_("Take back to here"), key=f"back-{number}", on_click=_back, args=given)
    if len(shown) < len(events):
        words = reader.texts.ngettext("Show all {n} changes", "Show all {n} changes", len(events))
        url = reader.links.record(document.id, history="all")
        st.html(tag("p", tag("a", words, href=url, data_id="history:all", data_keep=True), css="more"))


def _back(identifier: str, number: int, reader: Reader) -> None:
    """Set the fields to what they were after a change, counted from the first."""
    archive = resources().archive
    try:
        document = archive.document(identifier)
        events = history_of_document(archive.storage, identifier)
    except ArchiveError as exc:
        say(refusal_words(exc, reader), wrong=True)
        return
    values = values_before(document, events[: len(events) - number])
    done = reader.texts.gettext("The fields are what they were then.")
    _do(identifier, reader, done, lambda editing: editing.edit({identifier: values}))
