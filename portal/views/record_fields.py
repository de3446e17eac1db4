"""The fields of a record, in a form that several people may have open at once."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from archive.editing import ChangedError, Editing
from archive.errors import ArchiveError
from archive.model import Access, Conference, Document, Kind, Sensitive
from archive.records import Json, document_to_json
from portal.managing.record_form import typed_of, values_of
from portal.managing.words import access_name, document_field, document_value, withheld_name
from portal.markup import seen, tag
from portal.reader import Reader
from portal.refusals import refusal_words
from portal.resources import resources
from portal.views.at_once import index_at_once, say, writer


@dataclass
class Opened:
    """A record that somebody has before them. `base`: what it was when the form was made.

    `round` is part of the keys of its widgets: with a new one they take their values from the record again.
    """

    base: Json
    round: int = 0
    problems: dict[str, str] = field(default_factory=dict)
    theirs: list[str] = field(default_factory=list)


def show_fields(document: Document, reader: Reader) -> None:
    """Show the form."""
    _ = reader.texts.gettext
    opened = _opened(document)
    typed, key = typed_of(opened.base), f"record-{document.id}-{opened.round}"
    conferences = {each.id: each for each in resources().archive.conferences()}
    st.html(tag("h2", _("Fields"), css="section"))
    chosen = _place(document, conferences, key, reader)
    with st.form(f"{key}-form", border=False, enter_to_submit=False):
        if opened.theirs:
            st.html(tag("div", *(tag("p", line) for line in opened.theirs), css="notice wrong"))
        typed["title"] = _line("title", typed, opened, key, reader)
        typed["creators"] = st.text_area(
            _("Creators, one a line"), str(typed["creators"]), key=f"{key}-creators", height=110
        )
        _problem(opened, "creators")
        one, other = st.columns(2)
        kinds = {each.value: reader.kind(each) for each in Kind}
        with one:
            typed["kind"] = _select("kind", kinds, typed, key, reader)
            typed["date"] = _line("date", typed, opened, key, reader)
        with other:
            codes = list(dict.fromkeys([*_texts(typed["languages"]), "de", "ru", "en", "other"]))
            typed["languages"] = st.multiselect(
                document_field("languages", reader),
                codes,
                default=_texts(typed["languages"]),
                format_func=reader.texts.language_name,
                accept_new_options=True,
                placeholder=_("none"),
                key=f"{key}-languages",
            )
            _problem(opened, "languages")
            typed["rights"] = _line("rights", typed, opened, key, reader)
        names = {each.value: access_name(each.value, reader) for each in Access}
        with one:
            typed["access"] = _select("access", names, typed, key, reader)
        with other:
            typed["embargoed_until"] = _line("embargoed_until", typed, opened, key, reader)
        for name in ("translation_of", "part_of"):
            typed[name] = _related(name, document, typed, key, reader)
            _problem(opened, name)
        _withheld(typed, key, reader)
        wanted = st.form_submit_button(_("Save"), type="primary", key=f"{key}-save")
    if wanted:
        _save(document.id, opened, {**typed, **chosen}, reader)


def _place(
    document: Document, conferences: dict[str, Conference], key: str, reader: Reader
) -> dict[str, object]:
    """Choose conference and panel. Outside the form, since the panels depend on the conference."""
    one, other = st.columns(2)
    names = {each.id: reader.conference(each) for each in conferences.values()}
    names.setdefault(document.conference, document.conference)
    conference = one.selectbox(
        document_field("conference", reader),
        list(names),
        index=list(names).index(document.conference),
        format_func=names.__getitem__,
        key=f"{key}-conference",
    )
    known = conferences.get(conference or "")
    titled = known.panels if known else ()
    panels = {"": "–"} | {each.id: reader.texts.say(each.title) or each.id for each in titled}
    if document.panel and conference == document.conference:
        panels.setdefault(document.panel, document.panel)
    places = list(panels)
    panel = other.selectbox(
        document_field("panel", reader),
        places,
        index=places.index(document.panel) if document.panel in panels else 0,
        format_func=panels.__getitem__,
        key=f"{key}-panel-{conference}",
    )
    return {"conference": conference, "panel": panel or None}


def _line(name: str, typed: dict[str, object], opened: Opened, key: str, reader: Reader) -> str:
    text = st.text_input(document_field(name, reader), str(typed[name]), key=f"{key}-{name}")
    _problem(opened, name)
    return text or ""


def _select(
    name: str, names: dict[str, str], typed: dict[str, object], key: str, reader: Reader
) -> str | None:
    return st.selectbox(
        document_field(name, reader),
        list(names),
        index=list(names).index(str(typed[name])),
        format_func=names.__getitem__,
        key=f"{key}-{name}",
    )


def _related(name: str, document: Document, typed: dict[str, object], key: str, reader: Reader) -> list[str]:
    """Choose among the documents of the conference by title; others by their identifier."""
    _ = reader.texts.gettext
    archive = resources().archive
    chosen = _texts(typed[name])
    near = {each.id: each for each in archive.documents(conference=document.conference, state=None)}
    near |= archive.documents_by_id([each for each in chosen if each not in near])
    titles = {each.id: f"{seen(each.title)} ({each.id})" for each in near.values() if each.id != document.id}
    return st.multiselect(
        document_field(name, reader),
        list(dict.fromkeys([*chosen, *titles])),
        default=chosen,
        format_func=lambda each: titles.get(each, each),
        accept_new_options=True,
        placeholder=_("Search by title, or write an identifier"),
        key=f"{key}-{name}",
    )


def _withheld(typed: dict[str, object], key: str, reader: Reader) -> None:
    _ = reader.texts.gettext
    names = {each.value: withheld_name(each.value, reader) for each in Sensitive}
    typed["decided"] = st.checkbox(
        _("Decide for this document what is kept for staff"), bool(typed["decided"]), key=f"{key}-decided"
    )
    typed["withheld"] = st.multiselect(
        document_field("withheld", reader),
        list(names),
        default=_texts(typed["withheld"]),
        format_func=names.__getitem__,
        placeholder=_("nothing"),
        key=f"{key}-withheld",
    )


def _problem(opened: Opened, name: str) -> None:
    if name in opened.problems:
        st.html(tag("p", opened.problems[name], css="problem"))


def _save(identifier: str, opened: Opened, typed: dict[str, object], reader: Reader) -> None:
    _ = reader.texts.gettext
    archive = resources().archive
    opened.theirs = []
    values, problems = values_of(
        typed, opened.base, lambda each: each in archive.documents_by_id([each]), reader.texts
    )
    opened.problems = dict(problems)
    if problems:
        say(_("Some fields need another look. Nothing was saved, and nothing typed is lost."), wrong=True)
        st.rerun()
    person = writer(reader)
    if not person:
        st.rerun()
    if not values:
        say(_("Nothing was changed."))
        st.rerun()
    expected = {name: opened.base[name] for name in values}
    try:
        editing = Editing(archive, person, conference=str(opened.base["conference"]))
        editing.edit({identifier: values}, expected={identifier: expected})
    except ChangedError as exc:
        _take_theirs(opened, exc, reader)
    except (ArchiveError, OSError) as exc:
        say(_("Nothing was saved: {reason}").format(reason=refusal_words(exc, reader)), wrong=True)
    else:
        index_at_once([identifier])
        say(_("Saved."))
        forget(identifier)
    st.rerun()


def _take_theirs(opened: Opened, changed: ChangedError, reader: Reader) -> None:
    """Say what others made of the fields; what was typed stays, and may be saved over it."""
    _ = reader.texts.gettext
    theirs, shelf = document_to_json(changed.theirs), resources().shelf()
    words = _("{field}: now “{theirs}”.")
    opened.theirs = [
        _("Somebody else changed the same fields since you opened this page. Nothing was saved."),
        *(
            words.format(
                field=document_field(name, reader), theirs=document_value(name, theirs[name], shelf, reader)
            )
            for name in changed.fields
        ),
        _("Your words stand in the form. Save again to put them in place of theirs."),
    ]
    opened.base = {**opened.base, **{name: theirs[name] for name in changed.fields}}


def _opened(document: Document) -> Opened:
    place = f"record:{document.id}"
    opened = st.session_state.get(place)
    if not isinstance(opened, Opened):
        opened = Opened(document_to_json(document), st.session_state.get(f"{place}:round", 0))
        st.session_state[place] = opened
    return opened


def forget(identifier: str) -> None:
    """Take the form anew from what is saved."""
    opened = st.session_state.pop(f"record:{identifier}", None)
    if isinstance(opened, Opened):
        st.session_state[f"record:{identifier}:round"] = opened.round + 1


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
