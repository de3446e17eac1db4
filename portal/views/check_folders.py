"""The folders of a batch that could be panels: which of them are, and the button that makes them so."""

from __future__ import annotations

import streamlit as st

from archive.errors import ArchiveError
from ingest.batch_folders import PanelFolder, make_panels, panel_folders
from ingest.drafts import Desk
from portal.cards import Shelf
from portal.checking.folders import folder_words, folders_lead
from portal.checking.place import Place
from portal.checking.words import plain
from portal.reader import Reader
from portal.resources import resources
from portal.views.check_state import forget_form, hand_at, session_at, tell
from portal.views.page import current_visitor


def folders_section(desk: Desk, place: Place, shelf: Shelf, reader: Reader) -> None:
    """Show the folders; nothing where none could be a panel, or files are still being read."""
    conference = shelf.conferences.get(desk.batch.conference) if desk.batch else None
    folders = panel_folders(desk, conference) if conference and not desk.under_way else ()
    if not folders:
        return
    _ = reader.texts.gettext
    untouched = not any(draft.document.panel for draft in desk.drafts)
    with (
        st.expander(_("Folders as panels"), expanded=untouched, key="check-folders"),
        st.form("check-folders-form", border=False),
    ):
        st.html(folders_lead(reader))
        for folder in folders:
            st.checkbox(plain(folder_words(folder, reader)), value=True, key=_key(folder, place))
        st.form_submit_button(
            _("Put the drafts into these panels"), on_click=_make, args=(folders, place, reader)
        )


def _key(folder: PanelFolder, place: Place) -> str:
    return f"check-folder-{place.batch}-{folder.name}"


def _make(folders: tuple[PanelFolder, ...], place: Place, reader: Reader) -> None:
    session = session_at(place)
    if hand_at(place, reader) is None:
        return
    chosen = {folder.name for folder in folders if st.session_state.get(_key(folder, place))}
    try:
        step = make_panels(resources().archive, place.batch, chosen, current_visitor().name)
    except ArchiveError as exc:
        tell(place, reader, exc)
    else:
        count = len(step.differences) if step else 0
        session.notices.append(
            reader.texts.ngettext(
                "{n} draft has a panel now. This can be taken back.",
                "{n} drafts have a panel now. This can be taken back.",
                count,
            )
        )
    session.redraw()
    forget_form()
