"""What people did, in words: the steps in the log, and the history of one record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from archive.conference_editing import CREATE, EDIT, MERGE_PANELS, REMOVE
from archive.editing import EDITABLE
from archive.history import Event
from archive.model import Document
from archive.records import JsonValue, document_to_json
from archive.staff_log import Step
from portal.managing.words import Changed, change_list, conference_changes, document_field, short
from portal.markup import Markup, tag
from portal.reader import Reader

FIELDS_NAMED = 6
"""Fields of a conference that are named in a step."""


def moment(at: dt.datetime, reader: Reader) -> str:
    """Write when something was done, in the time of the machine."""
    here = at.astimezone()
    return f"{reader.texts.short_date(here.date())}, {here:%H:%M}"


def step_words(step: Step, titles: Mapping[str, Document], reader: Reader) -> str:
    """Say what somebody did: „3 documents: Panel, Rights“."""
    _ = reader.texts.gettext
    documents = [name for name in step.differences if name != step.conference]
    done = {
        CREATE: _("Conference made"),
        EDIT: _("Conference changed"),
        MERGE_PANELS: _("Panels merged"),
        REMOVE: _("Conference deleted"),
        "publish": _("Published"),
        "withdraw": _("Withdrawn"),
        "restore": _("Restored"),
        "undo": _("Taken back"),
        "hold": _("Held"),
        "edit": _("Changed"),
        "purge": _("Deleted for good"),
    }.get(step.action, step.action)
    if not step.differences:
        return f"{done}: {_('nothing changed')}"
    parts = [done]
    if documents:
        title = titles[documents[0]].title if documents[0] in titles else documents[0]
        one = _("“{title}”").format(title=short(title))
        many = reader.texts.ngettext("{n} document", "{n} documents", len(documents))
        parts.append(one if len(documents) == 1 else many)
    if step.action in ("edit", "undo") and documents:
        fields = dict.fromkeys(name for each in documents for name in step.differences[each])
        parts.append(", ".join(document_field(name, reader) for name in fields))
    if step.action == EDIT:
        changed = conference_changes(step.differences.get(step.conference or "", {}), reader)
        parts.append(", ".join(dict.fromkeys(label for label, _before, _after in changed[:FIELDS_NAMED])))
    return ": ".join((parts[0], " – ".join(parts[1:]))) if len(parts) > 1 else parts[0]


def event_words(event: Event, reader: Reader) -> str:
    """Say what happened to a record."""
    _ = reader.texts.gettext
    names = {
        CREATE: _("Conference made"),
        EDIT: _("Conference changed"),
        MERGE_PANELS: _("Panels merged"),
        "Conference described": _("Described when files came in"),
        "Deposited": _("Came into the archive"),
        "Replaced by a new version": _("Replaced by a new version"),
        "Rendition added": _("A further format added"),
        "Relation added": _("A relation added"),
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
        tag("p", moment(happened.created_at, reader), " · ", who, css="meta"),
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
