"""Uploading: choose a conference, drop files, watch them arrive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from archive.accounts import Role
from archive.errors import NotFoundError
from archive.model import Conference
from archive.repository import Archive
from ingest.batches import Batch, Batches
from ingest.new_conference import new_conference
from ingest.standing import standings
from ingest.uploads import SOURCE
from portal.reader import Reader
from portal.resources import resources
from portal.uploading import heading, recent, step, target, zone, zone_of
from portal.urls import first
from portal.views.page import current_reader, current_visitor, not_found, parameters

RECENT_SHOWN = 8
RECENT_LOOKED_AT = 200
TITLE_LENGTH = 300

NEW = "new"
"""What stands for a new conference in the list of conferences; no conference has this identifier."""


def show() -> None:
    """Show the page."""
    reader, given, archive = current_reader(), parameters(), resources().archive
    person = current_visitor().name
    identifier = first(given, "batch")
    with st.container(key="upload"):
        st.html(heading(reader))
        if identifier:
            try:
                batch = Batches(archive.catalogue.engine).batch(identifier)
            except NotFoundError:
                not_found(reader)
                return
            if batch.person != person:
                not_found(reader)
                return
            st.html(target(batch, resources().shelf(), reader))
            st.html(zone_of(batch))
        else:
            _begin(archive, first(given, "conference"), first(given, "panel"), reader)
        _recent(archive, person, identifier, reader)


def _begin(archive: Archive, wanted: str, panel: str, reader: Reader) -> None:
    """Let somebody choose what the files belong to, then drop them."""
    _ = reader.texts.gettext
    conferences = archive.conferences()
    st.html(step(1, _("What do the files belong to?")))
    chosen = next((one for one in conferences if one.id == wanted), None)
    with st.container(key="upload-choice", horizontal=True, gap="medium"):
        _choose_conference(conferences, chosen, wanted, reader)
        own_panel = _choose_panel(chosen, panel, reader) if chosen and chosen.panels else None
    if wanted == NEW and chosen is None:
        _new_conference(reader)
    if chosen is not None:
        st.html(step(2, _("Add the files")))
        st.html(zone(chosen, own_panel))


def _choose_conference(
    conferences: Sequence[Conference], chosen: Conference | None, wanted: str, reader: Reader
) -> None:
    _ = reader.texts.gettext
    names = {one.id: reader.conference(one) for one in conferences} | {NEW: _("New conference …")}
    key = "upload-conference"
    now = chosen.id if chosen else NEW if wanted == NEW else None
    if st.session_state.get(key) != now:
        st.session_state[key] = now
    st.selectbox(
        _("Conference"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=_("Choose a conference"),
        key=key,
        on_change=_chosen,
        args=(reader,),
    )


def _choose_panel(conference: Conference, wanted: str, reader: Reader) -> str | None:
    _ = reader.texts.gettext
    names = {"": _("No panel, or several")} | {
        panel.id: reader.texts.say(panel.title) for panel in conference.panels
    }
    key = "upload-panel"
    now = wanted if wanted in names else ""
    if st.session_state.get(key) != now:
        st.session_state[key] = now
    st.selectbox(
        _("Panel"), list(names), format_func=names.__getitem__, key=key, on_change=_chosen, args=(reader,)
    )
    return now or None


def _chosen(reader: Reader) -> None:
    """Put what was chosen into the address."""
    conference, panel = st.session_state.get("upload-conference"), st.session_state.get("upload-panel")
    asked = {"conference": conference or "", "panel": panel or "", "lang": reader.links.lang}
    if panel and panel.partition("/")[0] != conference:
        asked["panel"] = ""
    st.query_params.from_dict({name: value for name, value in asked.items() if value})


def _new_conference(reader: Reader) -> None:
    _ = reader.texts.gettext
    with st.form("new-conference", border=False), st.container(key="new-conference-fields"):
        language = reader.texts.language_name(reader.texts.language)
        st.text_input(
            _("Title ({language})").format(language=language), key="new-title", max_chars=TITLE_LENGTH
        )
        with st.container(horizontal=True, gap="medium"):
            st.text_input(_("City"), key="new-place", max_chars=TITLE_LENGTH)
            st.date_input(
                _("First day"),
                value=None,
                key="new-start",
                format="DD.MM.YYYY",
                min_value=dt.date(1900, 1, 1),
                max_value=dt.date(2100, 12, 31),
            )
        st.form_submit_button(_("Create the conference"), type="primary", on_click=_create, args=(reader,))
    if st.session_state.pop("new-refused", False):
        st.error(_("Give the conference a title."))


def _create(reader: Reader) -> None:
    """Keep the new conference and choose it."""
    visitor = current_visitor()
    if not visitor.may(Role.STAFF):
        return
    title, place = (st.session_state[key].replace("\x00", "").strip() for key in ("new-title", "new-place"))
    if not title:
        st.session_state["new-refused"] = True
        return
    language = reader.texts.language
    made = new_conference(
        resources().archive,
        {language: title},
        place={language: place} if place else {},
        start=st.session_state["new-start"],
        by=visitor.name,
    )
    asked = {"conference": made.id, "lang": reader.links.lang}
    st.query_params.from_dict({name: value for name, value in asked.items() if value})


def _recent(archive: Archive, person: str, shown: str, reader: Reader) -> None:
    """List what the visitor uploaded before."""
    engine = archive.catalogue.engine
    own = [batch for batch in Batches(engine).newest(RECENT_LOOKED_AT) if _is_own(batch, person, shown)]
    del own[RECENT_SHOWN:]
    stand = standings(engine, [batch.id for batch in own])
    if listed := recent(own, stand, resources().shelf(), reader):
        st.html(listed)


def _is_own(batch: Batch, person: str, shown: str) -> bool:
    return batch.person == person and batch.source == SOURCE and batch.id != shown
