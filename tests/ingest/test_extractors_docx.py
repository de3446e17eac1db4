from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Text
from docx.enum.text import WD_BREAK
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from ingest.extraction import DamagedError, Extraction
from ingest.extractors import extract
from ingest.extractors.flow import PAGE_WORDS
from ingest.mediatypes import FORMATS, media_type_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="wps"'
)


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def box(text: str) -> str:
    return f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"


def add(document: Text, content: str, tag: str = "w:p") -> None:
    document.element.body.insert(-1, parse_xml(f"<{tag} {NAMES}>{content}</{tag}>"))


def add_part(document: Text, name: str, kind: str, content: str) -> str:
    place = PackURI(f"/word/{name}.xml")
    part = Part(place, f"application/x-{name}+xml", content.encode(), document.part.package)
    return document.part.relate_to(part, f"{R}/{kind}")


@pytest.fixture
def save(tmp_path: Path) -> Callable[[Text], Path]:
    def save(document: Text) -> Path:
        path = tmp_path / "text.docx"
        document.save(str(path))
        return path

    return save


def read(path: Path) -> Extraction:
    return extract(path, media_type_of(path))


def lines(extraction: Extraction) -> list[str]:
    return [line for page in extraction.pages for line in page.text.split("\n")]


def test_a_word_in_every_place_is_found(save: Callable[[Text], Path]) -> None:
    document = Document()
    document.core_properties.title = "Wort02"
    document.core_properties.author = "Anna Beispiel"
    section = document.sections[0]
    section.header.paragraphs[0].text = "Wort01"
    document.add_heading("Wort02", 1)
    document.add_paragraph("Wort03")
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Wort04"
    outer.cell(0, 1).add_table(1, 1).cell(0, 0).text = "Wort05"
    deleted = "<w:del><w:r><w:delText>Gestrichen</w:delText></w:r></w:del>"
    add(document, f"<w:ins>{run('Wort06')}</w:ins>{deleted}")
    add(document, f"<w:moveFrom>{run('Verschoben')}</w:moveFrom><w:moveTo>{run('Wort07')}</w:moveTo>")
    add(document, f"<w:sdtContent><w:p>{run('Wort08')}</w:p></w:sdtContent>", "w:sdt")
    add(
        document,
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:inline><wp:docPr descr='Wort10'/>"
        f"<wps:txbx>{box('Wort09')}</wps:txbx></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox>{box('Doppelt')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    add(document, f"<w:r><w:pict><v:textbox>{box('Wort11')}</v:textbox></w:pict></w:r>")
    add(document, f"<w:hyperlink>{run('Wort12')}</w:hyperlink><w:fldSimple>{run('Wort13')}</w:fldSimple>")
    add(document, "<m:oMath><m:r><m:t>Wort14</m:t></m:r></m:oMath>")
    footnotes = (
        f"<w:footnotes {NAMES}>"
        f'<w:footnote w:type="separator" w:id="0"><w:p>{run("Strich")}</w:p></w:footnote>'
        f'<w:footnote w:id="1"><w:p>{run("Wort15")}</w:p></w:footnote></w:footnotes>'
    )
    add_part(document, "footnotes", "footnotes", footnotes)
    endnotes = footnotes.replace("footnote", "endnote").replace("Wort15", "Wort16")
    add_part(document, "endnotes", "endnotes", endnotes)
    add(document, '<w:r><w:footnoteReference w:id="1"/><w:endnoteReference w:id="1"/></w:r>')
    chart = add_part(
        document,
        "chart1",
        "chart",
        f"<c:chartSpace {NAMES}><c:title><a:p><a:r><a:t>Wort17</a:t></a:r></a:p></c:title>"
        "<c:cat><c:strRef><c:pt><c:v>Wort18</c:v></c:pt></c:strRef></c:cat></c:chartSpace>",
    )
    add(document, f'<w:r><w:drawing><wp:inline><c:chart r:id="{chart}"/></wp:inline></w:drawing></w:r>')
    commented = document.add_paragraph("Wort19")
    document.add_comment(commented.runs, "Wort21")
    section.footer.paragraphs[0].text = "Wort20"
    extraction = read(save(document))
    text = "\n".join(page.text for page in extraction.pages)
    assert re.findall(r"Wort\d\d", text) == [f"Wort{number:02}" for number in range(1, 21)]
    assert [page.notes for page in extraction.pages] == ["Wort21"]
    for absent in ("Gestrichen", "Verschoben", "Doppelt", "Strich"):
        assert absent not in text
    assert (extraction.title, extraction.creators) == ("Wort02", ("Anna Beispiel",))
    assert extraction.counts == {
        "tables": 2,
        "text boxes": 2,
        "footnotes": 2,
        "charts": 1,
        "comments": 1,
        "changes": 3,
        "equations": 1,
    }


def test_characters_that_are_elements_are_kept(save: Callable[[Text], Path]) -> None:
    document = Document()
    content = "<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
    add(document, f"<w:r>{content}</w:r>")
    assert lines(read(save(document))) == ["a\tb", "c\u2011d"]


def test_page_breaks_make_pages(save: Callable[[Text], Path]) -> None:
    document = Document()
    document.add_paragraph("eins").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("zwei")
    document.add_paragraph("drei").paragraph_format.page_break_before = True
    add(document, "<w:r><w:lastRenderedPageBreak/><w:t>vier</w:t></w:r>")
    pages = read(save(document)).pages
    assert [page.text for page in pages] == ["eins", "zwei", "drei", "vier"]
    assert [page.number for page in pages] == [1, 2, 3, 4]


def test_headings_make_pages_once_there_is_enough_text(save: Callable[[Text], Path]) -> None:
    document = Document()
    for title in ("Einleitung", "Ergebnisse"):
        document.add_heading(title, 2)
        document.add_paragraph("Wort " * 200)
    pages = read(save(document)).pages
    assert [page.title for page in pages] == ["Einleitung", "Ergebnisse"]


def test_no_page_is_longer_than_it_may_be(save: Callable[[Text], Path]) -> None:
    document = Document()
    document.add_paragraph(" ".join(f"w{number}" for number in range(PAGE_WORDS * 3 + 7)))
    for _ in range(100):
        document.add_paragraph("noch zwanzig " * 10)
    pages = read(save(document)).pages
    assert max(len(page.text.split()) for page in pages) <= PAGE_WORDS
    words = " ".join(page.text for page in pages).split()
    assert len(words) == PAGE_WORDS * 3 + 7 + 2000
    assert words[: PAGE_WORDS * 3 + 7] == [f"w{number}" for number in range(PAGE_WORDS * 3 + 7)]


def test_styles_based_on_a_heading_are_headings(save: Callable[[Text], Path]) -> None:
    document = Document()
    style = document.styles.add_style("Kapitel", 1)
    style.base_style = document.styles["Heading 1"]
    document.add_paragraph("Abfallwirtschaft", style="Kapitel")
    assert read(save(document)).pages[0].title == "Abfallwirtschaft"


def test_a_text_without_text_says_so(save: Callable[[Text], Path]) -> None:
    extraction = read(save(Document()))
    assert len(extraction.pages) == 1
    assert extraction.skipped == ("There is no text on any page.",)


@pytest.mark.parametrize(
    ("extension", "main"),
    [
        ("dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        ("docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ],
)
def test_kin_of_docx_are_read(save: Callable[[Text], Path], extension: str, main: str) -> None:
    document = Document()
    document.add_paragraph("Text")
    plain = (FORMATS["docx"] + ".main+xml").encode()
    path = rewrite(save(document), lambda content: content.replace(plain, main.encode()))
    assert media_type_of(path) == FORMATS[extension]
    assert lines(read(path)) == ["Text"]


def test_strict_names_are_read(save: Callable[[Text], Path]) -> None:
    document = Document()
    document.add_paragraph("Text")
    strict = re.compile(rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml)/2006/")
    path = rewrite(save(document), lambda content: strict.sub(rb"http://purl.oclc.org/ooxml/\1/", content))
    assert lines(read(path)) == ["Text"]


def test_a_text_cut_in_the_middle_gives_its_beginning(save: Callable[[Text], Path]) -> None:
    document = Document()
    for number in range(20):
        document.add_paragraph(f"Absatz{number}")
    path = rewrite(
        save(document),
        lambda content: content[: content.index(b"Absatz12")] if b"Absatz12" in content else content,
    )
    assert "Absatz11" in lines(read(path))


def test_a_package_without_a_text_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(DamagedError):
        extract(path, FORMATS["docx"])


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> Path:
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)))
    path.write_bytes(content.getvalue())
    return path
