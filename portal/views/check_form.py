"""The draft that is open: its fields as a form, why they say what they say, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from archive.errors import ArchiveError
from archive.model import Access, Document, Kind, Sensitive
from ingest.drafts import Draft
from portal.cards import Shelf
from portal.checking.cards import findings, head, unseen
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
from portal.checking.problems import sensitive_name
from portal.checking.reasons import reason_words
from portal.checking.words import plain, short
from portal.markup import tag
from portal.reader import Reader
from portal.resources import resources
from portal.views.check_state import forget_form, hand_at, session_at, tell

FORM = "check-form"

REASON_LENGTH = 300


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
        st.button(_("Close"), key="check-close", on_click=_close, args=(place, reader))
        if baseline.document.updated_at != draft.document.updated_at:
            st.warning(_("Somebody has changed this draft meanwhile."))
            st.button(_("Show what it says now"), key="check-renew", on_click=forget_form)
        _likeness(draft, place, shelf, reader)
        _fields(draft, baseline, place, shelf, languages, reader)
        if why := findings(draft, shelf, reader):
            st.html(why)
        if draft.found:
            _sensitive(draft, place, reader)
        _fate(draft, place, reader)


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
            hand.edit(values)
        except ArchiveError as exc:
            tell(place, reader, exc)
            return
        session.notices.append(reader.texts.gettext("The changes are kept."))
        session.redraw()
    forget_form()


def _likeness(draft: Draft, place: Place, shelf: Shelf, reader: Reader) -> None:
    """Let people say what a draft is that looks like another document."""
    _ = reader.texts.gettext
    document = draft.document
    known = resources().archive.documents_by_id(
        [*(name for name, _proposal in draft.alike), document.replaces, document.format_of]
    )
    if known:
        choices = [("", ""), *((field, name) for name in known for field in ("replaces", "format_of"))]
        now = ("replaces", document.replaces) if document.replaces else ("format_of", document.format_of)
        reasons = {name: reason_words(proposal, shelf, reader) for name, proposal in draft.alike}
        for name, other in known.items():
            url = reader.links.record(name)
            link = tag("a", other.title, href=url, dir="auto", data_id=f"alike:{name}")
            words = f" ({reasons[name]})" if name in reasons else ""
            st.html(tag("p", _("Looks like:"), " ", link, words, css="message"))

        def name_of(choice: tuple[str, str]) -> str:
            field, name = choice
            if not name or name not in known:
                return _("A document of its own")
            message = (
                _("New version of “{title}”") if field == "replaces" else _("Another format of “{title}”")
            )
            return message.format(title=short(known[name].title))

        key = f"check-like-{draft.id}"
        st.session_state[key] = now if now in choices else choices[0]
        st.radio(
            _("What is it?"),
            choices,
            format_func=lambda choice: plain(name_of(choice)),
            key=key,
            on_change=_relate,
            args=(draft.id, key, place, reader),
        )
    if other_conference := draft.suspected_conference:
        name = conference_name(other_conference, shelf, reader)
        st.html(tag("p", _("This may belong to another conference: {name}").format(name=name), css="message"))
        st.button(
            plain(_("Move to {name}").format(name=name)),
            key="check-move",
            on_click=_set,
            args=(draft.id, {"conference": other_conference, "panel": None}, place, reader),
            disabled=other_conference not in shelf.conferences,
        )


def _relate(document: str, key: str, place: Place, reader: Reader) -> None:
    field, name = st.session_state[key]
    values = {"replaces": "", "format_of": ""}
    _set(document, {**values, **({field: name} if field else {})}, place, reader)


def _set(document: str, values: Values, place: Place, reader: Reader) -> None:
    hand = hand_at(place, reader)
    if hand is not None:
        try:
            hand.edit({document: values})
        except ArchiveError as exc:
            tell(place, reader, exc)
        session_at(place).redraw()
        forget_form()


def _sensitive(draft: Draft, place: Place, reader: Reader) -> None:
    """Show what the audience did not see, and let people decide about each sort of it."""
    _ = reader.texts.gettext
    st.html(tag("h3", _("Not for everybody?"), css="part"))
    st.html(unseen(draft, resources().archive.pages(draft.id), reader))
    for what in draft.found:
        key = f"check-keep-{draft.id}-{what.value}"
        st.session_state[key] = what in draft.withheld
        st.radio(
            sensitive_name(what, reader),
            [True, False],
            format_func=lambda kept: _("Keep for staff") if kept else _("Publish"),
            horizontal=True,
            key=key,
            on_change=_keep,
            args=(draft, what, key, place, reader),
        )


def _keep(draft: Draft, what: Sensitive, key: str, place: Place, reader: Reader) -> None:
    hand = hand_at(place, reader)
    if hand is not None:
        try:
            hand.keep([draft], what, bool(st.session_state[key]))
        except ArchiveError as exc:
            tell(place, reader, exc)
        forget_form()


def _fate(draft: Draft, place: Place, reader: Reader) -> None:
    """Let people hold, release or delete the draft."""
    _ = reader.texts.gettext
    with st.container(horizontal=True, key="check-fate"):
        if draft.is_held:
            st.button(
                _("Release it for publishing"),
                key="check-release",
                on_click=_hold,
                args=([draft.id], None, place, reader),
            )
        else:
            with st.popover(_("Hold it …")):
                st.text_input(_("Why is it held?"), max_chars=REASON_LENGTH, key=f"check-why-{draft.id}")
                st.button(
                    _("Hold it"),
                    key="check-hold",
                    on_click=_hold,
                    args=([draft.id], f"check-why-{draft.id}", place, reader),
                )
        with st.popover(_("Delete it for good …")):
            st.markdown(plain(_("The draft and its files are deleted. Nothing of them can be brought back.")))
            st.button(
                _("Delete for good"),
                key="check-delete",
                type="primary",
                on_click=_delete,
                args=(draft.document, place, reader),
            )


def _hold(documents: list[str], key: str | None, place: Place, reader: Reader) -> None:
    hand, session = hand_at(place, reader), session_at(place)
    reason = " ".join(str(st.session_state.get(key, "")).split())[:REASON_LENGTH] if key else ""
    if hand is None:
        return
    if key and not reason:
        session.messages.append(reader.texts.gettext("Say why it is held."))
        return
    try:
        hand.hold(documents, reason)
    except ArchiveError as exc:
        tell(place, reader, exc)
    session.redraw()
    forget_form()


def _delete(document: Document, place: Place, reader: Reader) -> None:
    hand, session = hand_at(place, reader), session_at(place)
    if hand is None:
        return
    try:
        hand.delete(document)
    except ArchiveError as exc:
        tell(place, reader, exc)
        return
    message = reader.texts.gettext("“{title}” has been deleted for good.")
    session.notices.append(message.format(title=short(document.title)))
    session.selected = [name for name in session.selected if name != document.id]
    session.scope = ""
    forget_form()
    _close(place, reader)


def _close(place: Place, reader: Reader) -> None:
    st.query_params.from_dict(replace(place, open="").parameters(reader))
