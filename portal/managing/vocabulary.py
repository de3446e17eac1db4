"""The words of a spreadsheet of records, in the reader's language; read back in any."""

from __future__ import annotations

from archive.model import Access, Kind, State
from ingest.spreadsheet_columns import COLUMNS, MARK, Problem, Vocabulary
from portal.managing.words import access_name, document_field, state_name
from portal.reader import Reader
from portal.texts import LANGUAGES, texts_in
from portal.urls import Links


def vocabulary(reader: Reader) -> Vocabulary:
    """Make the words of a spreadsheet for a reader."""
    _ = reader.texts.gettext
    codes: dict[str, str] = {}
    for language in LANGUAGES:
        other = Reader(texts_in(language), Links(), reader.today)
        codes.update({name.casefold(): code for code, name in _names(other).items()})
    codes.update({each.value: each.value for each in (*Kind, *Access)})
    headers = {name: document_field(name, reader) for name in COLUMNS}
    headers[MARK] = _("Mark of what was written; do not change")
    return Vocabulary(headers, _names(reader), codes, _("Records"), _("Panels"), reader.texts.language)


def problem_words(problem: Problem, reader: Reader) -> str:
    """Say what is wrong with a cell or row, and what to do."""
    _ = reader.texts.gettext
    return {
        Problem.UNKNOWN: _("No document of this conference has this identifier; new rows make no documents."),
        Problem.TWICE: _("This document is in the table twice; only the first row is looked at."),
        Problem.UNUSABLE: _("A formula, an error or far too much text. Write the value itself."),
        Problem.VALUE: _("Not understood. Write it as in other rows, or choose from the list."),
        Problem.LENGTH: _("Too long. Shorten it."),
        Problem.EMPTY: _("A title is needed."),
        Problem.EMBARGO: _("A day is needed from which on it is public."),
        Problem.CHANGED: _("Somebody else changed this since the table was downloaded."),
        Problem.UNMARKED: _("The mark of this row is gone; whether others changed it cannot be told."),
    }[problem]


def _names(reader: Reader) -> dict[str, str]:
    return {
        **{kind.value: reader.kind(kind) for kind in Kind},
        **{access.value: access_name(access, reader) for access in Access},
        **{state.value: state_name(state, reader) for state in State},
    }
