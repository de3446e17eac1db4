"""What a manifest would change of the drafts of its batch, and what is wrong with it, as HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from archive.model import Access, Document
from archive.records import JsonValue
from ingest.batch_manifest import DraftChange, ManifestPreview
from ingest.manifest import Problem, Trouble
from portal.cards import Shelf
from portal.checking.cells import Column, access_name, column_name
from portal.checking.table_words import table_words
from portal.markup import Markup, tag, together
from portal.reader import Reader

_SHOWN = 100
"""Lines of one list that are shown."""

_OPEN = 6
"""A table of so many drafts is not folded."""


def manifest_part(
    seen: ManifestPreview, titles: Mapping[str, Document], shelf: Shelf, reader: Reader
) -> Markup:
    """Show one manifest: what it says, what is wrong, what it leaves out."""
    _ = reader.texts.gettext
    head = tag("h2", _("Manifest"), css="part-head") + tag(
        "p", tag("code", seen.path, dir="auto"), css="meta"
    )
    if seen.error:
        message = _("It cannot be used. Hand in a corrected one with the same name.")
        words, language = table_words(seen.error, reader)
        return head + tag("p", message, css="message") + tag("p", words, css="meta", lang=language)
    lines = [reader.texts.ngettext("It describes {n} draft.", "It describes {n} drafts.", seen.described)]
    if not seen.changes:
        lines.append(_("All that it says is applied."))
    if seen.unknown_columns:
        names = ", ".join(seen.unknown_columns)
        lines.append(_("Columns that are not used: {names}").format(names=names))
    body = [tag("p", " ".join(lines))]
    if seen.changes:
        rows = (_change(change, titles, shelf, reader) for change in seen.changes[:_SHOWN])
        heads = tag("tr", tag("th", _("File"), scope="col"), tag("th", _("Changes"), scope="col"))
        table = tag("table", tag("thead", heads), tag("tbody", together(rows)), css="proposed")
        summary = reader.texts.ngettext(
            "What changes of {n} draft", "What changes of {n} drafts", len(seen.changes)
        )
        short = len(seen.changes) <= _OPEN
        body.append(tag("details", tag("summary", summary), table, open=short, data_id="manifest"))
    if seen.problems:
        items = (tag("li", problem_words(each, reader), dir="auto") for each in seen.problems[:_SHOWN])
        body.append(tag("h3", _("Rows with a mistake"), css="part"))
        body.append(tag("ul", together(items), css="plain-list"))
    if seen.without:
        items = (tag("li", path, dir="auto") for path in seen.without[:_SHOWN])
        summary = reader.texts.ngettext(
            "{n} draft without a row", "{n} drafts without a row", len(seen.without)
        )
        body.append(tag("details", tag("summary", summary), tag("ul", together(items), css="plain-list")))
    return head + together(body)


def problem_words(problem: Problem, reader: Reader) -> str:
    """Say what is wrong with a row, where, and what to do."""
    _ = reader.texts.gettext
    place = _("Row {row}").format(row=problem.row)
    if problem.column:
        place = _("Row {row}, column {column}").format(row=problem.row, column=problem.column)
    message = {
        Trouble.CELL: _("This cell cannot be used. Write a short text or value, no formula."),
        Trouble.NO_PATH: _("No file is named. Write its path from the folder of the manifest."),
        Trouble.TOO_LONG: _("The text is too long: write at most {value} characters."),
        Trouble.KIND: _("There is no kind {value}. Write presentation, programme, paper, minutes or other."),
        Trouble.LANGUAGE: _("{value} is no language. Write de, ru or en; several with a comma between them."),
        Trouble.DATE: _("{value} is no date. Write it as 2017-06-28 or 28.06.2017."),
        Trouble.ACCESS: _(
            "{value} is no access. Write public, staff, or the day from which it is public, 2017-06-28."
        ),
        Trouble.NO_FILE: _("There is no file {value}. Write its path from the folder of the manifest."),
        Trouble.MANY_FILES: _("{value} can mean several files. Write the whole path."),
        Trouble.TWICE: _("The file {value} is described by another row too. Leave one of them."),
        Trouble.NO_ORIGINAL: _(
            "There is no file {value} to be a translation of. Write its path, or leave it out."
        ),
    }[problem.trouble]
    return f"{place}: {message.format(value=problem.value)}"


def _change(change: DraftChange, titles: Mapping[str, Document], shelf: Shelf, reader: Reader) -> Markup:
    parts = [
        together(
            (
                tag("dt", _field(name, reader)),
                tag("dd", tag("ins", _value(name, value, titles, shelf, reader), dir="auto")),
            )
        )
        for name, value in change.values.items()
        if not (name == "embargoed_until" and value is None)
    ]
    return tag(
        "tr",
        tag("td", tag("b", change.title, dir="auto"), tag("small", change.path, dir="auto")),
        tag("td", tag("dl", together(parts))),
    )


def _field(name: str, reader: Reader) -> str:
    if name == "translation_of":
        return reader.texts.gettext("Translation of")
    return column_name(Column(name), reader)


def _value(name: str, value: JsonValue, titles: Mapping[str, Document], shelf: Shelf, reader: Reader) -> str:
    if value is None:
        return "–"
    if isinstance(value, Sequence) and not isinstance(value, str):
        texts = [_one(name, str(each), titles, shelf, reader) for each in value]
        return ", ".join(texts)
    return _one(name, str(value), titles, shelf, reader)


def _one(name: str, value: str, titles: Mapping[str, Document], shelf: Shelf, reader: Reader) -> str:
    if name == "kind":
        return reader.kind(value)
    if name == "access":
        return access_name(Access(value), reader)
    if name == "languages":
        return reader.texts.language_name(value)
    if name in ("date", "embargoed_until"):
        return reader.texts.short_date(dt.date.fromisoformat(value))
    if name == "panel":
        return shelf.panel(value, reader) or value.rpartition("/")[2]
    if name == "translation_of":
        return titles[value].title if value in titles else value
    return value
