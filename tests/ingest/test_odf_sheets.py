from __future__ import annotations

import time
from pathlib import Path

import pytest

from archive.model import Sensitive
from ingest.extraction import Extraction
from ingest.extractors import sheet
from tests.ingest.opendocument import (
    comment,
    document,
    master_page,
    paragraph,
    read,
    row,
    text_frame,
    words,
    write,
)

STYLES = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'


def table(rows: str, name: str = "Tabelle1", attributes: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{paragraph(text) if text else ''}</table:table-cell>"


def sheets_of(tmp_path: Path, body: str, **parts: str) -> Extraction:
    content = document(f"<office:spreadsheet>{body}</office:spreadsheet>", STYLES)
    return read(write(tmp_path, "ods", content=content, **parts))


def test_a_word_in_every_place_of_a_spreadsheet_is_found(tmp_path: Path) -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:visibility="collapse"/>'
    )
    valued = cell("", 'office:string-value="Wort05"')
    rows = (
        f"<table:table-header-rows>{row('', paragraph('Wort02'), paragraph('Wort03'), paragraph('Wort20'))}"
        "</table:table-header-rows>"
        f"<table:table-row-group><table:table-row><table:table-cell/>"
        f"<table:table-cell>{paragraph('Wort04')}{comment('Wort30')}</table:table-cell></table:table-row>"
        f"</table:table-row-group>"
        f'<table:table-row table:visibility="filter">{cell("Wort21")}</table:table-row>'
        f"<table:table-row><table:table-cell/>{valued}"
        f"<table:covered-table-cell>{paragraph('Wort22')}</table:covered-table-cell></table:table-row>"
    )
    shapes = f"<table:shapes><draw:g>{text_frame('Wort06')}</draw:g></table:shapes>"
    tracked = (
        f"<table:tracked-changes><table:previous>{paragraph('Früher')}</table:previous>"
        "</table:tracked-changes>"
    )
    body = (
        tracked
        + table(columns + rows + shapes, "Wort01")
        + table(row(paragraph("Wort40")), "Geheim", 'table:style-name="h"')
    )
    regions = f"<style:region-left>{paragraph('Wort07')}</style:region-left>"
    extraction = sheets_of(tmp_path, body, styles=master_page(f"<style:header>{regions}</style:header>"))
    shown, unseen, hidden, last = extraction.pages
    assert shown.text.split("\n") == ["Wort01", "Wort02\tWort03", "Wort04", "Wort05", "Wort06"]
    assert shown.notes == "Anna: Wort30"
    assert (words(unseen.text), unseen.hidden) == (["Wort20", "Wort21", "Wort22"], True)
    assert (hidden.text, hidden.hidden) == ("Geheim\nWort40", True)
    assert last.text == "Wort07"
    assert extraction.counts == {"tables": 2, "comments": 1, "groups": 1, "hidden slides": 2, "changes": 1}


def test_repeated_cells_and_rows_stand_as_often_as_they_are_shown(tmp_path: Path) -> None:
    thrice = cell("ja", 'table:number-columns-repeated="3"')
    rows = f'<table:table-row table:number-rows-repeated="2">{thrice}</table:table-row>'
    assert sheets_of(tmp_path, table(rows)).pages[0].text == "ja\tja\tja\nja\tja\tja"


def test_endless_sheets_cost_nothing(tmp_path: Path) -> None:
    empty = (
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    full = empty.replace("/></table:table-row>", f">{paragraph('x')}</table:table-cell></table:table-row>")
    began = time.process_time()
    extraction = sheets_of(tmp_path, table(row(paragraph("a")) + empty * 50 + full))
    assert extraction.pages[0].text.startswith("a\n")
    assert time.process_time() - began < 10


def test_too_much_text_is_cut_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet.Room.__init__, "__defaults__", (106,))
    extraction = sheets_of(tmp_path, table(row(paragraph("wort " * 9)) * 20))
    assert extraction.pages[0].text.count("wort") == 18
    assert extraction.skipped == (f"Of its cells no more than {sheet.MAX_CHARACTERS} characters were read.",)


def test_shapes_that_are_not_shown_stand_beside_the_cells(tmp_path: Path) -> None:
    hidden = text_frame("Preise von 2016", attributes='draw:display="none"')
    in_cell = text_frame("Preise von 2015", attributes='draw:display="none"')
    rows = row(paragraph("Fernwärme") + in_cell)
    extraction = sheets_of(tmp_path, table(f"<table:shapes>{hidden}</table:shapes>{rows}"))
    (page,) = extraction.pages
    assert extraction.sensitive == (Sensitive.NOTES, Sensitive.HIDDEN)
    assert page.text == "Fernwärme"
    assert page.notes.split("\n") == ["Preise von 2016", "Preise von 2015"]
