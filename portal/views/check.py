"""Drafts: what was found out of each file, to be corrected and published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from archive.accounts import Role
from archive.errors import ArchiveError, NotFoundError
from archive.model import Kind
from archive.staff_log import StaffLog, Step
from ingest.dismissal import dismiss
from ingest.drafts import Desk, Draft, Drafts
from portal.cards import Shelf
from portal.checking import bulk
from portal.checking.actions import Hand
from portal.checking.cards import cards
from portal.checking.deletion import deleted
from portal.checking.desk import chips, desk_head, failed_entry, progress_bar, published, special
from portal.checking.heaps import heaps_page
from portal.checking.place import Look, Place, place_of
from portal.checking.publication import ended, under_way
from portal.checking.steps import STEPS_SHOWN, history, last_to_take_back
from portal.checking.words import plain
from portal.checking.zips import unpacked_zips
from portal.markup import tag
from portal.reader import Reader
from portal.refusals import refusal_words
from portal.resources import resources
from portal.steps import step_words
from portal.views.check_bulk import changed_words
from portal.views.check_folders import folders_section
from portal.views.check_form import form
from portal.views.check_grid import grid
from portal.views.check_manifest import manifest_section
from portal.views.check_many import many, selected_drafts, shown_drafts
from portal.views.check_publish import publish, warnings
from portal.views.check_state import Session, forget_form, hand_at, session_at, tell
from portal.views.check_webpage import webpage_section
from portal.views.page import current_reader, current_visitor, not_found, parameters

LOOK_AGAIN_SECONDS = 2
"""How often to look while files are being read or drafts published."""


def show() -> None:
    """Show the page."""
    reader, shared, place = current_reader(), resources(), place_of(parameters())
    drafts = Drafts(shared.archive)
    with st.container(key="check"):
        if not place.is_desk:
            st.html(heaps_page(drafts.heaps(), shared.shelf(), reader))
            return
        try:
            desk = drafts.of_batch(place.batch) if place.batch else drafts.of_conference(place.conference)
        except NotFoundError:
            not_found(reader)
            return
        _desk(desk, place, shared.shelf(), reader)


def _desk(desk: Desk, place: Place, shelf: Shelf, reader: Reader) -> None:
    session, archive = session_at(place), resources().archive
    st.html(desk_head(desk, place, shelf, reader))
    _under_way(desk, place, reader)
    if told := published(desk, reader):
        st.html(told)
    _messages(session, place, reader)
    hand = Hand(archive, current_visitor().name, place.step_key)
    steps = hand.steps(STEPS_SHOWN)
    manifest_section(desk, place, shelf, reader)
    webpage_section(desk, place, reader)
    folders_section(desk, place, shelf, reader)
    if desk.drafts or desk.under_way:
        _work(desk, place, steps, shelf, reader)
    elif steps:
        _undo(steps, place, reader)
    gone = StaffLog(archive.catalogue.engine).deletions([str(entry.document) for entry in desk.deleted])
    for told in (special(desk, reader), unpacked_zips(desk, reader), deleted(desk, gone, reader)):
        if told:
            st.html(told)
    _failed(desk, place, reader)
    _history(steps, reader)


def _work(desk: Desk, place: Place, steps: Sequence[Step], shelf: Shelf, reader: Reader) -> None:
    """Show the drafts, and all that can be done with them."""
    languages = resources().settings.languages
    st.html(chips(desk, place, reader))
    with st.container(key="check-tools", horizontal=True, vertical_alignment="bottom"):
        _filters(desk, place, shelf, reader)
        _undo(steps, place, reader)
    opened = _opened(desk, place)
    if place.look is Look.GRID:
        grid(desk, place, shelf, languages, reader, is_opened=opened is not None)
        if opened is not None:
            form(opened, place, shelf, languages, reader)
    else:
        _list(desk, place, opened, shelf, reader)
    many(desk, place, shelf, languages, reader)
    warnings(desk, place, reader)
    publish(desk, place, reader)


def _opened(desk: Desk, place: Place) -> Draft | None:
    """Return the draft whose details are shown: the one in the address, else the only one selected."""
    if place.open:
        return desk.draft(place.open)
    chosen = selected_drafts(desk, place)
    return chosen[0] if len(chosen) == 1 else None


def _list(desk: Desk, place: Place, opened: Draft | None, shelf: Shelf, reader: Reader) -> None:
    """Show the drafts as cards, the open one with its form in its place."""
    shown = shown_drafts(desk, place)
    at = next((number for number, draft in enumerate(shown) if draft is opened), len(shown))
    if before := cards(shown[:at], place, shelf, reader):
        st.html(before)
    if opened is not None:
        form(opened, place, shelf, resources().settings.languages, reader)
    if after := cards(shown[at + 1 :], place, shelf, reader):
        st.html(after)


def _under_way(desk: Desk, place: Place, reader: Reader) -> None:
    """Show progress, and look again as long as there is any."""
    key, session = place.step_key, session_at(place)
    busy = bool(desk.under_way) or under_way(key) is not None or bulk.under_way(key) is not None
    session.done = len(desk.entries) - desk.under_way
    if (run := ended(place.step_key)) is not None:
        session.redraw()
        session.scope = ""
        if run.error is not None:
            tell(place, reader, run.error)
        elif not place.batch:  # a batch tells what of it is published
            done = run.total - len(run.problems)
            session.notices.append(
                reader.texts.ngettext(
                    "{n} draft has been published.", "{n} drafts have been published.", done
                )
            )
        for name, problem in run.problems.items():
            draft = desk.draft(name)
            title = reader.texts.gettext("“{title}”").format(title=draft.document.title if draft else name)
            session.messages.append(f"{title}: {refusal_words(problem, reader)}")
    if (change := bulk.ended(place.step_key)) is not None:
        session.redraw()
        session.scope = ""
        if change.error is not None:
            tell(place, reader, change.error)
        elif change.step is not None:
            session.notices.append(changed_words(change.step, reader))
    if busy:
        st.fragment(_progress, run_every=LOOK_AGAIN_SECONDS)(place, reader)


def _progress(place: Place, reader: Reader) -> None:
    """Show how far reading and publishing are; the whole page follows when there is something new."""
    if not current_visitor().may(Role.STAFF):  # only this part runs again, and nobody else asks
        st.rerun()
    _ = reader.texts.gettext
    run, change = under_way(place.step_key), bulk.under_way(place.step_key)
    for each, words in ((run, _("{done} of {total} published")), (change, _("{done} of {total} changed"))):
        if each is not None:
            counts = {"done": reader.texts.number(each.done), "total": reader.texts.number(each.total)}
            st.progress(each.done / max(each.total, 1), text=words.format(**counts))
    done, total = Drafts(resources().archive).progress(place.batch) if place.batch else (0, 0)
    if done < total:
        st.html(progress_bar(done, total, reader))
    session = session_at(place)
    if (place.batch and done != session.done) or (run is None and change is None and done == total):
        st.rerun()


def _messages(session: Session, place: Place, reader: Reader) -> None:
    for message in session.messages:
        st.error(plain(message))
    for notice in session.notices:
        st.success(plain(notice))


def _filters(desk: Desk, place: Place, shelf: Shelf, reader: Reader) -> None:
    """Filter by kind and panel where there are several."""
    _ = reader.texts.gettext
    documents = [draft.document for draft in desk.drafts]
    kinds = [kind.value for kind in Kind if kind in {each.kind for each in documents}]
    panels = list(dict.fromkeys(each.panel for each in documents if each.panel))
    fields: tuple[tuple[str, str, list[str]], ...] = (
        ("kind", _("Kind"), kinds),
        ("panel", _("Panel"), panels),
    )
    for field, label, values in fields:
        now = getattr(place, field) or ""
        if len(values) < 2 and not now:
            continue
        _filter_by(field, label, [*dict.fromkeys(("", *values, now))], place, shelf, reader)


def _filter_by(
    field: str, label: str, values: Sequence[str], place: Place, shelf: Shelf, reader: Reader
) -> None:
    _ = reader.texts.gettext
    key = f"check-filter-{field}"

    def name_of(value: str) -> str:
        if not value:
            return _("All")
        return reader.kind(value) if field == "kind" else shelf.panel(value, reader) or value

    st.session_state[key] = getattr(place, field) or ""
    st.selectbox(
        label,
        values,
        format_func=name_of,
        key=key,
        on_change=_filter,
        args=(field, key, place, reader),
        width=260,
    )


def _filter(field: str, key: str, place: Place, reader: Reader) -> None:
    value = st.session_state[key]
    changed = replace(place, kind=Kind(value) if value else None) if field == "kind" else place
    if field == "panel":
        changed = replace(place, panel=value)
    st.query_params.from_dict(changed.parameters(reader))


def _undo(steps: Sequence[Step], place: Place, reader: Reader) -> None:
    """Offer to take back what this person did last, and say what that is."""
    _ = reader.texts.gettext
    step = last_to_take_back(steps, current_visitor().name)
    if step is None:  # its place is kept, so that nothing moves when there is something
        st.button(_("Nothing to take back"), key="check-undo", icon=":material/undo:", disabled=True)
        return
    words = step_words(step, resources().archive.documents_by_id(list(step.differences)[:1]), reader)
    st.button(
        plain(_("Take back: {step}").format(step=words)),
        key="check-undo",
        icon=":material/undo:",
        on_click=_take_back,
        args=(step.id, place, reader),
    )


def _take_back(step: int, place: Place, reader: Reader) -> None:
    hand, session = hand_at(place, reader), session_at(place)
    if hand is None:
        return
    try:
        left = hand.undo(step)
    except ArchiveError as exc:
        tell(place, reader, exc)
    else:
        if left:
            count = reader.texts.ngettext(
                "{n} record was changed since; what was changed stays.",
                "{n} records were changed since; what was changed stays.",
                len(left),
            )
            session.messages.append(count)
    session.redraw()
    session.scope = ""
    forget_form()


def _failed(desk: Desk, place: Place, reader: Reader) -> None:
    """Show the files that were not taken in, and let them be tried again."""
    _ = reader.texts.gettext
    for entry in desk.failed:
        with st.container(key=f"check-failed-{entry.id}"):
            st.html(failed_entry(entry, reader))
            st.button(
                _("Try again"),
                key=f"check-retry-{entry.id}",
                help=plain(entry.path),
                on_click=_retry,
                args=([entry.id], place, reader),
            )
            _dismissal([entry.id], f"check-dismiss-{entry.id}", place, reader)
    if len(desk.failed) > 1:
        every = [entry.id for entry in desk.failed]
        st.button(_("Try all of them again"), key="check-retry", on_click=_retry, args=(every, place, reader))
        _dismissal(every, "check-dismiss", place, reader)


def _dismissal(entries: Sequence[int], key: str, place: Place, reader: Reader) -> None:
    _ = reader.texts.gettext
    with st.popover(_("Dismiss all of them …") if len(entries) > 1 else _("Dismiss it …"), key=f"{key}-ask"):
        st.html(tag("p", _("What was handed in is deleted. The log keeps its name and who dismissed it.")))
        st.button(_("Dismiss for good"), key=key, on_click=_dismiss, args=(entries, place, reader))


def _dismiss(entries: Sequence[int], place: Place, reader: Reader) -> None:
    hand, session = hand_at(place, reader), session_at(place)
    if hand is not None:
        dismiss(hand.archive, hand.person, entries)
        session.scope = ""


def _retry(entries: Sequence[int], place: Place, reader: Reader) -> None:
    hand, session = hand_at(place, reader), session_at(place)
    if hand is not None:
        hand.retry(entries)
        session.scope = ""


def _history(steps: Sequence[Step], reader: Reader) -> None:
    _ = reader.texts.gettext
    with st.expander(_("What was done here")):
        names = {name for step in steps for name in list(step.differences)[:1]}
        titles = resources().archive.documents_by_id(sorted(names))
        st.html(history(steps, titles, reader))
