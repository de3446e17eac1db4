"""The saved web page of a batch, if it has one: what it says, and the buttons that take it over."""

from __future__ import annotations

import streamlit as st

from archive.editing import Progress
from archive.errors import ArchiveError
from archive.staff_log import Step
from ingest.batch_webpage import (
    PageField,
    PageProposal,
    describe,
    draft_values,
    page_of,
    proposal,
    title_drafts,
    too_large,
)
from ingest.drafts import Desk
from portal.checking.place import Place
from portal.checking.webpage import field_words, page_head, page_links, pages_too_large
from portal.checking.words import plain
from portal.markup import tag
from portal.reader import Reader
from portal.resources import resources
from portal.views.check_bulk import change_drafts
from portal.views.check_state import hand_at, session_at, tell
from portal.views.page import current_visitor


def webpage_section(desk: Desk, place: Place, reader: Reader) -> None:
    """Show what the page says; nothing where the batch has none."""
    if desk.batch is None:
        return
    if large := too_large(resources().archive, desk):
        st.html(pages_too_large(large, reader))
    seen = page_of(resources().archive, desk)
    if seen is None:
        return
    with st.container(key="check-webpage"):
        st.html(page_head(seen, reader))
        _fields(seen, place, reader)
        if seen.links:
            st.html(page_links(seen, reader))
        changed = [linked for linked in seen.links if draft_values(linked, seen.conference.id)]
        if changed:
            st.button(
                reader.texts.ngettext(
                    "Give {n} draft its title, kind and panel",
                    "Give {n} drafts their titles, kinds and panels",
                    len(changed),
                ),
                key="check-webpage-drafts",
                type="primary",
                on_click=_title,
                args=(place, reader),
            )


def _fields(seen: PageProposal, place: Place, reader: Reader) -> None:
    _ = reader.texts.gettext
    with st.form("check-webpage-fields", border=False):
        st.html(tag("h3", _("What it says of the conference"), css="part"))
        for name in seen.fields:
            st.checkbox(plain(field_words(seen, name, reader)), value=name in seen.open, key=_key(seen, name))
        st.form_submit_button(_("Take over into the conference"), on_click=_describe, args=(place, reader))


def _key(seen: PageProposal, name: PageField) -> str:
    return f"check-webpage-{name.value}-{seen.document.id}"


def _describe(place: Place, reader: Reader) -> None:
    """Take the fields that are ticked over into the conference."""
    _, archive, session = reader.texts.gettext, resources().archive, session_at(place)
    if hand_at(place, reader) is None:
        return
    seen = proposal(archive, place.batch)
    if seen is None:
        return
    chosen = [name for name in seen.fields if st.session_state.get(_key(seen, name))]
    try:
        describe(archive, seen, chosen, current_visitor().name)
    except ArchiveError as exc:
        tell(place, reader, exc)
    else:
        session.notices.append(_("The conference says now what you chose."))
    session.redraw()


def _title(place: Place, reader: Reader) -> None:
    """Give the drafts what the page says of them."""
    if (hand := hand_at(place, reader)) is None:
        return
    if (seen := proposal(hand.archive, place.batch)) is None:
        return

    def told(step: Step) -> str:
        return reader.texts.ngettext(
            "The page described {n} draft. This can be taken back.",
            "The page described {n} drafts. This can be taken back.",
            len(step.differences),
        )

    def work(progress: Progress) -> Step:
        return title_drafts(hand.archive, place.batch, seen, hand.person, progress)

    change_drafts(work, len(seen.links), place, reader, told)
