"""The draft that is open: its fields as a form, why they say what they say, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from archive.editing import ChangedError
from archive.errors import ArchiveError
from archive.model import Access, Document, Kind
from archive.records import document_to_json
from ingest.drafts import Draft
from portal.cards import Shelf
from portal.checking.cards import findings, head
from portal.checking.cells import (
    FIRST_DAY,
    LAST_DAY,
    TITLE_LENGTH,
    CellError,
    Column,
    Values,
    access_name,
    column_name,
    is_kept,
    parse,
)
from portal.checking.heaps import conference_name
from portal.checking.place import Place
from portal.reader import Reader
from portal.views.check_decisions import close, fate, likeness, sensitive
from portal.views.check_state import forget_form, hand_at, session_at, tell

FORM = "check-form"


@dataclass(frozen=True)
class Baseline:
    """The record as it was when the form was drawn: what differs from it was typed."""

    document: Document
    number: int


def form(draft: Draft, place: Place, shelf: Shelf, languages: Sequence[str], reader: Reader) -> None:
    """Show everything about one draft, to be corrected without the grid."""
    _ = reader.texts.gettext
    baseline = _baseline(draft.document)
    with st.container(key="check-opened"):
        st.html(head(draft, shelf, reader))
        st.button(_("Close"), key="check-close", on_click=close, args=(place, reader))
        if baseline.document.updated_at != draft.document.updated_at:
            st.warning(_("Somebody has changed this draft meanwhile."))
            st.button(_("Show what it says now"), key="check-renew", on_click=forget_form)
        likeness(draft, place, shelf, reader)
        _fields(draft, baseline, place, shelf, languages, reader)
        if why := findings(draft, shelf, reader):
            st.html(why)
        if draft.found:
            sensitive(draft, place, reader)
        fate(draft, place, reader)


def _baseline(document: Document) -> Baseline:
    known: Baseline | None = st.session_state.get(FORM)
    if known is None or known.document.id != document.id:
        number = st.session_state["check-forms"] = st.session_state.get("check-forms", 0) + 1
        known = st.session_state[FORM] = Baseline(document, number)
    return known


def _fields(
    draft: Draft,
    baseline: Baseline,
    place: Place,
    shelf: Shelf,
    languages: Sequence[str],
    reader: Reader,
) -> None:
    _ = reader.texts.gettext
    document, key = baseline.document, f"check-{baseline.number}"
    with st.form(f"{key}-form", border=False):
        st.text_input(
            column_name(Column.TITLE, reader), document.title, max_chars=TITLE_LENGTH, key=f"{key}-title"
        )
        st.text_area(
            _("Creators, one a line"), "\n".join(document.creators), height=90, key=f"{key}-creators"
        )
        left, right = st.columns(2)
        with left:
            conferences = list(dict.fromkeys([*shelf.conferences, document.conference]))
            st.selectbox(
                column_name(Column.CONFERENCE, reader),
                conferences,
                conferences.index(document.conference),
                format_func=lambda name: conference_name(name, shelf, reader),
                key=f"{key}-conference",
            )
            kinds = [kind.value for kind in Kind]
            st.selectbox(
                column_name(Column.KIND, reader),
                kinds,
                kinds.index(document.kind.value),
                format_func=reader.kind,
                key=f"{key}-kind",
            )
            codes = list(dict.fromkeys([*languages, *filter(None, document.languages)]))
            st.multiselect(
                column_name(Column.LANGUAGES, reader),
                codes,
                [code for code in document.languages if code],
                format_func=reader.texts.language_name,
                placeholder=_("Choose"),
                key=f"{key}-languages",
            )
        with right:
            panels = panels_of(document.conference, document.panel, shelf)
            st.selectbox(
                column_name(Column.PANEL, reader),
                panels,
                panels.index(document.panel or ""),
                format_func=lambda name: shelf.panel(name, reader) or name or "–",
                key=f"{key}-panel",
            )
            st.date_input(
                column_name(Column.DATE, reader),
                document.date,
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                format="DD.MM.YYYY",
                key=f"{key}-date",
            )
            st.text_input(column_name(Column.RIGHTS, reader), document.rights, key=f"{key}-rights")
        _access(document, key, reader)
        st.form_submit_button(
            _("Keep the changes"),
            type="primary",
            on_click=_save,
            args=(draft.document, baseline, place, shelf, reader),
        )


def _access(document: Document, key: str, reader: Reader) -> None:
    left, right = st.columns(2)
    levels = [access.value for access in Access]
    with left:
        st.selectbox(
            column_name(Column.ACCESS, reader),
            levels,
            levels.index(document.access.value),
            format_func=lambda level: access_name(Access(level), reader),
            key=f"{key}-access",
        )
    with right:
        st.date_input(
            column_name(Column.EMBARGOED_UNTIL, reader),
            document.embargoed_until,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="DD.MM.YYYY",
            key=f"{key}-embargoed_until",
        )


def panels_of(conference: str, own: str | None, shelf: Shelf) -> list[str]:
    """List the panels of a conference, none first; one that the conference does not know last."""
    known = shelf.conferences.get(conference)
    names = [panel.id for panel in known.panels] if known else []
    return list(dict.fromkeys(["", *names, *filter(None, [own])]))


def _save(current: Document, baseline: Baseline, place: Place, shelf: Shelf, reader: Reader) -> None:
    """Keep the fields that somebody changed, and leave the others as they are by now."""
    hand, session = hand_at(place, reader), session_at(place)
    if hand is None:
        return
    values: dict[str, Values] = {}
    typed: dict[str, object] = {}
    target = current
    for column in Column:
        value = st.session_state.get(f"check-{baseline.number}-{column.value}")
        try:
            found = parse(column, value, target, shelf, reader)
        except CellError as exc:
            if column is Column.PANEL and "conference" in typed:
                continue
            session.messages.append(f"{column_name(column, reader)}: {exc}")
            continue
        if not is_kept(baseline.document, {column.value: found[column.value]}):
            typed.update(found)
            if column is Column.CONFERENCE:
                target = replace(current, conference=str(found["conference"]), panel=None)
    access = typed.get("access", baseline.document.access.value)
    until = typed.get("embargoed_until", baseline.document.embargoed_until)
    if access == Access.EMBARGOED and not until:
        message = reader.texts.gettext("Say until which day it is embargoed.")
        session.messages.append(message)
    if session.messages:
        return
    if typed:
        values[current.id] = typed  # type: ignore[assignment]
        try:
            kept = document_to_json(baseline.document)
            hand.edit(values, {current.id: {name: kept.get(name) for name in typed}})
        except ChangedError as exc:
            names = ", ".join(column_name(Column(name), reader) for name in exc.fields)
            message = reader.texts.gettext("Somebody has changed this meanwhile: {fields}. Nothing was kept.")
            session.messages.append(message.format(fields=names))
            return
        except ArchiveError as exc:
            tell(place, reader, exc)
            return
        session.notices.append(reader.texts.gettext("The changes are kept."))
        session.redraw()
    forget_form()
