from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from ingest.extraction import DamagedError
from ingest.extractors import sheet
from ingest.extractors.flow import PAGE_WORDS
from ingest.extractors.xlsx import book as xlsxbook
from tests.ingest.workbooks import (
    NAMES,
    THREADS,
    inline,
    package,
    read,
    relationships,
    worksheet,
    write,
)

Save = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    return lambda parts: write(tmp_path / "a.xlsx", parts)


def words(text: str) -> list[str]:
    return re.findall(r"Wort\d\d", text)


def everything() -> dict[str, str]:
    def paragraph(text: str) -> str:
        return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"

    def shape(inner: str, description: str = "") -> str:
        return f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr name="x" descr="{description}"/></xdr:nvSpPr>{inner}</xdr:sp>'

    strings = f"<sst {NAMES}><si><t>Wort02</t></si><si><r><t>Wo</t></r><r><t>rt03</t></r></si></sst>"
    programme = worksheet(
        '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="s"><v>0</v></c>'
        "</row>"
        f'<row r="3">{inline("Wort04", "B3")}<c r="C3" t="str"><f>A1</f><v>Wort05</v></c>'
        f'<c r="D3" t="str"><v>Wort21</v></c></row><row r="4" hidden="1">{inline("Wort20", "B4")}</row>'
        '<row r="5"><c r="B5" t="b"><v>1</v></c><c r="C5" t="e"><v>#N/A</v></c>'
        '<c r="F5" s="1"><v>42898</v></c></row>',
        '<cols><col min="4" max="4" hidden="1"/></cols>',
        '<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12Wort10&amp;RSeite &amp;P</oddHeader>'
        '<oddFooter>&amp;CWort11</oddFooter></headerFooter><drawing r:id="d"/>',
    )
    chart = (
        f"<c:chartSpace {NAMES}><c:chart><c:title><c:tx><c:rich>{paragraph('Wort08')}</c:rich></c:tx>"
        "</c:title><c:cat><c:strRef><c:strCache><c:pt><c:v>Wort09</c:v></c:pt></c:strCache></c:strRef></c:cat>"
        "</c:chart></c:chartSpace>"
    )
    boxed = shape(f"<xdr:txBody>{paragraph('Wort07')}</xdr:txBody>")
    group = f"<xdr:grpSp><xdr:grpSp>{boxed}</xdr:grpSp></xdr:grpSp>"
    anchors = "".join(
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>{row}</xdr:row></xdr:from>{inner}"
        "</xdr:twoCellAnchor>"
        for row, inner in (
            (9, '<xdr:graphicFrame><a:graphic><c:chart r:id="c"/></a:graphic></xdr:graphicFrame>'),
            (5, group),
            (1, shape("", "Wort06")),
        )
    )
    authors = "<authors><author>Anna</author><author>tc={1}</author></authors>"
    comments = "".join(
        f'<comment ref="{reference}" authorId="{author}"><text><t>{text}</t></text></comment>'
        for reference, author, text in (("B3", 0, "Wort30"), ("C3", 1, "[Threaded comment]"))
    )
    thread = '<threadedComment ref="C3" personId="p1"><text>Wort31</text></threadedComment>'
    return package(
        {
            'name="Programm Wort01"': programme,
            'name="Tabelle2" state="hidden"': worksheet(f"<row>{inline('Wort40')}</row>"),
        },
        **{
            "xl/sharedStrings.xml": strings,
            "xl/styles.xml": f"<styleSheet {NAMES}><numFmts>"
            '<numFmt numFmtId="170" formatCode="dd.mm.yyyy"/></numFmts>'
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                d="drawing ../drawings/drawing1.xml",
                k="comments ../comments1.xml",
                t="threadedComment ../threadedComments/threadedComment1.xml",
            ),
            "xl/drawings/drawing1.xml": f"<xdr:wsDr {NAMES}>{anchors}</xdr:wsDr>",
            "xl/drawings/_rels/drawing1.xml.rels": relationships(c="chart ../charts/chart1.xml"),
            "xl/charts/chart1.xml": chart,
            "xl/comments1.xml": f"<comments {NAMES}>{authors}<commentList>{comments}</commentList>"
            "</comments>",
            "xl/threadedComments/threadedComment1.xml": f'<threads xmlns="{THREADS}">{thread}</threads>',
            "xl/persons/person.xml": f'<personList xmlns="{THREADS}">'
            '<person displayName="Berta" id="p1"/></personList>',
        },
    )


@pytest.mark.parametrize("strict", [False, True])
def test_a_word_in_every_place_is_found(save: Save, strict: bool) -> None:
    parts = everything()
    if strict:
        parts = {
            name: re.sub(
                r"http://schemas\.openxmlformats\.org/(officeDocument|drawingml|spreadsheetml)/2006/",
                r"http://purl.oclc.org/ooxml/\1/",
                content,
            )
            for name, content in parts.items()
        }
    extraction = read(save(parts))
    shown, unseen, hidden = extraction.pages
    assert (shown.hidden, unseen.hidden, hidden.hidden) == (False, True, True)
    assert shown.text.split("\n") == [
        "Programm Wort01",
        "Wort02\tWort03",
        "Wort04\tWort05",
        "TRUE\t#N/A\t\t\t12.06.2017",
        "Wort06",
        "Wort07",
        "Wort08",
        "Wort09",
        "Wort10\tSeite",
        "Wort11",
    ]
    assert shown.notes == "Anna: Wort30\nBerta: Wort31" or shown.notes == "Berta: Wort31\nAnna: Wort30"
    assert words(unseen.text) == ["Wort02", "Wort21", "Wort20"]
    assert hidden.text == "Wort40"
    assert (shown.title, hidden.title, extraction.title) == ("Programm Wort01", "", "Programm Wort01")
    assert extraction.counts == {
        "tables": 2,
        "comments": 2,
        "hidden slides": 2,
        "groups": 2,
        "charts": 1,
    }
    assert extraction.skipped == ()


def test_a_workbook_of_a_real_writer_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "Программа"
    first.append(["Zeit", "Titel", "Anteil"])
    first.append([dt.time(9, 30), "Begrüßung", 0.125])
    first["C2"].number_format = "0.0%"
    first["A2"].number_format = "hh:mm"
    first["B2"].comment = Comment("Noch fragen", "Anna")
    first["A4"] = "Pause für alle"
    first.merge_cells("A4:C4")
    first["D4"] = "=1+1"
    book.create_sheet("Sheet2")["C3"] = dt.date(2017, 6, 12)
    book.properties.title = "Programm der Konferenz"
    book.properties.creator = "Anna Beispiel"
    path = tmp_path / "a.xlsx"
    book.save(path)
    extraction = read(path)
    assert [page.text for page in extraction.pages] == [
        "Программа\nZeit\tTitel\tAnteil\n09:30\tBegrüßung\t12.5%\nPause für alle",
        "2017-06-12",
    ]
    assert extraction.pages[0].notes == "Anna: Noch fragen"
    assert extraction.creators == ("Anna Beispiel",)
    assert extraction.skipped == ("Formulas without a result: 1.",)


def test_a_merged_cell_stands_once_and_what_lies_under_it_was_not_shown(save: Save) -> None:
    cells = inline("Titel", "A1") + inline("Titel", "B1") + inline("Rest", "C1") + inline("frei", "D1")
    merged = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="kaputt"/></mergeCells>'
    pages = read(save(package({'name="Tabelle1"': worksheet(f"<row>{cells}</row>", "", merged)}))).pages
    assert [(page.text, page.hidden) for page in pages] == [("Titel\t\t\tfrei", False), ("Rest", True)]


def test_cells_and_rows_without_addresses_stand_in_order(save: Save) -> None:
    rows = (
        f"<row>{inline('a')}{inline('b')}</row><row/><row>{inline('c')}{inline('d', 'D3')}{inline('e')}</row>"
    )
    rows += f'<row><c r="A9"/></row><row><c r="B10"/>{inline("f")}</row>'
    text = read(save(package({'name="Лист1"': worksheet(rows)}))).pages[0].text
    assert text == "a\tb\nc\t\t\td\te\n\t\tf"


def test_each_sheet_begins_a_page_and_long_ones_have_several(save: Save) -> None:
    long = worksheet("".join(f"<row>{inline('ein Wort')}</row>" for _ in range(PAGE_WORDS)))
    pages = read(
        save(package({'name="Lang"': long, 'name="Kurz"': worksheet(f"<row>{inline('x')}</row>")}))
    ).pages
    assert len(pages) == 4
    assert sum(page.text.count("ein Wort") for page in pages) == PAGE_WORDS
    assert pages[-1].text == "Kurz\nx"


def test_characters_that_markup_cannot_hold_are_themselves(save: Save) -> None:
    cell = inline("a_x000A_b _x0041_")
    pages = read(save(package({'name="Tabelle1"': worksheet(f"<row>{cell}</row>")}))).pages
    assert pages[0].text == "a b A"


def test_a_sheet_that_ends_too_early_gives_its_beginning(save: Save) -> None:
    whole = worksheet(f"<row>{inline('eins')}</row><row>{inline('zwei')}</row>")
    extraction = read(save(package({'name="Tabelle1"': whole[: whole.index("zwei")]})))
    assert extraction.pages[0].text == "eins"
    assert extraction.skipped == ("xl/worksheets/sheet1.xml is damaged; what could be read was read.",)


def test_a_package_without_workbook_is_damaged(save: Save) -> None:
    parts = everything()
    del parts["xl/workbook.xml"]
    with pytest.raises(DamagedError):
        read(save(parts))


def test_missing_parts_leave_the_rest(save: Save) -> None:
    parts = everything()
    for name in ("xl/sharedStrings.xml", "xl/styles.xml", "xl/charts/chart1.xml", "xl/comments1.xml"):
        del parts[name]
    extraction = read(save(parts))
    assert "Wort04\tWort05" in extraction.pages[0].text
    assert "42898" in extraction.pages[0].text
    assert extraction.skipped == (
        "xl/comments1.xml is damaged.",
        "xl/sharedStrings.xml is damaged.",
        "A chart or SmartArt drawing is damaged.",
    )


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="1048576">{inline("z", "XFD1048576")}</row>',
        "".join(f'<row r="{row}">{inline("z", f"XFD{row}")}</row>' for row in range(2, 3000)),
    ],
)
def test_far_corners_cost_nothing(save: Save, rows: str) -> None:
    began = time.process_time()
    extraction = read(save(package({'name="Tabelle1"': worksheet(f"<row>{inline('a', 'A1')}</row>{rows}")})))
    assert extraction.pages[0].text.startswith("a")
    assert time.process_time() - began < 10


def test_one_long_text_in_many_cells_is_cut_and_said(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet.Room.__init__, "__defaults__", (4_032,))
    strings = f"<sst {NAMES}><si><t>{'lang ' * 200}</t></si></sst>"
    rows = '<row><c t="s"><v>0</v></c></row>' * 100
    extraction = read(
        save(package({'name="Tabelle1"': worksheet(rows)}, **{"xl/sharedStrings.xml": strings}))
    )
    assert sum(page.text.count("lang") for page in extraction.pages) == 800
    assert extraction.skipped == (f"Of its cells no more than {sheet.MAX_CHARACTERS} characters were read.",)


def test_too_many_shared_texts_are_cut_and_said(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsxbook, "MAX_STRINGS", 1)
    extraction = read(save(everything()))
    assert "Wort02" in extraction.pages[0].text
    assert extraction.skipped == (f"Of its cells no more than {sheet.MAX_CHARACTERS} characters were read.",)


def test_entities_are_not_expanded(save: Save) -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    extraction = read(
        save(package({'name="Tabelle1"': entities + worksheet(f"<row>{inline('eins &b;')}</row>")}))
    )
    assert "aaaa" not in extraction.pages[0].text


def test_a_sheet_named_twice_is_read_once(save: Save) -> None:
    parts = package({'name="Eins"': worksheet(f"<row>{inline('x')}</row>")})
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="Zwei" sheetId="2" r:id="s1"/></sheets>'
    )
    assert [page.text for page in read(save(parts)).pages] == ["Eins\nx"]


def test_embedded_files_are_read_with_their_sheet(save: Save) -> None:
    parts = package(
        {'name="Tabelle1"': worksheet(f"<row>{inline('x')}</row>")},
        **{
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                a="package ../embeddings/a.html", b="oleObject ../embeddings/b.bin"
            ),
            "xl/embeddings/a.html": "<html><body><p>Wort innen</p></body></html>",
        },
    )
    extraction = read(save(parts))
    assert extraction.pages[0].text == "x\nWort innen"
    assert extraction.counts == {"tables": 1, "embedded files": 2}
    assert extraction.skipped == ("Embedded files that were not read: 1.",)


def test_a_sheet_that_is_a_chart_is_read(save: Save) -> None:
    parts = everything()
    parts["xl/worksheets/sheet2.xml"] = f'<chartsheet {NAMES}><drawing r:id="d"/></chartsheet>'
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = relationships(d="drawing ../drawings/drawing1.xml")
    assert {"Wort08", "Wort09"} <= set(words(read(save(parts)).pages[-1].text))
