"""The form of one concept, which several people may have open at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from archive.errors import ArchiveError, NotFoundError
from index.errors import SearchIndexError
from index.live_thesaurus import Thesauri
from index.thesaurus import LANGUAGES, MAX_LABEL_CHARS, Concept
from index.thesaurus_editing import ThesaurusEditing
from portal.managing.overview import guard
from portal.markup import tag
from portal.notices import told
from portal.reader import Reader
from portal.resources import resources
from portal.thesaurus.page import crumb, name_of, place_of
from portal.thesaurus.words import error_words
from portal.views.at_once import say, writer

_OPENED = "concept form"


@dataclass
class _Opened:
    """A concept that somebody has before them. `seen`: what it was when the form was made; `round` is part of
    the keys of its widgets: with a new one they take their values from the concept again."""

    seen: Concept
    round: int = 0
    problems: tuple[str, ...] = ()


def show_form(concept: Concept, thesauri: Thesauri, reader: Reader) -> None:
    """Show the form of a concept, and what else can be done to it."""
    _ = reader.texts.gettext
    opened = _opened(concept)
    st.html(tag("h2", _("Edit"), css="section", data_guard=guard(reader)))
    wanted = _form(opened, thesauri, reader, _("Save"))
    if wanted is not None:
        _save(opened, wanted, reader)
    uri = concept.uri
    with st.container(key="concept-buttons", horizontal=True, gap="small"):
        edit = thesauri.record.edits.get(uri)
        if edit is not None and edit.before is not None:
            st.button(
                _("Make it as it comes with the program"),
                key="take-back",
                on_click=carry_out,
                args=(lambda editing: editing.take_back(uri), _("The edit was taken back."), reader),
            )
        if edit is not None and edit.before is None:
            with st.popover(_("Take this concept out …"), key="remove-ask"):
                st.html(tag("p", _("It was added here: nothing brings it back, but you can add it anew.")))
                st.button(_("Take it out for good"), key="remove", on_click=_remove, args=(uri, reader))
        else:
            st.button(_("Take this concept out"), key="remove", on_click=_remove, args=(uri, reader))


def show_new(thesauri: Thesauri, reader: Reader) -> None:
    """Show the form of a concept that is to be added."""
    _ = reader.texts.gettext
    st.html(
        tag(
            "div",
            tag("nav", crumb(reader), css="crumbs", aria_label=_("Where you are")),
            tag("h1", _("Add a concept"), tabindex="-1"),
            css="concept",
            data_guard=guard(reader),
        )
    )
    opened = _opened(Concept("", {}))
    wanted = _form(opened, thesauri, reader, _("Add it"))
    if wanted is not None:
        _save(opened, wanted, reader)


def carry_out(change: Callable[[ThesaurusEditing], object], done: str, reader: Reader) -> None:
    """Do something to the thesaurus in the name of who asks, and say how it went."""
    _is_done(change, done, reader)


def _is_done(change: Callable[[ThesaurusEditing], object], done: str, reader: Reader) -> bool:
    if not (person := writer(reader)):
        return False
    try:
        change(ThesaurusEditing(resources().archive, person))
    except (ArchiveError, SearchIndexError, OSError) as exc:
        own = resources().thesaurus.thesauri().own
        say(" ".join(error_words(exc, own, reader)), wrong=True)
        return False
    st.session_state.pop(_OPENED, None)
    say(done)
    return True


def _opened(concept: Concept) -> _Opened:
    """Return the form as it stands; one of another concept is forgotten with that."""
    known: _Opened | None = st.session_state.get(_OPENED)
    if known is None or known.seen.uri != concept.uri:
        known = _Opened(concept, known.round + 1 if known else 0)
        st.session_state[_OPENED] = known
    return known


def _form(opened: _Opened, thesauri: Thesauri, reader: Reader, button: str) -> Concept | None:
    """Show the fields; return what stands in them when the button was pressed."""
    _ = reader.texts.gettext
    seen, key = opened.seen, f"concept-{opened.seen.uri or 'new'}-{opened.round}"
    if opened.problems:
        st.html(told(opened.problems))
    preferred, alternatives = {}, {}
    with st.form(f"{key}-form", border=False, enter_to_submit=False):
        for column, language in zip(st.columns(len(LANGUAGES)), LANGUAGES, strict=True):
            name = reader.texts.language_in_words(language)
            with column:
                preferred[language] = st.text_input(
                    _("Name – {language}").format(language=name),
                    seen.preferred.get(language, ""),
                    key=f"{key}-{language}",
                    max_chars=MAX_LABEL_CHARS,
                )
                written = st.text_area(
                    _("Also, one a line – {language}").format(language=name),
                    "\n".join(seen.alternatives.get(language, ())),
                    key=f"{key}-{language}-others",
                    height=150,
                )
                alternatives[language] = tuple((written or "").splitlines())
        names = {
            uri: name_of(concept, reader) for uri, concept in thesauri.own.concepts.items() if uri != seen.uri
        }
        broader = _chosen(_("Broader"), seen.broader, names, f"{key}-broader", reader)
        related = _chosen(_("Related"), seen.related, names, f"{key}-related", reader)
        pressed = st.form_submit_button(button, type="primary", key=f"{key}-save")
    if not pressed:
        return None
    return Concept(seen.uri, preferred, alternatives, broader, (), related)


def _chosen(
    label: str, chosen: tuple[str, ...], names: dict[str, str], key: str, reader: Reader
) -> tuple[str, ...]:
    _ = reader.texts.gettext
    return tuple(
        st.multiselect(
            label,
            sorted(names, key=lambda uri: place_of(names[uri])),
            default=[uri for uri in chosen if uri in names],
            format_func=lambda uri: names.get(uri, uri),
            placeholder=_("Write the beginning of a name"),
            key=key,
        )
    )


def _save(opened: _Opened, wanted: Concept, reader: Reader) -> None:
    _ = reader.texts.gettext
    person = writer(reader)
    if not person:
        st.rerun()
    editing = ThesaurusEditing(resources().archive, person)
    try:
        saved = editing.save(opened.seen, wanted) if wanted.uri else editing.add(wanted)
    except (ArchiveError, OSError) as exc:
        opened.problems = error_words(exc, resources().thesaurus.thesauri().own, reader)
        if isinstance(exc, NotFoundError):
            st.session_state.pop(_OPENED, None)
        st.rerun()
    st.session_state[_OPENED] = _Opened(
        resources().thesaurus.thesauri().own.concepts.get(saved.uri, saved), opened.round + 1
    )
    say(_("Saved. Searches use it from now on."))
    if not wanted.uri:
        _go(saved.uri, reader)
    st.rerun()


def _remove(uri: str, reader: Reader) -> None:
    _ = reader.texts.gettext
    if _is_done(lambda editing: editing.remove(uri), _("The concept was taken out."), reader):
        _go("", reader)


def _go(uri: str, reader: Reader) -> None:
    lang = {"lang": reader.links.lang} if reader.links.lang else {}
    st.query_params.from_dict({**({"c": uri} if uri else {}), **lang})
