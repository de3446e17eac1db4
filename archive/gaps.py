"""The gaps between two writes that belong together, each with a name, so that a crash in it can be tried.

A process that dies in a gap has done the one write and not the other. docs/design.md says of each gap what
that leaves and what mends it. In a running archive nobody listens; `bench/kills.py` ends processes there.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Gap(StrEnum):
    """After which write a process stands, in the order in which a file passes them."""

    UPLOAD_WHOLE = "the last byte of an upload is flushed"
    UPLOAD_ADOPTED = "an upload has its second name in received/"
    UPLOAD_ENTERED = "an upload has its entry in the intake"
    UPLOAD_NOTED = "an upload is noted as arrived"
    RECEIVED = "a file lies in received/"
    ENTERED = "a file has its entry in the intake"
    STAGED = "a version is staged in the journal"
    INTENDED = "the journal entry is valid"
    VERSION_PLACED = "the version is renamed into its object"
    INVENTORY_PLACED = "the root inventory is written"
    PLACED = "the object is whole"
    CATALOGUED = "the catalogue has it, with its change"
    FINISHED = "the journal entry is removed"
    CLOSED = "the entry in the intake is closed"
    SUCCEEDED = "a document has the files of a draft"
    POINTED = "the intake names that document"
    LOGGED = "the staff log says where the draft went"
    REMOVED = "an object is taken out of the storage root"
    INDEX_DUE = "an index commit is due"
    INDEX_WRITTEN = "an index commit is written"
    INDEX_JOINED = "joined segments lie beside the index"
    INDEX_BUILT = "a new index lies beside the live one"


_listener: Callable[[Gap], None] | None = None


def listen(listener: Callable[[Gap], None] | None) -> None:
    """Have a function called in each gap; None: no longer."""
    global _listener
    _listener = listener


def passing(gap: Gap) -> None:
    """Say that this process stands in a gap."""
    if _listener is not None:
        _listener(gap)
