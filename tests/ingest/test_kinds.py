from __future__ import annotations

import pytest

from archive.model import Kind, Page
from ingest.kinds import guess_kind, tell_kind

DECK = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TEXT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@pytest.mark.parametrize(
    ("path", "media_type", "characters", "pages", "kind"),
    [
        ("p/Programm_2017.pdf", PDF, 3000, 4, Kind.PROGRAMME),
        ("Программа конференции.docx", TEXT, 3000, 4, Kind.PROGRAMME),
        ("Протокол.docx", TEXT, 3000, 4, Kind.MINUTES),
        ("programme/Vortrag.pptx", DECK, 300, 4, Kind.PRESENTATION),
        ("Vortrag.pdf", PDF, 300, 12, Kind.PRESENTATION),
        ("Aufsatz.pdf", PDF, 3000, 12, Kind.PAPER),
        ("Aufsatz.docx", TEXT, 3000, 12, Kind.PAPER),
        ("Brief.docx", TEXT, 3000, 1, Kind.OTHER),
    ],
)
def test_kind_is_guessed(path: str, media_type: str, characters: int, pages: int, kind: Kind) -> None:
    assert guess_kind(path, media_type, [Page(n, "x" * characters) for n in range(1, pages + 1)]) is kind


@pytest.mark.parametrize(
    ("first_lines", "kind"),
    [
        ("XIV. Konferenz\nProgramm\n9 Uhr", Kind.PROGRAMME),
        ("Vorläufiges Programm der Konferenz", Kind.PROGRAMME),
        ("Tagesordnung:", Kind.PROGRAMME),
        ("ПРОГРАММА КОНФЕРЕНЦИИ", Kind.PROGRAMME),
        ("Conference programme\nAgenda", Kind.PROGRAMME),
        ("Протокол заседания от 3 мая", Kind.MINUTES),
        ("Ergebnisprotokoll", Kind.MINUTES),
        ("Minutes of the meeting", Kind.MINUTES),
        ("Wärme aus Flüssen\nAnna Beispiel\nZusammenfassung: Flüsse wärmen", Kind.PAPER),
        ("Das Programm „Soziale Stadt“ und seine Folgen", Kind.OTHER),
        ("Протокол TCP и его применение", Kind.OTHER),
    ],
)
def test_a_heading_tells_the_kind(first_lines: str, kind: Kind) -> None:
    assert guess_kind("Datei.docx", TEXT, [Page(1, first_lines)]) is kind


def test_words_that_tell_the_kind_are_named() -> None:
    assert tell_kind("Programm 2017.pdf", PDF, []).words == ("programm",)
    told = tell_kind("Datei.docx", TEXT, [Page(1, "Tagesordnung")])
    assert (told.words, told.on_page) == (("Tagesordnung",), True)
    assert tell_kind("Datei.pptx", DECK, [Page(1, "Agenda")]).words == ()
