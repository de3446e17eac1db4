"""Why a table that was handed in cannot be used, in the reader's language."""

from __future__ import annotations

from portal.reader import Reader
from portal.sentences import Sentences, say


def table_words(error: str, reader: Reader) -> tuple[str, str | None]:
    """Say why a table cannot be used: the words, and their language where it is not the reader's."""
    place, colon, reason = error.partition(": ")
    words = say(reason, _sentences(reader)) if colon else None
    return (f"{_place(place, reader)}: {words}", None) if words else (error, "en")


def _place(place: str, reader: Reader) -> str:
    _ = reader.texts.gettext
    line, row = _("{0}, line {1}"), _("{0}, row {1}")
    return say(place, {r"(.+), line (\d+)": line.format, r"(.+), row (\d+)": row.format}) or place


def _sentences(reader: Reader) -> Sentences:
    _ = reader.texts.gettext
    return {
        r"The file has more than (\d+) MB\. Split it, or leave out pictures\.": _(
            "The file has more than {0} MB. Split it, or leave out pictures."
        ).format,
        r"This is an old or an encrypted workbook\. Save it as XLSX without password\.": _(
            "This is an old or an encrypted workbook. Save it as XLSX without password."
        ).format,
        r"This is no table of text\. Save it as CSV or XLSX\.": _(
            "This is no table of text. Save it as CSV or XLSX."
        ).format,
        r"This is not CSV: .+\. Check the quotes\.": _("This is not CSV. Check the quotes.").format,
        r"The workbook has no sheet\. Put the table on its first sheet\.": _(
            "The workbook has no sheet. Put the table on its first sheet."
        ).format,
        r"Its cells have more than ([\d,]+) characters\. Split the table\.": _(
            "Its cells have more than {0} characters. Split the table."
        ).format,
        r"The workbook (?:cannot be read|is damaged): .+\. Save it anew as XLSX\.": _(
            "The workbook cannot be read. Save it anew as XLSX."
        ).format,
        r"The workbook unpacks to more than (\d+) parts or (\d+) MB\. Leave only the table in it\.": _(
            "The workbook unpacks to more than {0} parts or {1} MB. Leave only the table in it."
        ).format,
        r"There are more than (\d+) rows\. Split the table\.": _(
            "There are more than {0} rows. Split the table."
        ).format,
        r"There are more than (\d+) columns\. Leave out some\.": _(
            "There are more than {0} columns. Leave out some."
        ).format,
        r"It cannot be read: .+\. Check its name\.": _("It cannot be read. Check its name.").format,
        r"There are two columns (.+)\. Leave one of them\.": _(
            "There are two columns {0}. Leave one of them."
        ).format,
        r"There is no column for the paths of the files\. Name it path, Pfad or путь, in the first row\.": _(
            "There is no column for the paths of the files. Name it path, Pfad or путь, in the first row."
        ).format,
    }
