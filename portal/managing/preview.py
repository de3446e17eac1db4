"""What a spreadsheet that came back would change, shown row by row."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.spreadsheet_changes import WARNINGS, RowChange
from ingest.spreadsheet_columns import Problem
from portal.managing.vocabulary import problem_words
from portal.managing.words import document_field, short
from portal.markup import NOTHING, Markup, tag, together
from portal.reader import Reader

MOST_SHOWN = 500
"""Rows that are shown; the others are counted."""


def preview(changes: Sequence[RowChange], reader: Reader) -> Markup:
    """Show every row with changes or problems: before, after, and what is wrong."""
    _ = reader.texts.gettext
    heads = (_("Row"), _("Title"), _("Changes"))
    head = tag("tr", together(tag("th", name, scope="col") for name in heads))
    rows = together(_row(change, reader) for change in changes[:MOST_SHOWN])
    more = len(changes) - MOST_SHOWN
    rest = reader.texts.ngettext("{n} further row is not shown.", "{n} further rows are not shown.", more)
    table = tag("table", tag("thead", head), tag("tbody", rows), css="preview")
    return tag("div", table, css="scrolled") + (tag("p", rest, css="meta") if more > 0 else NOTHING)


def _row(change: RowChange, reader: Reader) -> Markup:
    title: Markup | str = short(change.title)
    if change.document:
        title = tag("a", title, href=reader.links.record(change.document))
    lines = [_problem(change.problem, reader)] if change.problem else []
    for cell in change.cells:
        name = tag("b", document_field(cell.field, reader))
        before, after = tag("del", short(cell.before) or "–"), tag("ins", short(cell.after) or "–")
        wrong = _problem(cell.problem, reader) if cell.problem else NOTHING
        lines.append(tag("p", name, ": ", before, " → ", after, dir="auto") + wrong)
    grave = bool(change.problems - WARNINGS)
    return tag(
        "tr",
        tag("td", reader.texts.number(change.number), css="number"),
        tag("td", title, dir="auto"),
        tag("td", together(lines)),
        css="grave" if grave else "warned" if change.problems else "",
    )


def _problem(problem: Problem, reader: Reader) -> Markup:
    return tag("p", problem_words(problem, reader), css="problem")
