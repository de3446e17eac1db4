"""The grid of drafts: every correction is kept at once, and nothing moves under who types.

The grid keeps what was typed in the browser and lays it over the rows it is given, by position. So its rows
stay the same, and in the same order, until somebody asks for others: a file that waits has its row already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd  # type: ignore[import-untyped]
import pyarrow as pa  # type: ignore[import-untyped]
import streamlit as st
from streamlit.elements.lib.column_types import ButtonColumnResult, ColumnConfig

from archive.errors import ArchiveError
from archive.model import Conference, Kind
from ingest.drafts import Desk, Draft
from portal.cards import Shelf
from portal.checking.cells import (
    FIRST_DAY,
    LAST_DAY,
    CellError,
    Column,
    Values,
    cells,
    column_name,
    is_kept,
    parse,
)
from portal.checking.place import Place
from portal.checking.problems import state_of, state_of_entry
from portal.markup import seen
from portal.reader import Reader
from portal.views.check_state import forget_form, hand_at, session_at, tell

SELECT, OPEN, FILES, PAGES, STATE = "select", "open", "files", "pages", "state"
_TEXT = pd.ArrowDtype(pa.string())
_TYPES = {
    SELECT: pd.ArrowDtype(pa.bool_()),
    Column.LANGUAGES: pd.ArrowDtype(pa.list_(pa.string())),
    Column.DATE: pd.ArrowDtype(pa.date32()),
    PAGES: pd.ArrowDtype(pa.int64()),
}
"""Fixed, since a column that is empty for now would get another type with its first value, and a new grid."""

_ROW_HEIGHT = 37
_ROWS_SHOWN, _ROWS_BESIDE_DETAILS = 14, 6
"""Few where the details of a draft stand below, so that they are in sight."""


def grid(
    desk: Desk, place: Place, shelf: Shelf, languages: Sequence[str], reader: Reader, *, is_opened: bool
) -> None:
    """Show the grid."""
    _ = reader.texts.gettext
    session = session_at(place)
    _lay(desk, place)
    if _has_drifted(desk, place, shelf, reader):
        session.redraw()
    drafts = _drafts(session.rows, desk)
    rows_shown = _ROWS_BESIDE_DETAILS if is_opened else _ROWS_SHOWN
    rows = [_row(key, drafts.get(key), desk, session.selected, reader) for key in session.rows]
    _keep_beneath(rows, place)
    frame = pd.DataFrame(
        {
            name: pd.Series(
                [row[name] for row in rows], index=list(session.rows), dtype=_TYPES.get(name, _TEXT)
            )
            for name in _ORDER
        }
    )
    st.data_editor(
        frame,
        key=_key(place),
        hide_index=True,
        height=(min(len(rows), rows_shown) + 1) * _ROW_HEIGHT + 3,
        row_height=_ROW_HEIGHT,
        column_config=_columns(desk, place, shelf, languages, reader),
        disabled=[FILES, PAGES, STATE],
        placeholder="–",
        alt=_("Drafts to be corrected; the list shows the same with fields to fill in"),
        on_change=_changed,
        args=(desk, place, shelf, reader),
    )
    late = [draft for draft in desk.drafts if place.shows(draft) and draft.id not in _ids(drafts)]
    if late:
        more = reader.texts.ngettext("Show {n} more draft", "Show {n} more drafts", len(late))
        st.button(more, key="check-more", on_click=_lay_anew, args=(place,))


_ORDER = (
    SELECT,
    OPEN,
    FILES,
    Column.TITLE,
    STATE,
    Column.CREATORS,
    Column.LANGUAGES,
    Column.PANEL,
    Column.KIND,
    Column.DATE,
    Column.CONFERENCE,
    PAGES,
)


def _keep_beneath(rows: list[dict[str, object]], place: Place) -> None:
    """Leave cells that the browser lays something over as they were sent, so that an edit is no new data."""
    session = session_at(place)
    if session.sent_for != session.generation:
        session.sent_for, session.sent = session.generation, rows
        return
    for position, edited in _edits(place).items():
        for name in edited:
            rows[position][name] = session.sent[position][name]
    session.sent = rows


def _key(place: Place) -> str:
    return f"check-grid-{session_at(place).generation}"


def _scope(place: Place) -> str:
    return "|".join((place.step_key, place.problem or "", place.kind or "", place.panel))


def _lay(desk: Desk, place: Place) -> None:
    """Choose the rows, once for each filter."""
    session = session_at(place)
    if session.scope == _scope(place):
        return
    session.scope = _scope(place)
    waiting = [] if place.is_filtered else [f"+{entry.id}" for entry in desk.entries if entry.is_under_way]
    session.rows = (*(draft.id for draft in desk.drafts if place.shows(draft)), *waiting)
    session.redraw()


def _lay_anew(place: Place) -> None:
    session_at(place).scope = ""


def _drafts(rows: Sequence[str], desk: Desk) -> dict[str, Draft]:
    """Return the draft of each row that has one; of two rows for one document the first."""
    documents = {f"+{entry.id}": entry.document for entry in desk.entries if entry.status != "unchanged"}
    found: dict[str, Draft] = {}
    seen: set[str] = set()
    known = {draft.id: draft for draft in desk.drafts}
    for key in rows:
        draft = known.get(documents.get(key, key) or "")
        if draft is not None and draft.id not in seen:
            found[key] = draft
            seen.add(draft.id)
    return found


def _ids(drafts: Mapping[str, Draft]) -> set[str]:
    return {draft.id for draft in drafts.values()}


def _row(
    key: str, draft: Draft | None, desk: Desk, selected: Sequence[str], reader: Reader
) -> dict[str, object]:
    _ = reader.texts.gettext
    empty: dict[str, object] = dict.fromkeys(_ORDER)
    if draft is not None:
        files = draft.document.current.files
        return {
            **empty,
            **{name: value for name, value in cells(draft.document).items() if value != []},
            SELECT: draft.id in selected,
            OPEN: _("Open"),
            FILES: " + ".join(file.name for file in files),
            PAGES: files[0].page_count,
            STATE: state_of(draft, reader),
        }
    entry = next((entry for entry in desk.entries if f"+{entry.id}" == key), None)
    if entry is not None:
        return {**empty, FILES: seen(entry.path), STATE: state_of_entry(entry, desk, reader)}
    gone = desk.others.get(key)
    return {
        **empty,
        Column.TITLE: seen(gone.title) if gone else None,
        STATE: _("No longer a draft") if gone else _("Deleted"),
    }


def _columns(
    desk: Desk, place: Place, shelf: Shelf, languages: Sequence[str], reader: Reader
) -> dict[str, ColumnConfig | ButtonColumnResult | str | None]:
    _ = reader.texts.gettext
    config = st.column_config
    shown = [draft.document for draft in desk.drafts]
    codes = [*languages, *(code for each in shown for code in each.languages if code)]
    conferences = _conferences([each.conference for each in shown], place, shelf)
    names = {known.id: reader.conference(known) for known in shelf.conferences.values()}
    panels = {panel.id: reader.texts.say(panel.title) for known in conferences for panel in known.panels}
    if len(conferences) > 1:
        panels = {
            panel.id: f"{reader.conference(known)}: {reader.texts.say(panel.title)}"
            for known in conferences
            for panel in known.panels
        }
    panels |= {each.panel: each.panel for each in shown if each.panel and each.panel not in panels}
    kinds = {kind.value: reader.kind(kind) for kind in Kind}
    return {
        SELECT: config.CheckboxColumn(_("Select"), width=90, pinned=True),
        OPEN: config.ButtonColumn(
            _("Details"),
            width=104,
            type="tertiary",
            key=f"check-open-{session_at(place).generation}",
            on_click=_opened,
            args=(desk, place, reader),
        ),
        FILES: config.TextColumn(_("Files"), width=170),
        Column.TITLE: config.TextColumn(column_name(Column.TITLE, reader), width=310),
        Column.CREATORS: config.TextColumn(
            column_name(Column.CREATORS, reader),
            width=190,
            help=_("Several are written with a semicolon between them."),
        ),
        Column.LANGUAGES: config.MultiselectColumn(
            column_name(Column.LANGUAGES, reader),
            width=120,
            options=list(dict.fromkeys(codes)),
            format_func=str.upper,
        ),
        Column.CONFERENCE: config.SelectboxColumn(
            column_name(Column.CONFERENCE, reader),
            width=170,
            options=list(dict.fromkeys([*names, *(each.conference for each in shown)])),
            format_func=lambda value: names.get(str(value), str(value)),
        ),
        Column.PANEL: config.SelectboxColumn(
            column_name(Column.PANEL, reader),
            width=220,
            options=list(panels),
            format_func=lambda value: panels.get(str(value), str(value)),
        ),
        Column.KIND: config.SelectboxColumn(
            column_name(Column.KIND, reader),
            width=130,
            options=list(kinds),
            format_func=lambda value: kinds.get(str(value), str(value)),
        ),
        Column.DATE: config.DateColumn(
            column_name(Column.DATE, reader),
            width=110,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="DD.MM.YYYY" if reader.texts.language != "en" else "D MMM YYYY",
        ),
        PAGES: config.NumberColumn(_("Pages"), width=70),
        STATE: config.TextColumn(_("State"), width=180),
    }


def _conferences(used: Sequence[str], place: Place, shelf: Shelf) -> list[Conference]:
    names = dict.fromkeys([place.conference, *used])
    return [shelf.conferences[name] for name in names if name in shelf.conferences]


def _edits(place: Place) -> Mapping[int, Mapping[str, object]]:
    """Return what the browser lays over the rows: position -> column -> value."""
    state = st.session_state.get(_key(place))
    return state["edited_rows"] if state else {}


def _has_drifted(desk: Desk, place: Place, shelf: Shelf, reader: Reader) -> bool:
    """Tell whether the browser still shows something typed that the archive has otherwise by now."""
    session = session_at(place)
    drafts = _drafts(session.rows, desk)
    for position, edited in _edits(place).items():
        draft = drafts.get(session.rows[position]) if position < len(session.rows) else None
        for name, value in edited.items():
            if draft is None:
                return True
            if name == SELECT:
                if (value is True) is not (draft.id in session.selected):
                    return True
                continue
            try:
                values = parse(Column(name), value, draft.document, shelf, reader)
            except (CellError, ValueError):
                return True
            if not is_kept(draft.document, values):
                return True
    return False


def _changed(desk: Desk, place: Place, shelf: Shelf, reader: Reader) -> None:
    """Keep what was typed since the last time, and only that."""
    _ = reader.texts.gettext
    hand, session = hand_at(place, reader), session_at(place)
    if hand is None:
        session.redraw()
        return
    drafts = _drafts(session.rows, desk)
    values: dict[str, Values] = {}
    for position, edited in _edits(place).items():
        draft = drafts.get(session.rows[position]) if position < len(session.rows) else None
        for name, value in edited.items():
            if draft is None:
                session.messages.append(_("This row cannot be changed now."))
                session.redraw()
            elif name == SELECT:
                _select(session.selected, draft.id, value is True)
            else:
                try:
                    typed = parse(Column(name), value, draft.document, shelf, reader)
                except CellError as exc:
                    message = "“{title}”, {column}: {reason}"
                    column = column_name(Column(name), reader)
                    session.messages.append(
                        message.format(title=draft.document.title, column=column, reason=exc)
                    )
                    session.redraw()
                else:
                    if not is_kept(draft.document, typed):
                        values[draft.id] = {**values.get(draft.id, {}), **typed}
    if values:
        try:
            hand.edit(values)
        except ArchiveError as exc:
            tell(place, reader, exc)
            session.redraw()
        forget_form()


def _select(selected: list[str], document: str, chosen: bool) -> None:
    if chosen and document not in selected:
        selected.append(document)
    elif not chosen and document in selected:
        selected.remove(document)


def _opened(desk: Desk, place: Place, reader: Reader) -> None:
    """Show the details of the row whose button was pressed."""
    session = session_at(place)
    click = st.session_state.get(f"check-open-{session.generation}")
    row = click["row"] if click else -1
    draft = _drafts(session.rows, desk).get(session.rows[row]) if 0 <= row < len(session.rows) else None
    if draft is not None:
        st.query_params.from_dict(replace(place, open=draft.id).parameters(reader))
