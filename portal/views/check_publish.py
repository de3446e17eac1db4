"""The end of checking: decide what is not for everybody, see what would happen, publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from archive.errors import ArchiveError
from archive.model import Document, Sensitive, State
from ingest.batch_webpage import page_of
from ingest.drafts import Desk, Draft
from portal.checking import bulk
from portal.checking.desk import (
    Finding,
    plan,
    plan_summary,
    target_of,
    warning_name,
    warning_words,
    warnings_head,
    warnings_of,
)
from portal.checking.place import Place
from portal.checking.publication import begin, under_way
from portal.checking.words import plain
from portal.markup import tag
from portal.reader import Reader
from portal.resources import resources
from portal.views.check_bulk import change_drafts
from portal.views.check_many import selected_drafts, shown_drafts
from portal.views.check_state import forget_form, hand_at, session_at, tell

REASON_LENGTH = 300


def warnings(desk: Desk, place: Place, reader: Reader) -> None:
    """Let people decide about what drafts hold, for all that are shown and one sort at a time."""
    _ = reader.texts.gettext
    drafts = shown_drafts(desk, place)
    found = warnings_of(drafts)
    if not found:
        return
    with st.container(key="check-warnings"):
        st.html(warnings_head(reader))
        for finding in found:
            _finding(finding, place, reader)


def _finding(finding: Finding, place: Place, reader: Reader) -> None:
    _ = reader.texts.gettext
    name, key = warning_name(finding, reader), f"check-all-{finding.what.value}"
    with st.container(horizontal=True, key=f"check-row-{finding.what.value}", vertical_alignment="center"):
        st.html(tag("p", tag("b", name), tag("span", warning_words(finding, reader)), css="finding"))
        st.button(
            _("Keep for staff"),
            key=f"{key}-keep",
            help=plain(name),
            on_click=_keep,
            args=(finding.drafts, finding.what, True, place, reader),
            disabled=finding.kept == len(finding.drafts),
        )
        st.button(
            _("Publish"),
            key=f"{key}-publish",
            help=plain(name),
            on_click=_keep,
            args=(finding.drafts, finding.what, False, place, reader),
            disabled=not finding.kept,
        )
        with st.popover(_("Hold them …"), help=plain(name)):
            st.text_input(_("Why are they held?"), max_chars=REASON_LENGTH, key=f"{key}-why")
            st.button(
                _("Hold them"),
                key=f"{key}-hold",
                on_click=_hold,
                args=([draft.id for draft in finding.drafts], f"{key}-why", place, reader),
            )


def _keep(drafts: Sequence[Draft], what: Sensitive, kept: bool, place: Place, reader: Reader) -> None:
    hand = hand_at(place, reader)
    if hand is not None:
        change_drafts(lambda progress: hand.keep(drafts, what, kept, progress), len(drafts), place, reader)


def _hold(documents: Sequence[str], key: str, place: Place, reader: Reader) -> None:
    hand, session = hand_at(place, reader), session_at(place)
    reason = " ".join(str(st.session_state.get(key, "")).split())[:REASON_LENGTH]
    if hand is None:
        return
    if not reason:
        session.messages.append(reader.texts.gettext("Say why they are held."))
        return
    try:
        hand.hold(documents, reason)
    except ArchiveError as exc:
        tell(place, reader, exc)
    session.redraw()
    forget_form()


def publish(desk: Desk, place: Place, reader: Reader) -> None:
    """Say what publishing would do, and do it."""
    _ = reader.texts.gettext
    if not desk.drafts:
        return
    seen = page_of(resources().archive, desk) if desk.batch else None
    page = seen.document.id if seen else ""
    shown, chosen = shown_drafts(desk, place), selected_drafts(desk, place)
    several = [draft for draft in shown if draft.id != page]
    busy = under_way(place.step_key) is not None or bulk.under_way(place.step_key) is not None
    with st.container(key="check-publish"):
        st.html(tag("h2", _("Publish"), css="part-head"))
        gone = _withdrawn(several + chosen)
        planned = plan(several, gone)
        st.html(plan_summary(planned, reader))
        if len(several) < len(shown):
            words = _("The saved web page itself is left out. Select it to publish it too.")
            st.html(tag("p", words, css="meta"))
        if not (planned.to_publish or chosen):
            return
        with st.container(horizontal=True):
            if planned.to_publish:
                _button("check-publish-all", several, gone, busy, place, reader, primary=True)
            if chosen:
                _button("check-publish-selected", chosen, gone, busy, place, reader, primary=False)


def _withdrawn(drafts: Sequence[Draft]) -> Mapping[str, Document]:
    """Return the documents to which drafts belong and that were withdrawn."""
    targets = list(dict.fromkeys(filter(None, map(target_of, drafts))))
    there = resources().archive.documents_by_id(targets) if targets else {}
    return {name: each for name, each in there.items() if each.state is State.WITHDRAWN}


def _button(
    key: str,
    drafts: Sequence[Draft],
    gone: Mapping[str, Document],
    busy: bool,
    place: Place,
    reader: Reader,
    *,
    primary: bool,
) -> None:
    ready = plan(drafts, gone).to_publish
    if primary:
        label = reader.texts.ngettext("Publish {n} draft", "Publish {n} drafts", len(ready))
    else:
        label = reader.texts.ngettext(
            "Publish the {n} that is selected", "Publish the {n} that are selected", len(ready)
        )
    st.button(
        label,
        key=key,
        type="primary" if primary else "secondary",
        disabled=busy or not ready,
        on_click=_publish,
        args=(ready, place, reader),
    )


def _publish(drafts: Sequence[Draft], place: Place, reader: Reader) -> None:
    hand, session = hand_at(place, reader), session_at(place)
    if hand is None:
        return
    names = {draft.id for draft in drafts}
    session.selected = [name for name in session.selected if name not in names]
    session.redraw()
    forget_form()
    begin(hand, drafts)
