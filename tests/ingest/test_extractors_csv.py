from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extraction import Extraction
from ingest.extractors import extract, grid
from ingest.extractors.flow import PAGE_WORDS
from ingest.mediatypes import media_type_of


def read(folder: Path, content: bytes, name: str = "a.csv") -> Extraction:
    path = folder / name
    path.write_bytes(content)
    return extract(path, media_type_of(path))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["Zeit", "Titel, kurz", "Ort; Raum"], ["9:00", "Begrüßung", "Saal"], ["", "", "Foyer"]]
    quoted = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert read(tmp_path, quoted.encode()).pages[0].text.split("\n") == [
        "Zeit\tTitel, kurz\tOrt; Raum",
        "9:00\tBegrüßung\tSaal",
        "\t\tFoyer",
    ]


def test_commas_in_numbers_and_texts_divide_nothing(tmp_path: Path) -> None:
    content = "Ort;Anteil\nMünchen, Bayern;3,5\nKöln;4,25\nEssen, NRW;1,0\n"
    assert read(tmp_path, content.encode()).pages[0].text.split("\n")[1] == "München, Bayern\t3,5"


def test_a_declared_delimiter_counts_and_is_no_text(tmp_path: Path) -> None:
    assert read(tmp_path, b"sep=|\na,b,c|d\ne,f,g|h").pages[0].text == "a,b,c\td\ne,f,g\th"


def test_quotes_hold_delimiters_breaks_and_quotes(tmp_path: Path) -> None:
    content = b'a,"b, ""c""\nd",e\nf,g,h\n'
    assert read(tmp_path, content).pages[0].text == 'a\tb, "c" d\te\nf\tg\th'


def test_a_quote_that_is_never_closed_takes_nothing_with_it(tmp_path: Path) -> None:
    extraction = read(tmp_path, b'a,b\n"c,d\ne,f\n')
    assert extraction.pages[0].text == 'a\tb\n"c\td\ne\tf'
    assert extraction.repairs == ("Quotes from line 2 on do not match and stand as they are.",)
    endless = read(tmp_path, b'a,b\n"' + b"x y,\n" * 60_000)
    assert endless.pages[-1].text.endswith("x y")
    assert endless.repairs


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "koi8_r"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    content = "Время;Название доклада\n" + "10:00;Партнёрство городов и регионов России\n" * 5
    assert "10:00\tПартнёрство городов" in read(tmp_path, content.encode(encoding)).pages[0].text


def test_empty_margins_and_rows_are_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, b";;;\n;;a;b;;\n;;;\n;;;c;\n").pages[0].text == "a\tb\n\tc"


def test_a_table_without_delimiters_is_its_lines(tmp_path: Path) -> None:
    assert read(tmp_path, b"one thing\nanother", "a.tsv").pages[0].text == "one thing\nanother"


def test_a_long_table_has_several_pages(tmp_path: Path) -> None:
    pages = read(tmp_path, b"a b;c\n" * PAGE_WORDS).pages
    assert len(pages) == 4
    assert sum(page.text.count("a b\tc") for page in pages) == PAGE_WORDS


@given(st.lists(st.lists(st.text("ab \n\t", max_size=4), max_size=5), max_size=6))
def test_a_grid_loses_no_word(rows: list[list[str]]) -> None:
    assert " ".join(grid.lines([grid.row(cells) for cells in rows])).split() == [
        word for row in rows for cell in row for word in cell.split()
    ]
