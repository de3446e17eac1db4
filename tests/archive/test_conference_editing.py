"""What staff do to conferences: two people at once, panels with documents, log, history, and taking back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from archive.conference_editing import ClashError, ConferenceEditing, PanelInUseError
from archive.editing import Editing
from archive.errors import ArchiveError, EditError, IdentifierError, NotFoundError
from archive.history import history_of_conference
from archive.model import Conference, Document, Panel
from archive.repository import Archive
from archive.staff_log import StaffLog

Deposit = Callable[..., Document]

ENERGY, WATER = (
    Panel("2017-krasnodar/energie", {"de": "Energie"}),
    Panel("2017-krasnodar/wasser", {"de": "W"}),
)
CONFERENCE = Conference("2017-krasnodar", {"de": "Konferenz"}, number=14, panels=(ENERGY, WATER))


@pytest.fixture
def editing(archive: Archive) -> ConferenceEditing:
    editing = ConferenceEditing(archive, "olga")
    editing.create(CONFERENCE)
    return editing


def test_a_save_is_kept_logged_and_part_of_history(archive: Archive, editing: ConferenceEditing) -> None:
    mine = replace(CONFERENCE, title={"de": "Konferenz", "ru": "Конференция"})
    step = editing.save(CONFERENCE, mine)
    assert archive.stored.conference(CONFERENCE.id) == archive.conference(CONFERENCE.id) == mine
    assert step.conference == CONFERENCE.id
    assert step.differences == {CONFERENCE.id: {"title": (dict(CONFERENCE.title), dict(mine.title))}}
    newest, first = history_of_conference(archive.storage, CONFERENCE.id)
    assert (newest.by, newest.message, first.by, first.message) == (
        "olga",
        "edit-conference",
        "olga",
        "create-conference",
    )


def test_two_people_who_change_different_fields_both_keep_theirs(
    archive: Archive, editing: ConferenceEditing
) -> None:
    editing.save(CONFERENCE, replace(CONFERENCE, number=15))
    changed = replace(CONFERENCE, panels=(replace(ENERGY, room="101"), WATER))
    ConferenceEditing(archive, "ivan").save(CONFERENCE, changed)
    now = archive.conference(CONFERENCE.id)
    assert (now.number, now.panels[0].room) == (15, "101")


def test_the_second_who_changes_the_same_field_is_told(archive: Archive, editing: ConferenceEditing) -> None:
    editing.save(CONFERENCE, replace(CONFERENCE, number=15))
    with pytest.raises(ClashError) as error:
        ConferenceEditing(archive, "ivan").save(CONFERENCE, replace(CONFERENCE, number=16))
    (clash,) = error.value.clashes
    assert (clash.path, clash.mine, clash.theirs, error.value.theirs.number) == (("number",), 16, 15, 15)
    assert archive.conference(CONFERENCE.id).number == 15
    ConferenceEditing(archive, "ivan").save(error.value.theirs, replace(CONFERENCE, number=16))
    assert archive.conference(CONFERENCE.id).number == 16


def test_a_panel_with_documents_is_not_taken_out(
    archive: Archive, editing: ConferenceEditing, deposit: Deposit
) -> None:
    deposit(b"Text", panel=ENERGY.id)
    with pytest.raises(PanelInUseError) as error:
        editing.save(CONFERENCE, replace(CONFERENCE, panels=(WATER,)))
    assert (error.value.panel, error.value.document_count) == (ENERGY.id, 1)
    editing.save(CONFERENCE, replace(CONFERENCE, panels=(ENERGY,)))
    assert archive.conference(CONFERENCE.id).panels == (ENERGY,)


def test_merging_panels_is_one_step_that_can_be_taken_back(
    archive: Archive, editing: ConferenceEditing, deposit: Deposit
) -> None:
    document = deposit(b"Text", panel=ENERGY.id)
    step = editing.merge_panel(CONFERENCE.id, ENERGY.id, WATER.id)
    assert archive.document(document.id).panel == WATER.id
    assert archive.conference(CONFERENCE.id).panels == (WATER,)
    _, left = Editing(archive, "olga").undo(step.id)
    assert left == ()
    assert archive.document(document.id).panel == ENERGY.id
    assert archive.conference(CONFERENCE.id) == CONFERENCE
    assert StaffLog(archive.catalogue.engine).step(step.id).undone_by is not None


def test_undo_leaves_what_was_changed_since(archive: Archive, editing: ConferenceEditing) -> None:
    mine = replace(CONFERENCE, number=15, motto={"de": "M"})
    step = editing.save(CONFERENCE, mine)
    editing.save(mine, replace(mine, number=16))
    _, left = Editing(archive, "olga").undo(step.id)
    assert left == (CONFERENCE.id,)
    now = archive.conference(CONFERENCE.id)
    assert (now.number, now.motto) == (16, {})


def test_undo_keeps_a_panel_that_has_documents_by_now(
    archive: Archive, editing: ConferenceEditing, deposit: Deposit
) -> None:
    new = Panel("2017-krasnodar/neu", {"de": "Neu"})
    step = editing.save(CONFERENCE, replace(CONFERENCE, panels=(*CONFERENCE.panels, new)))
    deposit(b"Text", panel=new.id)
    assert Editing(archive, "olga").undo(step.id)[1] == (CONFERENCE.id,)
    assert archive.conference(CONFERENCE.id).panels[-1] == new


def test_remove_create_and_undo_of_both(
    archive: Archive, editing: ConferenceEditing, deposit: Deposit
) -> None:
    removed = editing.remove(CONFERENCE.id)
    with pytest.raises(NotFoundError):
        archive.conference(CONFERENCE.id)
    undo, _ = Editing(archive, "olga").undo(removed.id)
    assert archive.conference(CONFERENCE.id) == CONFERENCE
    Editing(archive, "olga").undo(undo.id)
    assert archive.conferences() == ()
    created = editing.create(CONFERENCE)
    deposit(b"Text")
    assert Editing(archive, "olga").undo(created.id)[1] == (CONFERENCE.id,)
    with pytest.raises(ArchiveError):
        editing.remove(CONFERENCE.id)
    assert archive.conference(CONFERENCE.id) == CONFERENCE


@pytest.mark.parametrize(
    "wrong",
    [
        replace(CONFERENCE, start=dt.date(2017, 6, 2), end=dt.date(2017, 6, 1)),
        replace(CONFERENCE, title={"de": " "}),
        replace(CONFERENCE, panels=(ENERGY, ENERGY)),
        replace(CONFERENCE, panels=(Panel("elsewhere/energie", {}),)),
    ],
)
def test_what_makes_no_sense_is_refused(
    wrong: Conference, archive: Archive, editing: ConferenceEditing
) -> None:
    with pytest.raises(EditError):
        editing.save(CONFERENCE, wrong)
    assert archive.conference(CONFERENCE.id) == CONFERENCE


def test_an_identifier_is_taken_once_and_well_formed(editing: ConferenceEditing) -> None:
    with pytest.raises(EditError):
        editing.create(replace(CONFERENCE, number=99))
    with pytest.raises(IdentifierError):
        editing.create(Conference("../x", {"de": "X"}))


def test_documents_only_go_to_panels_of_their_conference(
    archive: Archive, editing: ConferenceEditing, deposit: Deposit
) -> None:
    document = deposit(b"Text")
    with pytest.raises(EditError):
        Editing(archive, "olga").edit({document.id: {"panel": "elsewhere/energie"}})
    Editing(archive, "olga").edit({document.id: {"panel": WATER.id}})
    assert archive.document(document.id).panel == WATER.id
