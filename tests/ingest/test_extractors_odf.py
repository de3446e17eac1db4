from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from odfdo import Document, DrawPage, Frame, Header, Paragraph, Table

from ingest.extraction import DamagedError, EmptyError, EncryptedError
from ingest.extractors import extract
from ingest.mediatypes import FORMATS, media_type_of
from tests.ingest.opendocument import NAMES, document, paragraph, read, write

Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def save(extension: str, **parts: str) -> Path:
        return write(tmp_path, extension, **parts)

    return save


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
    assert read(path).pages[0].text == "1. Überschrift\nEin Absatz."
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


def test_a_flat_file_that_ends_too_early_gives_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "a.fodt"
    path.write_text(
        f'<?xml version="1.0"?>\n<office:document {NAMES} office:mimetype="{FORMATS["odt"]}">'
        f"<office:body><office:text>{paragraph('flach')}<text:p>abge",
        encoding="utf-8",
    )
    extraction = read(path)
    assert extraction.pages[0].text == "flach\nabge"
    assert extraction.skipped == ("XML is damaged; what could be read was read.",)


def test_a_package_that_was_cut_gives_the_parts_that_are_there(save: Save) -> None:
    path = save("odt", content=document(f"<office:text>{paragraph('eins')}</office:text>"), styles="<x/>")
    with zipfile.ZipFile(path) as package:
        end = package.getinfo("styles.xml").header_offset
    path.write_bytes(path.read_bytes()[:end])
    extraction = extract(path, FORMATS["odt"])
    assert extraction.pages[0].text == "eins"
    assert extraction.skipped == ("The end of the file is missing.",)


def test_a_package_without_content_is_damaged(save: Save) -> None:
    with pytest.raises(DamagedError):
        read(save("odt"))


def test_a_presentation_without_slides_is_empty(save: Save) -> None:
    with pytest.raises(EmptyError):
        read(save("odp", content=document("<office:presentation/>")))


def test_an_object_that_holds_itself_ends(save: Save) -> None:
    itself = "<draw:frame><draw:object xlink:href='Object 1'/></draw:frame>"
    holds_itself = document(f"<office:text>{paragraph('innen')}<text:p>{itself}</text:p></office:text>")
    extraction = read(save("odt", content=holds_itself, **{"Object_1__content": holds_itself}))
    assert extraction.pages[0].text.count("innen") == 4
    assert extraction.counts["embedded files"] == 1
