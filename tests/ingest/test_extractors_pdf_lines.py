from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.extractors.pdf import lines as pdf_lines
from tests.ingest.pdfs import HELVETICA, Draw, one_page, read, save, stream, text

BODY = tuple(f"Zeile {number} mit dem üblichen Text eines Absatzes" for number in range(8))
LONG = tuple(f"Zeile {number} mit dem üblichen Text eines langen Absatzes" for number in range(40))


def pieces(*parts: tuple[str, float, float]) -> Draw:
    """One line of parts, each with size and rise."""

    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(72, 700)
        for words, size, rise in parts:
            line.setFont("Helvetica", size)
            line.setRise(rise)
            line.textOut(words)
        canvas.drawText(line)

    return draw


def turned(degrees: int, *lines: str) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(300, 300)
        canvas.rotate(degrees)
        text(24, lines[0], x=0, y=0)(canvas)
        text(10, *lines[1:], x=0, y=-40)(canvas)
        canvas.restoreState()

    return draw


def shown(path: Path) -> str:
    (page,) = read(path).pages
    return page.text


def titled(path: Path) -> str:
    (page,) = read(path).pages
    return page.title


def test_raised_and_lowered_letters_stay_in_their_line(tmp_path: Path) -> None:
    line = pieces(
        ("Der Ausstoß von CO", 12, 0), ("2", 8, -3), (" je km", 12, 0), ("2", 8, 5), (" sinkt", 12, 0)
    )
    assert shown(save(tmp_path / "a.pdf", line)) == "Der Ausstoß von CO2 je km2 sinkt"


def test_the_number_of_a_footnote_stays_apart_from_its_word(tmp_path: Path) -> None:
    line = pieces(("Die Fernwärme", 12, 0), ("3", 8, 5), (" und", 12, 0))
    assert shown(save(tmp_path / "a.pdf", line)) == "Die Fernwärme 3 und"


def test_cells_of_one_row_stay_apart(tmp_path: Path) -> None:
    page = (text(12, "9:00"), text(16, "Eröffnung", x=140))
    assert set(shown(save(tmp_path / "a.pdf", page)).split()) == {"9:00", "Eröffnung"}


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_pages_turned_upright_are_read_like_others(tmp_path: Path, degrees: int) -> None:
    path = save(tmp_path / "a.pdf", turned(degrees, "Ein Titel", *BODY), rotation=degrees)
    assert shown(path).split("\n") == ["Ein Titel", *BODY]
    assert titled(path) == "Ein Titel"


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_text_that_is_turned_on_its_page_is_read_in_order(tmp_path: Path, degrees: int) -> None:
    path = save(tmp_path / "a.pdf", (text(12, "Ein Titel", y=780), turned(degrees, "Tabelle", *BODY)))
    assert shown(path).split("\n") == ["Ein Titel", "Tabelle", *BODY]


def test_only_so_much_of_an_endless_page_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_lines, "MAX_CHARACTERS", 20)
    extraction = read(save(tmp_path / "a.pdf", text(12, "zwanzig Zeichen lang", "und mehr")))
    assert extraction.pages[0].text == "zwanzig Zeichen lang"
    assert "Page 1 is longer than can be read; its beginning was read." in extraction.skipped


def test_characters_of_four_bytes_are_read(tmp_path: Path) -> None:
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> "
        b"endcodespacerange 2 beginbfchar <61> <D835DC65> <62> <0062> endbfchar endcmap end end"
    )
    path = one_page(
        tmp_path / "a.pdf",
        b"BT /F 12 Tf 20 200 Td (abb) Tj 0 -20 Td (bba) Tj 400 0 Td (bb) Tj ET",
        objects={5: HELVETICA[:-2] + b"/ToUnicode 6 0 R>>", 6: stream(to_unicode)},
    )
    assert shown(path) == "𝑥bb\nbb𝑥"


def test_the_largest_of_the_first_lines_is_the_title(tmp_path: Path) -> None:
    page = (text(9, "Konferenz 2017"), text(24, "Energie in Städten", y=720), text(12, *BODY, y=640))
    assert titled(save(tmp_path / "a.pdf", page)) == "Energie in Städten"


def test_a_title_of_two_lines_is_one(tmp_path: Path) -> None:
    page = (text(24, "Energie in Städten und Ge-", "meinden am Fluss", y=720), text(12, *BODY, y=600))
    assert titled(save(tmp_path / "a.pdf", page)) == "Energie in Städten und Gemeinden am Fluss"


def test_a_title_above_running_text_goes_on_with_a_small_letter(tmp_path: Path) -> None:
    page = (text(16, "Die Versorgung der Städte mit", "erneuerbarer Wärme", y=790), text(10, *LONG, y=730))
    assert titled(save(tmp_path / "a.pdf", page)) == "Die Versorgung der Städte mit erneuerbarer Wärme"


def test_the_order_of_the_file_does_not_choose_the_title(tmp_path: Path) -> None:
    page = (text(10, "Seite 7 von 20", y=30), text(12, "Erster Punkt", y=500), text(12, "Ein Thema", y=780))
    assert titled(save(tmp_path / "a.pdf", page)) == "Ein Thema"


def test_a_large_word_beside_the_title_is_a_logo(tmp_path: Path) -> None:
    page = (
        text(28, "STADTWERK", x=380, y=770),
        text(24, "Energie in Städten", y=720),
        text(12, *BODY, y=640),
    )
    assert titled(save(tmp_path / "a.pdf", page)) == "Energie in Städten"


def test_a_title_of_one_word_is_no_logo(tmp_path: Path) -> None:
    page = (text(28, "Abfallwirtschaft"), text(12, *BODY, y=640))
    assert titled(save(tmp_path / "a.pdf", page)) == "Abfallwirtschaft"


def test_numbers_and_formulas_are_no_titles(tmp_path: Path) -> None:
    page = (text(40, "17"), text(30, "a + b = c", y=700), text(12, *LONG[:30], y=600))
    assert titled(save(tmp_path / "a.pdf", page)) == ""


def test_running_text_has_no_title(tmp_path: Path) -> None:
    assert titled(save(tmp_path / "a.pdf", text(10, *LONG))) == ""
