"""The thesaurus: found and read by everybody, edited by staff, who load SKOS files beside it."""

from __future__ import annotations

import streamlit as st

from archive.accounts import Role
from archive.staff_log import StaffLog
from archive.thesaurus_record import ACTIONS, ThesaurusFile
from index.live_thesaurus import Thesauri
from index.thesaurus_finding import MAX_TEXT_CHARS, find_concepts
from portal.markup import tag, together
from portal.reader import Reader
from portal.resources import resources
from portal.thesaurus.page import concept_page, crumb, found_list, overview_head, top_concepts
from portal.thesaurus.staff import edit_words, edited_name, edits_list, file_line, outcome_notice, steps_list
from portal.urls import THESAURUS_FILE, THESAURUS_FILES, first
from portal.views.at_once import said
from portal.views.concept_form import carry_out, show_form, show_new
from portal.views.page import current_reader, current_visitor, not_found, parameters
from portal.views.returned import upload_form

STEPS_SHOWN = 30
NEW = "new"


def show() -> None:
    """Show the page."""
    reader, given = current_reader(), parameters()
    thesauri = resources().thesaurus.thesauri()
    staff = current_visitor().may(Role.STAFF)
    uri = first(given, "c")
    with st.container(key="manage-thesaurus"):
        if staff and first(given, "part") == NEW:
            said()
            show_new(thesauri, reader)
        elif not uri:
            _overview(thesauri, first(given, "q").strip()[:MAX_TEXT_CHARS], reader, staff=staff)
        elif uri in thesauri.together.concepts:
            _concept(uri, thesauri, reader, staff=staff)
        elif staff and uri in thesauri.record.edits:
            _taken_out(uri, thesauri, reader)
        else:
            said()
            not_found(reader)


def _overview(thesauri: Thesauri, text: str, reader: Reader, *, staff: bool) -> None:
    together = thesauri.together
    with st.container(key="thesaurus-head"):
        st.html(overview_head(len(together.concepts), reader))
    said()
    _field(text, reader)
    if text:
        st.html(found_list(find_concepts(together, text), text, reader))
    else:
        with st.container(key="thesaurus-areas"):
            st.html(top_concepts(together, reader))
    if staff:
        _desk(thesauri, reader)


def _field(text: str, reader: Reader) -> None:
    _ = reader.texts.gettext
    with st.form("find-concept", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(
            _("Find a concept"), text, key=f"thesaurus-q-{text}", max_chars=MAX_TEXT_CHARS, autocomplete="off"
        )
        sent = st.form_submit_button(_("Find"), key="find")
    if sent and (typed or "").strip() != text:
        lang = {"lang": reader.links.lang} if reader.links.lang else {}
        wanted = (typed or "").strip()
        st.query_params.from_dict({**({"q": wanted} if wanted else {}), **lang})
        st.rerun()


def _concept(uri: str, thesauri: Thesauri, reader: Reader, *, staff: bool) -> None:
    _ = reader.texts.gettext
    concept, edit = thesauri.together.concepts[uri], thesauri.record.edits.get(uri)
    origin = ""
    if edit is not None:
        origin = edit_words(uri, edit, reader)
    elif uri not in thesauri.own.concepts:
        names = {file.path: file.name for file in thesauri.record.files}
        held = (names[path] for path, each in thesauri.loaded.items() if uri in each.concepts)
        origin = _("From the file {name}").format(name=next(held, "")) if staff else ""
    with st.container(key="thesaurus-concept"):
        st.html(concept_page(concept, thesauri.together, origin if staff else "", reader))
    said()
    if staff and uri in thesauri.own.concepts:
        show_form(thesauri.own.concepts[uri], thesauri, reader)
    elif staff:
        st.html(
            tag("p", _("It is changed where its file is kept. Load the file again after that."), css="meta")
        )


def _taken_out(uri: str, thesauri: Thesauri, reader: Reader) -> None:
    """Show a concept of the program that staff took out, and let them bring it back."""
    _ = reader.texts.gettext
    st.html(
        tag(
            "div",
            tag("nav", crumb(reader), css="crumbs", aria_label=_("Where you are")),
            tag("h1", edited_name(uri, thesauri.record, reader), tabindex="-1", dir="auto"),
            tag("p", _("This concept was taken out of the thesaurus."), css="lead"),
            css="concept",
        )
    )
    said()
    done = _("The concept is back.")
    st.button(
        _("Bring it back"),
        key="bring-back",
        on_click=carry_out,
        args=(lambda editing: editing.take_back(uri), done, reader),
    )


# For staff


def _desk(thesauri: Thesauri, reader: Reader) -> None:
    _ = reader.texts.gettext
    shared, visitor = resources(), current_visitor()
    lang = f"?lang={reader.links.lang}" if reader.links.lang else ""
    buttons = (
        tag("a", _("Add a concept"), css="button", href=reader.links.thesaurus(part=NEW), data_id="new"),
        tag("a", _("Download as Turtle"), css="button", href=THESAURUS_FILE, download=True),
    )
    st.html(tag("p", together(buttons), css="buttons desk"))
    st.html(tag("h2", _("Other thesauri"), css="section"))
    st.html(
        tag(
            "p",
            _("SKOS files that others keep: Turtle (.ttl, .nt) or RDF/XML (.rdf). Search uses them at once."),
            css="meta",
        )
    )
    if outcome := first(parameters(), "outcome"):
        refused = shared.refused_thesauri.get(visitor.name)
        st.html(tag("div", outcome_notice(outcome, refused, thesauri.own, reader)))
    form = upload_form(f"{THESAURUS_FILES}{lang}", ".ttl,.nt,.rdf,.xml,.owl", _("Load the file"), reader)
    st.html(tag("div", form, css="loading"))
    if not thesauri.record.files:
        st.html(tag("p", _("None is loaded."), css="meta"))
    for file in thesauri.record.files:
        _file(file, thesauri, reader)
    st.html(tag("h2", _("Edited concepts"), css="section"))
    st.html(edits_list(thesauri, reader))
    st.html(tag("h2", _("Last steps"), css="section"))
    steps = StaffLog(shared.archive.catalogue.engine).steps(actions=ACTIONS, limit=STEPS_SHOWN)
    st.html(steps_list(steps, thesauri.together, reader))


def _file(file: ThesaurusFile, thesauri: Thesauri, reader: Reader) -> None:
    _ = reader.texts.gettext
    held = thesauri.loaded.get(file.path)
    about = (reader.texts.size(file.size_bytes), reader.texts.moment(file.received_at), file.by)
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.html(file_line(file.name, None if held is None else len(held.concepts), about, reader))
    right.button(
        _("Take out"),
        key=f"unload-{file.path}",
        on_click=carry_out,
        args=(lambda editing: editing.unload(file.path), _("The file was taken out."), reader),
    )
