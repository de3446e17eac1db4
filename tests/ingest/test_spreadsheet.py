"""Records to a spreadsheet, through LibreOffice, and back: only what people change changes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from archive.model import Access, Conference, Document, File, Kind, Panel, State, Version
from ingest.errors import TableError
from ingest.formulas import plain, quoted
from ingest.spreadsheet import to_csv, to_xlsx
from ingest.spreadsheet_changes import RowChange, changes_of, related_in
from ingest.spreadsheet_columns import COLUMNS, MARK, Problem, Vocabulary
from ingest.spreadsheet_reading import SheetRow, read_spreadsheet

NOW = dt.datetime(2017, 7, 1, tzinfo=dt.UTC)
NAMES = {each.value: each.value.upper() for each in (*Kind, *Access, *State)} | {
    "presentation": "Präsentation",
    "embargoed": "gesperrt bis",
}
WORDS = Vocabulary(
    {name: name.title() for name in COLUMNS},
    NAMES,
    {name.casefold(): code for code, name in NAMES.items()} | {"презентация": "presentation"},
    "Datensätze",
    "Panels",
    "de",
)
CONFERENCE = Conference(
    "2017-krasnodar",
    {"de": "Konferenz"},
    panels=(
        Panel("2017-krasnodar/energie", {"de": "Energie und Stadt", "ru": "Энергия и город"}),
        Panel("2017-krasnodar/wasser", {"de": "Trinkwasser"}),
        Panel("2017-krasnodar/wasser-2", {"de": "Trinkwasser"}),
    ),
)
FILE = File("Vortrag.pdf", "energie/Vortrag.pdf", "application/pdf", 1, "0", 1)


def made(identifier: str, title: str, **changes: object) -> Document:
    document = Document(
        identifier,
        title,
        CONFERENCE.id,
        Kind.PRESENTATION,
        State.PUBLISHED,
        (Version(1, NOW, (FILE,)),),
        NOW,
        NOW,
        panel="2017-krasnodar/energie",
        creators=("Meier, Anna", "Иванов, Пётр"),
        languages=("de", "ru"),
        date=dt.date(2017, 6, 28),
    )
    return replace(document, **changes)  # type: ignore[arg-type]


ONE = made("7k3mx9q2f1", "Fernwärme")
TWO = made("7k3mx9q2f2", "Модернизация", translation_of=("7k3mx9q2f1",), panel="2017-krasnodar/wasser")
HOSTILE = [
    made(f"7k3mx9q2g{number}", title, creators=(title.strip() or "x",), rights=title, panel=None)
    for number, title in enumerate(
        [
            "=1+1",
            '=HYPERLINK("http://example.org";"x")',
            "+49 30",
            "-1",
            "@SUM(A1)",
            "\tTab",
            "'quoted",
            "'=both",
            "a\u202eb\u0007c",
            "zwei\nZeilen",
            "007",
            "1e5",
            "TRUE",
        ]
    )
]
DOCUMENTS = (ONE, TWO, *HOSTILE)


@pytest.fixture(params=["xlsx", "csv"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file with all documents."""
    path = tmp_path / f"records.{request.param}"
    write = to_xlsx if request.param == "xlsx" else to_csv
    path.write_bytes(write(CONFERENCE, DOCUMENTS, WORDS))
    return path


def compared(
    rows: tuple[SheetRow, ...], documents: tuple[Document, ...] = DOCUMENTS
) -> tuple[RowChange, ...]:
    return changes_of(rows, CONFERENCE, documents, (), WORDS)


def edited(row: SheetRow, **cells: str) -> SheetRow:
    return replace(row, cells={**row.cells, **cells})


def rows_of(*documents: Document) -> tuple[SheetRow, ...]:
    """The rows of documents as they come back untouched."""
    content = io.BytesIO(to_xlsx(CONFERENCE, documents, WORDS))
    sheet = openpyxl.load_workbook(content).worksheets[0]
    return tuple(
        SheetRow(number, dict(zip(COLUMNS, [str(value or "") for value in values], strict=True)))
        for number, values in enumerate(sheet.iter_rows(min_row=3, values_only=True), 3)
    )


def test_what_nobody_touched_comes_back_without_a_change(written: Path) -> None:
    rows = read_spreadsheet(written)
    assert [row.cells["id"] for row in rows] == [document.id for document in DOCUMENTS]
    assert compared(rows) == ()


def test_libreoffice_gives_back_what_it_was_given(written: Path, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice (Debian package libreoffice-calc)")
    target = tmp_path / "saved"
    options = ["--infilter=CSV:59,34,76,1"] if written.suffix == ".csv" else []
    form = "csv:Text - txt - csv (StarCalc):59,34,76,1" if written.suffix == ".csv" else "xlsx"
    done = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            *options,
            "--convert-to",
            form,
            "--outdir",
            str(target),
            str(written),
        ],
        capture_output=True,
        timeout=180,
        check=True,
    )
    saved = target / written.name
    assert saved.exists(), done.stderr
    assert saved.read_bytes() != written.read_bytes() or written.suffix == ".csv"
    before, after = read_spreadsheet(written), read_spreadsheet(saved)
    if written.suffix == ".csv":  # it reads 007, 1e5 and TRUE as values, as it does in any CSV file
        after = tuple(row for row in after if row.cells["id"] not in [each.id for each in HOSTILE[-3:]])
        before = tuple(row for row in before if row.cells["id"] not in [each.id for each in HOSTILE[-3:]])
    assert [row.cells for row in after] == [row.cells for row in before]
    assert compared(after) == ()


def test_no_cell_is_a_formula_and_the_sheet_is_fit_to_be_edited() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(CONFERENCE, DOCUMENTS, WORDS)))
    sheet = book.worksheets[0]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    title = sheet.cell(5, COLUMNS.index("title") + 1)
    assert (title.value, title.quotePrefix) == ("=1+1", True)
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions[openpyxl.utils.get_column_letter(len(COLUMNS))].hidden
    assert sheet.freeze_panes == "C3"
    lists = {choice.formula1 for choice in sheet.data_validations.dataValidation}
    assert "'Panels'!$A$1:$A$3" in lists
    assert [cell.value for cell in book["Panels"]["A"]] == [
        "Energie und Stadt",
        "2017-krasnodar/wasser",
        "2017-krasnodar/wasser-2",
    ]


def test_changed_cells_become_values() -> None:
    row, other = rows_of(ONE, TWO)
    (change,) = compared(
        (
            edited(
                row,
                title="Neu",
                creators="Schmidt, Eva;  Meier, Anna ;",
                kind="ПРЕЗЕНТАЦИЯ",
                languages="de",
                panel="Wasser-2",
                date="29.06.2017",
                rights="CC BY 4.0",
                access="gesperrt bis",
                embargoed_until="2030-01-01",
                translation_of=TWO.id,
            ),
            other,
        )
    )
    assert change.can_be_taken
    assert not change.problems
    assert change.values == {
        "title": "Neu",
        "creators": ["Schmidt, Eva", "Meier, Anna"],
        "languages": ["de"],
        "panel": "2017-krasnodar/wasser-2",
        "date": "2017-06-29",
        "rights": "CC BY 4.0",
        "access": "embargoed",
        "embargoed_until": "2030-01-01",
        "translation_of": [TWO.id],
    }
    assert (change.cells[0].before, change.cells[0].after) == ("Fernwärme", "Neu")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"kind": "Roman"}, Problem.VALUE),
        ({"panel": "trinkwasser"}, Problem.VALUE),
        ({"date": "31.02.2017"}, Problem.VALUE),
        ({"languages": "deutsch"}, Problem.VALUE),
        ({"translation_of": "x"}, Problem.VALUE),
        ({"translation_of": "0000000000"}, Problem.VALUE),
        ({"translation_of": ONE.id}, Problem.VALUE),
        ({"title": " "}, Problem.EMPTY),
        ({"title": "x" * 1001}, Problem.LENGTH),
        ({"access": "gesperrt bis"}, Problem.EMBARGO),
        ({"id": "0000000000"}, Problem.UNKNOWN),
        ({"id": ""}, Problem.UNKNOWN),
    ],
)
def test_what_cannot_be_taken_says_why(cells: dict[str, str], problem: Problem) -> None:
    (row,) = rows_of(ONE)
    (change,) = compared((edited(row, **cells),))
    assert change.problems == {problem}
    assert not change.can_be_taken


def test_what_somebody_else_changed_since_is_told_and_what_they_changed_alone_stays() -> None:
    rows = rows_of(ONE)
    now = replace(ONE, title="Von Ivan", rights="CC0")
    assert compared(rows, (now,)) == ()
    (change,) = compared((edited(rows[0], title="Von Olga"),), (now,))
    assert [(cell.before, cell.after, cell.problem) for cell in change.cells] == [
        ("Von Ivan", "Von Olga", Problem.CHANGED)
    ]
    assert change.can_be_taken


def test_a_lost_mark_and_a_row_twice_are_told() -> None:
    (row,) = rows_of(ONE)
    (change,) = compared((edited(row, **{MARK: "", "title": "Neu"}),))
    assert change.problem is Problem.UNMARKED
    assert [each.problem for each in compared((row, row))] == [Problem.TWICE]


def test_columns_may_be_missing_moved_and_dates_real(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["date", "id", "own notes"])
    sheet.append(["Datum", "Kennung", "x"])
    sheet.append([dt.datetime(2017, 6, 30), ONE.id, "bleibt hier"])
    book.save(tmp_path / "a.xlsx")
    (change,) = compared(read_spreadsheet(tmp_path / "a.xlsx"))
    assert change.values == {"date": "2017-06-30"}


def test_a_formula_is_refused_with_a_word(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(CONFERENCE, (ONE,), WORDS)))
    book.worksheets[0].cell(3, 2).value = '=WEBSERVICE("http://example.org")'
    book.save(tmp_path / "a.xlsx")
    (change,) = compared(read_spreadsheet(tmp_path / "a.xlsx"), (ONE,))
    assert [cell.problem for cell in change.cells] == [Problem.UNUSABLE]
    assert not change.can_be_taken


def test_what_is_no_table_of_records_or_huge_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", b"0" * 60_000_000)
    for content in (
        b"",
        b"id;x\r\n",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0",
        bomb.getvalue(),
        b"\x00\x01",
    ):
        path.write_bytes(content)
        with pytest.raises(TableError):
            read_spreadsheet(path)


def test_huge_dimensions_are_refused_before_they_are_walked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(list(COLUMNS))
    book.active.cell(1_048_576, 16_384).value = "far"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(TableError):
        read_spreadsheet(tmp_path / "a.xlsx")


def test_relations_are_collected_to_be_looked_up() -> None:
    row = edited(rows_of(ONE)[0], translation_of="a; b c")
    assert related_in((row, row)) == ("a", "b", "c")
    assert compared((edited(row, translation_of="7k3mx9q2f2"),), DOCUMENTS)[0].can_be_taken


FORMULAS = (
    "=1+1",
    "@SUM(A1)",
    "+1|cmd",
    "-1",
    "＝1+1",
    "＠x",
    "x,=1+1",
    "x, =1",
    "x\t=1",
    "a\n=1",
    'x,"=1',
    ' "=1',
    "=cmd|' /C calc'!A0",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_program_finds_a_formula_wherever_it_parts_the_line(text: str) -> None:
    document = made("7k3mx9q2f1", text, creators=(text, text), rights=text, panel=None)
    content = to_csv(CONFERENCE, (document,), WORDS).decode("utf-8-sig")
    for delimiter in (";", ",", "\t"):
        for row in csv.reader(io.StringIO(content), delimiter=delimiter):
            for cell in row:
                begun = cell.lstrip(' "\n')
                assert not begun.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), (delimiter, cell)
    assert plain(quoted(text)) == text
