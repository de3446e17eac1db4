"""What staff do to records: correct, publish, hold, withdraw, restore, take back. One record or many.

Every change goes to the record as it is at that moment, field by field, so that two people who correct
different fields do not undo one another; and every step is logged, so that it can be taken back whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from archive.conference_editing import take_back
from archive.errors import EditError as EditError
from archive.errors import NotFoundError
from archive.history import Differences, differences
from archive.model import Document, State
from archive.open_step import OpenStep
from archive.records import JsonValue, document_from_json, document_to_json
from archive.repository import Archive
from archive.soundness import faults
from archive.staff_log import StaffLog, Step

EDITABLE = (
    "title",
    "creators",
    "kind",
    "languages",
    "conference",
    "panel",
    "date",
    "rights",
    "access",
    "embargoed_until",
    "translation_of",
    "part_of",
    "replaces",
    "format_of",
    "withheld",
)
"""Fields of a document that staff may set, by their names in its JSON."""

Values = Mapping[str, JsonValue]
"""New values of fields, as in the JSON of a record."""

Progress = Callable[[int, int], None]
"""Told after each record: how many are done, of how many."""

Gone = Callable[[str, NotFoundError], None]
"""Told of each record that is not there any more."""


class ChangedError(EditError):
    """Somebody else changed the same fields in the meantime."""

    def __init__(self, document: Document, fields: Sequence[str]) -> None:
        super().__init__(f"Changed by somebody else in the meantime: {', '.join(fields)}. Nothing was saved.")
        self.theirs = document
        self.fields = tuple(fields)


class Editing:
    """Changes records in the name of one person."""

    def __init__(
        self, archive: Archive, person: str, *, batch: str | None = None, conference: str | None = None
    ) -> None:
        """`batch` or `conference`: where the person works, so that steps can be found again there."""
        self._archive = archive
        self._person = person
        self._batch = batch
        self._conference = conference
        self._log = StaffLog(archive.catalogue.engine)

    def edit(
        self,
        values: Mapping[str, Values],
        progress: Progress | None = None,
        expected: Mapping[str, Values] | None = None,
        gone: Gone | None = None,
    ) -> Step:
        """Set fields of documents.

        Args:
            values: document -> new values, see `EDITABLE`.
            expected: document -> what these fields were when somebody began to change them.
            gone: told of documents that are gone, which are passed over then.

        Raises:
            NotFoundError: a document is gone, and `gone` is not there to be told.
            ChangedError: a field is no longer as expected; records before it have been changed.
            EditError: a value cannot be set; records before it have been changed, and are in the log.
        """
        for fields in values.values():
            if unknown := sorted(set(fields) - set(EDITABLE)):
                raise EditError(f"{', '.join(unknown)} cannot be set.")

        def change(document: Document) -> Document:
            _refuse_changed(document, values[document.id], (expected or {}).get(document.id, {}))
            after = _set(document, values[document.id])
            for fault in faults(self._archive, document, after).values():
                raise fault
            return after

        return self._change("edit", values, change, progress, gone=gone)

    def publish(
        self, documents: Iterable[str], progress: Progress | None = None, gone: Gone | None = None
    ) -> Step:
        """Publish drafts; what is no draft stays as it is. `gone` as in `edit`."""
        return self._change("publish", documents, _published, progress, gone=gone)

    def hold(self, documents: Iterable[str], reason: str, progress: Progress | None = None) -> Step:
        """Keep drafts from being published, with a reason."""
        return self._change("hold", documents, lambda document: _held(document, reason), progress)

    def withdraw(self, documents: Iterable[str], reason: str, progress: Progress | None = None) -> Step:
        """Take published documents back; their addresses say so, with the reason. Raises EditError."""
        if not reason.strip():
            raise EditError("A withdrawal needs a reason.")
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        return self._change(
            "withdraw", documents, lambda document: _withdrawn(document, reason, now), progress
        )

    def restore(self, documents: Iterable[str], progress: Progress | None = None) -> Step:
        """Publish withdrawn documents again."""
        return self._change("restore", documents, _restored, progress)

    def undo(self, step: int, progress: Progress | None = None) -> tuple[Step, tuple[str, ...]]:
        """Take a step back, field by field.

        Returns:
            The step that did so, and the records of which something was left: it changed later, or what it
            named before is gone.

        Raises:
            EditError: it was taken back before, or cannot be.
        """
        undone = self._log.step(step)
        if undone.undone_by is not None:
            raise EditError("This step has been taken back already.")
        left: list[str] = []
        steps: dict[str, Differences] = dict(undone.differences)
        first: dict[str, Differences] = {}
        if undone.conference in steps:  # before its documents, since their panel may be gone
            changed, complete = take_back(
                self._archive, self._person, undone.conference, steps.pop(undone.conference)
            )
            first = {undone.conference: changed} if changed else {}
            left += [] if complete else [undone.conference]

        def back(document: Document) -> Document:
            done = steps[document.id]
            after = _back(document, done)
            if gone := faults(self._archive, document, after):  # where it was, or what it belonged to
                after = _back(document, {name: pair for name, pair in done.items() if name not in gone})
            if not _is_back(after, done):
                left.append(document.id)
            return after

        there = self._archive.documents_by_id(list(steps))
        left += [name for name in steps if name not in there]
        done = self._change("undo", there, back, progress, undoes=undone, already=first)
        return done, tuple(left)

    def _change(
        self,
        action: str,
        documents: Iterable[str],
        change: Callable[[Document], Document],
        progress: Progress | None,
        undoes: Step | None = None,
        already: Mapping[str, Differences] | None = None,
        gone: Gone | None = None,
    ) -> Step:
        names = tuple(dict.fromkeys(documents))
        conference = undoes.conference if undoes else self._conference
        step = OpenStep(self._log, self._person, action, batch=self._batch, conference=conference)
        try:
            for subject, found in (already or {}).items():
                step.add(subject, found)
            for number, name in enumerate(names, 1):
                try:
                    before, after = self._archive.revise(name, change, message=action, by=self._person)
                except NotFoundError as exc:
                    if gone is None:
                        raise
                    gone(name, exc)
                else:
                    if found := differences(document_to_json(before), document_to_json(after)):
                        step.add(name, found)
                if progress is not None:
                    progress(number, len(names))
        except BaseException:
            step.keep()
            raise
        return step.end(undoes.id if undoes else None)


def _refuse_changed(document: Document, values: Values, expected: Values) -> None:
    record = document_to_json(document)
    changed = [
        name
        for name, value in expected.items()
        if not _equal(record.get(name), value) and not _equal(record.get(name), values.get(name, value))
    ]
    if changed:
        raise ChangedError(document, changed)


def _set(document: Document, values: Values) -> Document:
    record = {**document_to_json(document), **values}
    try:
        after = document_from_json(record)
    except (ValueError, TypeError, KeyError) as exc:
        raise EditError(f"A value of {document.title!r} cannot be set: {exc}.") from exc
    if after.panel is not None and not after.panel.startswith(f"{after.conference}/"):
        raise EditError(f"The panel {after.panel} is not one of the conference {after.conference}.")
    return after


def _published(document: Document) -> Document:
    return replace(document, state=State.PUBLISHED, reason="") if document.state is State.DRAFT else document


def _held(document: Document, reason: str) -> Document:
    return replace(document, reason=reason) if document.state is State.DRAFT else document


def _withdrawn(document: Document, reason: str, at: dt.datetime) -> Document:
    if document.state is not State.PUBLISHED:
        return document
    return replace(document, state=State.WITHDRAWN, reason=reason.strip(), withdrawn_at=at)


def _restored(document: Document) -> Document:
    if document.state is not State.WITHDRAWN:
        return document
    return replace(document, state=State.PUBLISHED, reason="", withdrawn_at=None)


def _back(document: Document, changed: Differences) -> Document:
    """Set fields back to what they were before, those that nobody has changed since."""
    record = document_to_json(document)
    same = {name: before for name, (before, after) in changed.items() if _equal(record.get(name), after)}
    return document_from_json({**record, **same})


def _is_back(document: Document, changed: Differences) -> bool:
    record = document_to_json(document)
    return all(_equal(record.get(name), before) for name, (before, _after) in changed.items())


def _equal(value: JsonValue, other: JsonValue) -> bool:
    if isinstance(value, Sequence) and isinstance(other, Sequence) and not isinstance(value, str):
        return list(value) == list(other)
    return value == other
