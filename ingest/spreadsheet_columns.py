"""The records of a conference as rows of texts: which columns there are, and their values to and from text.

A row carries a mark for each of its fields, a digest of what the field was when the row was written. So it
can be told, when the row comes back, what was changed in it and what was changed in the archive meanwhile.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.model import Access, Conference, Document, Kind
from archive.records import JsonValue, document_to_json

ID, MARK, STATE, FILES = "id", "mark", "state", "files"
FIELDS = (
    "title",
    "creators",
    "kind",
    "languages",
    "panel",
    "date",
    "rights",
    "access",
    "embargoed_until",
    "translation_of",
)
"""Columns that are read back, by the names of the fields they set."""

COLUMNS = (ID, *FIELDS, STATE, FILES, MARK)
"""All columns, in order. `mark` is not meant to be seen."""

SEPARATOR = "; "
LONGEST_TEXT = 9_000
"""Characters of a cell; of a longer text only so many are written, and it cannot be changed in a table."""

_LISTS = ("creators", "languages", "translation_of")
_LENGTHS = {"title": 1000, "rights": 2000, "creators": 300}
_LANGUAGE = re.compile(r"[a-z]{2}|other|und")
_MARK_LENGTH = 8
_DAYS = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})"), (3, 2, 1)),
    (re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})"), (3, 2, 1)),
)


class Problem(StrEnum):
    """Why a cell or row cannot be read back, or should be looked at before it is."""

    UNKNOWN = "unknown"
    TWICE = "twice"
    UNUSABLE = "unusable"
    VALUE = "value"
    LENGTH = "length"
    EMPTY = "empty"
    EMBARGO = "embargo"
    CHANGED = "changed"
    UNMARKED = "unmarked"


class CellError(ValueError):
    """The text of a cell is no value of its field."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a spreadsheet in one language.

    `headers` by column, `names` by kind, access or state; `codes` by name, folded, in every language, so that
    a file can be read by somebody who speaks another language than whoever wrote it.
    """

    headers: Mapping[str, str]
    names: Mapping[str, str]
    codes: Mapping[str, str]
    records: str
    panels: str
    language: str


def row_of(document: Document, conference: Conference, vocabulary: Vocabulary) -> dict[str, str]:
    """Write a document as the texts of its row, by column."""
    cells = {name: format_field(name, document, conference, vocabulary) for name in FIELDS}
    names = SEPARATOR.join(file.name for file in document.current.files)
    state = vocabulary.names.get(document.state.value, document.state.value)
    row = {ID: document.id, **cells, STATE: state, FILES: names}
    row[MARK] = mark_of(document, conference, vocabulary)
    return {name: clean(text)[:LONGEST_TEXT] for name, text in row.items()}


def clean(text: str) -> str:
    """Return a text as it comes back from a table: composed, without what nobody sees."""
    spaced = unicodedata.normalize("NFC", text).replace("\t", " ").replace("\u00a0", " ")
    lines = spaced.replace("\r\n", "\n").replace("\r", "\n")
    unseen = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in unseen).strip()


def format_field(name: str, document: Document, conference: Conference, vocabulary: Vocabulary) -> str:
    """Write one of `FIELDS` as text."""
    value = document_to_json(document)[name]
    if name in _LISTS and isinstance(value, Sequence):
        return SEPARATOR.join(str(each) for each in value)
    if name in ("kind", "access"):
        return vocabulary.names.get(str(value), str(value))
    if name == "panel":
        return panel_names(conference, vocabulary.language).get(str(value), str(value or ""))
    return str(value or "")


def parse_field(name: str, text: str, conference: Conference, vocabulary: Vocabulary) -> JsonValue:
    """Read the text of a cell as the value of one of `FIELDS`, as in a record. Raises CellError."""
    text = clean(text)
    if name in _LISTS:
        return _list(name, text)
    if len(text) > _LENGTHS.get(name, LONGEST_TEXT):
        raise CellError(Problem.LENGTH)
    if name == "title" and not text:
        raise CellError(Problem.EMPTY)
    if name in ("kind", "access"):
        code = vocabulary.codes.get(text.casefold(), text)
        if code not in [each.value for each in (Kind if name == "kind" else Access)]:
            raise CellError(Problem.VALUE)
        return code
    if name == "panel":
        return _panel(text, conference) if text else None
    if name in ("date", "embargoed_until"):
        return parse_day(text).isoformat() if text else None
    return text


def parse_day(text: str) -> dt.date:
    """Read a day: 2017-06-28, 28.06.2017 or 28/06/2017. Raises CellError."""
    for pattern, order in _DAYS:
        if found := pattern.fullmatch(text.strip()):
            try:
                return dt.date(*(int(found[place]) for place in order))
            except ValueError:
                break
    raise CellError(Problem.VALUE)


def panel_names(conference: Conference, language: str) -> dict[str, str]:
    """Name the panels of a conference: by title, or by identifier where two have the same title."""
    titles = {panel.id: _title(panel.title, language) for panel in conference.panels}
    folded = [title.casefold() for title in titles.values()]
    return {
        identifier: title if title and folded.count(title.casefold()) == 1 else identifier
        for identifier, title in titles.items()
    }


def mark_of(document: Document, conference: Conference, vocabulary: Vocabulary) -> str:
    """Write the marks of all `FIELDS` of a document, in their order."""
    return ".".join(digest_of(value_of(name, document, conference, vocabulary)) for name in FIELDS)


def marks_in(text: str) -> dict[str, str]:
    """Read marks by field; empty where they are no longer whole."""
    marks = text.strip().split(".")
    whole = len(marks) == len(FIELDS) and all(len(mark) == _MARK_LENGTH for mark in marks)
    return dict(zip(FIELDS, marks, strict=True)) if whole else {}


def digest_of(value: JsonValue) -> str:
    """Make the mark of a value."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:_MARK_LENGTH]


def value_of(name: str, document: Document, conference: Conference, vocabulary: Vocabulary) -> JsonValue:
    """Return the value of a field as it would be read back if nobody touched its cell."""
    text = clean(format_field(name, document, conference, vocabulary))[:LONGEST_TEXT]
    try:
        return parse_field(name, text, conference, vocabulary)
    except CellError:  # such as a panel that is not described
        return text


def _list(name: str, text: str) -> list[str]:
    parts = re.split(r"[;,\s]+" if name != "creators" else r";", text)
    found = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
    if name == "languages" and any(not _LANGUAGE.fullmatch(code) for code in found):
        raise CellError(Problem.VALUE)
    if any(len(each) > _LENGTHS["creators"] for each in found):
        raise CellError(Problem.LENGTH)
    return found


def _panel(text: str, conference: Conference) -> str:
    """Find a panel by identifier, by the part of it that is its own, or by a title in any language."""
    wanted = text.casefold()
    for panel in conference.panels:
        if wanted in (panel.id, panel.id.partition("/")[2]):
            return panel.id
    titled = [
        panel.id
        for panel in conference.panels
        if wanted in [title.strip().casefold() for title in panel.title.values()]
    ]
    if len(titled) != 1:
        raise CellError(Problem.VALUE)
    return titled[0]


def _title(translations: Mapping[str, str], language: str) -> str:
    for code in (language, "de", "ru", "en", *sorted(translations)):
        if title := translations.get(code, "").strip():
            return title
    return ""
