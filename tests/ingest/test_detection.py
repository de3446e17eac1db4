"""What is proposed for a file, and why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from archive.model import Conference, Document, Kind, Panel
from archive.repository import Archive
from ingest.proposals import Field, Proposal, Reason, proposals_from_json
from tests.ingest.drafting import OTHER, SLIDES, HandIn, draft, rows, write_deck, write_pdf

PANELS = (
    Panel(
        "c/energie",
        {"de": "Energieeffizienz in den Kommunen", "ru": "Энергоэффективность в городах"},
        folder="Panel 2",
        day=dt.date(2017, 6, 29),
    ),
    Panel("c/jugend", {"de": "Jugendaustausch und Sport"}),
)


@pytest.fixture(autouse=True)
def conference(archive: Archive) -> Conference:
    conference = Conference(
        "c",
        {"de": "XIV. Konferenz"},
        number=14,
        start=dt.date(2017, 6, 28),
        end=dt.date(2017, 6, 30),
        place={"de": "Krasnodar", "ru": "Краснодар"},
        panels=PANELS,
    )
    archive.save_conference(conference)
    return conference


@pytest.fixture
def found_of(hand_in_draft: HandIn, archive: Archive, tmp_path: Path) -> object:
    def found_of(name: str, text: str = "", **said: object) -> tuple[Document, dict[Field, Proposal]]:
        (tmp_path / "file").write_text(text or "\n".join(SLIDES), "utf-8")
        document = draft(archive, hand_in_draft(tmp_path / "file", name, **said))
        return document, proposals_from_json(rows(archive)[-1].proposals)

    return found_of


def test_what_the_depositor_said_counts_first(found_of) -> None:  # type: ignore[no-untyped-def]
    document, found = found_of(
        "Panel 2/Protokoll 29.06.2017.txt",
        title="Wärme",
        creators=("Anna Beispiel",),
        kind=Kind.PAPER,
        date=dt.date(2017, 6, 28),
        panel="c/jugend",
        languages=("ru",),
    )

    names = (Field.TITLE, Field.CREATORS, Field.KIND, Field.DATE, Field.PANEL, Field.LANGUAGES)
    assert {found[name].reason for name in names} == {Reason.GIVEN}
    assert (document.title, document.creators, document.kind) == ("Wärme", ("Anna Beispiel",), Kind.PAPER)
    assert (document.date, document.panel) == (dt.date(2017, 6, 28), "c/jugend")
    assert document.languages == ("ru",)


def test_a_title_without_any_other_comes_from_the_name(found_of) -> None:  # type: ignore[no-untyped-def]
    document, found = found_of("03_Wärme_für_Dörfer-de.txt")

    assert document.title == "Wärme für Dörfer"
    assert found[Field.TITLE].reason is Reason.FILE_NAME
    assert found[Field.TITLE].details == {"text": "03_Wärme_für_Dörfer-de.txt"}


def test_a_title_on_the_first_slide_is_told_from_one_in_the_properties(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    hand_in_draft(write_deck(tmp_path / "a"), "a.pptx")

    assert proposals_from_json(rows(archive)[0].proposals)[Field.TITLE].reason is Reason.FIRST_PAGE


@pytest.mark.parametrize(
    ("line", "creators"),
    [
        ("Referentin: Dr. Anna Beispiel, Stadtwerke Krasnodar", ("Dr. Anna Beispiel",)),
        (
            "Autoren: Anna Beispiel, B. Muster und K. Probe",
            ("Anna Beispiel", "B. Muster", "K. Probe"),
        ),
        ("Докладчик — Иван Иванович Примеров", ("Иван Иванович Примеров",)),
        ("Speaker: Anna Example & Boris Sample", ("Anna Example", "Boris Sample")),
        ("Autor: unbekannt", ()),
        ("Autor: Anna Beispiel anna@example.org", ()),
        ("Autoren: Anna Beispiel, Tel. 030 1234567", ("Anna Beispiel",)),
        ("Der Autor spricht", ()),
    ],
)
def test_creators_named_on_the_first_page(found_of, line: str, creators: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    document, found = found_of("a.txt", f"Wärme aus Flüssen\n{line}\n")

    assert document.creators == creators
    assert found[Field.CREATORS].reason is (Reason.FIRST_PAGE if creators else Reason.NONE)


@pytest.mark.parametrize(
    ("name", "text", "date", "reason"),
    [
        ("2017-06-28 Rede.txt", "", dt.date(2017, 6, 28), Reason.FILE_NAME),
        ("Rede.txt", "Краснодар, 30 июня 2017 года", dt.date(2017, 6, 30), Reason.FIRST_PAGE),
        ("Rede.txt", "Stand: 1. Mai 2016", None, Reason.NONE),
        ("2017-06-28 Eröffnung/Rede.txt", "", dt.date(2017, 6, 28), Reason.FOLDER),
        ("Panel 2/Rede.txt", "", dt.date(2017, 6, 29), Reason.PANEL_DAY),
    ],
)
def test_a_date_lies_within_the_conference(  # type: ignore[no-untyped-def]
    found_of, name: str, text: str, date: dt.date | None, reason: Reason
) -> None:
    document, found = found_of(name, text)

    assert (document.date, found[Field.DATE].reason) == (date, reason)


@pytest.mark.parametrize(
    ("said", "text", "date", "reason"),
    [
        ("2017-06-28", "Rede", dt.date(2017, 6, 28), Reason.PROPERTIES),
        ("2017-06-28", "Rede vom 30. Juni 2017", dt.date(2017, 6, 30), Reason.FIRST_PAGE),
        ("2017-08-01", "Rede", None, Reason.NONE),
    ],
)
def test_a_date_in_the_head_of_a_page_counts_where_the_page_has_none(  # type: ignore[no-untyped-def]
    found_of, said: str, text: str, date: dt.date | None, reason: Reason
) -> None:
    page = f"<html><head><meta name=dc.date content={said}></head><body><p>{text}</p></body></html>"
    document, found = found_of("Rede.html", page)

    assert (document.date, found[Field.DATE].reason) == (date, reason)


def test_the_day_of_a_conference_of_one_day(found_of, archive: Archive) -> None:  # type: ignore[no-untyped-def]
    archive.save_conference(Conference("c", {"de": "Tagung"}, start=dt.date(2018, 5, 4)))

    document, found = found_of("Rede.txt")

    assert (document.date, found[Field.DATE].reason) == (dt.date(2018, 5, 4), Reason.CONFERENCE_DATES)


@pytest.mark.parametrize(
    ("name", "text", "panel", "reason"),
    [
        ("Panel 2/a.txt", "", "c/energie", Reason.FOLDER),
        ("energie/a.txt", "", "c/energie", Reason.FOLDER),
        ("Tag 1/Jugendaustausch und Sport/a.txt", "", "c/jugend", Reason.FOLDER),
        ("a.txt", "Konferenz\nJugendaustausch\nund Sport\nVortrag", "c/jugend", Reason.TITLE_IN_TEXT),
        ("a.txt", "Энергоэффективность в городах", "c/energie", Reason.TITLE_IN_TEXT),
        ("Jugendaustausch_und_Sport_Rede.txt", "", "c/jugend", Reason.TITLE_IN_TEXT),
        ("a.txt", "Jugendaustausch und Sport\nEnergieeffizienz in den Kommunen", None, Reason.NONE),
        ("Tag 1/a.txt", "", None, Reason.NONE),
    ],
)
def test_a_panel_is_told_by_folder_or_title(  # type: ignore[no-untyped-def]
    found_of, name: str, text: str, panel: str | None, reason: Reason
) -> None:
    document, found = found_of(name, text)

    assert (document.panel, found[Field.PANEL].reason) == (panel, reason)


def test_a_file_follows_the_others_of_its_folder(found_of) -> None:  # type: ignore[no-untyped-def]
    found_of("Tag_1/a.txt", "Eins zwei drei", panel="c/jugend")
    found_of("Tag_1/b.txt", "Vier fünf sechs", panel="c/jugend")
    found_of("Tag%1/c.txt", "Sieben acht neun", panel="c/energie")

    document, found = found_of("Tag_1/d.txt", "Zehn elf zwölf")

    assert (document.panel, found[Field.PANEL].reason) == ("c/jugend", Reason.SIBLINGS)
    assert found[Field.PANEL].details == {"files": 2}


def test_kinds_come_with_the_words_that_tell_them(found_of) -> None:  # type: ignore[no-untyped-def]
    _, found = found_of("Tagesordnung.txt")
    assert found[Field.KIND] == Proposal(
        "programme", Reason.WORDS, {"words": ["tagesordnung"], "where": "file_name"}
    )
    _, found = found_of("a.txt", "Протокол заседания\nПрисутствовали все")
    assert found[Field.KIND].details["where"] == "first_page"
    _, found = found_of("b.txt", "Eins zwei drei")
    assert found[Field.KIND].reason is Reason.FORMAT


def test_languages_are_counted(hand_in_draft: HandIn, archive: Archive, tmp_path: Path) -> None:
    russian = ("Развитие городов-партнёров и энергоэффективность коммунального хозяйства в регионах",) * 3
    document = draft(archive, hand_in_draft(write_deck(tmp_path / "a", (*SLIDES, *russian)), "a.pptx"))

    found = proposals_from_json(rows(archive)[0].proposals)[Field.LANGUAGES]
    assert set(document.languages) == {"de", "ru"}
    shares = found.details["shares"]
    assert isinstance(shares, dict)
    assert sum(shares.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("XV. Deutsch-Russische Konferenz, Düren 2019", "2019-dueren"),
        ("Unterlagen, Düren, 27. Juni 2019", "2019-dueren"),
        ("XV Германо-российская конференция, 2019", "2019-dueren"),
        ("XIV. Konferenz in Krasnodar, danach XV. Konferenz in Düren", None),
        ("Rückblick auf 2019 in Düren", None),
        ("Seite 15 der Konferenz", None),
    ],
)
def test_another_conference_is_warned_of(found_of, archive: Archive, text: str, other: str | None) -> None:  # type: ignore[no-untyped-def]
    archive.save_conference(
        Conference(
            "2019-dueren",
            {"de": "XV. Konferenz"},
            number=15,
            start=dt.date(2019, 6, 25),
            end=dt.date(2019, 6, 28),
            place={"de": "Düren"},
        )
    )

    document, found = found_of("a.txt", text)

    assert document.conference == found[Field.CONFERENCE].value == "c"
    assert found[Field.CONFERENCE].details.get("other_conference") == other


def test_a_translation_is_known_by_its_name(hand_in_draft: HandIn, archive: Archive, tmp_path: Path) -> None:
    russian = ("Развитие городов-партнёров и энергоэффективность коммунального хозяйства в регионах",) * 3
    original = hand_in_draft(write_deck(tmp_path / "a"), "p/Vortrag_de.pptx")
    translation = draft(archive, hand_in_draft(write_deck(tmp_path / "b", russian), "p/Vortrag_ru.pptx"))
    elsewhere = draft(archive, hand_in_draft(write_deck(tmp_path / "c", russian[:2]), "q/Vortrag_ru.pptx"))
    untrue = draft(archive, hand_in_draft(write_deck(tmp_path / "d", OTHER), "p/Vortrag_en.pptx"))

    assert translation.translation_of == (original.document,)
    assert elsewhere.translation_of == ()
    assert untrue.translation_of == (), "it says English and is German"
    found = proposals_from_json(rows(archive)[1].proposals)[Field.TRANSLATION_OF]
    assert (found.value, found.reason) == ([original.document], Reason.FILE_NAME)


def test_nearly_the_same_text_under_another_name_is_pointed_out(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    first = hand_in_draft(write_pdf(tmp_path / "a"), "p/Vortrag.pdf")
    hand_in_draft(write_pdf(tmp_path / "o", OTHER), "p/Rede.pdf")
    second = draft(
        archive, hand_in_draft(write_pdf(tmp_path / "b", (*SLIDES[:2], SLIDES[2] + "!")), "q/Neu.pdf")
    )

    assert second.id != first.document
    similar = proposals_from_json(rows(archive)[2].proposals)[Field.SIMILAR]
    assert (similar.value, similar.reason) == (first.document, Reason.SAME_TEXT)
    assert similar.details["share"] == pytest.approx(1, abs=0.05)
    assert Field.SIMILAR not in proposals_from_json(rows(archive)[1].proposals)


def test_a_conference_that_is_not_described_gives_what_the_file_says(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    archive.remove_conference("c")
    (tmp_path / "a").write_text("Rede am 3. Mai 2012", "utf-8")

    document = draft(archive, hand_in_draft(tmp_path / "a", "Rede.txt"))

    assert (document.conference, document.date) == ("c", dt.date(2012, 5, 3))
