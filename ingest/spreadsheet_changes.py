"""What a spreadsheet that came back would change: row by row, before and after, with what is wrong with it.

Nothing is changed here; what is chosen goes the way of every edit (`archive/editing.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.model import Access, Conference, Document
from archive.records import JsonValue
from ingest.spreadsheet_columns import (
    FIELDS,
    ID,
    LONGEST_TEXT,
    MARK,
    CellError,
    Problem,
    Vocabulary,
    clean,
    digest_of,
    format_field,
    marks_in,
    parse_field,
    value_of,
)
from ingest.spreadsheet_reading import SheetRow

WARNINGS = frozenset({Problem.CHANGED, Problem.UNMARKED})
"""Problems that do not keep a row from being taken, if somebody who looked at it wants that."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that was changed. `after` is its text; `value` what that says, where it says something."""

    field: str
    before: str
    after: str
    value: JsonValue = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row with changes or problems. `document` is empty where the row names none of the conference."""

    number: int
    document: str
    title: str
    cells: tuple[CellChange, ...] = ()
    problem: Problem | None = None

    @property
    def problems(self) -> frozenset[Problem]:
        """All that is wrong with the row and its cells."""
        found = (self.problem, *(cell.problem for cell in self.cells))
        return frozenset(problem for problem in found if problem)

    @property
    def can_be_taken(self) -> bool:
        """Tell whether nothing keeps the row from being taken."""
        return bool(self.cells) and self.problems <= WARNINGS

    @property
    def values(self) -> Mapping[str, JsonValue]:
        """New values of fields, as `Editing.edit` takes them."""
        return {cell.field: cell.value for cell in self.cells}


def changes_of(
    rows: Iterable[SheetRow],
    conference: Conference,
    documents: Sequence[Document],
    known: Iterable[str],
    vocabulary: Vocabulary,
) -> tuple[RowChange, ...]:
    """Compare rows with the records as they are now; rows that say nothing new are left out.

    Args:
        documents: all of the conference, in any state.
        known: those identifiers of the rows' relations that the archive knows.
    """
    there = {document.id: document for document in documents}
    seen: set[str] = set()
    found: list[RowChange] = []
    existing = frozenset(known) | there.keys()
    for row in rows:
        identifier = row.cells.get(ID, "").strip()
        document = there.get(identifier)
        if document is None or ID in row.unusable:
            found.append(RowChange(row.number, "", row.cells.get("title", ""), (), Problem.UNKNOWN))
        elif identifier in seen:
            found.append(RowChange(row.number, identifier, document.title, (), Problem.TWICE))
        else:
            change = _row(row, document, conference, existing, vocabulary)
            if change.cells or change.problem:
                found.append(change)
        seen.add(identifier)
    return tuple(found)


def related_in(rows: Iterable[SheetRow]) -> tuple[str, ...]:
    """Return what rows name in their relations, to be looked up."""
    texts = (row.cells.get("translation_of", "") for row in rows)
    return tuple(dict.fromkeys(part for text in texts for part in text.replace(";", " ").split()))


def _row(
    row: SheetRow,
    document: Document,
    conference: Conference,
    existing: frozenset[str],
    vocabulary: Vocabulary,
) -> RowChange:
    marks = marks_in(row.cells.get(MARK, ""))
    cells = []
    for name in FIELDS:
        if name not in row.cells:
            continue
        text, before = row.cells[name], format_field(name, document, conference, vocabulary)
        now = value_of(name, document, conference, vocabulary)
        if name in row.unusable:
            cells.append(CellChange(name, before, text, problem=Problem.UNUSABLE))
            continue
        try:
            value = parse_field(name, text, conference, vocabulary)
        except CellError as exc:
            untouched = digest_of(clean(text)) == marks.get(name) or clean(text) == now
            if not untouched:
                cells.append(CellChange(name, before, text, problem=exc.problem))
            continue
        if value == now or digest_of(value) == marks.get(name):
            continue
        problem = Problem.CHANGED if marks and marks[name] != digest_of(now) else None
        if len(before) > LONGEST_TEXT:
            problem = Problem.LENGTH
        if name == "translation_of" and isinstance(value, list) and not _related(value, document, existing):
            problem = Problem.VALUE
        cells.append(CellChange(name, before, text, value, problem))
    change = RowChange(row.number, document.id, document.title, tuple(cells))
    if cells and _embargo_without_day(change, document):
        return RowChange(row.number, document.id, document.title, tuple(cells), Problem.EMBARGO)
    if cells and not marks:
        return RowChange(row.number, document.id, document.title, tuple(cells), Problem.UNMARKED)
    return change


def _related(value: Sequence[JsonValue], document: Document, existing: frozenset[str]) -> bool:
    return all(each in existing and each != document.id for each in value)


def _embargo_without_day(change: RowChange, document: Document) -> bool:
    access = change.values.get("access", document.access.value)
    until = change.values.get("embargoed_until", document.embargoed_until)
    return access == Access.EMBARGOED.value and not until
