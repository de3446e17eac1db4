"""What becomes of a file that staff look at first: drafts, and nothing that the public sees changes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from archive.editing import Editing
from archive.model import Sensitive
from archive.repository import Archive
from archive.verification import verify
from ingest.accession import Accession
from ingest.candidate import Candidate, Description
from ingest.intake import Intake, Ticket
from ingest.outcome import Status
from ingest.proposals import Field, Reason, proposals_from_json
from ingest.readers import ReaderPool
from ingest.succession import publish
from tests.ingest.drafting import OTHER, HandIn, draft, read, rows, write_deck, write_pdf

pytestmark = pytest.mark.databases


def test_a_new_file_becomes_a_draft_that_withholds_what_it_holds(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    outcome = hand_in_draft(write_deck(tmp_path / "a", notes="Hier lächeln"), "Vortrag.pptx")

    document = draft(archive, outcome)
    assert (outcome.status, outcome.error, document.reason) == (Status.HELD, "", "")
    assert document.withheld == document.current.files[0].sensitive == (Sensitive.NOTES,)
    (row,) = rows(archive)
    assert (row.state, row.status, row.document, row.error) == ("done", "held", document.id, "")
    found = proposals_from_json(row.proposals)
    assert (found[Field.TITLE].value, document.title) == ("Fernwärme", "Fernwärme")
    assert found[Field.LANGUAGES].value == ["de"]


def test_a_draft_that_holds_nothing_withholds_nothing(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    assert draft(archive, hand_in_draft(write_pdf(tmp_path / "a"), "Vortrag.pdf")).withheld == ()


def test_what_cannot_be_read_says_why(hand_in_draft: HandIn, archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"%PDF-1.7 nothing")

    outcome = hand_in_draft(tmp_path / "a", "Vortrag_über_Wärme.pdf")

    document = draft(archive, outcome)
    assert document.reason == outcome.error == rows(archive)[0].error != ""
    assert (document.title, document.withheld) == ("Vortrag über Wärme", ())


def test_an_unreadable_draft_handed_in_again_stays_a_draft(
    hand_in_draft: HandIn, archive: Archive, accession: Accession, readers: ReaderPool, tmp_path: Path
) -> None:
    (tmp_path / "broken").write_bytes(b"%PDF-1.7 nothing")
    ticket = _ticket(archive, accession, tmp_path / "broken", "a.pdf")
    reading = read(readers, ticket)
    held = accession.accede(ticket, reading)
    again = _ticket(archive, accession, tmp_path / "broken", "a.pdf")
    with (write_deck(tmp_path / "deck", notes="Hier lächeln")).open("rb") as stream:
        received, sha512, size_bytes = archive.receive(stream)
    media_type = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    readable = replace(again, received=received, sha512=sha512, size_bytes=size_bytes, media_type=media_type)
    better = read(readers, readable)
    received.discard()

    outcome = accession.accede(again, better)

    assert outcome.document == held.document
    document = draft(archive, outcome)
    assert (document.reason, document.withheld) == ("", (Sensitive.NOTES,))
    assert document.current.files[0].page_count == 3


def test_the_same_bytes_add_no_document_and_are_noted(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    first = hand_in_draft(write_pdf(tmp_path / "a"), "p/Vortrag.pdf")

    second = hand_in_draft(tmp_path / "a", "q/Kopie.pdf", batch="b2")

    assert (second.status, second.document) == (Status.UNCHANGED, first.document)
    assert len(archive.documents(state=None)) == 1
    row = rows(archive)[1]
    assert (row.state, row.status, row.document, row.batch) == ("done", "unchanged", first.document, "b2")
    same = proposals_from_json(row.proposals)[Field.SAME_BYTES]
    assert (same.value, same.reason) == (first.document, Reason.SAME_BYTES)
    assert same.details["path"] == "p/Vortrag.pdf"


def test_the_same_bytes_twice_in_a_batch_are_one_draft(
    archive: Archive, accession: Accession, readers: ReaderPool, tmp_path: Path
) -> None:
    write_pdf(tmp_path / "a")
    tickets = [_ticket(archive, accession, tmp_path / "a", name) for name in ("p/a.pdf", "q/b.pdf")]

    outcomes = [accession.accede(ticket, read(readers, ticket)) for ticket in tickets]

    assert [outcome.status for outcome in outcomes] == [Status.HELD, Status.UNCHANGED]
    assert [row.document for row in rows(archive)] == [outcomes[0].document] * 2
    assert Field.SAME_BYTES in proposals_from_json(rows(archive)[1].proposals)


def test_same_path_of_a_published_document_becomes_a_draft_of_its_own(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    published = hand_in_draft(write_pdf(tmp_path / "a"), "Vortrag.pdf", hold=False)
    before = archive.document(str(published.document))

    outcome = hand_in_draft(write_pdf(tmp_path / "b", OTHER), "Vortrag.pdf")

    document = draft(archive, outcome)
    assert document.replaces == published.document
    assert archive.document(before.id) == before
    assert proposals_from_json(rows(archive)[1].proposals)[Field.REPLACES].reason is Reason.SAME_PATH
    third = hand_in_draft(write_pdf(tmp_path / "c", (*OTHER, "Nachtrag")), "Vortrag.pdf")
    assert third.document == document.id, "one draft waits to replace it, not two"
    assert draft(archive, third).replaces == before.id
    again = hand_in_draft(tmp_path / "c", "Vortrag.pdf")
    assert (again.status, again.document) == (Status.UNCHANGED, document.id)


def test_same_path_of_a_draft_takes_the_place_of_the_other_and_keeps_corrections(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    first = hand_in_draft(write_deck(tmp_path / "a", notes="Hier lächeln"), "Vortrag.pptx")
    identifier = str(first.document)
    Editing(archive, "anna").edit({identifier: {"title": "Wärme für alle", "withheld": []}})

    second = hand_in_draft(write_deck(tmp_path / "b", OTHER, notes="Hier auch"), "Vortrag.pptx")

    assert second.document == identifier
    document = draft(archive, second)
    assert (document.title, len(document.versions)) == ("Wärme für alle", 1)
    assert document.withheld == (), "staff had decided about notes"
    assert archive.pages(identifier)[0].text.startswith("Jugend")
    publish(archive, [identifier], "anna")
    ((file,),) = (version.files for version in archive.document(identifier).versions)
    assert archive.original(identifier, 1, file.name).read_bytes() == (tmp_path / "b").read_bytes()
    assert file.sha512 == hashlib.sha512((tmp_path / "b").read_bytes()).hexdigest()
    assert list(verify(archive)) == []


def test_same_path_of_a_draft_leaves_its_other_formats(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    first = hand_in_draft(write_pdf(tmp_path / "a"), "Vortrag.pdf")
    hand_in_draft(write_deck(tmp_path / "b"), "Vortrag.pptx")

    hand_in_draft(write_pdf(tmp_path / "c", OTHER), "Vortrag.pdf")

    document = draft(archive, first)
    assert [[file.name for file in version.files] for version in document.versions] == [
        ["Vortrag.pdf", "Vortrag.pptx"]
    ]
    assert set(archive.passports(document.id)) == {"Vortrag.pdf", "Vortrag.pptx"}
    assert archive.original(document.id, 1, "Vortrag.pptx").read_bytes() == (tmp_path / "b").read_bytes()
    assert list(verify(archive)) == []


def test_a_draft_that_was_public_before_keeps_what_was_public(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    first = hand_in_draft(write_pdf(tmp_path / "a"), "Vortrag.pdf")
    identifier = str(first.document)
    editing = Editing(archive, "anna")
    editing.undo(editing.publish([identifier]).id)

    hand_in_draft(write_pdf(tmp_path / "b", OTHER), "Vortrag.pdf")
    hand_in_draft(write_pdf(tmp_path / "c", (*OTHER, "Nachtrag")), "Vortrag.pdf")

    document = draft(archive, first)
    assert [version.number for version in document.versions] == [1, 2], "what nobody published is no version"
    for number, name in ((1, "a"), (2, "c")):
        kept = archive.original(identifier, number, "Vortrag.pdf").read_bytes()
        assert kept == (tmp_path / name).read_bytes()


def test_a_draft_published_by_the_command_line_does_not_publish_what_was_corrected(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    first = hand_in_draft(write_pdf(tmp_path / "a"), "Vortrag.pdf")

    second = hand_in_draft(write_pdf(tmp_path / "b", OTHER), "Vortrag.pdf", hold=False, batch=None)

    assert (second.status, second.document) == (Status.REPLACED, first.document)
    (version,) = archive.document(str(first.document)).versions
    assert [file.sha512 for file in version.files] == [
        hashlib.sha512((tmp_path / "b").read_bytes()).hexdigest()
    ]


def test_what_a_new_version_holds_for_the_first_time_is_withheld(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    first = hand_in_draft(write_deck(tmp_path / "a"), "Vortrag.pptx")
    Editing(archive, "anna").edit({str(first.document): {"withheld": []}})

    second = hand_in_draft(write_deck(tmp_path / "b", OTHER, notes="Hier lächeln"), "Vortrag.pptx")

    assert draft(archive, second).withheld == (Sensitive.NOTES,)


def test_same_path_of_a_withdrawn_document_is_held_with_the_reason(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    published = hand_in_draft(write_pdf(tmp_path / "a"), "Vortrag.pdf", hold=False)
    Editing(archive, "anna").withdraw([str(published.document)], "Auf Wunsch der Rednerin")

    document = draft(archive, hand_in_draft(write_pdf(tmp_path / "b", OTHER), "Vortrag.pdf"))

    assert "Auf Wunsch der Rednerin" in document.reason
    assert document.withheld == ()


def test_another_format_of_a_draft_goes_into_it(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    first = hand_in_draft(write_pdf(tmp_path / "a", contact="anna@example.org"), "p/Vortrag.pdf")

    second = hand_in_draft(write_deck(tmp_path / "b", notes="Hier lächeln"), "p/Vortrag.pptx")

    assert second.document == first.document
    document = draft(archive, second)
    assert [file.name for file in document.current.files] == ["Vortrag.pptx", "Vortrag.pdf"]
    assert document.withheld == (Sensitive.NOTES, Sensitive.CONTACTS)
    found = proposals_from_json(rows(archive)[1].proposals)[Field.FORMAT_OF]
    assert (found.value, found.reason) == (document.id, Reason.SAME_TEXT)


def test_another_format_of_a_published_document_is_a_draft_of_its_own(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    published = hand_in_draft(write_pdf(tmp_path / "a"), "p/Vortrag.pdf", hold=False)
    before = archive.document(str(published.document))

    document = draft(archive, hand_in_draft(write_deck(tmp_path / "b"), "p/Vortrag.pptx"))

    assert document.format_of == published.document
    assert archive.document(before.id) == before


def test_the_same_bytes_change_nothing_of_a_published_document(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    hand_in_draft(write_pdf(tmp_path / "a"), "de.pdf", hold=False)
    published = hand_in_draft(write_pdf(tmp_path / "b", OTHER), "ru.pdf", hold=False)
    before = archive.document(str(published.document))

    hand_in_draft(tmp_path / "b", "ru.pdf", translation_of="de.pdf")

    assert archive.document(before.id) == before


def test_a_held_draft_handed_in_without_hold_is_unchanged(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    first = hand_in_draft(write_pdf(tmp_path / "a"), "Vortrag.pdf")
    Editing(archive, "anna").hold([str(first.document)], "Noch fragen")

    second = hand_in_draft(tmp_path / "a", "Vortrag.pdf", hold=False, batch=None)

    assert second.status is Status.UNCHANGED
    assert draft(archive, second).reason == "Noch fragen"


def test_a_draft_of_a_new_version_that_can_be_read_by_now_stays_a_draft(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    published = hand_in_draft(write_pdf(tmp_path / "a"), "Vortrag.pdf", hold=False)
    held = hand_in_draft(write_pdf(tmp_path / "b", OTHER), "Vortrag.pdf")
    archive.revise(str(held.document), lambda before: replace(before, reason="Not readable"), message="held")

    again = hand_in_draft(tmp_path / "b", "Vortrag.pdf", hold=False, batch=None)

    assert (again.status, again.document) == (Status.HELD, held.document)
    document = draft(archive, again)
    assert (document.reason, document.replaces) == ("", published.document)


def test_a_process_that_died_after_the_draft_leaves_an_entry_that_is_completed(
    archive: Archive,
    accession: Accession,
    readers: ReaderPool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket = _ticket(archive, accession, write_pdf(tmp_path / "a"), "Vortrag.pdf")
    reading = read(readers, ticket)
    with monkeypatch.context() as patch:
        patch.setattr(Intake, "finish", _die)
        with pytest.raises(KeyboardInterrupt):
            accession.accede(ticket, reading)
    (document,) = archive.documents(state=None)

    left = archive.claim_received(ticket.received.name)
    assert left is not None
    outcome = accession.accede(replace(ticket, received=left), reading)

    assert (outcome.status, outcome.document) == (Status.HELD, document.id)
    (row,) = rows(archive)
    assert (row.state, row.status) == ("done", "held")
    assert Field.TITLE in proposals_from_json(row.proposals)
    assert len(archive.documents(state=None)) == 1


def test_candidates_are_held_where_their_description_says_so(
    archive: Archive, accession: Accession, readers: ReaderPool, tmp_path: Path
) -> None:
    write_pdf(tmp_path / "a.pdf")
    candidate = Candidate(tmp_path / "a.pdf", "a.pdf", Description("c", hold=True))

    ticket = accession.receive(candidate)

    assert isinstance(ticket, Ticket)
    assert accession.accede(ticket, read(readers, ticket)).status is Status.HELD


def _ticket(archive: Archive, accession: Accession, path: Path, name: str) -> Ticket:
    with path.open("rb") as stream:
        received, sha512, size_bytes = archive.receive(stream)
    description = Description("c", hold=True)
    ticket = accession.take(name, name, received, sha512, size_bytes, description, batch="b")
    assert isinstance(ticket, Ticket)
    return ticket


def _die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
