"""The order in which the text of a PDF page is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.pdfs import Draw, read, save, text

PROSE = (
    "Die Städte haben im vergangenen Jahr gezeigt, dass eine sparsame Versorgung mit Wärme möglich ist, wenn "
    "alle Beteiligten rechtzeitig miteinander sprechen und die Kosten offen auf den Tisch legen. "
)


def prose(width: int, count: int, first: str) -> list[str]:
    """So many lines of running text, beginning with a word of their own."""
    return wrap(f"{first} {PROSE * 30}", width)[:count]


def side_by_side(
    columns: Sequence[tuple[float, Sequence[str]]], order: str = "rows", size: float = 9, y: float = 700
) -> Draw:
    """Columns, each with its place across, drawn in an order: rows, columns or columns from right to left."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        places = [
            (row, column, x, line)
            for column, (x, lines) in enumerate(columns)
            for row, line in enumerate(lines)
        ]
        by = {
            "rows": lambda place: place[:2],
            "columns": lambda place: (place[1], place[0]),
            "swapped": lambda place: (-place[1], place[0]),
        }
        for row, _, x, line in sorted(places, key=by[order]):
            canvas.drawString(x, y - row * size * 1.3, line)

    return draw


def lines_of(path: Path) -> list[str]:
    (page,) = read(path).pages
    return page.text.split("\n")


@pytest.mark.parametrize("order", ["rows", "columns", "swapped"])
def test_two_columns_are_read_one_after_the_other(tmp_path: Path, order: str) -> None:
    left, right = prose(48, 20, "Links"), prose(48, 17, "Rechts")
    path = save(tmp_path / "a.pdf", side_by_side([(60, left), (310, right)], order))
    assert lines_of(path) == [*left, *right]


def test_columns_on_other_lines_than_their_neighbours_are_read_one_after_the_other(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for row, (one, other) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(60, 700 - 12 * row, one)
            canvas.drawString(310, 694 - 12 * row, other)

    left, right = prose(48, 20, "Links"), prose(48, 20, "Rechts")
    assert lines_of(save(tmp_path / "a.pdf", draw)) == [*left, *right]


def test_three_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    columns = [(50, prose(30, 25, "Links")), (225, prose(30, 25, "Mitte")), (400, prose(30, 25, "Rechts"))]
    path = save(tmp_path / "a.pdf", side_by_side(columns))
    assert lines_of(path) == [line for _, lines in columns for line in lines]


def test_headings_across_the_columns_part_them(tmp_path: Path) -> None:
    above = prose(48, 9, "Oben"), prose(48, 9, "Nebenan")
    below = prose(48, 9, "Unten"), prose(48, 9, "Daneben")
    page = (
        side_by_side([(60, above[0]), (310, above[1])]),
        text(16, "Ein Zwischentitel über die Breite beider Spalten", x=60, y=560),
        side_by_side([(60, below[0]), (310, below[1])], y=530),
    )
    expected = [
        *above[0],
        *above[1],
        "Ein Zwischentitel über die Breite beider Spalten",
        *below[0],
        *below[1],
    ]
    assert lines_of(save(tmp_path / "a.pdf", page)) == expected


def test_rows_of_a_table_stay_rows(tmp_path: Path) -> None:
    names = [f"{number}. Kennzahl der Wärmeversorgung" for number in range(25)]
    values = [f"{number * 7} Gigawattstunden im ganzen Jahr" for number in range(25)]
    path = save(tmp_path / "a.pdf", side_by_side([(60, names), (310, values)]))
    assert lines_of(path) == [f"{name} {value}" for name, value in zip(names, values, strict=True)]


def test_cells_of_running_text_stay_in_their_row(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for row in range(8):
            for x, lines in ((60, cells[row][0]), (310, cells[row][1])):
                for number, line in enumerate(lines):
                    canvas.drawString(x, 740 - 60 * row - 12 * number, line)

    cells = [(prose(48, 4, f"Ziel {row}"), prose(48, 4, f"Stand {row}")) for row in range(8)]
    expected = [line for row in cells for cell in row for line in cell]
    assert lines_of(save(tmp_path / "a.pdf", draw)) == expected


def test_a_programme_stays_in_rows(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for row, (time, talk) in enumerate(zip(times, talks, strict=True)):
            canvas.drawString(60, 740 - 24 * row, time)
            canvas.drawString(140, 740 - 24 * row, talk)

    times = [f"{9 + row // 2}:{row % 2 * 3}0 Uhr" for row in range(20)]
    talks = prose(70, 20, "Eröffnung")
    expected = [f"{time} {talk}" for time, talk in zip(times, talks, strict=True)]
    assert lines_of(save(tmp_path / "a.pdf", draw)) == expected


def test_boxes_of_a_slide_stay_as_they_are(tmp_path: Path) -> None:
    boxes = [
        (
            text(
                12,
                f"Vorteil {number}",
                "spart Wärme",
                "kostet wenig",
                x=60 + 250 * (number % 2),
                y=700 - number * 60,
            )
        )
        for number in range(8)
    ]
    expected = [line for number in range(8) for line in (f"Vorteil {number}", "spart Wärme", "kostet wenig")]
    assert lines_of(save(tmp_path / "a.pdf", tuple(boxes))) == expected
