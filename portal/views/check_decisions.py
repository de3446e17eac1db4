"""What people decide about the draft that is open: what it is, who may see what of it, whether it stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from archive.errors import ArchiveError
from archive.model import Sensitive
from ingest.drafts import Draft
from portal.cards import Shelf
from portal.checking.actions import Hand
from portal.checking.cards import unseen
from portal.checking.cells import Values
from portal.checking.deletion import others_words
from portal.checking.heaps import conference_name
from portal.checking.place import Place
from portal.checking.problems import sensitive_name
from portal.checking.reasons import reason_words
from portal.checking.words import plain, short
from portal.markup import tag
from portal.reader import Reader
from portal.resources import resources
from portal.views.check_state import forget_form, hand_at, session_at, tell
from portal.views.page import current_visitor

REASON_LENGTH = 300


def likeness(draft: Draft, place: Place, shelf: Shelf, reader: Reader) -> None:
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
    for name, original in resources().archive.documents_by_id(document.translation_of).items():
        link = tag(
            "a", original.title, href=reader.links.record(name), dir="auto", data_id=f"original:{name}"
        )
        st.html(tag("p", _("Translation of:"), " ", link, css="message"))
        others = [each for each in document.translation_of if each != name]
        st.button(
            _("It is no translation of this"),
            key=f"check-original-{name}",
            on_click=_set,
            args=(draft.id, {"translation_of": others}, place, reader),
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


def sensitive(draft: Draft, place: Place, reader: Reader) -> None:
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


def fate(draft: Draft, place: Place, reader: Reader) -> None:
    """Let people hold, release or delete the draft."""
    _ = reader.texts.gettext
    hand = Hand(resources().archive, current_visitor().name, place.step_key)
    with st.container(horizontal=True, key="check-fate"):
        if draft.is_held and draft.is_unread:
            st.button(
                _("Read it again"),
                key="check-read",
                on_click=_read_again,
                args=(draft.id, place, reader),
            )
        for file in draft.document.current.files[1:]:
            st.button(
                plain(_("Make “{file}” a draft of its own").format(file=short(file.name))),
                key=f"check-separate-{file.name}",
                on_click=_separate,
                args=(draft.id, file.name, place, reader),
            )
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
            others = hand.counting_on(draft.id)
            if others:
                st.markdown(plain(others_words(others, reader)))
            st.button(
                _("Delete for good"),
                key="check-delete",
                type="primary",
                on_click=_delete,
                args=(draft.id, others, place, reader),
            )


def _read_again(document: str, place: Place, reader: Reader) -> None:
    hand, session = hand_at(place, reader), session_at(place)
    if hand is not None and hand.read_again([document]):
        session.notices.append(reader.texts.gettext("It is read again in a moment."))
        forget_form()


def _separate(document: str, file_name: str, place: Place, reader: Reader) -> None:
    hand, session = hand_at(place, reader), session_at(place)
    readers = resources().readers
    if hand is None or readers is None:
        return
    try:
        hand.separate(readers, document, file_name)
    except ArchiveError as exc:
        tell(place, reader, exc)
    session.scope = ""
    forget_form()


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


def _delete(draft: str, told: Sequence[str], place: Place, reader: Reader) -> None:
    hand, session = hand_at(place, reader), session_at(place)
    if hand is None:
        return
    try:
        document = hand.delete(draft, told)
    except ArchiveError as exc:
        tell(place, reader, exc)
        forget_form()
        return
    message = reader.texts.gettext("“{title}” has been deleted for good.")
    session.notices.append(message.format(title=short(document.title)))
    session.selected = [name for name in session.selected if name != document.id]
    session.scope = ""
    forget_form()
    close(place, reader)


def close(place: Place, reader: Reader) -> None:
    """Show no draft's details any more."""
    st.query_params.from_dict(replace(place, open="").parameters(reader))
