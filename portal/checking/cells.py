"""Cells of the grid and fields of the form: a draft as values to edit, and what was typed as values to keep.

What was typed is hostile: it is bounded, stripped of characters that nobody sees, and checked against what
there is before it becomes a value of a record.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from archive.model import Access, Document, Kind
from archive.records import JsonValue
from portal.cards import Shelf
from portal.reader import Reader

TITLE_LENGTH, NAME_LENGTH, RIGHTS_LENGTH = 500, 200, 1000
MOST_NAMES, MOST_LANGUAGES = 50, 10
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)

NAMES_APART = "; "
"""Stands between creators where they share a line."""

_UNSEEN = re.compile(r"[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}|other")

Values = Mapping[str, JsonValue]


class Column(StrEnum):
    """What of a draft can be corrected."""

    TITLE = "title"
    CREATORS = "creators"
    LANGUAGES = "languages"
    CONFERENCE = "conference"
    PANEL = "panel"
    KIND = "kind"
    DATE = "date"
    RIGHTS = "rights"
    ACCESS = "access"
    EMBARGOED_UNTIL = "embargoed_until"


class CellError(Exception):
    """What was typed cannot be kept. The message says why, in the reader's language."""


def column_name(column: Column, reader: Reader) -> str:
    """Name a column."""
    _ = reader.texts.gettext
    return {
        Column.TITLE: _("Title"),
        Column.CREATORS: _("Creators"),
        Column.LANGUAGES: _("Languages"),
        Column.CONFERENCE: _("Conference"),
        Column.PANEL: _("Panel"),
        Column.KIND: _("Kind"),
        Column.DATE: _("Date"),
        Column.RIGHTS: _("Rights"),
        Column.ACCESS: _("Who may read it"),
        Column.EMBARGOED_UNTIL: _("Public from"),
    }[column]


def access_name(access: Access, reader: Reader) -> str:
    """Name who may read a document once it is published."""
    _ = reader.texts.gettext
    names = {
        Access.PUBLIC: _("Everybody"),
        Access.STAFF: _("Staff only"),
        Access.EMBARGOED: _("Everybody, from a day on"),
    }
    return names[access]


def cells(document: Document) -> dict[str, object]:
    """Return what the grid shows of a document in the columns that can be edited."""
    return {
        Column.TITLE: document.title,
        Column.CREATORS: NAMES_APART.join(document.creators) or None,
        Column.LANGUAGES: [code for code in document.languages if code],
        Column.CONFERENCE: document.conference,
        Column.PANEL: document.panel,
        Column.KIND: document.kind.value,
        Column.DATE: document.date,
    }


def parse(column: Column, value: object, document: Document, shelf: Shelf, reader: Reader) -> Values:
    """Read what was typed into a field as values of the record.

    Raises:
        CellError: it cannot be kept.
    """
    if column is Column.TITLE:
        return {"title": _title(value, reader)}
    if column is Column.CREATORS:
        return {"creators": _creators(value, reader)}
    if column is Column.LANGUAGES:
        return {"languages": _languages(value, reader)}
    if column is Column.CONFERENCE:
        return _conference(value, document, shelf, reader)
    if column is Column.PANEL:
        return {"panel": _panel(value, document.conference, shelf, reader)}
    if column is Column.KIND:
        return {"kind": _choice(value, [kind.value for kind in Kind], reader)}
    if column is Column.ACCESS:
        return {"access": _choice(value, [access.value for access in Access], reader)}
    if column is Column.RIGHTS:
        return {"rights": _text(value, RIGHTS_LENGTH, reader)}
    return {column.value: _day(value, reader)}


def is_kept(document: Document, values: Values) -> bool:
    """Tell whether a document has these values already."""
    kept: dict[str, object] = {
        "title": document.title,
        "creators": list(document.creators),
        "languages": list(document.languages),
        "conference": document.conference,
        "panel": document.panel,
        "kind": document.kind.value,
        "date": document.date and document.date.isoformat(),
        "rights": document.rights,
        "access": document.access.value,
        "embargoed_until": document.embargoed_until and document.embargoed_until.isoformat(),
    }
    return all(kept.get(name) == value for name, value in values.items())


def _text(value: object, length: int, reader: Reader) -> str:
    _ = reader.texts.gettext
    if value is not None and not isinstance(value, str):
        raise CellError(_("This is not a text."))
    written = " ".join(_UNSEEN.sub(" ", value or "").split())
    if len(written) > length:
        message = _("This is too long: {n} characters, at most {most} can be kept.")
        raise CellError(message.format(n=reader.texts.number(len(written)), most=reader.texts.number(length)))
    try:
        written.encode()
    except UnicodeEncodeError as exc:
        raise CellError(_("This is not a text.")) from exc
    return written


def _title(value: object, reader: Reader) -> str:
    title = _text(value, TITLE_LENGTH, reader)
    if not title:
        raise CellError(reader.texts.gettext("A document needs a title."))
    return title


def _creators(value: object, reader: Reader) -> list[str]:
    if value is not None and not isinstance(value, str):
        raise CellError(reader.texts.gettext("This is not a text."))
    names = [_text(name, NAME_LENGTH, reader) for name in re.split(r"[;\n]", value or "")]
    kept = list(dict.fromkeys(filter(None, names)))
    if len(kept) > MOST_NAMES:
        message = reader.texts.gettext("These are too many: {n}, at most {most} can be kept.")
        raise CellError(message.format(n=len(kept), most=MOST_NAMES))
    return kept


def _languages(value: object, reader: Reader) -> list[str]:
    codes = list(dict.fromkeys(value)) if isinstance(value, Sequence) and not isinstance(value, str) else []
    if value is not None and not isinstance(value, Sequence):
        raise CellError(reader.texts.gettext("This is not a language."))
    if len(codes) > MOST_LANGUAGES or not all(
        isinstance(code, str) and _LANGUAGE.fullmatch(code) for code in codes
    ):
        raise CellError(reader.texts.gettext("This is not a language."))
    return [str(code) for code in codes]


def _conference(value: object, document: Document, shelf: Shelf, reader: Reader) -> Values:
    if not isinstance(value, str) or value not in shelf.conferences:
        raise CellError(reader.texts.gettext("There is no such conference in this archive."))
    if value == document.conference:
        return {"conference": value}
    return {"conference": value, "panel": None}


def _panel(value: object, conference: str, shelf: Shelf, reader: Reader) -> str | None:
    if value is None or value == "":
        return None
    _ = reader.texts.gettext
    if not isinstance(value, str):
        raise CellError(_("There is no such panel."))
    known = shelf.conferences.get(conference)
    if known is None or value not in [panel.id for panel in known.panels]:
        message = _("This panel is not one of the conference “{conference}”; choose the conference first.")
        raise CellError(message.format(conference=reader.conference(known) if known else conference))
    return value


def _choice(value: object, choices: Sequence[str], reader: Reader) -> str:
    if not isinstance(value, str) or value not in choices:
        raise CellError(reader.texts.gettext("This is none of the choices."))
    return value


def _day(value: object, reader: Reader) -> str | None:
    if value is None or value == "":
        return None
    _ = reader.texts.gettext
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)[:10])
    except ValueError as exc:
        raise CellError(_("This is not a date.")) from exc
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CellError(_("The year has to lie between 1900 and 2100."))
    return day.isoformat()
