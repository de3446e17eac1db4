"""What staff do to records, its log and its history, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from archive.editing import ChangedError, EditError, Editing
from archive.history import history_of_document
from archive.model import Document, Sensitive, State
from archive.repository import Archive
from archive.staff_log import StaffLog
from ingest.batches import Batches

Deposit = Callable[..., Document]


@pytest.fixture
def editing(archive: Archive) -> Editing:
    return Editing(archive, "olga", batch="b1")


def test_edit_is_kept_logged_and_part_of_history(
    archive: Archive, editing: Editing, deposit: Deposit
) -> None:
    document = deposit(b"Text")
    step = editing.edit({document.id: {"title": "Neu", "withheld": ["notes"]}})
    changed = archive.stored.document(document.id)
    assert (changed.title, changed.withheld) == ("Neu", (Sensitive.NOTES,))
    assert archive.document(document.id) == changed
    assert step.differences == {document.id: {"title": ("Fernwärme", "Neu"), "withheld": (None, ["notes"])}}
    assert StaffLog(archive.catalogue.engine).steps(batch="b1") == (step,)
    newest, first = history_of_document(archive.storage, document.id)
    assert (newest.by, newest.message, first.by) == ("olga", "edit", "")
    assert newest.differences["title"] == ("Fernwärme", "Neu")


def test_nothing_changed_is_no_revision(archive: Archive, editing: Editing, deposit: Deposit) -> None:
    document = deposit(b"Text")
    assert editing.edit({document.id: {"title": document.title}}).differences == {}
    assert len(history_of_document(archive.storage, document.id)) == 1


@pytest.mark.parametrize(
    "values", [{"state": "published"}, {"id": "x"}, {"kind": "novel"}, {"date": "yesterday"}, {"creators": 7}]
)
def test_what_cannot_be_set_changes_nothing(
    values: Any, archive: Archive, editing: Editing, deposit: Deposit
) -> None:
    document = deposit(b"Text")
    with pytest.raises(EditError):
        editing.edit({document.id: values})
    assert archive.document(document.id) == document


def test_publish_withdraw_restore(archive: Archive, editing: Editing, deposit: Deposit) -> None:
    draft = deposit(b"Text", state=State.DRAFT, reason="look")
    editing.publish([draft.id])
    assert archive.document(draft.id).state is State.PUBLISHED
    with pytest.raises(EditError):
        editing.withdraw([draft.id], "  ")
    editing.withdraw([draft.id], "Rechte ungeklärt")
    withdrawn = archive.document(draft.id)
    assert (withdrawn.state, withdrawn.reason) == (State.WITHDRAWN, "Rechte ungeklärt")
    assert withdrawn.withdrawn_at is not None
    editing.publish([draft.id])
    assert archive.document(draft.id).state is State.WITHDRAWN
    editing.restore([draft.id])
    assert archive.document(draft.id).withdrawn_at is None


def test_undo_takes_a_step_back_whole_and_once(archive: Archive, editing: Editing, deposit: Deposit) -> None:
    one, two = deposit(b"Eins"), deposit(b"Zwei", path="panel/zwei.txt")
    step = editing.edit({one.id: {"title": "A"}, two.id: {"title": "B"}})
    undo, left = editing.undo(step.id)
    assert left == ()
    assert {archive.document(each.id).title for each in (one, two)} == {"Fernwärme"}
    with pytest.raises(EditError):
        editing.undo(step.id)
    editing.undo(undo.id)
    assert archive.document(two.id).title == "B"


def test_undo_leaves_what_was_changed_since(archive: Archive, editing: Editing, deposit: Deposit) -> None:
    document = deposit(b"Text")
    step = editing.edit({document.id: {"title": "A", "rights": "CC BY 4.0"}})
    Editing(archive, "ivan").edit({document.id: {"title": "C"}})
    _, left = editing.undo(step.id)
    assert left == (document.id,)
    assert (archive.document(document.id).title, archive.document(document.id).rights) == ("C", "")


def test_a_field_that_is_no_longer_as_expected_is_not_overwritten(
    archive: Archive, editing: Editing, deposit: Deposit
) -> None:
    document = deposit(b"Text")
    Editing(archive, "ivan").edit({document.id: {"title": "C"}})
    with pytest.raises(ChangedError) as error:
        editing.edit({document.id: {"title": "A"}}, expected={document.id: {"title": document.title}})
    assert (error.value.fields, error.value.theirs.title) == (("title",), "C")
    editing.edit({document.id: {"rights": "CC0"}}, expected={document.id: {"rights": ""}})
    editing.edit({document.id: {"title": "C"}}, expected={document.id: {"title": document.title}})
    assert (archive.document(document.id).title, archive.document(document.id).rights) == ("C", "CC0")


def test_steps_and_documents_are_found_by_conference(archive: Archive, deposit: Deposit) -> None:
    draft, _ = deposit(b"Text", state=State.DRAFT), deposit(b"Anderer", path="b.txt")
    step = Editing(archive, "olga", conference=draft.conference).edit({draft.id: {"rights": "CC0"}})
    assert StaffLog(archive.catalogue.engine).steps(conference=draft.conference) == (step,)
    assert StaffLog(archive.catalogue.engine).steps(conference="other") == ()
    assert archive.catalogue.counts() == {draft.conference: {State.DRAFT: 1, State.PUBLISHED: 1}}


def test_a_step_in_a_batch_is_found_in_the_conference_of_that(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    batch = Batches(archive.catalogue.engine).begin("anna", "upload", document.conference)
    Editing(archive, "anna", batch=batch.id).edit({document.id: {"rights": "CC0"}})
    log = StaffLog(archive.catalogue.engine)
    (step,) = log.steps(conference=document.conference)
    assert (step.batch, step.conference) == (batch.id, document.conference)
