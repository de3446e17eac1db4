"""The truth that readers are measured by: what counts as text of a file, and what does not."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from bench.support.embedded_passages import of_embedded
from bench.support.odf_passages import of_opendocument
from bench.support.office_passages import of_presentation, of_spreadsheet, of_text

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(path: Path, main: str, parts: Mapping[str, str | bytes]) -> Path:
    target = f'<Relationship Id="r1" Type="{_KIND}/officeDocument" Target="{main}"/>'
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("_rels/.rels", f'<Relationships xmlns="{_RELS}">{target}</Relationships>')
        for name, content in parts.items():
            container.writestr(name, content)
    return path


def relationships(**targets: str) -> str:
    each = "".join(
        f'<Relationship Id="{kind}" Type="{_KIND}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELS}">{each}</Relationships>'


@pytest.mark.parametrize("namespace", [_W, _STRICT_W])
def test_text_has_runs_joined_and_neither_deletions_nor_doubles(tmp_path: Path, namespace: str) -> None:
    body = (
        "<w:p><w:r><w:t>Fern</w:t></w:r><w:r><w:t>wärme</w:t><w:tab/><w:t>Netz</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:t>gelöscht</w:t></w:r></w:del><w:ins><w:r><w:t>neu</w:t></w:r></w:ins></w:p>"
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:t>Kasten</w:t></mc:Choice>'
        "<mc:Fallback><w:t>Kasten</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Hier klicken</w:t></w:r>"
        "</w:p></w:sdtContent></w:sdt>"
    )
    document = f'<w:document xmlns:w="{namespace}" xmlns:mc="{_MC}"><w:body>{body}</w:body></w:document>'
    path = package(tmp_path / "a.docx", "word/document.xml", {"word/document.xml": document})
    assert [each.text for each in of_text(path)] == ["Fernwärme Netz", "neu", "Kasten"]


def test_text_has_headers_that_are_shown_once_and_comments_as_notes(tmp_path: Path) -> None:
    names = f'xmlns:w="{_W}" xmlns:r="{_KIND}"'
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    parts = {
        "word/document.xml": f"<w:document {names}><w:body>{paragraph.format('Text')}"
        '<w:sectPr><w:headerReference r:id="header"/></w:sectPr></w:body></w:document>',
        "word/_rels/document.xml.rels": relationships(
            header="header1.xml", footer="footer1.xml", comments="c.xml"
        ),
        "word/header1.xml": f"<w:hdr {names}>{paragraph.format('Kopf') * 2}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {names}>{paragraph.format('von niemandem genannt')}</w:ftr>",
        "word/c.xml": f"<w:comments {names}>{paragraph.format('Stimmt das?')}</w:comments>",
    }
    path = package(tmp_path / "a.docx", "word/document.xml", parts)
    assert [(each.part, each.text, each.in_notes) for each in of_text(path)] == [
        ("/word/document.xml", "Text", False),
        ("/word/header1.xml", "Kopf", False),
        ("/word/c.xml", "Stimmt das?", True),
    ]


def test_presentation_has_slides_notes_and_labels_of_charts_by_page(tmp_path: Path) -> None:
    deck = Presentation()
    for title in ("Netze", "Zahlen"):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = title
    labels = CategoryChartData()
    labels.categories = ["Erfurt", "Jena"]
    labels.add_series("Verbrauch", (1, 2))
    labels.add_series("Kosten", (3, 4))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, 999999, 999999, labels)
    slide.notes_slide.notes_text_frame.text = "Hier Pause"
    deck.save(str(tmp_path / "a.pptx"))
    found = [(each.text, each.page, each.in_notes) for each in of_presentation(tmp_path / "a.pptx")]
    assert sorted(found) == [
        ("Erfurt", 2, False),
        ("Hier Pause", 2, True),
        ("Jena", 2, False),
        ("Kosten", 2, False),
        ("Netze", 1, False),
        ("Verbrauch", 2, False),
        ("Zahlen", 2, False),
    ]


def test_presentation_has_what_nobody_sees_on_pages_after_all_slides(tmp_path: Path) -> None:
    deck = Presentation()
    for number, (left, top, turn) in enumerate(((1, 1, 0), (26, 1, 0), (1, -3, 0), (26, 1, 45)), start=1):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        box = slide.shapes.add_textbox(Cm(left), Cm(top), Cm(10), Cm(1))
        box.text_frame.text = f"Kasten {number}"
        box.rotation = turn
    closed = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(10), Cm(1))
    closed.text_frame.text = "geschlossen"
    closed._element.nvSpPr.cNvPr.set("hidden", "1")
    title = deck.slides.add_slide(deck.slide_layouts[5]).shapes.title
    title.text, title.left, title.top, title.width, title.height = "Titel", Cm(26), 0, Cm(10), Cm(1)
    deck.save(str(tmp_path / "a.pptx"))
    assert sorted((each.text, each.page) for each in of_presentation(tmp_path / "a.pptx")) == [
        ("Kasten 1", 1),
        ("Kasten 2", 6),
        ("Kasten 3", 7),
        ("Kasten 4", 8),
        ("Titel", 5),
        ("geschlossen", 8),
    ]


def test_what_moves_and_what_is_turned_onto_the_slide_is_seen(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    turned = slide.shapes.add_textbox(Cm(26), Cm(5), Cm(1), Cm(10))
    turned.text_frame.text, turned.rotation = "gedreht", 90
    moving = slide.shapes.add_textbox(Cm(-20), Cm(1), Cm(5), Cm(1))
    moving.text_frame.text = "bewegt"
    motion = f'<p:animMotion><p:spTgt spid="{moving.shape_id}"/></p:animMotion>'
    slide._element.append(etree.fromstring(f'<p:timing xmlns:p="{_P}">{motion}</p:timing>'))
    deck.save(str(tmp_path / "a.pptx"))
    assert sorted((each.text, each.page) for each in of_presentation(tmp_path / "a.pptx")) == [
        ("bewegt", 1),
        ("gedreht", 1),
    ]


def test_spreadsheet_has_shared_strings_as_often_as_cells_use_them(tmp_path: Path) -> None:
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts = {
        "xl/workbook.xml": f"<workbook {names}/>",
        "xl/_rels/workbook.xml.rels": relationships(sharedStrings="s.xml", worksheet="sheet1.xml"),
        "xl/s.xml": f"<sst {names}><si><r><t>Ra</t></r><r><t>um</t></r></si><si><t>ungenutzt</t></si></sst>",
        "xl/sheet1.xml": f'<worksheet {names}><c t="s"><v>0</v></c><c><v>2017</v></c><c t="s"><v>0</v></c>'
        '<c t="inlineStr"><is><t>Saal</t></is></c><c t="str"><v>Summe</v></c><headerFooter>'
        "<oddFooter>&amp;L&amp;B Stand&amp;B&amp;RBlatt &amp;P</oddFooter></headerFooter></worksheet>",
    }
    path = package(tmp_path / "a.xlsx", "xl/workbook.xml", parts)
    found = [" ".join(each.text.split()) for each in of_spreadsheet(path)]
    assert found == ["Raum", "Raum", "Saal", "Summe", "Stand Blatt"]


def test_files_inside_are_looked_at_by_themselves(tmp_path: Path) -> None:
    names = f'xmlns:w="{_W}" xmlns:r="{_KIND}"'
    paragraph = "<w:document {}><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>"
    main = "word/document.xml"
    inner = package(tmp_path / "inner.docx", main, {main: paragraph.format(names, "Innen")}).read_bytes()
    parts = {
        main: paragraph.format(names, "Text"),
        "word/_rels/document.xml.rels": relationships(package="embeddings/a.docx"),
        "word/embeddings/a.docx": inner,
    }
    path = package(tmp_path / "a.docx", main, parts)
    assert [each.text for each in of_text(path)] == ["Text"]
    assert [(each.part, each.text) for each in of_embedded(path)] == [
        ("/word/embeddings/a.docx!/word/document.xml", "Innen")
    ]


def test_opendocument_has_notes_in_paragraphs_apart_and_neither_deletions_nor_numbers_of_pages(
    tmp_path: Path,
) -> None:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    body = (
        "<text:tracked-changes><text:p>gelöscht</text:p></text:tracked-changes>"
        '<text:p>Fern<text:span>wärme</text:span><text:s text:c="2"/>Netz<text:note><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>Quelle</text:p></text:note-body></text:note> Ende "
        "<text:page-number>7</text:page-number></text:p>"
        "<text:p>Satz<office:annotation><text:p>Stimmt das?</text:p></office:annotation></text:p>"
    )
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as container:
        text = f"<office:body><office:text>{body}</office:text></office:body>"
        container.writestr("content.xml", f"<office:document {names}>{text}</office:document>")
    assert [(" ".join(each.text.split()), each.in_notes) for each in of_opendocument(path)] == [
        ("Fernwärme Netz Ende", False),
        ("Quelle", False),
        ("Satz", False),
        ("Stimmt das?", True),
    ]
