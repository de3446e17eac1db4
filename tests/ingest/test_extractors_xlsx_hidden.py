"""What a workbook keeps over its cells and does not show: it stands beside the cells, not among them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

from archive.model import Sensitive
from ingest.extraction import Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS


def read(folder: Path, book: Workbook, old: bytes = b"", new: bytes = b"") -> Extraction:
    made = io.BytesIO()
    book.save(made)
    path = folder / "book.xlsx"
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(path, "w") as target:
        for info in package.infolist():
            content = package.read(info)
            target.writestr(info.filename, content.replace(old, new) if old else content)
    return extract(path, FORMATS["xlsx"])


@pytest.mark.parametrize("is_on", [False, True])
def test_headers_of_first_and_even_pages_are_shown_where_they_are_on(tmp_path: Path, is_on: bool) -> None:
    book = Workbook()
    for sheet in (book.active, book.create_sheet("Zweite")):
        sheet["A1"] = "Fernwärme"
        sheet.oddHeader.center.text = "Kopf"
        sheet.firstHeader.center.text = "Entwurf"
        sheet.evenFooter.center.text = "Nur für uns"
        sheet.HeaderFooter.differentFirst = sheet.HeaderFooter.differentOddEven = is_on
    extraction = read(tmp_path, book)
    assert [page.notes for page in extraction.pages] == [""] * len(extraction.pages)
    said = [(page.hidden, sorted(page.text.split("\n"))) for page in extraction.pages]
    if is_on:
        assert said == [
            (False, ["Entwurf", "Fernwärme", "Kopf", "Nur für uns"]),
            (False, ["Fernwärme", "Zweite"]),
        ]
        assert extraction.sensitive == ()
    else:
        assert said == [
            (False, ["Fernwärme", "Kopf"]),
            (True, ["Entwurf", "Nur für uns"]),
            (False, ["Fernwärme", "Zweite"]),
        ]
        assert extraction.sensitive == (Sensitive.HIDDEN,)


def test_a_chart_that_is_hidden_stands_on_a_hidden_page(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"] = 5
    chart = BarChart()
    chart.title = "Preise von 2016"
    chart.add_data(Reference(sheet, min_col=1, min_row=1))
    sheet.add_chart(chart, "C3")
    assert "Preise von 2016" in read(tmp_path, book).pages[0].text
    hidden = read(tmp_path, book, b'name="Chart 1"', b'name="Chart 1" hidden="1"')
    assert hidden.pages[0].text == "5"
    assert (hidden.pages[0].notes, hidden.pages[0].hidden) == ("", False)
    assert hidden.pages[1].text.split("\n")[0] == "Preise von 2016"
    assert hidden.pages[1].hidden
    assert hidden.counts["hidden text"] == 1
    assert hidden.sensitive == (Sensitive.HIDDEN,)
