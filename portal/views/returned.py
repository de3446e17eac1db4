"""Records as a spreadsheet: download, hand in again, see what would change, and take what is wanted."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from archive.editing import Editing
from archive.errors import ArchiveError, NotFoundError
from archive.model import Conference
from archive.records import JsonValue, document_to_json
from ingest.errors import TableError
from ingest.returned import ReturnedSheets
from ingest.spreadsheet_changes import RowChange, changes_of, related_in
from ingest.spreadsheet_reading import LARGEST_BYTES, read_spreadsheet
from portal.identity import TOKEN_FIELD
from portal.managing.overview import Part
from portal.managing.preview import preview
from portal.managing.vocabulary import vocabulary
from portal.markup import Markup, seen, tag
from portal.notices import notice
from portal.reader import Reader
from portal.refusals import refusal_words
from portal.resources import resources
from portal.urls import first
from portal.views.at_once import index_at_once, say, writer
from portal.views.page import current_visitor, parameters


def show_table(conference: Conference, reader: Reader) -> None:
    """Show the way out and the way back, and what came back."""
    _ = reader.texts.gettext
    refused = {
        "size": _("The file is larger than any table of records."),
        "none": _("Choose a file first."),
    }.get(first(parameters(), "refused"))
    st.html(_ways(conference, reader))
    if refused:
        st.html(notice(refused, wrong=True))
    if sheet := first(parameters(), "sheet"):
        _returned(conference, sheet, reader)


def _ways(conference: Conference, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    lang = f"?lang={reader.links.lang}" if reader.links.lang else ""
    back = f"/records/{conference.id}/changes{lang}"
    downloads = [
        tag("a", name, css="button", href=f"/records/{conference.id}.{form}{lang}", download=True)
        for name, form in ((_("Download as Excel (.xlsx)"), "xlsx"), (_("Download as CSV"), "csv"))
    ]
    return tag(
        "div",
        tag(
            "div",
            tag("h2", _("1. Download")),
            tag("p", _("One row a document. Change what you like; a grey heading is only to be read.")),
            tag("p", *downloads, css="buttons"),
        ),
        tag(
            "div",
            tag("h2", _("2. Hand in again")),
            tag("p", _("Nothing is changed before you have seen what would change.")),
            upload_form(back, ".xlsx,.csv", _("Show the changes"), reader),
        ),
        css="ways",
    )


def upload_form(action: str, accept: str, label: str, reader: Reader, **hidden: str) -> Markup:
    """Make a form that sends one file to a route."""
    _ = reader.texts.gettext
    values = {TOKEN_FIELD: current_visitor().token, **hidden}
    chooser = tag("input", type="file", name="file", accept=accept, required=True)
    return tag(
        "form",
        *(tag("input", type="hidden", name=name, value=value) for name, value in values.items()),
        tag(
            "label",
            tag("span", _("File"), css="label"),
            chooser,
        ),
        tag("button", label, type="submit", css="button"),
        method="post",
        action=action,
        enctype="multipart/form-data",
        css="send",
    )


def _returned(conference: Conference, sheet: str, reader: Reader) -> None:
    _ = reader.texts.gettext
    archive = resources().archive
    try:
        rows = read_spreadsheet(_sheets().path(sheet))
    except NotFoundError:
        st.html(notice(_("This table is no longer here. Hand it in again."), wrong=True))
        return
    except (TableError, OSError):
        message = _(
            "This cannot be read as a table of records: hand in the .xlsx or .csv that you downloaded."
        )
        st.html(notice(message, wrong=True))
        return
    documents = archive.documents(conference=conference.id, state=None)
    related = archive.documents_by_id(related_in(rows))
    changes = changes_of(rows, conference, documents, related, vocabulary(reader))
    takeable = [change for change in changes if change.can_be_taken]
    _summary(len(rows), changes, takeable, reader)
    if changes:
        st.html(preview(changes, reader))
    if takeable:
        _choice(conference, sheet, takeable, reader)


def _summary(rows: int, changes: Sequence[RowChange], takeable: Sequence[RowChange], reader: Reader) -> None:
    _ = reader.texts.gettext
    st.html(tag("h2", _("3. What would change"), css="section"))
    read = reader.texts.ngettext("{n} row was read", "{n} rows were read", rows)
    would = reader.texts.ngettext("{n} would be changed", "{n} would be changed", len(takeable))
    wrong = reader.texts.ngettext("{n} cannot be taken", "{n} cannot be taken", len(changes) - len(takeable))
    words = f"{read}; {would}; {wrong}."
    st.html(tag("p", words, data_announce=words))


def _choice(conference: Conference, sheet: str, takeable: Sequence[RowChange], reader: Reader) -> None:
    _ = reader.texts.gettext
    names = {change.number: f"{change.number}: {seen(change.title[:60])}" for change in takeable}
    warned = [change.number for change in takeable if change.problems]
    with st.form("take", border=False, enter_to_submit=False):
        left_out = st.multiselect(
            _("Leave out these rows"),
            list(names),
            default=warned,
            format_func=names.__getitem__,
            placeholder=_("none"),
            key=f"left-out-{sheet}",
        )
        wanted = st.form_submit_button(_("Take the changes"), type="primary", key="take-changes")
    if wanted:
        _take(conference, sheet, [each for each in takeable if each.number not in left_out], reader)


def _take(conference: Conference, sheet: str, wanted: Sequence[RowChange], reader: Reader) -> None:
    """Change the records as one step, unless somebody was quicker."""
    _ = reader.texts.gettext
    if not wanted:
        say(_("No row is left."), wrong=True)
        st.rerun()
    person = writer(reader)
    if not person:
        st.rerun()
    archive = resources().archive
    now = archive.documents_by_id([change.document for change in wanted])
    expected: dict[str, dict[str, JsonValue]] = {
        name: {field: document_to_json(document)[field] for field in _fields(wanted, name)}
        for name, document in now.items()
    }
    try:
        step = Editing(archive, person, conference=conference.id).edit(
            {change.document: change.values for change in wanted}, expected=expected
        )
    except (ArchiveError, OSError) as exc:
        say(_("This did not work: {reason}").format(reason=refusal_words(exc, reader)), wrong=True)
        st.rerun()
    index_at_once(list(step.differences))
    _sheets().drop(sheet)
    words = reader.texts.ngettext(
        "{n} record changed. Below it can be taken back.",
        "{n} records changed. Below it can be taken back.",
        len(step.differences),
    )
    say(words)
    lang = {"lang": reader.links.lang} if reader.links.lang else {}
    st.query_params.from_dict({"id": conference.id, "part": Part.RECORDS.value, **lang})
    st.rerun()


def _fields(wanted: Sequence[RowChange], document: str) -> list[str]:
    return [field for change in wanted if change.document == document for field in change.values]


def _sheets() -> ReturnedSheets:
    return ReturnedSheets(resources().settings.home, LARGEST_BYTES)
