"""Translations that the archive found: staff accept and refuse them, and take that back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from archive.access import Audience
from archive.editing import Editing
from archive.errors import ArchiveError
from archive.model import Document, Page
from archive.translation_decisions import TranslationDecisions
from index.readership import Readership
from portal.markup import tag
from portal.reader import Reader
from portal.refusals import refusal_words
from portal.resources import resources
from portal.translating.page import acceptance, head, opened_part, pair, part_lead, refusal, sheets
from portal.translating.proposals import Overview, Part, Proposal, overview
from portal.urls import first, number
from portal.views.at_once import index_at_once, said, say, writer
from portal.views.page import current_reader, parameters

PAIRS_SHOWN = 10
"""So many pairs stand on one sheet."""

LAST_SHEET = 10_000


def show() -> None:
    """Show the page."""
    reader, given = current_reader(), parameters()
    shown = overview(resources().archive, reader.today)
    part = opened_part(first(given, "part"), shown)
    with st.container(key="translations"):
        with st.container(key="translations-head"):
            st.html(head(shown, part, reader))
        said()
        if lead := part_lead(part, shown, reader):
            st.html(lead)
        if part is Part.DECIDED:
            _decided(shown, reader)
        else:
            _proposals(shown.proposals[part], part, number(given, "page", LAST_SHEET), reader)


def _proposals(proposals: tuple[Proposal, ...], part: Part, sheet: int, reader: Reader) -> None:
    count = -(-len(proposals) // PAIRS_SHOWN)
    sheet = min(sheet, max(count, 1))
    shown = proposals[(sheet - 1) * PAIRS_SHOWN : sheet * PAIRS_SHOWN]
    documents = [each for proposal in shown for each in (proposal.older, proposal.newer)]
    shelf, pages = resources().shelf(documents, reader.audience), _first_pages(documents)
    for proposal in shown:
        with st.container(key=f"pair-{proposal.key}"):
            st.html(pair(proposal, pages, shelf, reader))
            _buttons(proposal, reader)
    if links := sheets(count, sheet, part, reader):
        st.html(links)


def _first_pages(documents: list[Document]) -> dict[str, Page | None]:
    """Return the first page of each document, as the public sees it."""
    shared = resources()
    pages = shared.archive.pages_of([each.id for each in documents])
    public = Readership(shared.archive, Audience.PUBLIC)
    return {each.id: next(iter(public.shown(each, pages[each.id])), None) for each in documents}


def _buttons(proposal: Proposal, reader: Reader) -> None:
    _ = reader.texts.gettext
    titles = {each.id: _titled(each, reader) for each in (proposal.older, proposal.newer)}
    key = f"original-{proposal.key}"
    with st.container(key=f"decide-{proposal.key}", horizontal=True, vertical_alignment="bottom"):
        st.selectbox(_("The original is"), list(titles), format_func=titles.__getitem__, key=key, width=420)
        st.button(
            _("Accept"),
            type="primary",
            key=f"accept-{proposal.key}",
            on_click=_accept,
            args=(tuple(titles), key, reader),
        )
        st.button(
            _("No translations"), key=f"refuse-{proposal.key}", on_click=_refuse, args=(*titles, reader)
        )


def _titled(document: Document, reader: Reader) -> str:
    code = document.languages[0] if document.languages else ""
    return f"{reader.texts.language_name(code)}: {document.title}" if code else document.title


def _decided(shown: Overview, reader: Reader) -> None:
    """List what was decided last, each with a button that takes it back."""
    _ = reader.texts.gettext
    archive = resources().archive
    if shown.accepted:
        st.html(tag("h2", _("Accepted last"), css="section"))
        titles = archive.documents_by_id(_named(shown))
    with st.container(key="steps"):
        for step in shown.accepted:
            left, right = st.columns([5, 1], vertical_alignment="center")
            left.html(acceptance(step, titles, reader))
            right.button(_("Take back"), key=f"undo-{step.id}", on_click=_undo, args=(step.id, reader))
    if not shown.refused:
        return
    st.html(tag("h2", _("Refused"), css="section"))
    with st.container(key="refusals"):
        for refused, one, other in shown.refused:
            left, right = st.columns([5, 1], vertical_alignment="center")
            left.html(refusal(refused, one, other, reader))
            key = f"again-{refused.one}-{refused.other}"
            given = (refused.one, refused.other, reader)
            right.button(_("Take back"), key=key, on_click=_propose_again, args=given)


def _named(shown: Overview) -> list[str]:
    """Return the documents that the steps speak of: those changed, and what they are translations of."""
    named = {name for step in shown.accepted for name in step.differences}
    for step in shown.accepted:
        for fields in step.differences.values():
            after = fields["translation_of"][1]
            named.update(map(str, after) if isinstance(after, list) else ())
    return sorted(named)


def _accept(documents: tuple[str, ...], key: str, reader: Reader) -> None:
    original = str(st.session_state.get(key) or documents[0])
    (translation,) = (each for each in documents if each != original)
    _do(
        reader,
        reader.texts.gettext("Accepted: readers see each at the other."),
        lambda decisions: decisions.accept(original, translation),
        (translation, original),
    )


def _refuse(one: str, other: str, reader: Reader) -> None:
    done = reader.texts.gettext("Refused: it is not proposed again. “Decided” can take it back.")
    _do(reader, done, lambda decisions: decisions.refuse(one, other))


def _propose_again(one: str, other: str, reader: Reader) -> None:
    done = reader.texts.gettext("Taken back. The archive looks again within minutes.")
    _do(reader, done, lambda decisions: decisions.propose_again(one, other))


def _do(
    reader: Reader,
    done: str,
    change: Callable[[TranslationDecisions], object],
    changed: tuple[str, ...] = (),
) -> None:
    """Decide something in the name of who asks, and say how it went."""
    archive = resources().archive
    if not (person := writer(reader)):
        return
    try:
        change(TranslationDecisions(archive, person))
    except (ArchiveError, OSError) as exc:
        message = reader.texts.gettext("This did not work: {reason}")
        say(message.format(reason=refusal_words(exc, reader)), wrong=True)
    else:
        index_at_once(changed)
        say(done)


def _undo(step: int, reader: Reader) -> None:
    _ = reader.texts.gettext
    if not (person := writer(reader)):
        return
    try:
        done, left = Editing(resources().archive, person).undo(step)
    except (ArchiveError, OSError) as exc:
        say(_("This could not be taken back: {reason}").format(reason=refusal_words(exc, reader)), wrong=True)
        return
    index_at_once(list(done.differences))
    words = _("Not taken back: the record was changed since.") if left else _("Taken back.")
    say(words, wrong=bool(left))
