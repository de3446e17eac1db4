from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from ingest import tabular
from ingest.errors import TableError
from ingest.tabular import Row, read_table

ROWS = [["Pfad", "Titel"], ["Größe.pdf", "Wärme; Kälte"], ["Тепло.pdf", 'Ein "Zitat"\nzweite Zeile']]


def workbook(*rows: list[object], after: str = "") -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def patched(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Change one part of a workbook."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert old in text
                text = text.replace(old, new)
            after.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_whatever_its_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    quoted = ('"' + cell.replace('"', '""') + '"' for row in ROWS for cell in row)
    cells = list(quoted)
    text = "\r\n".join(delimiter.join(cells[i : i + 2]) for i in range(0, len(cells), 2))
    table = read_table(text.encode(encoding), "m.csv")
    assert [list(row.cells) for row in table.rows] == ROWS


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "путь;название\nдоклад.pdf;Теплоснабжение города Краснодара\n"),
        ("cp1252", "Pfad;Titel\nGrüße.pdf;Fernwärme für Städte und Gemeinden\n"),
    ],
)
def test_text_of_old_windows_is_read(encoding: str, text: str) -> None:
    table = read_table(text.encode(encoding), "m.csv")
    assert [";".join(row.cells) for row in table.rows] == text.splitlines()


def test_rows_are_numbered_by_their_first_line() -> None:
    rows = read_table(b'path,title\n"a.pdf","one\ntwo"\n\nb.pdf,three\n', "m.csv").rows
    assert [row.number for row in rows] == [1, 2, 5]


def test_line_that_names_the_delimiter_is_no_row() -> None:
    rows = read_table(b"sep=;\npath;title\na,b.pdf;x\n", "m.csv").rows
    assert rows == (Row(2, ("path", "title")), Row(3, ("a,b.pdf", "x")))


def test_commas_inside_quotes_do_not_make_the_delimiter() -> None:
    rows = read_table(b'"a,b,c,d";"e"\nx;y\n', "m.csv").rows
    assert rows[0].cells == ("a,b,c,d", "e")


def test_characters_that_nobody_sees_are_taken_out() -> None:
    (row,) = read_table("a\u202eb\u200b\u00a0c\x07,x".encode(), "m.csv").rows
    assert row.cells == ("ab c", "x")


def test_workbook_gives_values_as_people_see_them() -> None:
    content = workbook(["path", 14.0, 2.5, True, None, dt.datetime(2017, 6, 28)], [None], [], ["end"])
    rows = read_table(content, "m.xlsx").rows
    assert rows[0] == Row(1, ("path", "14", "2.5", "true", "", "2017-06-28"))
    assert rows[1] == Row(4, ("end",))


def test_formulas_and_errors_are_told_and_not_computed() -> None:
    (_, row) = read_table(workbook(["a", "b", "c"], ["=1+1", '=HYPERLINK("http://x")', "#REF!"]), "m").rows
    assert row.cells[:2] == ("", "")
    assert "formula" in row.odd[0]
    assert "formula" in row.odd[1]
    assert "#REF!" in row.odd[2]


def test_what_a_sheet_says_of_its_own_size_does_not_count() -> None:
    content = workbook(["path"], ["a.pdf"])
    content = patched(content, "xl/worksheets/sheet1.xml", b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert [row.cells for row in read_table(content, "m.xlsx").rows] == [("path",), ("a.pdf",)]


def test_entities_in_a_workbook_are_refused() -> None:
    content = workbook(["path"], ["a.pdf"])
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    content = patched(content, "xl/worksheets/sheet1.xml", b"<worksheet", bomb)
    with pytest.raises(TableError, match="cannot be read"):
        read_table(content, "m.xlsx")


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", bytes(tabular.MAX_UNPACKED_BYTES + 1))
    assert len(stream.getvalue()) < 100_000
    with pytest.raises(TableError, match="unpacks to more"):
        read_table(stream.getvalue(), "m.xlsx")


def test_part_that_gives_more_than_it_says_is_refused() -> None:
    content = workbook(["path"], ["x" * 5000])
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        said = package.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = content.replace(said.to_bytes(4, "little"), (40).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(TableError):
        read_table(lying, "m.xlsx")


@pytest.mark.parametrize("make", [lambda rows: workbook(*rows), lambda rows: "\n".join("a" for _ in rows)])
def test_too_many_rows_are_refused(make: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MAX_ROWS", 20)
    content = make([["a"]] * 21)  # type: ignore[operator]
    with pytest.raises(TableError, match="more than 20 rows"):
        read_table(content if isinstance(content, bytes) else content.encode(), "m")


def test_row_far_down_is_too_many_rows() -> None:
    content = patched(
        workbook(["path"], ["a"]), "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="1048576"'
    )
    with pytest.raises(TableError, match="rows"):
        read_table(content, "m.xlsx")


def test_too_many_columns_are_refused() -> None:
    wide: list[object] = ["a"] * (tabular.MAX_COLUMNS + 1)
    for content in (workbook(wide), ",".join(map(str, wide)).encode()):
        with pytest.raises(TableError, match="columns"):
            read_table(content, "m")


def test_cell_that_is_too_long_is_told_and_the_rest_read() -> None:
    long = "x" * (tabular.MAX_CELL_CHARACTERS + 1)
    (row,) = read_table(f"a,{long},b".encode(), "m.csv").rows
    assert row.cells == ("a", "", "b")
    assert list(row.odd) == [1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "no table of text"),
    ],
)
def test_what_is_no_table_says_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read_table(content, "m.xlsx")


SHARED = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{}</t></si></sst>"""


def shared(text: str, rows: int, columns: int) -> bytes:
    """A workbook that shows one text in every cell."""
    content = workbook(["path"])
    types = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    types += b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    content = patched(content, "[Content_Types].xml", b"</Types>", types)
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * columns + b"</row>"
    content = patched(content, "xl/worksheets/sheet1.xml", b"</sheetData>", row * rows + b"</sheetData>")
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/sharedStrings.xml", SHARED.format(text))
    return stream.getvalue()


def test_a_text_shown_in_many_cells_is_read_in_each() -> None:
    assert read_table(shared("a.pdf", 2, 3), "m.xlsx").rows[1].cells == ("a.pdf",) * 3


def test_a_long_text_in_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MAX_CHARACTERS", 100_000)
    with pytest.raises(TableError, match="more than 100,000 characters"):
        read_table(shared("x" * 9_000, 400, 50), "m.xlsx")


def test_a_text_far_too_long_is_not_cleaned_in_each_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        tabular, "_clean", lambda text: pytest.fail("cleaned") if len(text) > 30_000 else text
    )
    rows = read_table(shared("x" * 500_000, 20, 50), "m.xlsx").rows
    assert all("Shorten it" in wrong for row in rows[1:] for wrong in row.odd.values())


def test_line_of_millions_of_cells_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "_row", lambda *_: pytest.fail("looked at"))
    with pytest.raises(TableError, match="columns"):
        read_table(b"," * 100_000, "m.csv")
