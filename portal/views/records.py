"""The records of a conference: find, choose many, and do one thing to all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from archive.editing import Editing
from archive.errors import ArchiveError
from archive.model import Access, Conference, Document, Kind, State
from archive.records import JsonValue, document_to_json
from archive.staff_log import Step
from portal.managing.record_form import typed_of, values_of
from portal.managing.selection import (
    WITHOUT_PANEL,
    filter_of,
    filtered,
    in_state,
    languages_of,
    rows_of,
)
from portal.managing.words import access_name, document_field, state_name
from portal.markup import tag
from portal.reader import Reader
from portal.refusals import refusal_words
from portal.resources import resources
from portal.views.at_once import index_at_once, say, writer
from portal.views.page import parameters

ALL_AT_ONCE = ("creators", "kind", "languages", "date", "rights", "access")
"""Fields that many records may be given at once."""

ROW_HEIGHT, MOST_HEIGHT = 36, 560

_WIDTHS = {
    "title": 380,
    "creators": 180,
    "kind": 110,
    "languages": 90,
    "panel": 220,
    "state": 110,
    "access": 110,
}

Do = Callable[[Editing], Step]


def show_records(conference: Conference, reader: Reader) -> None:
    """Show the table, and what can be done with the rows that are chosen."""
    _ = reader.texts.gettext
    documents = resources().archive.documents(conference=conference.id, state=None)
    if not documents:
        st.html(tag("p", _("This conference has no documents yet."), css="meta"))
        return
    _filters(conference, documents, reader)
    shown = filtered(documents, filter_of(parameters()))
    count = reader.texts.ngettext("{n} record", "{n} records", len(shown))
    st.html(tag("p", count, css="meta", data_announce=count))
    chosen = _table(shown, conference, reader)
    _actions([shown[row] for row in chosen if row < len(shown)], conference, reader)


def _filters(conference: Conference, documents: Sequence[Document], reader: Reader) -> None:
    _ = reader.texts.gettext
    now = filter_of(parameters())
    panels = {panel.id: reader.texts.say(panel.title) or panel.id for panel in conference.panels}
    panels |= {each.panel: each.panel for each in documents if each.panel and each.panel not in panels}
    choices: list[tuple[str, str, Mapping[str, str]]] = [
        ("panel", _("Panel"), {"": _("All"), **panels, WITHOUT_PANEL: _("Without a panel")}),
        ("state", _("State"), {"": _("All"), **{each.value: state_name(each, reader) for each in State}}),
        (
            "language",
            _("Language"),
            {"": _("All"), **{code: reader.texts.language_name(code) for code in languages_of(documents)}},
        ),
    ]
    columns = st.columns(4)
    for column, (name, label, names) in zip(columns, choices, strict=False):
        value = getattr(now, name)
        key = f"filter-{name}"
        st.session_state[key] = value if value in names else ""
        column.selectbox(label, list(names), format_func=names.__getitem__, key=key, on_change=_filter)
    st.session_state["filter-words"] = now.words
    columns[3].text_input(_("Words"), key="filter-words", on_change=_filter)


def _filter() -> None:
    """Put what was chosen into the address."""
    kept = {name: value for name, value in st.query_params.items() if name in ("id", "part", "lang")}
    names = ("panel", "state", "language", "words")
    chosen = {name: str(st.session_state.get(f"filter-{name}") or "") for name in names}
    st.query_params.from_dict({**kept, **{name: value for name, value in chosen.items() if value}})


def _table(documents: Sequence[Document], conference: Conference, reader: Reader) -> list[int]:
    """Show rows to choose from; return the places of those that are chosen."""
    _ = reader.texts.gettext
    rows = rows_of(documents, conference, reader)
    columns = {
        name: st.column_config.TextColumn(document_field(name, reader), width=width)
        for name, width in _WIDTHS.items()
    }
    link = st.column_config.LinkColumn(_("Record"), display_text=_("open"), width="small")
    event = st.dataframe(
        {name: [row[name] for row in rows] for name in ("link", *columns)},
        column_config={"link": link, **columns},
        hide_index=True,
        height=min((len(rows) + 1) * ROW_HEIGHT + 4, MOST_HEIGHT),
        on_select="rerun",
        selection_mode="multi-row",
        key=f"records-{conference.id}-{st.session_state.get('records:round', 0)}",
        placeholder="–",
        alt=_("Records of this conference; choose rows to change them"),
    )
    return list(event["selection"]["rows"])


def _actions(chosen: Sequence[Document], conference: Conference, reader: Reader) -> None:
    _ = reader.texts.gettext
    if not chosen:
        st.html(tag("p", _("Choose rows to change them, all at once."), css="meta"))
        return
    words = reader.texts.ngettext("{n} record is chosen", "{n} records are chosen", len(chosen))
    st.html(tag("h2", words, css="section", data_announce=words))
    states = {document.state for document in chosen}
    actions = {
        "edit": _("Set a field"),
        "move": _("Move to a panel or conference"),
        **({"publish": _("Publish drafts")} if State.DRAFT in states else {}),
        **({"withdraw": _("Withdraw")} if State.PUBLISHED in states else {}),
        **({"restore": _("Restore")} if State.WITHDRAWN in states else {}),
    }
    action = st.selectbox(_("What to do"), list(actions), format_func=actions.__getitem__, key="action")
    names = [document.id for document in chosen]
    field = _field(reader) if action == "edit" else ""
    own = [draft for draft in chosen if not (draft.replaces or draft.format_of)]
    if action == "publish" and len(own) < len(chosen):
        words = _("Drafts that belong to another document are published where drafts are checked.")
        st.html(tag("p", words, css="meta"))
    forms: dict[str, Callable[[], Do | None]] = {
        "edit": lambda: _edit_form(field, chosen, reader),
        "move": lambda: _move_form(names, conference, reader),
        "publish": lambda: _state_form(
            _("Publish"), lambda editing: editing.publish(in_state(own, State.DRAFT))
        ),
        "withdraw": lambda: _withdraw_form(chosen, reader),
        "restore": lambda: _state_form(
            _("Restore"), lambda editing: editing.restore(in_state(chosen, State.WITHDRAWN))
        ),
    }
    with st.form(f"action-{action}-{field}", border=False, enter_to_submit=False):
        do = forms[action or "edit"]()
    if do is not None:
        _carry_out(do, conference.id, reader)


def _field(reader: Reader) -> str:
    labels = {name: document_field(name, reader) for name in ALL_AT_ONCE}
    label = reader.texts.gettext("Field")
    return st.selectbox(label, list(labels), format_func=labels.__getitem__, key="field") or ALL_AT_ONCE[0]


def _state_form(label: str, do: Do) -> Do | None:
    return do if st.form_submit_button(label, type="primary", key="carry-out") else None


def _withdraw_form(chosen: Sequence[Document], reader: Reader) -> Do | None:
    _ = reader.texts.gettext
    reason = st.text_input(_("Reason; readers see it at the address of the document"), key="reason")
    if not st.form_submit_button(_("Withdraw"), type="primary", key="carry-out"):
        return None
    if not reason.strip():
        st.html(tag("p", _("Write a reason."), css="problem"))
        return None
    return lambda editing: editing.withdraw(in_state(chosen, State.PUBLISHED), reason)


def _move_form(names: Sequence[str], conference: Conference, reader: Reader) -> Do | None:
    _ = reader.texts.gettext
    places: dict[str, str] = {}
    others = [each for each in resources().archive.conferences() if each.id != conference.id]
    for each in (conference, *others):
        name = reader.conference(each)
        places[each.id] = f"{name} – {_('without a panel')}"
        places.update({panel.id: f"{name} – {reader.texts.say(panel.title)}" for panel in each.panels})
    target = st.selectbox(_("Where to"), list(places), format_func=places.__getitem__, key="target")
    if not st.form_submit_button(_("Move"), type="primary", key="carry-out") or not target:
        return None
    owner, slash, _own = target.partition("/")
    values: Mapping[str, JsonValue] = {"conference": owner, "panel": target if slash else None}
    return lambda editing: editing.edit(dict.fromkeys(names, values))


def _edit_form(field: str, chosen: Sequence[Document], reader: Reader) -> Do | None:
    """Show the value of a field for all."""
    _ = reader.texts.gettext
    typed = _typed(field, reader)
    if not st.form_submit_button(_("Set for all"), type="primary", key="carry-out"):
        return None
    values: dict[str, Mapping[str, JsonValue]] = {}
    for document in chosen:
        record = document_to_json(document)
        found, problems = values_of({**typed_of(record), **typed}, record, lambda _id: True, reader.texts)
        if problems:
            st.html(tag("p", next(iter(problems.values())), css="problem"))
            return None
        values[document.id] = found
    return lambda editing: editing.edit(values)


def _typed(field: str, reader: Reader) -> dict[str, object]:
    """Show the widgets of a field; return what stands in them."""
    _ = reader.texts.gettext
    label = document_field(field, reader)
    if field == "kind":
        kinds = {each.value: reader.kind(each) for each in Kind}
        return {"kind": st.selectbox(label, list(kinds), format_func=kinds.__getitem__, key="value-kind")}
    if field == "access":
        names = {each.value: access_name(each, reader) for each in Access}
        access = st.selectbox(label, list(names), format_func=names.__getitem__, key="value-access")
        until = st.text_input(document_field("embargoed_until", reader), key="value-until")
        return {"access": access, "embargoed_until": until.strip()}
    if field == "creators":
        return {"creators": st.text_area(_("Creators, one a line"), key="value-creators", height=110)}
    text = st.text_input(label, key=f"value-{field}")
    if field == "languages":
        return {"languages": text.replace(",", " ").replace(";", " ").split()}
    return {field: text.strip()}


def _carry_out(do: Do, conference: str, reader: Reader) -> None:
    _ = reader.texts.gettext
    if person := writer(reader):
        try:
            step = do(Editing(resources().archive, person, conference=conference))
        except (ArchiveError, OSError) as exc:
            say(_("This did not work: {reason}").format(reason=refusal_words(exc, reader)), wrong=True)
        else:
            index_at_once(list(step.differences))
            words = reader.texts.ngettext(
                "{n} record changed. Below it can be taken back.",
                "{n} records changed. Below it can be taken back.",
                len(step.differences),
            )
            say(words)
            st.session_state["records:round"] = st.session_state.get("records:round", 0) + 1
    st.rerun()
