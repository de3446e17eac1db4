"""A conference as the fields of a form, by path, and back.

A path is `title/de`, `organisers/ROW/url` or `panels/PANEL/room`; rows have keys of their own, so that they
can be moved without what is typed in them getting mixed up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from archive.records import Json, JsonValue
from portal.texts import LANGUAGES

TEXTS = ("title", "series", "place", "motto", "description")
PANEL_TEXTS = ("title", "working_group", "description")
"""Fields in several languages."""

LINES = ("number", "start", "end")
PANEL_LINES = ("day", "time", "room")

AGENTS, PANEL_AGENTS = ("organisers", "partners"), ("coordinators", "moderators")
"""Lists of people and bodies."""

LINKS, PANELS = "links", "panels"


@dataclass
class Form:
    """What stands in the fields, by path, and the rows of each list, in order."""

    fields: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)
    made: int = 0

    def add(self, rows: str) -> str:
        """Add an empty row at the end of a list; return its key."""
        self.made += 1
        key = f"+{self.made}"
        self.rows[rows].append(key)
        place = f"{rows}/{key}"
        if rows == PANELS:
            self._begin_panel(place)
        else:
            label = "label" if rows == LINKS else "name"
            self.fields.update({f"{place}/{label}/{language}": "" for language in LANGUAGES})
            self.fields[f"{place}/url"] = ""
        return key

    def _begin_panel(self, place: str) -> None:
        self.fields.update({f"{place}/{name}/{code}": "" for name in PANEL_TEXTS for code in LANGUAGES})
        self.fields.update({f"{place}/{name}": "" for name in PANEL_LINES})
        self.rows.update({f"{place}/{name}": [] for name in PANEL_AGENTS})

    def move(self, rows: str, key: str, by: int) -> None:
        """Move a row up (-1) or down (1), as far as there is room."""
        keys = self.rows[rows]
        place = keys.index(key)
        target = min(max(place + by, 0), len(keys) - 1)
        keys.insert(target, keys.pop(place))

    def remove(self, rows: str, key: str) -> None:
        """Take a row out."""
        self.rows[rows].remove(key)
        place = f"{rows}/{key}/"
        self.fields = {path: text for path, text in self.fields.items() if not path.startswith(place)}
        self.rows = {name: keys for name, keys in self.rows.items() if not name.startswith(place)}

    def languages(self, place: str) -> list[str]:
        """List the languages in which a text can be typed, those of the interface first."""
        found = [path.rpartition("/")[2] for path in self.fields if path.rpartition("/")[0] == place]
        return [*LANGUAGES, *sorted(set(found) - set(LANGUAGES))]

    def texts(self, place: str) -> dict[str, str]:
        """Return what is typed of a text, by language, without what is empty."""
        typed = {code: self.fields.get(f"{place}/{code}", "") for code in self.languages(place)}
        return {code: text for code, text in typed.items() if text.strip()}

    def below(self, place: str) -> dict[str, str]:
        """Return the fields below a place."""
        return {path: text for path, text in self.fields.items() if path.startswith(f"{place}/")}


def form_of(record: Json) -> Form:
    """Put a conference into a form. `record`: as `conference_to_json` writes it."""
    form = Form()
    for name in TEXTS:
        _put_texts(form, name, record[name])
    for name in LINES:
        form.fields[name] = line_of(record[name])
    for name in AGENTS:
        _put_rows(form, name, record[name], "name")
    _put_rows(form, LINKS, record[LINKS], "label")
    form.rows[PANELS] = []
    for panel in _records(record[PANELS]):
        key = panel_key(str(panel["id"]))
        place = f"{PANELS}/{key}"
        form.rows[PANELS].append(key)
        for name in PANEL_TEXTS:
            _put_texts(form, f"{place}/{name}", panel[name])
        for name in PANEL_LINES:
            form.fields[f"{place}/{name}"] = line_of(panel[name])
        for name in PANEL_AGENTS:
            _put_rows(form, f"{place}/{name}", panel[name], "name")
    return form


def panel_key(identifier: str) -> str:
    """Return the key of a panel's row: what of its identifier is its own."""
    return identifier.partition("/")[2]


def line_of(value: JsonValue) -> str:
    """Write a value as the text of a field."""
    return "" if value is None else str(value)


def rebased(form: Form, base: Json, theirs: Json) -> Form:
    """Bring a form up to date with what others saved meanwhile; what was typed into it stays.

    Args:
        base: the conference as the form was made from it.
        theirs: the conference as it is now.
    """
    before, after = form_of(base), form_of(theirs)
    after.made = form.made
    for path, text in form.fields.items():
        if path in after.fields and text != before.fields.get(path):
            after.fields[path] = text
    for name in (*AGENTS, LINKS):
        _keep_rows(form, before, after, name)
    mine, old = form.rows[PANELS], before.rows[PANELS]
    for key in [key for key in old if key not in mine and key in after.rows[PANELS]]:
        after.remove(PANELS, key)
    for key in [key for key in mine if key not in after.rows[PANELS] and key not in old]:
        after.rows[PANELS].append(key)
        after.fields.update(form.below(f"{PANELS}/{key}"))
        after.rows.update({name: rows for name, rows in form.rows.items() if _is_below(name, key)})
    for key in after.rows[PANELS]:
        for name in PANEL_AGENTS if key in mine and key in old else ():
            _keep_rows(form, before, after, f"{PANELS}/{key}/{name}")
    if [key for key in mine if key in old] != [key for key in old if key in mine]:
        after.rows[PANELS].sort(key=lambda key: mine.index(key) if key in mine else len(mine))
    return after


def _is_below(name: str, key: str) -> bool:
    return name.startswith(f"{PANELS}/{key}/")


def _keep_rows(form: Form, before: Form, after: Form, name: str) -> None:
    """Keep a list as it was typed, if it was."""
    if (form.rows[name], form.below(name)) == (before.rows[name], before.below(name)):
        return
    for key in list(after.rows[name]):
        after.remove(name, key)
    after.rows[name] = list(form.rows[name])
    after.fields.update(form.below(name))


def _put_texts(form: Form, place: str, translations: JsonValue) -> None:
    known = cast(Mapping[str, str], translations)
    for language in [*LANGUAGES, *(code for code in known if code not in LANGUAGES)]:
        form.fields[f"{place}/{language}"] = known.get(language, "")


def _put_rows(form: Form, name: str, records: JsonValue, label: str) -> None:
    form.rows[name] = []
    for number, record in enumerate(_records(records)):
        key = str(number)
        form.rows[name].append(key)
        _put_texts(form, f"{name}/{key}/{label}", record[label])
        form.fields[f"{name}/{key}/url"] = line_of(record["url"])


def _records(value: JsonValue) -> Iterator[Json]:
    return iter(cast(Sequence[Json], value))
