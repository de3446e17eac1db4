from __future__ import annotations

import datetime as dt
import io
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation
from reportlab.pdfgen.canvas import Canvas

from archive.errors import StorageError
from archive.model import Kind, State
from archive.repository import Archive
from archive.verification import verify
from index.query import Query
from index.search import Search
from ingest.outcome import Outcome, Status

HandIn = Callable[..., dict[str, Outcome]]

SLIDES = (
    "Fernwärme modernisieren und dabei die Energieeffizienz der ganzen Stadt erhöhen",
    "Das Kraftwerk speist ein Netz von vierzig Kilometern Länge in drei Stadtteilen",
    "Die Sanierung der Leitungen beginnt im Sommer und dauert zwei volle Jahre",
)


def write_deck(path: Path, slides: tuple[str, ...] = SLIDES, notes: str = "") -> None:
    deck = Presentation()
    for text in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = text.split(" ", 1)[0]
        slide.placeholders[1].text = text
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    path.parent.mkdir(parents=True, exist_ok=True)
    deck.save(str(path))


def write_pdf(path: Path, slides: tuple[str, ...] = SLIDES) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), invariant=True)
    for text in slides:
        canvas.drawString(50, 700, f"{text.split(' ', 1)[0]} {text}")
        canvas.showPage()
    canvas.save()


def test_file_is_kept_read_published_and_found(hand_in: HandIn, archive: Archive, tmp_path: Path) -> None:
    write_deck(tmp_path / "in/panel/Fernwärme.pptx")
    outcome = hand_in(tmp_path / "in")["panel/Fernwärme.pptx"]
    assert outcome.status is Status.DEPOSITED
    assert (outcome.pages, outcome.languages, outcome.error) == (3, ("de",), "")
    document = archive.document(str(outcome.document))
    assert document.state is State.PUBLISHED
    assert document.kind is Kind.PRESENTATION
    assert (document.conference, document.panel) == ("c", "c/panel")
    assert [panel.id for panel in archive.conference("c").panels] == ["c/panel"]
    name = document.current.files[0].name
    kept = archive.original(document.id, 1, name).read_bytes()
    assert kept == (tmp_path / "in/panel/Fernwärme.pptx").read_bytes()
    (hit,) = Search(archive).ask(Query("Leitung")).hits
    assert (hit.document.id, hit.pages[0].number) == (document.id, 3)
    assert list((archive.settings.home / "received").iterdir()) == []


@pytest.mark.parametrize(
    ("day", "date"),
    [
        ("Krasnodar, 29. Juni 2017", dt.date(2017, 6, 29)),
        ("Краснодар, 29 июня 2017 г.", dt.date(2017, 6, 29)),
        ("Krasnodar, June 29, 2017", dt.date(2017, 6, 29)),
        ("Krasnodar im Sommer", None),
    ],
)
def test_creators_and_date_come_from_the_first_page(
    hand_in: HandIn, archive: Archive, tmp_path: Path, day: str, date: dt.date | None
) -> None:
    path = tmp_path / "in/panel/Bericht.txt"
    path.parent.mkdir(parents=True)
    path.write_text(f"Fernwärme heute\nReferentin: Anna Beispiel, Musterstadt\n{day}\n", encoding="utf-8")
    document = archive.document(str(hand_in(tmp_path / "in")["panel/Bericht.txt"].document))
    assert (document.creators, document.date) == (("Anna Beispiel",), date)


def test_same_bytes_twice_add_nothing(hand_in: HandIn, archive: Archive, tmp_path: Path) -> None:
    write_pdf(tmp_path / "in/a.pdf")
    write_pdf(tmp_path / "in/other/copy of a.pdf")
    first = hand_in(tmp_path / "in")
    assert sorted(outcome.status.value for outcome in first.values()) == ["deposited", "unchanged"]
    again = hand_in(tmp_path / "in")
    assert {outcome.status for outcome in again.values()} == {Status.UNCHANGED}
    assert {outcome.document for outcome in again.values()} == {first["a.pdf"].document}
    assert len(archive.documents(state=None)) == 1
    assert list(verify(archive)) == []


def test_deck_and_its_pdf_are_one_document_found_once(
    hand_in: HandIn, archive: Archive, tmp_path: Path
) -> None:
    write_pdf(tmp_path / "in/p/Vortrag.pdf")
    hand_in(tmp_path / "in")
    write_deck(tmp_path / "in/p/Vortrag.pptx")
    outcome = hand_in(tmp_path / "in")["p/Vortrag.pptx"]
    assert outcome.status is Status.DEPOSITED
    (document,) = archive.documents()
    assert document.id == outcome.document
    assert [file.name for file in document.current.files] == ["Vortrag.pptx", "Vortrag.pdf"]
    assert set(archive.passports(document.id)) == {"Vortrag.pptx", "Vortrag.pdf"}
    assert Search(archive).ask(Query("Kraftwerk")).total == 1
    assert list(verify(archive)) == []


def test_same_name_with_other_text_is_another_document(
    hand_in: HandIn, archive: Archive, tmp_path: Path
) -> None:
    write_deck(tmp_path / "in/p/Vortrag.pptx")
    write_pdf(tmp_path / "in/p/Vortrag.pdf", ("Ganz andere Worte über Jugend und Sport im Partnerland",) * 2)
    hand_in(tmp_path / "in")
    assert len(archive.documents()) == 2


def test_same_name_in_another_folder_is_another_document(
    hand_in: HandIn, archive: Archive, tmp_path: Path
) -> None:
    write_deck(tmp_path / "in/p/Vortrag.pptx")
    write_pdf(tmp_path / "in/q/Vortrag.pdf")
    hand_in(tmp_path / "in")
    assert len(archive.documents()) == 2


def test_other_bytes_at_the_same_path_become_a_new_version(
    hand_in: HandIn, archive: Archive, tmp_path: Path
) -> None:
    write_deck(tmp_path / "in/Vortrag.pptx")
    old = hand_in(tmp_path / "in")["Vortrag.pptx"]
    write_deck(tmp_path / "in/Vortrag.pptx", (*SLIDES, "Nachtrag über Wasserkraft im Gebirge"))
    new = hand_in(tmp_path / "in")["Vortrag.pptx"]
    assert new.status is Status.REPLACED
    assert new.document == old.document
    document = archive.document(str(new.document))
    assert [version.number for version in document.versions] == [1, 2]
    assert Search(archive).ask(Query("Wasserkraft")).total == 1
    name = document.current.files[0].name
    assert (
        archive.original(document.id, 1, name).read_bytes()
        != archive.original(document.id, 2, name).read_bytes()
    )
    assert list(verify(archive)) == []


def test_replaced_deck_keeps_its_pdf(hand_in: HandIn, archive: Archive, tmp_path: Path) -> None:
    write_deck(tmp_path / "in/Vortrag.pptx")
    write_pdf(tmp_path / "in/Vortrag.pdf")
    hand_in(tmp_path / "in")
    write_deck(tmp_path / "in/Vortrag.pptx", (*SLIDES, "Nachtrag"))
    hand_in(tmp_path / "in")
    (document,) = archive.documents()
    assert {file.name for file in document.current.files} == {"Vortrag.pptx", "Vortrag.pdf"}
    pdf = archive.original(document.id, 2, "Vortrag.pdf").read_bytes()
    assert pdf == (tmp_path / "in/Vortrag.pdf").read_bytes()
    assert list(verify(archive)) == []


def test_broken_replacement_leaves_what_people_see(hand_in: HandIn, archive: Archive, tmp_path: Path) -> None:
    write_deck(tmp_path / "in/Vortrag.pptx")
    good = hand_in(tmp_path / "in")["Vortrag.pptx"]
    (tmp_path / "in/Vortrag.pptx").write_bytes((tmp_path / "in/Vortrag.pptx").read_bytes()[:9000])
    broken = hand_in(tmp_path / "in")["Vortrag.pptx"]
    assert broken.status is Status.HELD
    assert broken.document != good.document
    assert archive.document(str(good.document)).state is State.PUBLISHED
    assert hand_in(tmp_path / "in")["Vortrag.pptx"].document == broken.document
    assert len(archive.documents(state=None)) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("damaged.pptx", b"PK\x03\x04 no package"),
        ("damaged.pdf", b"%PDF-1.7 nothing"),
        ("unknown.bin", bytes(range(256)) * 10),
    ],
)
def test_what_cannot_be_read_is_kept_as_a_draft_with_its_reason(
    hand_in: HandIn, archive: Archive, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(content)
    outcome = hand_in(tmp_path / "in")[name]
    assert outcome.status is Status.HELD
    assert outcome.error
    document = archive.document(str(outcome.document))
    assert (document.state, document.reason) == (State.DRAFT, outcome.error)
    assert archive.original(document.id, 1, name).read_bytes() == content
    assert Search(archive).ask(Query("")).total == 0


def test_page_without_a_word_is_never_published_silently(
    hand_in: HandIn, archive: Archive, tmp_path: Path
) -> None:
    write_pdf(tmp_path / "in/scan.pdf", (" ",))
    outcome = hand_in(tmp_path / "in")["scan.pdf"]
    assert outcome.status is Status.HELD
    assert "No text could be read" in outcome.error


def test_notes_are_not_found_by_the_public(hand_in: HandIn, archive: Archive, tmp_path: Path) -> None:
    write_deck(tmp_path / "in/a.pptx", notes="Geheimnotiz")
    outcome = hand_in(tmp_path / "in")["a.pptx"]
    assert "Geheimnotiz" in archive.pages(str(outcome.document))[0].notes
    assert Search(archive).ask(Query("Geheimnotiz")).total == 0


def test_name_in_nfd_and_nfc_is_one_path(hand_in: HandIn, archive: Archive, tmp_path: Path) -> None:
    write_deck(tmp_path / "in" / unicodedata.normalize("NFD", "Bürger.pptx"))
    hand_in(tmp_path / "in")
    assert archive.find_path("c", unicodedata.normalize("NFC", "Bürger.pptx")) is not None
    (document,) = archive.documents()
    assert document.current.files[0].path == unicodedata.normalize("NFD", "Bürger.pptx")
    assert document.current.files[0].name == unicodedata.normalize("NFC", "Bürger.pptx")


def test_held_file_is_read_again_and_published_once_it_can_be(
    hand_in: HandIn, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_deck(tmp_path / "in/a.pptx")
    with monkeypatch.context() as patch:
        patch.setattr("ingest.work.pages_of", lambda _: ())
        held = hand_in(tmp_path / "in")["a.pptx"]
    assert held.status is Status.HELD
    again = hand_in(tmp_path / "in")["a.pptx"]
    assert (again.status, again.document, again.pages) == (Status.DEPOSITED, held.document, 3)
    assert archive.document(str(held.document)).state is State.PUBLISHED
    assert Search(archive).ask(Query("Leitung")).total == 1


def test_file_that_still_cannot_be_read_is_held_again_and_nothing_is_added(
    hand_in: HandIn, archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.pdf").write_bytes(b"%PDF-1.7 nothing")
    first = hand_in(tmp_path / "in")["a.pdf"]
    changes = archive.last_change()
    assert hand_in(tmp_path / "in")["a.pdf"] == first
    assert archive.last_change() == changes


def test_deposit_that_a_dead_process_left_half_done_is_not_done_twice(
    hand_in: HandIn, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pdf(tmp_path / "in/a.pdf")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archive.catalogue, "put_document", die)
        with pytest.raises(KeyboardInterrupt):
            hand_in(tmp_path / "in")
    assert archive.documents() == ()
    assert hand_in(tmp_path / "in")["a.pdf"].status is Status.UNCHANGED
    assert len(archive.documents()) == 1


def test_withdrawn_document_does_not_come_back(hand_in: HandIn, archive: Archive, tmp_path: Path) -> None:
    write_deck(tmp_path / "in/a.pptx")
    document = archive.document(str(hand_in(tmp_path / "in")["a.pptx"].document))
    archive.save(replace(document, state=State.WITHDRAWN, reason="Wunsch der Stadt"), message="Withdrawn")
    outcome = hand_in(tmp_path / "in")["a.pptx"]
    assert (outcome.status, outcome.document) == (Status.UNCHANGED, document.id)
    assert "Wunsch der Stadt" in outcome.error
    write_deck(tmp_path / "in/a.pptx", SLIDES[:2])
    outcome = hand_in(tmp_path / "in")["a.pptx"]
    assert outcome.status is Status.HELD
    assert "Wunsch der Stadt" in outcome.error
    assert archive.documents() == ()


def test_same_file_in_another_conference_says_where_it_is(
    hand_in: HandIn, archive: Archive, tmp_path: Path
) -> None:
    write_deck(tmp_path / "in/a.pptx")
    hand_in(tmp_path / "in", "one")
    outcome = hand_in(tmp_path / "in", "two")["a.pptx"]
    assert outcome.status is Status.UNCHANGED
    assert "one" in outcome.error


def test_translation_is_linked_whatever_comes_first(
    hand_in: HandIn, archive: Archive, tmp_path: Path
) -> None:
    write_deck(tmp_path / "in/a.pptx")
    write_deck(
        tmp_path / "in/z.pptx", ("Модернизация теплоснабжения города и повышение энергоэффективности",) * 3
    )
    (tmp_path / "in/conference.yaml").write_text(
        "title: K\ndocuments:\n  - {path: a.pptx, translation_of: z.pptx}\n"
    )
    found = hand_in(tmp_path / "in", None)
    (other,) = archive.translations(str(found["z.pptx"].document))
    assert other.id == found["a.pptx"].document


def test_same_bytes_at_two_paths_of_which_one_is_replaced(
    hand_in: HandIn, archive: Archive, tmp_path: Path
) -> None:
    write_pdf(tmp_path / "in/b.pdf", SLIDES[:1])
    old = hand_in(tmp_path / "in")["b.pdf"]
    write_pdf(tmp_path / "in/a.pdf")
    write_pdf(tmp_path / "in/b.pdf")
    found = hand_in(tmp_path / "in")
    assert found["a.pdf"].status in {Status.DEPOSITED, Status.UNCHANGED}, "whichever came first"
    assert found["b.pdf"].status is Status.REPLACED
    assert found["b.pdf"].document == old.document
    assert list(verify(archive)) == []


def test_unreadable_file_fails_and_the_others_go_on(
    hand_in: HandIn, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pdf(tmp_path / "in/a.pdf")
    write_pdf(tmp_path / "in/b.pdf", SLIDES[:2])
    receive = archive.receive

    def refuse_first(source: io.BufferedReader) -> object:
        if str(source.name).endswith("a.pdf"):
            raise StorageError("The disk is full.")
        return receive(source)

    monkeypatch.setattr(archive, "receive", refuse_first)
    found = hand_in(tmp_path / "in")
    assert found["a.pdf"].status is Status.FAILED
    assert "disk is full" in found["a.pdf"].error
    assert found["b.pdf"].status is Status.DEPOSITED


def test_error_of_the_program_leaves_the_file_waiting(
    hand_in: HandIn, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pdf(tmp_path / "in/a.pdf")
    with monkeypatch.context() as patch:
        patch.setattr("ingest.placing.guess_kind", None)
        assert hand_in(tmp_path / "in")["a.pdf"].status is Status.FAILED
    assert archive.documents(state=None) == ()
    assert hand_in(tmp_path / "in")["a.pdf"].status is Status.DEPOSITED
