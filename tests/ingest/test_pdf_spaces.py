from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.extractors import extract
from ingest.extractors.pdf.spaces import with_spaces
from ingest.mediatypes import FORMATS

SIZE = 10.0


def boxes(text: str, gaps: dict[int, float]) -> list[tuple[float, float, float, float]]:
    """Place letters of 5 points side by side, with a gap before some of them."""
    found, left = [], 0.0
    for place in range(len(text)):
        left += gaps.get(place, 0.0)
        found.append((left, 0.0, left + 5, SIZE))
        left += 5
    return found


def parted(text: str, gaps: dict[int, float]) -> str:
    return with_spaces(text, lambda first, last: boxes(text, gaps)[first:last])


def test_words_are_parted_where_letters_stand_wider_apart() -> None:
    assert parted("undAußentemperatur", {3: 1.2}) == "und Außentemperatur"
    assert parted("WORKSHOPSPAZIALI", {8: 1.7}) == "WORKSHOP SPAZIALI"
    assert parted("MitStichprobenneueBeobachtungen im", {3: 2, 14: 2, 18: 2}) == (
        "Mit Stichproben neue Beobachtungen im"
    )


def test_words_that_stand_together_stay_together() -> None:
    assert parted("PowerShell und JavaScript", {5: 0.6}) == "PowerShell und JavaScript"
    assert parted("Donaudampfschifffahrtsgesellschaft", {}) == "Donaudampfschifffahrtsgesellschaft"


def test_letters_that_are_all_set_apart_are_no_words() -> None:
    text = "STÄDTEPARTNERSCHAFT"
    assert parted(text, {place: 2.0 for place in range(1, len(text))}) == text


def test_other_words_are_not_looked_at() -> None:
    assert parted("erheblich von", {4: 3.0}) == "erheblich von"


@pytest.mark.parametrize("gap", [1.2, 0.0])
def test_a_narrow_space_of_a_page_parts_words(tmp_path: Path, gap: float) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(72, 700, "Die Luft am")
    canvas.drawString(72 + stringWidth("Die Luft am", "Helvetica", SIZE) + gap, 700, "Heim ist gut")
    canvas.save()
    (page,) = extract(path, FORMATS["pdf"]).pages
    assert page.text == ("Die Luft am Heim ist gut" if gap else "Die Luft amHeim ist gut")
