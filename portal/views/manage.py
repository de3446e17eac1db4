"""Conferences, their panels and records, kept in order."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from archive.conference_editing import ConferenceEditing
from archive.editing import Editing
from archive.errors import ArchiveError, EditError, IdentifierError, NotFoundError
from archive.history import history_of_conference
from archive.identifiers import SLUG_LENGTH, parse_conference_id, slug
from archive.model import Conference
from archive.records import conference_from_json, conference_to_json
from archive.staff_log import StaffLog
from portal.managing.form import LINES, form_of
from portal.managing.overview import Part, conference_head, conference_list, part_of
from portal.managing.parsing import record_of
from portal.managing.steps import event
from portal.managing.words import conference_changes, conference_field
from portal.markup import tag, together
from portal.reader import Reader
from portal.refusals import refusal_words
from portal.resources import resources
from portal.steps import can_be_taken_back, step_words
from portal.urls import first
from portal.views.at_once import index_at_once, said, say, writer
from portal.views.conference_form import show_about, show_panels
from portal.views.page import current_reader, not_found, parameters
from portal.views.records import show_records
from portal.views.returned import show_table

NEW = "new"
NEW_FIELDS = ("title", "place")
STEPS_SHOWN = 50


def show() -> None:
    """Show the page."""
    reader, given = current_reader(), parameters()
    archive = resources().archive
    identifier = first(given, "id")
    with st.container(key="manage"):
        if not identifier and first(given, "part") == NEW:
            said()
            _new(reader)
            return
        counts = archive.catalogue.counts()
        if not identifier:
            said()
            st.html(conference_list(archive.conferences(), counts, reader))
            return
        try:
            conference = archive.conference(identifier)
        except NotFoundError:
            not_found(reader)
            return
        part = part_of(given)
        st.html(conference_head(conference, part, counts.get(identifier, {}), reader))
        said()
        _part(conference, part, sum(counts.get(identifier, {}).values()), reader)


def _part(conference: Conference, part: Part, held: int, reader: Reader) -> None:
    if part is Part.ABOUT:
        show_about(conference, reader)
        _deletion(conference, held, reader)
    elif part is Part.PANELS:
        documents = resources().archive.documents(conference=conference.id, state=None)
        show_panels(conference, reader, Counter(document.panel or "" for document in documents))
        _merging(conference, reader)
    elif part is Part.RECORDS:
        show_records(conference, reader)
        _steps(conference, reader)
    elif part is Part.TABLE:
        show_table(conference, reader)
    else:
        _history(conference, reader)


# A new conference


def _new(reader: Reader) -> None:
    _ = reader.texts.gettext
    crumb = tag("a", _("All conferences"), href=reader.links.manage(), data_id="to:manage")
    st.html(
        tag(
            "div",
            tag("nav", crumb, css="crumbs", aria_label=_("Where you are")),
            tag("h1", _("New conference"), tabindex="-1"),
            tag("p", _("The rest can be written once it is there."), css="lead"),
            css="manage-head",
        )
    )
    problems: dict[str, str] = st.session_state.get("new:problems", {})
    with st.form("new-conference", border=False, enter_to_submit=False):
        for name in NEW_FIELDS:
            label = conference_field(name, reader)
            for column, language in zip(st.columns(3), ("de", "ru", "en"), strict=True):
                with column:
                    _typed(
                        f"{name}/{language}", f"{label} – {reader.texts.language_name(language)}", problems
                    )
        for column, name in zip(st.columns(3), LINES, strict=True):
            with column:
                _typed(name, conference_field(name, reader), problems)
        _typed("id", _("Identifier; left empty, it is made of year and place"), problems)
        st.form_submit_button(
            _("Make the conference"), type="primary", key="make", on_click=_make, args=(reader,)
        )


def _typed(path: str, label: str, problems: dict[str, str]) -> None:
    st.text_input(label, key=f"new:{path}")
    if path in problems:
        st.html(tag("p", problems[path], css="problem"))


def _make(reader: Reader) -> None:
    """Make a conference of what was typed, and go to its page."""
    _ = reader.texts.gettext
    form = form_of(conference_to_json(Conference("new", {})))
    for path in form.fields:
        form.fields[path] = str(st.session_state.get(f"new:{path}") or "")
    record, found = record_of(form, conference_to_json(Conference("new", {})), reader.texts)
    problems = dict(found)
    described = conference_from_json(record) if not problems else Conference("new", {})
    asked = str(st.session_state.get("new:id") or "").strip() or _proposed(described)
    try:
        identifier = parse_conference_id(asked)
    except IdentifierError:
        problems["id"] = _("Use words of a–z and 0–9 joined by -, such as 2017-krasnodar.")
    st.session_state["new:problems"] = problems
    person = "" if problems else writer(reader)
    if not person:
        return
    made = conference_from_json({**record, "id": identifier})
    try:
        ConferenceEditing(resources().archive, person).create(made)
    except EditError:
        st.session_state["new:problems"] = {"id": _("There is a conference with this identifier already.")}
        return
    except (ArchiveError, OSError) as exc:
        say(_("Nothing was saved: {reason}").format(reason=refusal_words(exc, reader)), wrong=True)
        return
    for key in [key for key in st.session_state if str(key).startswith("new:")]:
        del st.session_state[key]
    say(_("The conference has been made."))
    lang = {"lang": reader.links.lang} if reader.links.lang else {}
    st.query_params.from_dict({"id": identifier, **lang})


def _proposed(conference: Conference) -> str:
    """Make an identifier of year and place, else of the title."""
    names = (conference.place, conference.title)
    texts = [text for each in names for code in ("de", "en", "ru") if (text := each.get(code))]
    year = f"{conference.start.year}-" if conference.start else ""
    return (year + slug(texts[0] if texts else "conference"))[:SLUG_LENGTH].rstrip("-_")


# Panels into one another, and the end of a conference


def _merging(conference: Conference, reader: Reader) -> None:
    _ = reader.texts.gettext
    if len(conference.panels) < 2:
        return
    st.html(tag("h2", _("Merge two panels"), css="section"))
    st.html(tag("p", _("All documents of the first go to the second; the first is taken out."), css="meta"))
    names = {panel.id: reader.texts.say(panel.title) or panel.id for panel in conference.panels}
    with st.form("merging", border=False):
        one, other = st.columns(2)
        source = one.selectbox(_("This panel"), list(names), format_func=names.__getitem__, key="merge-from")
        target = other.selectbox(
            _("goes into this one"), list(names), format_func=names.__getitem__, index=1, key="merge-into"
        )
        if st.form_submit_button(_("Merge"), key="merge"):
            _merge(conference.id, source, target, reader)


def _merge(conference: str, source: str, target: str, reader: Reader) -> None:
    _ = reader.texts.gettext
    person = writer(reader)
    if person and source == target:
        say(_("Choose two different panels."), wrong=True)
    elif person:
        try:
            step = ConferenceEditing(resources().archive, person).merge_panel(conference, source, target)
        except (ArchiveError, OSError) as exc:
            say(_("This did not work: {reason}").format(reason=refusal_words(exc, reader)), wrong=True)
        else:
            index_at_once([name for name in step.differences if name != conference])
            say(_("The panels have been merged. The history can take it back."))
    st.rerun()


def _deletion(conference: Conference, held: int, reader: Reader) -> None:
    _ = reader.texts.gettext
    with st.expander(_("Delete this conference"), key="deletion"):
        if held:
            words = reader.texts.ngettext(
                "It has {n} document. Only a conference without documents can be deleted.",
                "It has {n} documents. Only a conference without documents can be deleted.",
                held,
            )
            st.html(tag("p", words))
            return
        st.html(tag("p", _("Write {id} to delete it.").format(id=conference.id)))
        with st.form("deletion-form", border=False, enter_to_submit=False):
            typed = st.text_input(_("Identifier"), key="deletion-id")
            if st.form_submit_button(_("Delete for good"), key="delete"):
                _delete(conference.id, typed, reader)


def _delete(conference: str, typed: str, reader: Reader) -> None:
    _ = reader.texts.gettext
    if typed.strip() != conference:
        say(_("This is not the identifier of this conference."), wrong=True)
    elif person := writer(reader):
        try:
            ConferenceEditing(resources().archive, person).remove(conference)
        except (ArchiveError, OSError) as exc:
            say(_("This did not work: {reason}").format(reason=refusal_words(exc, reader)), wrong=True)
        else:
            say(_("The conference has been deleted."))
            st.query_params.from_dict({"lang": reader.links.lang} if reader.links.lang else {})
    st.rerun()


# What was done


def _history(conference: Conference, reader: Reader) -> None:
    _ = reader.texts.gettext
    _steps(conference, reader)
    st.html(tag("h2", _("History of the conference"), css="section"))
    events = history_of_conference(resources().archive.storage, conference.id)
    shown = (event(each, conference_changes(each.differences, reader), reader) for each in events)
    st.html(tag("div", together(shown), css="events"))


def _steps(conference: Conference, reader: Reader) -> None:
    """List the last things that people did here, each with a button that takes it back."""
    _ = reader.texts.gettext
    archive = resources().archive
    steps = StaffLog(archive.catalogue.engine).steps(conference=conference.id, limit=STEPS_SHOWN)
    st.html(tag("h2", _("Last steps"), css="section"))
    if not steps:
        st.html(tag("p", _("Nobody has done anything here yet."), css="meta"))
        return
    named = [name for step in steps for name in step.differences if name != conference.id]
    titles = archive.documents_by_id(list(dict.fromkeys(named)))
    with st.container(key="steps"):
        for step in steps:
            left, right = st.columns([5, 1], vertical_alignment="center")
            words = tag("p", step_words(step, titles, reader), css="what", dir="auto")
            left.html(words + tag("p", reader.texts.moment(step.at), " · ", step.person, css="meta"))
            if step.undone_by is not None:
                right.html(tag("p", _("taken back"), css="meta"))
            elif can_be_taken_back(step):
                right.button(
                    _("Take back"),
                    key=f"undo-{step.id}",
                    on_click=_undo,
                    args=(step.id, conference.id, reader),
                )


def _undo(step: int, conference: str, reader: Reader) -> None:
    _ = reader.texts.gettext
    if not (person := writer(reader)):
        return
    try:
        done, left = Editing(resources().archive, person, conference=conference).undo(step)
    except (ArchiveError, OSError) as exc:
        say(_("This could not be taken back: {reason}").format(reason=refusal_words(exc, reader)), wrong=True)
        return
    index_at_once([name for name in done.differences if name != conference])
    words = reader.texts.ngettext(
        "Taken back, but for {n} record that was changed since.",
        "Taken back, but for {n} records that were changed since.",
        len(left),
    )
    say(words if left else _("Taken back."), wrong=bool(left))
