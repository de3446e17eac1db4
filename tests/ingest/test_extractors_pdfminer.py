from __future__ import annotations

from pathlib import Path

import pytest
from pdfminer.layout import LTPage
from reportlab.pdfgen.canvas import Canvas

from ingest.extractors import extract
from ingest.extractors.pdf import pdfminer_six
from ingest.mediatypes import FORMATS


@pytest.fixture
def scattered(tmp_path: Path) -> Path:
    """A page with words far apart from one another, the lower ones written first."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", 6)
    for row in range(20):
        for column in range(5):
            canvas.drawString(20 + 110 * column, 40 + 35 * row, f"r{row}c{column}")
    canvas.save()
    return path


def test_a_page_with_very_many_pieces_is_read_by_their_places(
    scattered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdfminer_six, "MOST_BOXES", 50)
    (page,) = extract(scattered, FORMATS["pdf"], "pdfminer").pages
    assert page.text.split() == [f"r{row}c{column}" for row in reversed(range(20)) for column in range(5)]


def test_a_page_with_fewer_pieces_is_ordered_by_pdfminer(
    scattered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grouped = []
    group = LTPage.group_textboxes
    monkeypatch.setattr(
        LTPage, "group_textboxes", lambda self, *given: grouped.append(len(given[1])) or group(self, *given)
    )
    (page,) = extract(scattered, FORMATS["pdf"], "pdfminer").pages
    assert len(page.text.split()) == 100
    assert len(grouped) == 1
    assert 50 < grouped[0] <= pdfminer_six.MOST_BOXES
