"""What people did, in words: one sentence a step of the log, and whether it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping

from archive.conference_editing import CREATE, EDIT, MERGE_PANELS, REMOVE
from archive.model import Document
from archive.staff_log import Step
from archive.translation_decisions import PROPOSE, REFUSE
from ingest.dismissal import DISMISS
from portal.managing.words import conference_changes, document_field, short
from portal.reader import Reader

FIELDS_NAMED = 6
"""Fields of a conference that are named in a step."""

UNDOABLE = frozenset(
    ("edit", "publish", "hold", "withdraw", "restore", "undo", CREATE, EDIT, MERGE_PANELS, REMOVE)
)
"""Steps that only set fields. Others join files or delete them, which no other values bring back."""


def can_be_taken_back(step: Step) -> bool:
    """Tell whether a step can be taken back, and was not yet."""
    return step.action in UNDOABLE and step.undone_by is None and step.has_values


def step_words(step: Step, titles: Mapping[str, Document], reader: Reader) -> str:
    """Say what somebody did: „12 documents: Panel, Rights changed“."""
    _ = reader.texts.gettext
    if not step.differences:
        return _("Nothing changed")
    documents = [name for name in step.differences if name != step.conference]
    of_conference = {
        CREATE: _("Conference made"),
        EDIT: _("Conference changed"),
        MERGE_PANELS: _("Panels merged"),
        REMOVE: _("Conference deleted"),
    }
    if step.action in of_conference:
        changed = conference_changes(step.differences.get(step.conference or "", {}), reader)
        labels = list(dict.fromkeys(label for label, _before, _after in changed))[:FIELDS_NAMED]
        named = ", ".join(labels) if step.action == EDIT else ""
        return f"{of_conference[step.action]}: {named}" if named else of_conference[step.action]
    if step.action == DISMISS:
        return reader.texts.ngettext(
            "{n} file that was set aside dismissed", "{n} files that were set aside dismissed", len(documents)
        )
    if not documents:
        return _("Conference: a step taken back")
    what = _subject(documents, titles, reader)
    if step.action == "edit":
        fields = dict.fromkeys(name for each in documents for name in step.differences[each])
        named = ", ".join(dict.fromkeys(document_field(name, reader) for name in fields))
        return _("{what}: {fields} changed").format(what=what, fields=named)
    messages = {
        "publish": _("{what} published"),
        "hold": _("{what} held or released"),
        "withdraw": _("{what} withdrawn"),
        "restore": _("{what} restored"),
        "undo": _("{what}: a step taken back"),
        "replace": _("{what}: new version published"),
        "merge": _("{what}: another format added"),
        "separate": _("{what}: formats separated"),
        "purge": _("{what} deleted for good"),
        REFUSE: _("{what}: a translation that was proposed refused"),
        PROPOSE: _("{what}: a refused translation proposed again"),
    }
    return messages.get(step.action, "{what}: {action}").format(what=what, action=step.action)


def _subject(documents: list[str], titles: Mapping[str, Document], reader: Reader) -> str:
    if len(documents) == 1:
        title = titles[documents[0]].title if documents[0] in titles else documents[0]
        return reader.texts.gettext("“{title}”").format(title=short(title))
    return reader.texts.ngettext("{n} document", "{n} documents", len(documents))
