"""The fields of one record as they are typed, and back to values of the record. What is typed is hostile."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from archive.model import Access, Kind, Sensitive
from archive.records import Json, JsonValue
from ingest.spreadsheet_columns import CellError, parse_day
from portal.managing.parsing import FIRST_YEAR, LAST_YEAR, Problems, clean
from portal.texts import Texts

TITLE_LENGTH, NAME_LENGTH, RIGHTS_LENGTH = 1000, 300, 2000
MOST_NAMES = 100

Typed = Mapping[str, object]
"""What stands in the fields, by field: texts, lists of texts, None."""

_LANGUAGE = re.compile(r"[a-z]{2}|other|und")


def typed_of(record: Json) -> dict[str, object]:
    """Put a record into fields."""
    return {
        "title": str(record["title"]),
        "creators": "\n".join(_texts(record["creators"])),
        "kind": record["kind"],
        "languages": _texts(record["languages"]),
        "conference": record["conference"],
        "panel": record["panel"],
        "date": str(record["date"] or ""),
        "rights": str(record["rights"]),
        "access": record["access"],
        "embargoed_until": str(record["embargoed_until"] or ""),
        "translation_of": _texts(record["translation_of"]),
        "part_of": _texts(record["part_of"]),
        "decided": record["withheld"] is not None,
        "withheld": _texts(record["withheld"] or []),
    }


def values_of(
    typed: Typed, record: Json, exists: Callable[[str], bool], texts: Texts
) -> tuple[dict[str, JsonValue], Problems]:
    """Return the fields that were changed, with their new values, and what is wrong, by field.

    Args:
        record: the record as the form was made from it.
        exists: tells whether there is a document with an identifier.
    """
    _ = texts.gettext
    before, problems = typed_of(record), dict[str, str]()
    changed = {name for name, value in typed.items() if value != before.get(name)}
    values: dict[str, JsonValue] = {}
    for name in sorted(changed - {"decided", "withheld"}):
        try:
            values[name] = _value(name, typed[name], str(record["id"]), exists)
        except CellError as exc:
            problems[name] = _message(str(exc), texts)
    if changed & {"decided", "withheld"}:
        chosen: JsonValue = [each for each in _texts(typed["withheld"]) if each in list(Sensitive)]
        values["withheld"] = chosen if typed["decided"] else None
    if "conference" in values and "panel" not in values:
        panel = str(record["panel"] or "")
        values["panel"] = panel if panel.startswith(f"{values['conference']}/") else None
    access = values.get("access", record["access"])
    until = values.get("embargoed_until", record["embargoed_until"])
    if access == Access.EMBARGOED.value and not until and "embargoed_until" not in problems:
        problems["embargoed_until"] = _("Write the day from which on everybody may read it.")
    return {name: value for name, value in values.items() if value != record[name]}, problems


class _FieldError(CellError):
    """What was typed is no value; the text says what kind of trouble it is."""

    def __init__(self, trouble: str) -> None:
        ValueError.__init__(self, trouble)


def _value(name: str, given: object, own: str, exists: Callable[[str], bool]) -> JsonValue:
    if name == "title":
        text = " ".join(clean(str(given)).split())
        if not text:
            raise _FieldError("empty")
        return _bounded(text, TITLE_LENGTH)
    if name == "rights":
        return _bounded(clean(str(given)), RIGHTS_LENGTH)
    if name == "creators":
        lines = (" ".join(clean(line).split()) for line in str(given).split("\n"))
        names = list(dict.fromkeys(_bounded(line, NAME_LENGTH) for line in lines if line))
        if len(names) > MOST_NAMES:
            raise _FieldError("length")
        return names
    if name == "languages":
        codes = [clean(code).casefold() for code in _texts(given)]
        if any(not _LANGUAGE.fullmatch(code) for code in codes):
            raise _FieldError("language")
        return codes
    if name in ("date", "embargoed_until"):
        return _day(clean(str(given)))
    if name in ("translation_of", "part_of"):
        targets = list(dict.fromkeys(clean(each) for each in _texts(given)))
        if any(each == own or not exists(each) for each in targets):
            raise _FieldError("document")
        return targets
    if (name == "kind" and given not in list(Kind)) or (name == "access" and given not in list(Access)):
        raise _FieldError("value")
    return None if given is None else str(given)


def _day(text: str) -> str | None:
    if not text:
        return None
    try:
        day = parse_day(text)
    except CellError as exc:
        raise _FieldError("day") from exc
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _FieldError("day")
    return day.isoformat()


def _bounded(text: str, limit: int) -> str:
    if len(text) > limit:
        raise _FieldError("length")
    return text


def _message(trouble: str, texts: Texts) -> str:
    _ = texts.gettext
    return {
        "empty": _("A title is needed."),
        "length": _("Too long. Shorten it."),
        "language": _("Write languages by their two letters: de, ru, en."),
        "day": _("Write a day like 28.06.2017 or 2017-06-28."),
        "document": _("There is no other document with this identifier."),
    }.get(trouble, _("This value cannot be chosen."))


def _texts(value: object) -> list[str]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    return [str(each) for each in value]
