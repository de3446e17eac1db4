"""What became of a record: who changed it, when, and what, as the versions of its object tell.

The storage root is the source, so that history survives a rebuild and needs no table of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from archive.merging import merge
from archive.model import Conference, State
from archive.objects import RECORD, conference_object, document_object
from archive.records import (
    CONFERENCE_FORMAT,
    DOCUMENT_FORMAT,
    Json,
    JsonValue,
    conference_to_json,
    document_from_json,
    load,
)
from archive.storage import Storage

Differences: TypeAlias = Mapping[str, tuple[JsonValue, JsonValue]]
"""Field of a record -> its value before and after, as in its JSON."""

_UNTOLD = frozenset({"format", "id", "updated_at"})


@dataclass(frozen=True, slots=True)
class Event:
    """One change. `by` is empty where no person made it; `differences` is empty for the first."""

    created_at: dt.datetime
    by: str
    message: str
    differences: Differences


def history_of_document(storage: Storage, identifier: str) -> tuple[Event, ...]:
    """List what happened to a document, the newest first. Raises NotFoundError, StorageError."""
    return _history(storage, document_object(identifier), DOCUMENT_FORMAT)


def history_of_conference(storage: Storage, identifier: str) -> tuple[Event, ...]:
    """List what happened to a conference, the newest first. Raises NotFoundError, StorageError."""
    return _history(storage, conference_object(identifier), CONFERENCE_FORMAT)


def was_published(storage: Storage, identifier: str, digests: Collection[str] | None = None) -> bool:
    """Tell whether a document was ever published. Raises NotFoundError, StorageError.

    Args:
        digests: SHA-512 of files; it counts only while it had one of these.
    """
    for revision in storage.revisions(document_object(identifier), RECORD):
        document = document_from_json(load(revision.content, DOCUMENT_FORMAT))
        if document.state is State.PUBLISHED and (
            digests is None
            or any(file.sha512 in digests for version in document.versions for file in version.files)
        ):
            return True
    return False


def conference_without_people(storage: Storage, identifier: str) -> Json:
    """Return what a conference would be had only the program described it.

    Raises:
        NotFoundError, StorageError: its versions cannot be read.
    """
    before = untouched = conference_to_json(Conference(identifier, {}))
    for revision in storage.revisions(conference_object(identifier), RECORD):
        after = load(revision.content, CONFERENCE_FORMAT)
        if not revision.by:
            untouched = merge(before, after, untouched)[0]
        before = after
    return untouched


def differences(before: Json, after: Json) -> Differences:
    """Compare two records field by field; a field that one of them lacks is None there."""
    names = [name for name in {**before, **after} if name not in _UNTOLD]
    pairs = {name: (before.get(name), after.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _history(storage: Storage, name: str, record_format: str) -> tuple[Event, ...]:
    events: list[Event] = []
    before: Json | None = None
    for revision in storage.revisions(name, RECORD):
        after = load(revision.content, record_format)
        changed = {} if before is None else differences(before, after)
        events.append(Event(revision.created_at, revision.by, revision.message, changed))
        before = after
    return tuple(reversed(events))
