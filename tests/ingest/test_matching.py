from __future__ import annotations

from archive.model import Page
from ingest.matching import is_same_work, reads_better

DECK = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = "application/pdf"
TEXT = "Fernwärme modernisieren Energieeffizienz vom Kraftwerk bis zum Heizkörper der Stadt"


def test_same_words_in_another_order_are_the_same_work() -> None:
    words = TEXT.split()
    assert is_same_work([Page(1, TEXT)], [Page(1, " ".join(words[::-1])), Page(2, "12")])


def test_other_words_are_another_work() -> None:
    assert not is_same_work([Page(1, TEXT)], [Page(1, "Ein ganz anderer Vortrag über die Jugend der Stadt")])


def test_file_without_text_is_never_the_same_work() -> None:
    assert not is_same_work([Page(1, "")], [Page(1, TEXT)])
    assert not is_same_work([], [])


def test_office_file_is_read_before_its_pdf_unless_it_lacks_text() -> None:
    full, short = [Page(1, "x" * 100)], [Page(1, "x" * 70)]
    assert reads_better(DECK, full, full)
    assert not reads_better(PDF, full, full)
    assert not reads_better(DECK, short, full)
    assert reads_better(PDF, full, short)
