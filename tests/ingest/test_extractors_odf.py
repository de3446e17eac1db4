from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from odfdo import Document, DrawPage, Frame, Header, Paragraph, Table

from ingest.extraction import DamagedError, EmptyError, EncryptedError, Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS, media_type_of

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "presentation": "presentation",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
        "chart": "chart",
        "meta": "meta",
        "manifest": "manifest",
    }.items()
)
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def document(body: str, styles: str = "") -> str:
    return (
        f"<office:document-content {NAMES} {XLINK}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )


def paragraph(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def text_frame(text: str, top: int = 0, attributes: str = "") -> str:
    content = f"<draw:text-box>{paragraph(text)}</draw:text-box>"
    return f'<draw:frame svg:y="{top}cm" {attributes}>{content}</draw:frame>'


def row(*cells: str) -> str:
    content = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{content}</table:table-row>"


Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def save(extension: str, **parts: str) -> Path:
        path = tmp_path / f"a.{extension}"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("mimetype", FORMATS[extension])
            for name, content in parts.items():
                package.writestr(name.replace("__", "/") + ".xml", content)
        return path

    return save


def read(path: Path) -> Extraction:
    return extract(path, media_type_of(path))


def words(text: str) -> list[str]:
    return re.findall(r"Wort\d\d", text)


def test_a_word_in_every_place_of_a_presentation_is_found(save: Save) -> None:
    table = f"<table:table>{row(paragraph('Wort04'), paragraph('Wort05'))}</table:table>"
    words_of_picture = "<svg:title>Wort07</svg:title><svg:desc>Wort08</svg:desc>"
    items = f"<text:list><text:list-item>{paragraph('Wort11')}</text:list-item></text:list>"
    slide = "".join(
        (
            text_frame("Wort01 Titel", 1, 'presentation:class="title"'),
            text_frame("Wort02", 3),
            f"<draw:g><draw:g>{text_frame('Wort03', 5)}</draw:g></draw:g>",
            f'<draw:frame svg:y="6cm">{table}</draw:frame>',
            f'<draw:custom-shape svg:y="7cm">{paragraph("Wort06")}</draw:custom-shape>',
            f'<draw:frame svg:y="8cm"><draw:image/>{words_of_picture}</draw:frame>',
            '<draw:frame svg:y="9cm"><draw:object xlink:href="./Object 1"/></draw:frame>',
            f'<draw:frame svg:y="10cm"><draw:text-box>{items}</draw:text-box></draw:frame>',
            f"<office:annotation><dc:date>2017</dc:date>{paragraph('Wort21')}</office:annotation>",
            f"<presentation:notes><draw:page-thumbnail/>{text_frame('Wort20')}</presentation:notes>",
        )
    )
    chart = (
        f"<chart:chart><chart:title>{paragraph('Wort09')}</chart:title><table:table><table:table-row>"
        f'<table:table-cell office:value-type="string">{paragraph("Wort10")}</table:table-cell>'
        f'<table:table-cell office:value-type="float">{paragraph("3,5")}</table:table-cell>'
        "</table:table-row></table:table></chart:chart>"
    )
    footer = "<presentation:footer-decl presentation:name='f'>Wort12</presentation:footer-decl>"
    path = save(
        "odp",
        content=document(
            f"<office:presentation>{footer}<draw:page presentation:use-footer-name='f'>{slide}</draw:page>"
            "</office:presentation>"
        ),
        meta=f"<office:document-meta {NAMES} {XLINK}><office:meta><dc:title>Wort01 Titel</dc:title>"
        "<meta:initial-creator>Анна Пример</meta:initial-creator></office:meta></office:document-meta>",
        **{"Object 1__content": document(f"<office:chart>{chart}</office:chart>")},
    )
    extraction = read(path)
    page = extraction.pages[0]
    assert words(page.text) == [f"Wort{number:02}" for number in range(1, 13)]
    assert words(page.notes) == ["Wort20", "Wort21"] or words(page.notes) == ["Wort21", "Wort20"]
    assert "Wort04\tWort05" in page.text
    assert (page.title, extraction.title) == ("Wort01 Titel", "Wort01 Titel")
    assert extraction.creators == ("Анна Пример",)
    found = {"groups": 2, "tables": 1, "pictures": 1, "charts": 1, "comments": 1, "notes": 1}
    assert extraction.counts == found


def test_a_word_in_every_place_of_a_text_is_found(save: Save) -> None:
    inner = f"<table:table>{row(paragraph('Wort05'))}</table:table>"
    note_body = f"<text:note-body>{paragraph('Wort08')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{note_body}</text:note>"
    body = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{paragraph('Gestrichen')}</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:h>Wort02</text:h>"
        "<text:p>Wort<text:span>03</text:span><text:s text:c='2'/>x<text:tab/>y<text:line-break/>z</text:p>"
        f"<text:section>{paragraph('Wort04')}</text:section>"
        f"<table:table><table:table-header-rows>{row(inner)}</table:table-header-rows></table:table>"
        f"<text:p>Wort06{note}<text:a>Wort07</text:a>"
        f"<office:annotation>{paragraph('Wort20')}</office:annotation></text:p>"
        f"<text:p>{text_frame('Wort09')}</text:p>"
    )
    styles = (
        f"<office:document-styles {NAMES}><office:master-styles><style:master-page>"
        f"<style:header>{paragraph('Wort01')}</style:header><style:footer>{paragraph('Wort10')}</style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    extraction = read(save("odt", content=document(f"<office:text>{body}</office:text>"), styles=styles))
    page = extraction.pages[0]
    assert words(page.text) == [f"Wort{number:02}" for number in range(1, 11)]
    assert page.notes == "Wort20"
    assert "Wort03 x\ty\nz" in page.text
    assert "Gestrichen" not in page.text
    assert page.title == "Wort02"


def test_page_breaks_of_styles_make_pages(save: Save) -> None:
    styles = (
        '<style:style style:name="B"><style:paragraph-properties fo:break-before="page"/></style:style>'
        '<style:style style:name="C" style:parent-style-name="B"/>'
        '<style:style style:name="E"><style:paragraph-properties fo:break-after="page"/></style:style>'
    )
    body = "".join(
        f'<text:p text:style-name="{style}">{text}</text:p>'
        for style, text in (("A", "eins"), ("B", "zwei"), ("C", "drei"), ("E", "noch drei"), ("A", "vier"))
    )
    body += f"<text:p>noch vier</text:p><text:soft-page-break/>{paragraph('fünf')}"
    pages = read(save("odt", content=document(f"<office:text>{body}</office:text>", styles))).pages
    assert [page.text for page in pages] == ["eins", "zwei", "drei\nnoch drei", "vier\nnoch vier", "fünf"]


def test_hidden_slides_are_marked(save: Save) -> None:
    properties = '<style:drawing-page-properties presentation:visibility="hidden"/>'
    styles = f'<style:style style:name="h">{properties}</style:style>'
    shown = f"<draw:page>{text_frame('a')}</draw:page>"
    hidden = f"<draw:page draw:style-name='h'>{text_frame('b')}</draw:page>"
    pages = shown + hidden
    path = save("odp", content=document(f"<office:presentation>{pages}</office:presentation>", styles))
    assert [page.hidden for page in read(path).pages] == [False, True]


def test_every_sheet_has_its_page(tmp_path: Path) -> None:
    sheets = Document("spreadsheet")
    sheets.body.clear()
    for name in ("Programm", "Teilnehmer"):
        table = Table(name)
        table.set_values([["09:00", "Begrüßung"], ["10:00", "Panel 1"]])
        sheets.body.append(table)
    path = tmp_path / "a.ods"
    sheets.save(path)
    pages = read(path).pages
    assert [page.title for page in pages] == ["Programm", "Teilnehmer"]


def test_files_of_a_real_writer_are_read(tmp_path: Path) -> None:
    text = Document("text")
    text.body.clear()
    text.body.append(Header(1, "Überschrift"))
    text.body.append(Paragraph("Ein Absatz."))
    path = tmp_path / "a.odt"
    text.save(path)
    assert read(path).pages[0].text == "Überschrift\nEin Absatz."
    deck = Document("presentation")
    deck.body.clear()
    page = DrawPage("page1", name="Seite")
    page.append(Frame.text_frame("Folie eins", size=("7cm", "5cm"), position=("2cm", "3cm")))
    deck.body.append(page)
    path = tmp_path / "a.odp"
    deck.save(path)
    assert read(path).pages[0].text == "Folie eins"


def test_a_flat_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.fodt"
    path.write_text(
        f'<?xml version="1.0"?>\n<office:document {NAMES} office:mimetype="{FORMATS["odt"]}">'
        f"<office:body><office:text>{paragraph('flach')}<text:p><draw:frame><draw:image>"
        "<office:binary-data>iVBORw0KGgo</office:binary-data></draw:image></draw:frame></text:p></office:text>"
        "</office:body></office:document>",
        encoding="utf-8",
    )
    assert media_type_of(path) == FORMATS["fodt"]
    assert read(path).pages[0].text == "flach"


def test_an_encrypted_file_asks_for_one_without_password(save: Save) -> None:
    manifest = f"<manifest:manifest {NAMES}><manifest:encryption-data/></manifest:manifest>"
    with pytest.raises(EncryptedError, match="password"):
        read(save("odt", content="gibberish", **{"META-INF__manifest": manifest}))


def test_damaged_content_gives_its_beginning_and_says_so(save: Save) -> None:
    content = document(f"<office:text>{paragraph('eins')}{paragraph('zwei')}</office:text>")
    extraction = read(save("odt", content=content[: content.index("zwei")]))
    assert extraction.pages[0].text == "eins"
    assert extraction.skipped == ("content.xml is damaged; what could be read was read.",)


def test_a_package_without_content_is_damaged(save: Save) -> None:
    with pytest.raises(DamagedError):
        read(save("odt"))


def test_a_presentation_without_slides_is_empty(save: Save) -> None:
    with pytest.raises(EmptyError):
        read(save("odp", content=document("<office:presentation/>")))


def test_an_object_that_holds_itself_ends(save: Save) -> None:
    itself = "<draw:frame><draw:object xlink:href='Object 1'/></draw:frame>"
    holds_itself = document(f"<office:text>{paragraph('innen')}<text:p>{itself}</text:p></office:text>")
    extraction = read(save("odt", content=holds_itself, **{"Object 1__content": holds_itself}))
    assert extraction.pages[0].text.count("innen") == 4
    assert extraction.counts["embedded files"] == 1
