"""The history of one record in words, and what its fields were before."""

from __future__ import annotations

from collections.abc import Sequence

from archive.conference_editing import CREATE, EDIT, MERGE_PANELS
from archive.editing import EDITABLE
from archive.history import Event
from archive.model import Document
from archive.records import JsonValue, document_to_json
from portal.managing.words import Changed, change_list
from portal.markup import Markup, tag
from portal.reader import Reader


def event_words(event: Event, reader: Reader) -> str:
    """Say what happened to a record."""
    _ = reader.texts.gettext
    names = {
        CREATE: _("Conference made"),
        EDIT: _("Conference changed"),
        MERGE_PANELS: _("Panels merged"),
        "Conference added": _("Made when files came in"),
        "Conference described": _("Described when files came in"),
        "Deposited": _("Came into the archive"),
        "Replaced by a new version": _("Replaced by a new version"),
        "Rendition added": _("A further format added"),
        "Relation added": _("A relation added"),
        "A file taken out": _("A file became a draft of its own"),
        "Taken out of another draft": _("Was a file of another draft"),
        "merge": _("A further format added"),
        "replace": _("Replaced by a new version"),
        "Read again": _("Read again"),
        "edit": _("Changed"),
        "publish": _("Published"),
        "hold": _("Held"),
        "withdraw": _("Withdrawn"),
        "restore": _("Restored"),
        "undo": _("Taken back"),
    }
    return names.get(event.message, event.message)


def event(happened: Event, changes: Sequence[Changed], reader: Reader) -> Markup:
    """Show one entry of a history."""
    who = happened.by or reader.texts.gettext("The program")
    return tag(
        "div",
        tag("p", tag("b", event_words(happened, reader)), css="what"),
        tag("p", reader.texts.moment(happened.created_at), " · ", who, css="meta"),
        change_list(changes),
        css="event",
    )


def values_before(document: Document, later: Sequence[Event]) -> dict[str, JsonValue]:
    """Return the fields that staff may set, as they were before some changes, where they are others now.

    Args:
        later: the changes, the newest first.
    """
    now = document_to_json(document)
    values: dict[str, JsonValue] = {}
    for each in later:
        values.update({name: pair[0] for name, pair in each.differences.items() if name in EDITABLE})
    return {name: value for name, value in values.items() if value != now[name]}
