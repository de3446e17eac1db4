from __future__ import annotations

import pytest

from archive.model import Kind, Page
from ingest.kinds import guess_kind

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
