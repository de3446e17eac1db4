"""Tables in texts of OpenDocument, as Writer shows them."""

from __future__ import annotations

import time
from pathlib import Path

from archive.model import Sensitive
from ingest.extraction import Extraction
from tests.ingest.opendocument import document, paragraph, read, write


def cell(text: str, attributes: str = "", name: str = "table-cell") -> str:
    return f"<table:{name} {attributes}>{paragraph(text) if text else ''}</table:{name}>"


def table(path: Path, *rows: str) -> Extraction:
    content = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    body = f"<office:text><table:table>{content}</table:table></office:text>"
    return read(write(path, "odt", content=document(body)))


def test_repeated_cells_stand_as_often_as_they_are_shown(tmp_path: Path) -> None:
    thrice = cell("ja", 'table:number-columns-repeated="3"')
    extraction = table(tmp_path, f"{thrice}{cell('nein')}", cell("", 'table:number-columns-repeated="3"'))
    assert extraction.pages[0].text == "ja\tja\tja\tnein"


def test_cells_under_a_merged_one_are_hidden(tmp_path: Path) -> None:
    covered = cell("bedeckt", 'table:number-columns-repeated="2"', "covered-table-cell")
    broad = cell("breit", 'table:number-columns-spanned="3"')
    extraction = table(tmp_path, broad + covered + cell("Ende"))
    assert [(page.text.split(), page.hidden) for page in extraction.pages] == [
        (["breit", "Ende"], False),
        (["bedeckt"], True),
    ]
    assert extraction.sensitive == (Sensitive.HIDDEN,)


def test_repetition_is_bounded(tmp_path: Path) -> None:
    started_at = time.process_time()
    endless = cell("wort " * 1000, 'table:number-columns-repeated="99999999"')
    extraction = table(tmp_path, *[endless] * 50)
    assert sum(len(page.text.split()) for page in extraction.pages) <= 50_000 + 20_000
    assert time.process_time() - started_at < 20
