"""Many drafts at once: one field of all that are selected or shown, as one step that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from archive.model import Access, Kind
from ingest.drafts import Desk, Draft
from portal.cards import Shelf
from portal.checking import bulk
from portal.checking.cells import (
    FIRST_DAY,
    LAST_DAY,
    CellError,
    Column,
    Values,
    access_name,
    column_name,
    parse,
)
from portal.checking.heaps import conference_name
from portal.checking.place import Place
from portal.checking.words import short
from portal.markup import tag
from portal.reader import Reader
from portal.views.check_bulk import change_drafts
from portal.views.check_form import panels_of
from portal.views.check_state import hand_at, select, session_at

_FIELDS = (
    Column.PANEL,
    Column.KIND,
    Column.DATE,
    Column.CREATORS,
    Column.LANGUAGES,
    Column.CONFERENCE,
    Column.RIGHTS,
    Column.ACCESS,
)
_WHICH, _FIELD, _VALUE, _UNTIL, _PICKED = (
    "check-which",
    "check-field",
    "check-value",
    "check-until",
    "check-picked",
)
SELECTED, SHOWN = "selected", "shown"


def many(desk: Desk, place: Place, shelf: Shelf, languages: Sequence[str], reader: Reader) -> None:
    """Show what changes many drafts at once."""
    _ = reader.texts.gettext
    shown, chosen = shown_drafts(desk, place), selected_drafts(desk, place)
    with st.container(key="check-many"):
        st.html(tag("h2", _("Change many at once"), css="part-head"))
        _selection(shown, chosen, place, reader)
        if st.session_state.get(_WHICH) is None or not chosen:
            st.session_state[_WHICH] = SELECTED if chosen else SHOWN
        counts = {SELECTED: len(chosen), SHOWN: len(shown)}
        names = {SELECTED: _("The selected: {n}"), SHOWN: _("All that are shown: {n}")}
        which = st.radio(
            _("Which drafts"),
            [SELECTED, SHOWN],
            format_func=lambda name: names[name].format(n=reader.texts.number(counts[name])),
            horizontal=True,
            key=_WHICH,
        )
        drafts = chosen if which == SELECTED else shown
        left, middle, right = st.columns([2, 3, 2], vertical_alignment="bottom")
        with left:
            column = st.selectbox(
                _("Field"), list(_FIELDS), format_func=lambda name: column_name(name, reader), key=_FIELD
            )
        with middle:
            _value(column, drafts, place, shelf, languages, reader)
        with right:
            label = reader.texts.ngettext("Set for {n} draft", "Set for {n} drafts", len(drafts))
            st.button(
                label,
                key="check-set",
                disabled=not drafts or bulk.under_way(place.step_key) is not None,
                on_click=_set,
                args=([draft.id for draft in drafts], desk, column, place, shelf, reader),
                width="stretch",
            )


def shown_drafts(desk: Desk, place: Place) -> list[Draft]:
    """List the drafts that the filters leave."""
    return [draft for draft in desk.drafts if place.shows(draft)]


def selected_drafts(desk: Desk, place: Place) -> list[Draft]:
    """List the drafts that are selected."""
    chosen = set(session_at(place).selected)
    return [draft for draft in desk.drafts if draft.id in chosen]


def _selection(shown: Sequence[Draft], chosen: Sequence[Draft], place: Place, reader: Reader) -> None:
    """Show what is selected, so that the keyboard can do what the boxes of the grid do."""
    _ = reader.texts.gettext
    titles = {draft.id: short(draft.document.title) for draft in (*shown, *chosen)}
    st.session_state[_PICKED] = [draft.id for draft in chosen]
    st.multiselect(
        _("Selected drafts"),
        list(titles),
        format_func=lambda name: titles.get(name, name),
        placeholder=_("None yet: tick rows of the grid, or choose here"),
        key=_PICKED,
        on_change=_picked,
        args=(place,),
    )
    with st.container(horizontal=True):
        st.button(
            reader.texts.ngettext("Select the {n} shown", "Select all {n} shown", len(shown)),
            key="check-all",
            on_click=select,
            args=(place, [draft.id for draft in shown]),
            disabled=not shown,
        )
        st.button(_("Select none"), key="check-none", on_click=select, args=(place, ()), disabled=not chosen)


def _picked(place: Place) -> None:
    select(place, st.session_state[_PICKED])


def _value(
    column: Column,
    drafts: Sequence[Draft],
    place: Place,
    shelf: Shelf,
    languages: Sequence[str],
    reader: Reader,
) -> None:
    """Show the field for the new value, as fits the column."""
    _ = reader.texts.gettext
    key, label = f"{_VALUE}-{column.value}", _("New value")
    if column is Column.PANEL:
        conferences = dict.fromkeys(draft.document.conference for draft in drafts)
        names = [name for each in conferences for name in panels_of(each, None, shelf)]
        st.selectbox(
            label,
            list(dict.fromkeys(["", *names])),
            format_func=lambda name: shelf.panel(name, reader) or name or "–",
            key=key,
        )
    elif column is Column.KIND:
        st.selectbox(label, [kind.value for kind in Kind], format_func=reader.kind, key=key)
    elif column is Column.CONFERENCE:
        st.selectbox(
            label,
            list(shelf.conferences),
            format_func=lambda name: conference_name(name, shelf, reader),
            key=key,
        )
    elif column is Column.LANGUAGES:
        st.multiselect(
            label, list(languages), format_func=reader.texts.language_name, key=key, placeholder=_("Choose")
        )
    elif column is Column.DATE:
        st.date_input(label, None, min_value=FIRST_DAY, max_value=LAST_DAY, format="DD.MM.YYYY", key=key)
    elif column is Column.ACCESS:
        levels = [access.value for access in Access]
        level = st.selectbox(
            label, levels, format_func=lambda name: access_name(Access(name), reader), key=key
        )
        if level == Access.EMBARGOED:
            st.date_input(
                column_name(Column.EMBARGOED_UNTIL, reader),
                None,
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                format="DD.MM.YYYY",
                key=_UNTIL,
            )
    else:
        st.text_input(label, key=key)


def _set(
    documents: Sequence[str], desk: Desk, column: Column, place: Place, shelf: Shelf, reader: Reader
) -> None:
    """Set one field of many drafts, all or none."""
    _ = reader.texts.gettext
    hand, session = hand_at(place, reader), session_at(place)
    if hand is None:
        return
    value = st.session_state.get(f"{_VALUE}-{column.value}")
    values: dict[str, Values] = {}
    try:
        for identifier in documents:
            draft = desk.draft(identifier)
            if draft is None:
                continue
            found = dict(parse(column, value, draft.document, shelf, reader))
            if column is Column.ACCESS and found["access"] == Access.EMBARGOED:
                found |= parse(
                    Column.EMBARGOED_UNTIL, st.session_state.get(_UNTIL), draft.document, shelf, reader
                )
                if not found["embargoed_until"]:
                    raise CellError(_("Say until which day it is embargoed."))
            values[identifier] = found
    except CellError as exc:
        session.messages.append(f"{column_name(column, reader)}: {exc}")
        return
    change_drafts(lambda progress: hand.edit(values, progress=progress), len(values), place, reader)
