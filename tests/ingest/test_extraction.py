"""What the audience did not see is found in every format, and counted where it cannot be shown by itself."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx import Presentation
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pypdfium2 import raw

from archive.model import Sensitive
from ingest.extraction import Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS, media_type_of

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "presentation": "presentation",
    }.items()
)
_LEGACY = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_MODERN = "http://schemas.microsoft.com/office/2018/10/relationships/comments"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_P188 = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"

COMMENTS: Mapping[str, tuple[str, str]] = {
    "as always": (
        _LEGACY,
        (
            f'<p:cmLst xmlns:p="{_P}"><p:cm><p:text>Eins</p:text></p:cm>'
            "<p:cm><p:text>Zwei</p:text></p:cm></p:cmLst>"
        ),
    ),
    "in threads": (
        _MODERN,
        (
            f'<p188:cmLst xmlns:p188="{_P188}" xmlns:a="{_A}"><p188:cm><p188:replyLst><p188:reply>'
            "<p188:txBody><a:p><a:r><a:t>Zwei</a:t></a:r></a:p></p188:txBody></p188:reply></p188:replyLst>"
            "<p188:txBody><a:p><a:r><a:t>Eins</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>"
        ),
    ),
}


def read(path: Path) -> Extraction:
    return extract(path, media_type_of(path))


def write_deck(path: Path, change: Callable[..., None] = lambda deck, slide: None) -> Path:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Wärme aus Flüssen"
    change(deck, slide)
    deck.save(str(path))
    return path


def test_a_deck_that_was_shown_whole_holds_nothing(tmp_path: Path) -> None:
    assert read(write_deck(tmp_path / "a.pptx")).sensitive == ()


def test_notes_of_a_deck_are_counted(tmp_path: Path) -> None:
    def speak(deck: object, slide: object) -> None:
        slide.notes_slide.notes_text_frame.text = "Hier lächeln"  # type: ignore[attr-defined]

    extraction = read(write_deck(tmp_path / "a.pptx", speak))

    assert (extraction.counts["notes"], extraction.sensitive) == (1, (Sensitive.NOTES,))


def test_empty_notes_are_none(tmp_path: Path) -> None:
    def open_notes(deck: object, slide: object) -> None:
        slide.notes_slide.notes_text_frame.text = " "  # type: ignore[attr-defined]

    assert read(write_deck(tmp_path / "a.pptx", open_notes)).sensitive == ()


@pytest.mark.parametrize("sort", COMMENTS)
def test_comments_of_a_deck_are_counted(tmp_path: Path, sort: str) -> None:
    relationship, content = COMMENTS[sort]

    def comment(deck: object, slide: object) -> None:
        part = slide.part  # type: ignore[attr-defined]
        name = PackURI("/ppt/comments/comment1.xml")
        part.relate_to(Part(name, "application/xml", part.package, content.encode()), relationship)

    extraction = read(write_deck(tmp_path / "a.pptx", comment))

    assert (extraction.counts["comments"], extraction.sensitive) == (2, (Sensitive.COMMENTS,))


def test_hidden_slides_are_counted(tmp_path: Path) -> None:
    def hide(deck: object, slide: object) -> None:
        slide.element.set("show", "0")  # type: ignore[attr-defined]

    assert read(write_deck(tmp_path / "a.pptx", hide)).sensitive == (Sensitive.HIDDEN,)


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ("<w:ins w:id='1'><w:r><w:t>neu</w:t></w:r></w:ins>", 1),
        ("<w:del w:id='1'><w:r><w:delText>alt</w:delText></w:r></w:del>", 1),
        ("<w:moveFrom w:id='1'><w:r><w:t>fort</w:t></w:r></w:moveFrom><w:moveTo w:id='2'/>", 1),
        ("<w:r><w:t>geblieben</w:t></w:r>", 0),
    ],
)
def test_tracked_changes_of_a_text_are_counted(tmp_path: Path, change: str, count: int) -> None:
    document = Document()
    document.add_paragraph("Bericht").add_run(" über Wärme")
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{change}</w:p>"))
    document.save(str(tmp_path / "a.docx"))

    extraction = read(tmp_path / "a.docx")

    assert extraction.counts.get("changes", 0) == count
    assert extraction.sensitive == ((Sensitive.CHANGES,) if count else ())


def test_changes_in_a_header_are_counted(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Bericht")
    header = document.sections[0].header.paragraphs[0]._p
    header.append(parse_xml(f"<w:del {nsdecls('w')} w:id='1'><w:r><w:delText>alt</w:delText></w:r></w:del>"))
    document.save(str(tmp_path / "a.docx"))

    assert read(tmp_path / "a.docx").sensitive == (Sensitive.CHANGES,)


def test_comments_of_a_text_are_counted(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Bericht")
    for words in ("Stimmt das?", "Ja."):
        document.add_comment(paragraph.runs, words)
    document.save(str(tmp_path / "a.docx"))

    extraction = read(tmp_path / "a.docx")

    assert (extraction.counts["comments"], extraction.sensitive) == (2, (Sensitive.COMMENTS,))


def write_odf(path: Path, body: str) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", FORMATS[path.suffix[1:]])
        package.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:body>{body}</office:body></office:document-content>",
        )
    return path


NOTE = "<presentation:notes><draw:text-box><text:p>Hier lächeln</text:p></draw:text-box></presentation:notes>"
REGIONS = "<text:changed-region><text:insertion/></text:changed-region>" * 2
CHANGES = "<table:tracked-changes><table:insertion/><table:deletion/></table:tracked-changes>"


@pytest.mark.parametrize(
    ("name", "body", "found"),
    [
        (
            "a.odp",
            f"<office:presentation><draw:page><text:p>Wärme</text:p>{NOTE}</draw:page></office:presentation>",
            {"notes": 1},
        ),
        (
            "a.odt",
            (
                "<office:text><text:p>Wärme<office:annotation><text:p>?</text:p></office:annotation></text:p>"
                "</office:text>"
            ),
            {"comments": 1},
        ),
        (
            "b.odt",
            (
                f"<office:text><text:tracked-changes>{REGIONS}</text:tracked-changes><text:p>Wärme</text:p>"
                "</office:text>"
            ),
            {"changes": 2},
        ),
        (
            "a.ods",
            f"<office:spreadsheet>{CHANGES}<table:table table:name='Wärme'/></office:spreadsheet>",
            {"changes": 2},
        ),
    ],
)
def test_opendocument_tells_what_it_holds(
    tmp_path: Path, name: str, body: str, found: Mapping[str, int]
) -> None:
    counts = read(write_odf(tmp_path / name, body)).counts

    assert {key: count for key, count in counts.items() if key != "tables"} == found


@pytest.mark.parametrize(
    ("subtype", "contents", "is_comment"),
    [
        (raw.FPDF_ANNOT_TEXT, "Stimmt das?", True),
        (raw.FPDF_ANNOT_HIGHLIGHT, "Stimmt das?", True),
        (raw.FPDF_ANNOT_HIGHLIGHT, "", False),
        (raw.FPDF_ANNOT_FREETEXT, "Auf der Seite zu sehen", False),
        (raw.FPDF_ANNOT_LINK, "", False),
        (raw.FPDF_ANNOT_POPUP, "Stimmt das?", False),
    ],
)
@pytest.mark.parametrize("reader", ["pdfium", "pdfminer"])
def test_comments_in_a_pdf_are_counted(
    tmp_path: Path, subtype: int, contents: str, is_comment: bool, reader: str
) -> None:
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(200, 200)
    annotation = raw.FPDFPage_CreateAnnot(page, subtype)
    if contents:
        text = (contents + "\0").encode("utf-16-le")
        raw.FPDFAnnot_SetStringValue(annotation, b"Contents", _wide(text))
    raw.FPDFPage_CloseAnnot(annotation)
    document.save(str(tmp_path / "a.pdf"))
    document.close()

    extraction = extract(tmp_path / "a.pdf", FORMATS["pdf"], reader)

    assert extraction.counts.get("comments", 0) == is_comment


def test_addresses_in_text_and_notes_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Schreiben Sie an anna@example.org oder Tel. 0391 123456.", "utf-8")

    extraction = read(tmp_path / "a.txt")

    assert (extraction.counts["contacts"], extraction.sensitive) == (2, (Sensitive.CONTACTS,))


def _wide(text: bytes) -> raw.FPDF_WIDESTRING:
    return raw.cast(text, raw.FPDF_WIDESTRING)
