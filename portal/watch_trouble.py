"""What the watch folder did not take of late, and why, for the status page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.watch_notes import Note
from portal.markup import DOT, NOTHING, Markup, tag, together
from portal.reader import Reader
from portal.sentences import Sentences, say
from portal.zip_words import zip_words


def watch_trouble(notes: Sequence[Note], missing: Path | None, reader: Reader) -> Markup:
    """List what was not taken; nothing where all was. `missing`: the watch folder, where there is none."""
    _ = reader.texts.gettext
    if missing is not None:
        words = _("There is no watch folder {path}. Make it, or set ARCHIVE_WATCH to another.")
        told = tag("p", words.format(path=missing), css="problem", dir="auto")
        return tag("section", tag("h2", _("Watch folder")), told, css="status-part")
    if not notes:
        return NOTHING
    lead = _("It lies in the folder failed of the watch folder. Mend it, and hand it in again.")
    items = together(_note(note, reader) for note in notes)
    return tag(
        "section",
        tag("h2", _("Not taken from the watch folder")),
        tag("p", lead, css="meta"),
        tag("ul", items, css="plain-list"),
        css="status-part",
    )


def _note(note: Note, reader: Reader) -> Markup:
    words = say(note.text, _sentences(reader)) or zip_words(note.text, reader)
    facts = (tag("b", note.path, dir="auto"), tag("span", reader.texts.moment(note.at), css="meta"))
    reason = tag("p", words or note.text, lang=None if words else "en", dir="auto")
    return tag("li", tag("p", together(facts, DOT)), reason)


def _sentences(reader: Reader) -> Sentences:
    _ = reader.texts.gettext
    return {
        r"The file does not lie in the folder of a conference\. Make a folder .+": _(
            "The file does not lie in the folder of a conference. Make a folder named after the conference "
            "and put the file there."
        ).format,
        r"The file is larger than (\d+) bytes; ARCHIVE_MAX_FILE_MB sets that\.": _(
            "The file is larger than {0} bytes; ARCHIVE_MAX_FILE_MB sets that."
        ).format,
        r"(?:The file|It) cannot be read: (.+)\.": _("The file cannot be read: {0}.").format,
        r"Files that could not be taken out of the zip: (\d+)\. (.+)": _(
            "Files that could not be taken out of the zip: {0}. {1}"
        ).format,
        r"Nothing is taken from (\S.*?) before this is mended: (.+)": _(
            "Nothing is taken from {0} before this is mended: {1}"
        ).format,
    }
