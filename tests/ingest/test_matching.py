from __future__ import annotations

import pytest

from archive.model import Page
from ingest.matching import is_same_work, reads_better

DECK = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = "application/pdf"
TEXT_FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "Fernwärme modernisieren Energieeffizienz vom Kraftwerk bis zum Heizkörper der Stadt"


def test_same_words_in_another_order_are_the_same_work() -> None:
    words = TEXT.split()
    assert is_same_work([Page(1, TEXT)], [Page(1, " ".join(words[::-1])), Page(2, "12")])


def test_other_words_are_another_work() -> None:
    assert not is_same_work([Page(1, TEXT)], [Page(1, "Ein ganz anderer Vortrag über die Jugend der Stadt")])


def test_file_without_text_is_never_the_same_work() -> None:
    assert not is_same_work([Page(1, "")], [Page(1, TEXT)])
    assert not is_same_work([], [])


@pytest.mark.parametrize(("preferred", "other"), [(DECK, PDF), (PDF, TEXT_FILE)])
def test_decks_are_read_before_pdfs_before_texts_unless_they_lack_text(preferred: str, other: str) -> None:
    full, short = [Page(1, "x" * 100)], [Page(1, "x" * 70)]
    assert reads_better(preferred, full, other, full)
    assert not reads_better(other, full, preferred, full)
    assert not reads_better(preferred, short, other, full)
    assert reads_better(other, full, preferred, short)
