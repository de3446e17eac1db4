"""Drafts are published, go into the documents they belong to, and nothing is lost when the program dies."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.editing import EditError, Editing
from archive.errors import NotFoundError
from archive.model import Sensitive, State
from archive.repository import Archive
from archive.staff_log import StaffLog
from archive.verification import verify
from ingest.proposals import Field, proposals_from_json
from ingest.readers import ReaderPool
from ingest.separation import separate
from ingest.succession import merge, publish
from tests.ingest.drafting import OTHER, HandIn, draft, published, rows, write_deck, write_pdf

pytestmark = pytest.mark.databases


def test_drafts_that_stand_alone_are_published(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    one = hand_in_draft(write_pdf(tmp_path / "a"), "a.pdf").document
    two = hand_in_draft(write_pdf(tmp_path / "b", OTHER), "b.pdf").document
    told: list[tuple[int, int]] = []

    done = publish(archive, [str(one), str(two)], "anna", "b", progress=lambda *numbers: told.append(numbers))

    assert (done.into, done.problems) == ({one: one, two: two}, {})
    assert {document.state for document in archive.documents(state=None)} == {State.PUBLISHED}
    assert told == [(1, 2), (2, 2)]
    assert [step.action for step in StaffLog(archive.catalogue.engine).steps(batch="b")] == ["publish"]


def test_a_draft_that_replaces_becomes_a_new_version(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    before = published(archive, hand_in_draft, write_deck(tmp_path / "a"), "Vortrag.pptx")
    new = draft(
        archive, hand_in_draft(write_deck(tmp_path / "b", OTHER, notes="Hier lächeln"), "Vortrag.pptx")
    )
    Editing(archive, "anna").edit({new.id: {"creators": ["Anna Beispiel"]}})

    done = publish(archive, [new.id], "berta", "b")

    assert done.into == {new.id: before.id}
    after = archive.document(before.id)
    assert (after.state, len(after.versions), after.current.number) == (State.PUBLISHED, 2, 2)
    assert after.creators == ("Anna Beispiel",), "what people set in the draft counts"
    assert after.title == before.title, "what nobody set stays"
    assert after.withheld == (Sensitive.NOTES,)
    assert archive.original(before.id, 1, "Vortrag.pptx").read_bytes() == (tmp_path / "a").read_bytes()
    assert archive.original(before.id, 2, "Vortrag.pptx").read_bytes() == (tmp_path / "b").read_bytes()
    assert archive.pages(before.id)[0].text.startswith("Jugend")
    assert archive.passports(before.id)["Vortrag.pptx"]["notes"] == 3
    with pytest.raises(NotFoundError):
        archive.document(new.id)
    assert [row.document for row in rows(archive)] == [before.id, before.id]
    (step,) = StaffLog(archive.catalogue.engine).steps(batch="b")
    assert (step.person, step.action, list(step.differences)) == ("berta", "replace", [before.id])
    assert list(verify(archive)) == []


def test_the_other_formats_stay_beside_a_new_version(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    before = published(archive, hand_in_draft, write_deck(tmp_path / "a"), "Vortrag.pptx")
    published(archive, hand_in_draft, write_pdf(tmp_path / "p"), "Vortrag.pdf")
    new = draft(archive, hand_in_draft(write_deck(tmp_path / "b", OTHER), "Vortrag.pptx"))

    publish(archive, [new.id], "anna")

    files = archive.document(before.id).current.files
    assert [file.name for file in files] == ["Vortrag.pptx", "Vortrag.pdf"]
    assert set(archive.passports(before.id)) == {"Vortrag.pptx", "Vortrag.pdf"}
    assert list(verify(archive)) == []


def test_a_file_of_another_name_takes_the_place_of_all(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    before = published(archive, hand_in_draft, write_deck(tmp_path / "a"), "Vortrag.pptx")
    published(archive, hand_in_draft, write_pdf(tmp_path / "p"), "Vortrag.pdf")
    new = draft(archive, hand_in_draft(write_deck(tmp_path / "b", OTHER), "Vortrag neu.pptx"))
    Editing(archive, "anna").edit({new.id: {"replaces": before.id}})

    publish(archive, [new.id], "anna")

    assert [file.name for file in archive.document(before.id).current.files] == ["Vortrag neu.pptx"]


def test_another_format_joins_the_document_and_the_best_to_read_leads(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    before = published(archive, hand_in_draft, write_pdf(tmp_path / "a"), "Vortrag.pdf")
    new = draft(archive, hand_in_draft(write_deck(tmp_path / "b", notes="Hier lächeln"), "Vortrag.pptx"))

    done = publish(archive, [new.id], "anna", "b")

    assert done.into == {new.id: before.id}
    after = archive.document(before.id)
    assert [file.name for file in after.current.files] == ["Vortrag.pptx", "Vortrag.pdf"]
    assert (len(after.versions), after.withheld) == (1, (Sensitive.NOTES,))
    assert archive.pages(before.id)[0].notes == "Hier lächeln"
    assert set(archive.passports(before.id)) == {"Vortrag.pptx", "Vortrag.pdf"}
    assert list(verify(archive)) == []


@pytest.mark.parametrize("dies_at", ["point_entries", "StaffLog", "purge"])
@pytest.mark.parametrize("name", ["Vortrag.pptx", "Vortrag.pdf"])
def test_after_a_crash_nothing_is_lost_and_doing_it_again_does_the_rest(
    hand_in_draft: HandIn,
    archive: Archive,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    dies_at: str,
    name: str,
) -> None:
    before = published(archive, hand_in_draft, write_deck(tmp_path / "a"), "Vortrag.pptx")
    write = write_deck if name.endswith("pptx") else write_pdf
    slides = {"slides": OTHER} if name.endswith("pptx") else {}
    new = draft(archive, hand_in_draft(write(tmp_path / "b", **slides), name))
    with monkeypatch.context() as patch:
        if dies_at == "purge":
            patch.setattr(archive, "purge", _die)
        else:
            patch.setattr(f"ingest.succession.{dies_at}", _die)
        with pytest.raises(KeyboardInterrupt):
            publish(archive, [new.id], "anna")
    assert archive.document(new.id).state is State.DRAFT
    number = archive.document(before.id).current.number

    done = publish(archive, [new.id], "anna")

    assert (done.into, done.problems) == ({new.id: before.id}, {})
    after = archive.document(before.id)
    assert after.current.number == number
    digests = [file.sha512 for file in after.current.files]
    assert len(digests) == len(set(digests))
    assert [document.id for document in archive.documents(state=None)] == [before.id]
    assert {row.document for row in rows(archive)} == {before.id}
    assert publish(archive, [new.id], "anna").problems.keys() == {new.id}
    assert list(verify(archive)) == []


def test_what_belongs_to_a_draft_of_the_same_round_follows_it(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    one = draft(archive, hand_in_draft(write_deck(tmp_path / "a"), "p/a.pptx"))
    two = draft(archive, hand_in_draft(write_pdf(tmp_path / "b"), "q/b.pdf"))
    Editing(archive, "anna").edit({two.id: {"format_of": one.id}})

    done = publish(archive, [two.id, one.id], "anna")

    assert done.into == {one.id: one.id, two.id: one.id}
    assert [file.name for file in archive.document(one.id).current.files] == ["a.pptx", "b.pdf"]


def test_translations_of_a_draft_follow_it(hand_in_draft: HandIn, archive: Archive, tmp_path: Path) -> None:
    before = published(archive, hand_in_draft, write_deck(tmp_path / "a"), "Vortrag.pptx")
    new = draft(archive, hand_in_draft(write_deck(tmp_path / "b", OTHER), "Vortrag.pptx"))
    other = draft(archive, hand_in_draft(write_pdf(tmp_path / "c", OTHER), "Доклад.pdf"))
    Editing(archive, "anna").edit({other.id: {"translation_of": [new.id]}})

    publish(archive, [new.id], "anna")

    assert archive.document(other.id).translation_of == (before.id,)


@pytest.mark.parametrize("fate", ["withdrawn", "gone", "draft"])
def test_a_draft_whose_document_is_not_there_to_readers_stays_and_says_so(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path, fate: str
) -> None:
    before = published(archive, hand_in_draft, write_deck(tmp_path / "a"), "Vortrag.pptx")
    new = draft(archive, hand_in_draft(write_deck(tmp_path / "b", OTHER), "Vortrag.pptx"))
    alone = draft(archive, hand_in_draft(write_pdf(tmp_path / "c", ("Etwas",)), "c.pdf"))
    if fate == "withdrawn":
        Editing(archive, "anna").withdraw([before.id], "Auf Wunsch")
    elif fate == "gone":
        archive.purge(before.id)
    else:
        Editing(archive, "anna").edit({new.id: {"replaces": alone.id}})

    done = publish(archive, [new.id] if fate == "draft" else [new.id, alone.id], "anna")

    assert isinstance(done.problems[new.id], EditError)
    assert archive.document(new.id).state is State.DRAFT
    assert (alone.id in done.into) == (fate != "draft"), "the others are published all the same"


def test_a_second_file_of_one_format_is_refused(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    before = published(archive, hand_in_draft, write_deck(tmp_path / "a"), "a.pptx")
    new = draft(archive, hand_in_draft(write_deck(tmp_path / "b", OTHER), "b.pptx"))
    Editing(archive, "anna").edit({new.id: {"format_of": before.id}})

    done = publish(archive, [new.id], "anna")

    assert "a.pptx" in str(done.problems[new.id]) or "format" in str(done.problems[new.id])
    assert len(archive.document(before.id).current.files) == 1


def test_two_drafts_are_joined(hand_in_draft: HandIn, archive: Archive, tmp_path: Path) -> None:
    one = draft(archive, hand_in_draft(write_pdf(tmp_path / "a"), "p/a.pdf"))
    two = draft(archive, hand_in_draft(write_deck(tmp_path / "b", notes="Hier lächeln"), "q/b.pptx"))

    joined = merge(archive, two.id, one.id, "anna", "b")

    assert (joined.id, joined.state) == (one.id, State.DRAFT)
    assert [file.name for file in joined.current.files] == ["b.pptx", "a.pdf"]
    assert joined.withheld == (Sensitive.NOTES,)
    assert {row.document for row in rows(archive)} == {one.id}
    assert archive.pages(one.id)[0].notes == "Hier lächeln"
    with pytest.raises(NotFoundError):
        merge(archive, two.id, one.id, "anna")
    with pytest.raises(EditError):
        merge(archive, one.id, one.id, "anna")


def test_a_published_document_is_not_joined(hand_in_draft: HandIn, archive: Archive, tmp_path: Path) -> None:
    there = published(archive, hand_in_draft, write_pdf(tmp_path / "a"), "p/a.pdf")
    one = draft(archive, hand_in_draft(write_deck(tmp_path / "b"), "q/b.pptx"))

    with pytest.raises(EditError):
        merge(archive, one.id, there.id, "anna")


@pytest.mark.parametrize("taken", ["Vortrag.pdf", "Vortrag.pptx"])
def test_a_file_is_taken_out_of_a_draft(
    hand_in_draft: HandIn, archive: Archive, readers: ReaderPool, tmp_path: Path, taken: str
) -> None:
    one = hand_in_draft(write_deck(tmp_path / "a", notes="Hier lächeln"), "Vortrag.pptx")
    hand_in_draft(write_pdf(tmp_path / "b", contact="anna@example.org"), "Vortrag.pdf")
    before = draft(archive, one)
    assert len(before.current.files) == 2

    own = separate(archive, readers, before.id, taken, "anna", "b")

    rest = archive.document(before.id)
    assert [file.name for file in own.current.files] == [taken]
    assert [file.name for file in rest.current.files] == [
        name for name in ("Vortrag.pptx", "Vortrag.pdf") if name != taken
    ]
    deck, pdf = (own, rest) if taken.endswith("pptx") else (rest, own)
    assert (deck.withheld, pdf.withheld) == ((Sensitive.NOTES,), (Sensitive.CONTACTS,))
    assert archive.pages(deck.id)[0].notes == "Hier lächeln"
    assert "anna@example.org" in archive.pages(pdf.id)[0].text
    assert set(archive.passports(own.id)) == {taken}
    by_path = {row.path: row.document for row in rows(archive)}
    assert by_path == {"Vortrag.pptx": deck.id, "Vortrag.pdf": pdf.id}
    assert Field.FORMAT_OF in proposals_from_json(rows(archive)[1].proposals)
    assert [step.action for step in StaffLog(archive.catalogue.engine).steps(batch="b")] == ["separate"]
    assert list(verify(archive)) == []
    with pytest.raises(EditError):
        separate(archive, readers, own.id, taken, "anna")
    with pytest.raises(NotFoundError):
        separate(archive, readers, own.id, "nothing.pdf", "anna")


def test_taking_out_again_after_a_crash_makes_one_draft(
    hand_in_draft: HandIn,
    archive: Archive,
    readers: ReaderPool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = draft(archive, hand_in_draft(write_deck(tmp_path / "a"), "Vortrag.pptx"))
    hand_in_draft(write_pdf(tmp_path / "b"), "Vortrag.pdf")
    with monkeypatch.context() as patch:
        patch.setattr(archive, "revise", _die)
        with pytest.raises(KeyboardInterrupt):
            separate(archive, readers, one.id, "Vortrag.pdf", "anna")

    own = separate(archive, readers, one.id, "Vortrag.pdf", "anna")

    assert {document.id for document in archive.documents(state=None)} == {one.id, own.id}
    assert len(archive.document(one.id).current.files) == 1


def _die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
