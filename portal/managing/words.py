"""What was changed, in words: fields, and their values before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.history import Differences
from archive.model import Access, Sensitive, State
from archive.records import JsonValue
from portal.cards import Shelf
from portal.markup import NOTHING, Markup, tag, together
from portal.reader import Reader

SHOWN_LENGTH = 90
"""Characters of a value that are repeated."""

_Panels = Mapping[str, Mapping[str, JsonValue]]

Changed = tuple[str, str, str]
"""What changed, its value before, and after."""


def state_name(state: str, reader: Reader) -> str:
    """Name a state."""
    _ = reader.texts.gettext
    names = {State.DRAFT: _("Draft"), State.PUBLISHED: _("Published"), State.WITHDRAWN: _("Withdrawn")}
    return names.get(state, state)  # type: ignore[call-overload, no-any-return]


def state_count(state: State, number: int, reader: Reader) -> str:
    """Say how many documents are in a state."""
    ngettext = reader.texts.ngettext
    return {
        State.DRAFT: ngettext("{n} draft", "{n} drafts", number),
        State.PUBLISHED: ngettext("{n} published", "{n} published", number),
        State.WITHDRAWN: ngettext("{n} withdrawn", "{n} withdrawn", number),
    }[state]


def access_name(access: str, reader: Reader) -> str:
    """Name who may read a document."""
    _ = reader.texts.gettext
    names = {
        Access.PUBLIC: _("Everybody"),
        Access.STAFF: _("Staff only"),
        Access.EMBARGOED: _("Everybody from a day on"),
    }
    return names.get(access, access)  # type: ignore[call-overload, no-any-return]


def withheld_name(what: str, reader: Reader) -> str:
    """Name what a file may hold that is not published unasked."""
    _ = reader.texts.gettext
    names = {
        Sensitive.NOTES: _("Speaker notes"),
        Sensitive.COMMENTS: _("Comments"),
        Sensitive.HIDDEN: _("Hidden slides or passages"),
        Sensitive.CHANGES: _("Tracked changes"),
        Sensitive.CONTACTS: _("E-mail addresses and phone numbers"),
    }
    return names.get(what, what)  # type: ignore[call-overload, no-any-return]


def document_field(name: str, reader: Reader) -> str:
    """Name a field of a document."""
    _ = reader.texts.gettext
    names = {
        "id": _("Identifier"),
        "title": _("Title"),
        "creators": _("Creators"),
        "kind": _("Kind"),
        "languages": _("Languages"),
        "conference": _("Conference"),
        "panel": _("Panel"),
        "date": _("Date"),
        "rights": _("Rights"),
        "access": _("Who may read it"),
        "embargoed_until": _("Public from"),
        "translation_of": _("Translation of"),
        "part_of": _("Part of"),
        "replaces": _("New version of"),
        "format_of": _("Another format of"),
        "withheld": _("Kept for staff"),
        "state": _("State"),
        "reason": _("Reason"),
        "withdrawn_at": _("Withdrawn on"),
        "versions": _("Files"),
        "files": _("Files"),
        "example": _("Example"),
    }
    return names.get(name, name)


def conference_field(name: str, reader: Reader) -> str:
    """Name a field of a conference or panel."""
    _ = reader.texts.gettext
    names = {
        "title": _("Title"),
        "series": _("Series"),
        "number": _("Number in the series"),
        "start": _("First day"),
        "end": _("Last day"),
        "place": _("Place"),
        "motto": _("Motto"),
        "description": _("Description"),
        "organisers": _("Organisers"),
        "partners": _("In cooperation with"),
        "links": _("Links"),
        "panels": _("Panels"),
        "working_group": _("Working group"),
        "day": _("Day"),
        "time": _("Time"),
        "room": _("Room"),
        "coordinators": _("Coordinated by"),
        "moderators": _("Moderated by"),
        "folder": _("Folder"),
        "url": _("Web address"),
    }
    return names.get(name, name)


def document_changes(changed: Differences, shelf: Shelf, reader: Reader) -> list[Changed]:
    """Say what changed of a document."""
    return [
        (
            document_field(name, reader),
            document_value(name, before, shelf, reader),
            document_value(name, after, shelf, reader),
        )
        for name, (before, after) in changed.items()
    ]


def document_value(name: str, value: JsonValue, shelf: Shelf, reader: Reader) -> str:
    """Write a value of a document's field."""
    if value is None or value == "" or value == []:
        return "–"
    if name == "versions" and isinstance(value, Sequence):
        last = value[-1]
        files = last.get("files", ()) if isinstance(last, Mapping) else ()
        return short("; ".join(_texts(files, "name")))
    if name == "panel":
        return shelf.panel(str(value), reader) or str(value)
    if name == "conference":
        known = shelf.conferences.get(str(value))
        return reader.conference(known) if known else str(value)
    if name == "withheld" and isinstance(value, Sequence):
        return ", ".join(withheld_name(str(each), reader) for each in value)
    if name == "kind":
        return reader.kind(str(value))
    if name == "state":
        return state_name(str(value), reader)
    if name == "access":
        return access_name(str(value), reader)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return short("; ".join(str(each) for each in value))
    return short(str(value))


def conference_changes(changed: Differences, reader: Reader) -> list[Changed]:
    """Say what changed of a conference, text by text and panel by panel."""
    found: list[Changed] = []
    for name, (before, after) in changed.items():
        if name == "panels":
            found += _panel_changes(_by_id(before), _by_id(after), reader)
        else:
            found += _field_changes(conference_field(name, reader), before, after, reader)
    return found


def _panel_changes(
    before: Mapping[str, Mapping[str, JsonValue]],
    after: Mapping[str, Mapping[str, JsonValue]],
    reader: Reader,
) -> Iterator[Changed]:
    _ = reader.texts.gettext
    for identifier in {**before, **after}:
        old, new = before.get(identifier), after.get(identifier)
        title = _("Panel “{title}”").format(title=short(_said((new or old or {}).get("title"), reader)))
        if old is None or new is None:
            there, gone = _("there"), _("not there")
            yield (title, there if old else gone, there if new else gone)
            continue
        for name in {**old, **new}:
            if old.get(name) != new.get(name):
                label = f"{title}, {conference_field(name, reader)}"
                yield from _field_changes(label, old.get(name), new.get(name), reader)
    if list(before) != list(after) and set(before) == set(after):
        yield _("Order of the panels"), _titles(before, reader), _titles(after, reader)


def _titles(panels: _Panels, reader: Reader) -> str:
    return short(", ".join(_said(panel.get("title"), reader) for panel in panels.values()))


def _field_changes(label: str, before: JsonValue, after: JsonValue, reader: Reader) -> Iterator[Changed]:
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        old = before if isinstance(before, Mapping) else {}
        new = after if isinstance(after, Mapping) else {}
        for code in {**old, **new}:
            if old.get(code) != new.get(code):
                yield (
                    f"{label} ({reader.texts.language_in_words(code)})",
                    conference_value(old.get(code), reader),
                    conference_value(new.get(code), reader),
                )
        return
    yield label, conference_value(before, reader), conference_value(after, reader)


def conference_value(value: JsonValue, reader: Reader) -> str:
    """Write a value of a conference's field."""
    if isinstance(value, Mapping):
        return short(_said(value.get("name") or value.get("label") or value.get("title") or value, reader))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return short("; ".join(conference_value(each, reader) for each in value)) if value else "–"
    return "–" if value in (None, "") else short(str(value))


def change_list(changes: Iterable[Changed]) -> Markup:
    """Show what changed, one line a field: the value before, and after."""
    rows = [
        tag("dt", label) + tag("dd", tag("del", before, dir="auto"), " → ", tag("ins", after, dir="auto"))
        for label, before, after in changes
    ]
    return tag("dl", together(rows), css="changes") if rows else NOTHING


def _by_id(value: JsonValue) -> dict[str, Mapping[str, JsonValue]]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return {}
    return {str(each["id"]): each for each in value if isinstance(each, Mapping)}


def _said(value: JsonValue, reader: Reader) -> str:
    if not isinstance(value, Mapping):
        return str(value or "")
    return reader.texts.say({code: str(text) for code, text in value.items() if isinstance(text, str)})


def _texts(value: JsonValue, key: str) -> list[str]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    return [str(each[key]) for each in value if isinstance(each, Mapping) and key in each]


def short(words: str) -> str:
    return words if len(words) <= SHOWN_LENGTH else f"{words[:SHOWN_LENGTH].rstrip()} …"
