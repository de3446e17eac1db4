"""What is special about a draft, in words: why somebody should look at it before it is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from archive.model import Sensitive, State
from archive.traces import DELETED
from ingest.drafts import Desk, Draft, Entry, Stage
from ingest.extraction import (
    DamagedError,
    EmptyError,
    EncryptedError,
    ReaderError,
    UnsupportedError,
)
from ingest.intake import DISMISSED
from ingest.outcome import Status
from ingest.work import NO_TEXT
from portal.reader import Reader
from portal.sentences import say
from portal.zip_words import zip_words

_GONE = r"The conference (\S+) was deleted\. Make it again, or take its deletion back, and try once more\."


class Problem(StrEnum):
    """Why a draft is worth a look, the gravest first."""

    UNREAD = "unread"
    HELD = "held"
    ALIKE = "alike"
    CONFERENCE = "conference"
    SENSITIVE = "sensitive"
    PANEL = "panel"


def problems(draft: Draft) -> tuple[Problem, ...]:
    """List what is special about a draft, the gravest first."""
    document = draft.document
    decided = bool(document.replaces or document.format_of)
    told = {
        Problem.UNREAD: draft.is_held and draft.is_unread,
        Problem.HELD: draft.is_held and not draft.is_unread,
        Problem.ALIKE: bool(draft.alike) and not decided,
        Problem.CONFERENCE: bool(draft.suspected_conference),
        Problem.SENSITIVE: bool(draft.found),
        Problem.PANEL: not document.panel,
    }
    return tuple(problem for problem, is_so in told.items() if is_so)


def counted(drafts: Iterable[Draft]) -> Counter[Problem]:
    """Count the drafts that have each problem."""
    return Counter(problem for draft in drafts for problem in problems(draft))


def problem_name(problem: Problem, reader: Reader) -> str:
    """Name a problem as a heading or filter."""
    _ = reader.texts.gettext
    return {
        Problem.UNREAD: _("Could not be read"),
        Problem.HELD: _("Held"),
        Problem.ALIKE: _("Looks like another document"),
        Problem.CONFERENCE: _("Another conference?"),
        Problem.SENSITIVE: _("Not for everybody?"),
        Problem.PANEL: _("No panel"),
    }[problem]


def sensitive_name(what: Sensitive, reader: Reader) -> str:
    """Name what a file may hold that is not to be published unasked."""
    _ = reader.texts.gettext
    return {
        Sensitive.NOTES: _("Speaker notes"),
        Sensitive.COMMENTS: _("Comments"),
        Sensitive.HIDDEN: _("Hidden slides or passages"),
        Sensitive.CHANGES: _("Tracked changes"),
        Sensitive.CONTACTS: _("E-mail addresses and phone numbers"),
    }[what]


def sensitive_names(found: Sequence[Sensitive], reader: Reader) -> str:
    """Name several of them in one line."""
    return ", ".join(sensitive_name(what, reader) for what in found)


def state_of(draft: Draft, reader: Reader) -> str:
    """Say in few words where a draft stands."""
    _ = reader.texts.gettext
    found = problems(draft)
    if not found:
        return _("Ready")
    if found[0] is Problem.SENSITIVE:
        return sensitive_names(draft.found, reader)
    return problem_name(found[0], reader)


def state_of_entry(entry: Entry, desk: Desk, reader: Reader) -> str:
    """Say in few words where a file stands that is no draft, or not yet one."""
    _ = reader.texts.gettext
    if entry.stage is Stage.WAITING:
        return _("Waits to be read")
    if entry.stage is Stage.READING:
        return _("Is being read")
    if entry.stage is Stage.FAILED:
        return _("Not taken in")
    if entry.status == "unchanged":
        there = desk.others.get(entry.document or "")
        if there is not None and there.state is State.WITHDRAWN:
            return _("Is in the archive and was withdrawn: {reason}").format(reason=there.reason)
        return _("Came in twice") if desk.draft(entry.document or "") else _("Is in the archive already")
    if entry.status == Status.SKIPPED.value:
        return _("Was unpacked")
    if entry.status == DISMISSED:
        return _("Dismissed")
    if entry.status == DELETED:
        return _("Deleted")
    if entry.document and entry.document in desk.others:
        return _("No longer a draft")
    return _("Belongs to another row") if entry.document else _("Deleted")


def trouble(reason: str, reader: Reader) -> tuple[str, str | None]:
    """Say why something is held: the words, and their language where it is not the reader's."""
    _ = reader.texts.gettext
    known = {
        str(EncryptedError()): _(
            "The file is protected with a password. Remove the protection and hand it in again."
        ),
        str(DamagedError()): _(
            "The file is damaged. Open it in the program that made it, save it anew and hand it in again."
        ),
        str(EmptyError()): _(
            "The file has no content. Check whether it was copied whole and hand it in again."
        ),
        str(UnsupportedError()): _(
            "The file is of a format that cannot be read. Save it as PDF and hand that in as well."
        ),
        str(ReaderError()): _("Reading took too long or too much memory and was stopped."),
        NO_TEXT: _("No text could be read: hand in a version with text, or publish it without."),
    }
    if reason in known:
        return known[reason], None
    own = next((words for english, words in known.items() if reason.endswith(english)), "")
    if own or (own := zip_words(reason, reader) or ""):
        return own, None
    gone = _("The conference {0} was deleted. Make it again, or take its deletion back, and try once more.")
    return say(reason, {_GONE: gone.format}) or reason, None
