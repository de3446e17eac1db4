"""What people did in a batch, in words: for the button that takes it back and for the list of steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.model import Document
from archive.records import JsonValue
from archive.staff_log import Step
from portal.checking.cells import Column, column_name
from portal.markup import NOTHING, Markup, tag, together
from portal.reader import Reader
from portal.steps import can_be_taken_back, step_words

_SHOWN = 60
"""Characters of a title or value that are repeated."""

STEPS_SHOWN = 100

_HERE = ("edit", "publish", "hold")
"""What the button takes back: what is done on the page for checking."""


def last_to_take_back(steps: Sequence[Step], person: str) -> Step | None:
    """Return the newest step of a person that can be taken back; None if there is none."""
    for step in steps:
        if step.person == person and step.action in _HERE and can_be_taken_back(step):
            return step
    return None


def history(steps: Sequence[Step], titles: Mapping[str, Document], reader: Reader) -> Markup:
    """List steps, the newest first: when, who, what, and the values before and after."""
    _ = reader.texts.gettext
    if not steps:
        return tag("p", _("Nobody has changed anything here yet."), css="meta")
    items = (_item(step, titles, reader) for step in steps)
    return tag("ol", together(items), css="steps")


def _item(step: Step, titles: Mapping[str, Document], reader: Reader) -> Markup:
    _ = reader.texts.gettext
    undone = tag("em", _("taken back")) if step.undone_by is not None else NOTHING
    changes = NOTHING
    if len(step.differences) == 1:
        ((_name, fields),) = step.differences.items()
        changes = together(_change(name, pair, reader) for name, pair in fields.items())
    return tag(
        "li",
        tag("span", reader.texts.moment(step.at), css="at"),
        tag("b", step.person),
        tag("span", step_words(step, titles, reader), css="what", dir="auto"),
        undone,
        tag("dl", changes) if changes else NOTHING,
    )


def _change(name: str, pair: tuple[JsonValue, JsonValue], reader: Reader) -> Markup:
    before, after = (_value(each) for each in pair)
    values = (tag("del", before, dir="auto"), " → ", tag("ins", after, dir="auto"))
    return tag("dt", _field(name, reader)) + tag("dd", *values)


def _field(name: str, reader: Reader) -> str:
    _ = reader.texts.gettext
    others = {
        "path": _("File"),
        "replaces": _("New version of"),
        "format_of": _("Another format of"),
        "withheld": _("Kept for staff"),
        "state": _("State"),
        "reason": _("Reason for holding"),
    }
    if name in others:
        return others[name]
    return column_name(Column(name), reader) if name in {column.value for column in Column} else name


def _value(value: JsonValue) -> str:
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, (list, tuple)):
        return _short("; ".join(str(each) for each in value))
    return _short(str(value))


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()} …"
