"""The form of a conference: its texts in three languages, its people and links, its panels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from archive.conference_editing import ClashError, ConferenceEditing, PanelInUseError
from archive.errors import ArchiveError, EditError
from archive.model import Conference
from archive.records import Json, conference_from_json, conference_to_json
from portal.checking.words import plain
from portal.managing.form import (
    AGENTS,
    LINES,
    LINKS,
    PANEL_AGENTS,
    PANEL_LINES,
    PANEL_TEXTS,
    PANELS,
    TEXTS,
    Form,
    form_of,
    rebased,
)
from portal.managing.parsing import record_of
from portal.managing.words import conference_changes, conference_field
from portal.markup import tag
from portal.notices import notice
from portal.reader import Reader
from portal.refusals import refusal_words
from portal.resources import resources
from portal.views.at_once import index_at_once, say, writer

LONG = ("description",)
"""Fields of several lines."""


@dataclass
class Opened:
    """A form that somebody has before them. `base`: the conference as the form was made from it.

    `round` is part of the keys of its widgets: with a new one they take their values from the form again.
    """

    base: Json
    form: Form
    round: int = 0
    problems: dict[str, str] = field(default_factory=dict)
    clashes: list[str] = field(default_factory=list)
    unsaved: bool = False


def show_about(conference: Conference, reader: Reader) -> None:
    """Show the form of everything but the panels."""
    _ = reader.texts.gettext
    opened = _opened(conference)
    with st.form("conference-form", border=False, enter_to_submit=False):
        _say_trouble(opened, reader)
        for name in TEXTS:
            _texts(conference.id, opened, name, conference_field(name, reader), reader)
        columns = st.columns(3)
        for column, name in zip(columns, LINES, strict=True):
            with column:
                _field(conference.id, opened, name, conference_field(name, reader))
        for name in AGENTS:
            _rows(conference.id, opened, name, conference_field(name, reader), reader)
        _rows(conference.id, opened, LINKS, conference_field(LINKS, reader), reader)
        _finish(conference.id, reader)


def show_panels(conference: Conference, reader: Reader, documents: dict[str, int]) -> None:
    """Show the form of the panels. `documents`: how many there are in each, in any state."""
    _ = reader.texts.gettext
    opened = _opened(conference)
    form = opened.form
    with st.form("panels-form", border=False, enter_to_submit=False):
        _say_trouble(opened, reader)
        if not form.rows[PANELS]:
            st.html(tag("p", _("There is no panel yet."), css="meta"))
        for number, key in enumerate(form.rows[PANELS], 1):
            place = f"{PANELS}/{key}"
            title = reader.texts.say(form.texts(f"{place}/title")) or _("New panel")
            count = documents.get(f"{conference.id}/{key}", 0)
            held = reader.texts.ngettext("{n} document", "{n} documents", count)
            wrong = any(path.startswith(f"{place}/") for path in opened.problems)
            label = f"{number}. {plain(title)} – {held}"
            with st.expander(
                label, expanded=wrong or key.startswith("+"), key=f"panel-{number}-{opened.round}"
            ):
                _panel(conference.id, opened, key, reader)
        _button(conference.id, _("Add a panel"), "add", PANELS, reader=reader, icon=":material/add:")
        _finish(conference.id, reader)


def _panel(identifier: str, opened: Opened, key: str, reader: Reader) -> None:
    place = f"{PANELS}/{key}"
    for name in PANEL_TEXTS:
        _texts(identifier, opened, f"{place}/{name}", conference_field(name, reader), reader)
    for column, name in zip(st.columns(3), PANEL_LINES, strict=True):
        with column:
            _field(identifier, opened, f"{place}/{name}", conference_field(name, reader))
    for name in PANEL_AGENTS:
        _rows(identifier, opened, f"{place}/{name}", conference_field(name, reader), reader)
    _moves(identifier, PANELS, key, reader)


def _texts(identifier: str, opened: Opened, place: str, label: str, reader: Reader) -> None:
    """Show a text in its languages, side by side."""
    languages = opened.form.languages(place)
    for column, language in zip(st.columns(len(languages)), languages, strict=True):
        with column:
            named = f"{label} – {_language(language, reader)}"
            _field(identifier, opened, f"{place}/{language}", named)


def _rows(identifier: str, opened: Opened, rows: str, label: str, reader: Reader) -> None:
    """Show people, bodies or links, a row each, that can be moved, taken out and added."""
    _ = reader.texts.gettext
    st.html(tag("h2", label, css="rows-head"))
    called = "label" if rows == LINKS else "name"
    for key in opened.form.rows[rows]:
        place = f"{rows}/{key}"
        languages = opened.form.languages(f"{place}/{called}")
        columns = st.columns([3] * len(languages) + [4, 2])
        for column, language in zip(columns, languages, strict=False):
            named = f"{_('Words') if rows == LINKS else _('Name')} – {_language(language, reader)}"
            with column:
                _field(identifier, opened, f"{place}/{called}/{language}", named)
        with columns[-2]:
            _field(identifier, opened, f"{place}/url", conference_field("url", reader))
        with columns[-1]:
            _moves(identifier, rows, key, reader)
    _button(
        identifier, _("Add: {what}").format(what=label), "add", rows, reader=reader, icon=":material/add:"
    )


def _moves(identifier: str, rows: str, key: str, reader: Reader) -> None:
    _ = reader.texts.gettext
    place = f"{rows}/{key}".replace("/", "-").replace("+", "n")
    with st.container(key=f"moves-{place}", horizontal=True, gap="small", vertical_alignment="bottom"):
        _button(identifier, _("Up"), "move", rows, key, -1, reader=reader, icon=":material/arrow_upward:")
        _button(identifier, _("Down"), "move", rows, key, 1, reader=reader, icon=":material/arrow_downward:")
        _button(identifier, _("Remove"), "remove", rows, key, reader=reader, icon=":material/close:")


def _button(
    identifier: str, label: str, what: str, *given: str | int, reader: Reader, icon: str | None = None
) -> None:
    key = "-".join(str(each) for each in (what, *given))
    st.form_submit_button(
        label, key=key, on_click=_submit, args=(identifier, reader, what, *given), icon=icon
    )


def _finish(identifier: str, reader: Reader) -> None:
    _ = reader.texts.gettext
    with st.container(key="finish", horizontal=True):
        st.form_submit_button(
            _("Save"), key="save", type="primary", on_click=_submit, args=(identifier, reader, "save")
        )
        st.form_submit_button(
            _("Discard changes"), key="discard", on_click=_submit, args=(identifier, reader, "discard")
        )


def _field(identifier: str, opened: Opened, path: str, label: str) -> None:
    key = _key(identifier, opened, path)
    if key not in st.session_state:
        st.session_state[key] = opened.form.fields.get(path, "")
    place, _slash, last = path.rpartition("/")
    if place.rpartition("/")[2] in LONG and last not in PANEL_LINES:
        st.text_area(label, key=key, height=160)
    else:
        st.text_input(label, key=key)
    if problem := opened.problems.get(path):
        st.html(tag("p", problem, css="problem"))


def _say_trouble(opened: Opened, reader: Reader) -> None:
    """Say above the fields what stands in the way of saving, or that something is not saved yet."""
    _ = reader.texts.gettext
    if opened.clashes:
        lines = [
            _("Somebody else changed the same fields since you opened this page. Nothing was saved."),
            *opened.clashes,
            _("Your words stand in the form. Save again to put them in place of theirs, or discard them."),
        ]
        st.html(tag("div", *(tag("p", line) for line in lines), css="notice wrong", data_unsaved=True))
    if opened.problems:
        words = reader.texts.ngettext(
            "{n} field needs another look. Nothing was saved, and nothing typed is lost.",
            "{n} fields need another look. Nothing was saved, and nothing typed is lost.",
            len(opened.problems),
        )
        st.html(tag("div", notice(words, wrong=True), data_unsaved=True))
    elif opened.unsaved and not opened.clashes:
        st.html(tag("p", _("Not saved yet."), css="notice", data_unsaved=True))


def _submit(identifier: str, reader: Reader, what: str, *given: str | int) -> None:
    opened = st.session_state.get(_place(identifier))
    if not isinstance(opened, Opened):
        return
    form = opened.form
    for path in form.fields:
        key = _key(identifier, opened, path)
        if key in st.session_state:
            form.fields[path] = str(st.session_state[key] or "")
    opened.unsaved, opened.problems, opened.clashes = True, {}, []
    done: dict[str, Callable[[], None]] = {
        "save": lambda: _save(identifier, opened, reader),
        "discard": lambda: _forget(identifier),
        "add": lambda: _add(form, str(given[0])),
        "move": lambda: form.move(str(given[0]), str(given[1]), int(given[2])),
        "remove": lambda: _remove(identifier, form, str(given[0]), str(given[1]), reader),
    }
    done[what]()


def _add(form: Form, rows: str) -> None:
    form.add(rows)


def _remove(identifier: str, form: Form, rows: str, key: str, reader: Reader) -> None:
    """Take a row out; a panel only if it has no documents."""
    panel = f"{identifier}/{key}" if rows == PANELS else ""
    documents = resources().archive.documents(conference=identifier, panel=panel, state=None) if panel else ()
    if documents:
        _refuse(len(documents), reader)
    else:
        form.remove(rows, key)


def _refuse(count: int, reader: Reader) -> None:
    message = reader.texts.ngettext(
        "This panel has {n} document. Move it to another panel first, or merge the panels below.",
        "This panel has {n} documents. Move them to another panel first, or merge the panels below.",
        count,
    )
    say(message, wrong=True)


def _save(identifier: str, opened: Opened, reader: Reader) -> None:
    _ = reader.texts.gettext
    record, problems = record_of(opened.form, opened.base, reader.texts)
    opened.problems = dict(problems)
    person = "" if problems else writer(reader)
    if not person:
        return
    try:
        editing = ConferenceEditing(resources().archive, person)
        step = editing.save(conference_from_json(opened.base), conference_from_json(record))
    except ClashError as exc:
        _take_theirs(opened, exc, reader)
    except PanelInUseError as exc:
        _refuse(exc.document_count, reader)
    except EditError as exc:
        say(refusal_words(exc, reader), wrong=True)
    except (ArchiveError, OSError) as exc:
        say(_("Nothing was saved: {reason}").format(reason=refusal_words(exc, reader)), wrong=True)
    else:
        say(_("Saved.") if step.differences else _("Nothing was changed."))
        found = resources().archive.documents(conference=identifier, state=None) if step.differences else ()
        index_at_once([document.id for document in found])
        _forget(identifier)


def _take_theirs(opened: Opened, clash: ClashError, reader: Reader) -> None:
    """Go on from what others saved, with what was typed still in the form."""
    theirs = conference_to_json(clash.theirs)
    changed = {name: (opened.base[name], theirs[name]) for name in {each.path[0] for each in clash.clashes}}
    words = reader.texts.gettext("{field}: now “{theirs}”, before “{before}”.")
    opened.clashes = [
        words.format(field=label, theirs=after, before=before)
        for label, before, after in conference_changes(changed, reader)
    ]
    opened.form = rebased(opened.form, opened.base, theirs)
    opened.base = theirs
    opened.round += 1


def _forget(identifier: str) -> None:
    """Take the form anew from what is saved."""
    opened = st.session_state.pop(_place(identifier), None)
    if isinstance(opened, Opened):
        st.session_state[f"{_place(identifier)}:round"] = opened.round + 1


def _opened(conference: Conference) -> Opened:
    place = _place(conference.id)
    opened = st.session_state.get(place)
    base = conference_to_json(conference)
    if not isinstance(opened, Opened) or (not opened.unsaved and opened.base != base):
        before = opened.round + 1 if isinstance(opened, Opened) else st.session_state.get(f"{place}:round", 0)
        opened = Opened(base, form_of(base), before)
        st.session_state[place] = opened
    return opened


def _place(identifier: str) -> str:
    return f"form:{identifier}"


def _key(identifier: str, opened: Opened, path: str) -> str:
    return f"{identifier}#{opened.round}#{path}"


def _language(code: str, reader: Reader) -> str:
    return reader.texts.gettext("without language") if code == "und" else reader.texts.language_name(code)
