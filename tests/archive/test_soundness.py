"""What is set anew has to make sense in this archive; what older records say stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from archive.conference_editing import ConferenceEditing
from archive.editing import EditError, Editing
from archive.model import Access, Conference, Document, Panel
from archive.repository import Archive

Deposit = Callable[..., Document]

ENERGY, YOUTH = "2017-krasnodar/energie", "2017-krasnodar/jugend"


@pytest.fixture
def editing(archive: Archive) -> Editing:
    panels = tuple(Panel(name, {"de": name}) for name in (ENERGY, YOUTH))
    archive.save_conference(Conference("2017-krasnodar", {"de": "Krasnodar"}, panels=panels))
    archive.save_conference(Conference("2015-karlsruhe", {"de": "Karlsruhe"}))
    return Editing(archive, "olga")


@pytest.mark.parametrize(
    "values",
    [
        {"conference": "2099-nirgendwo", "panel": None},
        {"panel": "2017-krasnodar/unbekannt"},
        {"access": "embargoed"},
        {"replaces": "ITSELF"},
        {"format_of": "ITSELF"},
        {"translation_of": ["ITSELF"]},
        {"part_of": ["ITSELF"]},
        {"replaces": "7k3mx9q2f3"},
        {"translation_of": ["7k3mx9q2f3"]},
    ],
)
def test_what_makes_no_sense_is_refused(
    values: dict[str, Any], archive: Archive, editing: Editing, deposit: Deposit
) -> None:
    document = deposit(b"Text")
    given = {
        name: [document.id] if value == ["ITSELF"] else document.id if value == "ITSELF" else value
        for name, value in values.items()
    }
    with pytest.raises(EditError):
        editing.edit({document.id: given})
    assert archive.document(document.id) == document


@pytest.mark.parametrize(("first", "second"), [("replaces", "replaces"), ("replaces", "format_of")])
def test_drafts_do_not_go_into_one_another(
    archive: Archive, editing: Editing, deposit: Deposit, first: str, second: str
) -> None:
    one, two, three = deposit(b"1", "a"), deposit(b"2", "b"), deposit(b"3", "c")
    editing.edit({one.id: {first: two.id}, two.id: {second: three.id}})
    with pytest.raises(EditError, match="circle"):
        editing.edit({three.id: {second: one.id}})
    with pytest.raises(EditError, match="circle"):
        editing.edit({two.id: {"replaces": one.id}})
    editing.edit({one.id: {first: ""}})
    editing.edit({three.id: {second: one.id}})


def test_two_documents_are_not_each_the_original_of_the_other(editing: Editing, deposit: Deposit) -> None:
    one, two = deposit(b"1", "a"), deposit(b"2", "b")
    editing.edit({two.id: {"translation_of": [one.id]}})
    with pytest.raises(EditError, match="circle"):
        editing.edit({one.id: {"translation_of": [two.id]}})


def test_what_an_older_record_says_stays(archive: Archive, editing: Editing, deposit: Deposit) -> None:
    gone, old = "7k3mx9q2f3", deposit(b"1", "a")
    odd = replace(
        old, conference="weg", translation_of=(gone,), replaces=gone, access=Access.EMBARGOED, panel="weg/x"
    )
    archive.save(odd, message="old")
    editing.edit({old.id: {"title": "Neu", "panel": None}})
    editing.edit({old.id: {"translation_of": []}})
    assert archive.document(old.id).replaces == gone
    editing.edit({old.id: {"conference": "2017-krasnodar", "panel": ENERGY}})


@pytest.mark.parametrize("lost", ["panel", "conference"])
def test_undo_of_a_move_leaves_a_document_where_its_place_is_gone(
    archive: Archive, editing: Editing, deposit: Deposit, lost: str
) -> None:
    document = deposit(b"Text", panel=ENERGY)
    move = {"conference": "2015-karlsruhe", "panel": None} if lost == "conference" else {"panel": YOUTH}
    step = editing.edit({document.id: {**move, "rights": "CC0"}})
    conferences = ConferenceEditing(archive, "ivan")
    known = archive.conference("2017-krasnodar")
    if lost == "conference":
        conferences.remove(known.id)
    else:
        conferences.save(known, replace(known, panels=known.panels[1:]))
    _, left = editing.undo(step.id)
    after = archive.document(document.id)
    assert left == (document.id,)
    assert after.rights == ""
    assert (after.conference, after.panel) == (
        ("2015-karlsruhe", None) if lost == "conference" else ("2017-krasnodar", YOUTH)
    )
