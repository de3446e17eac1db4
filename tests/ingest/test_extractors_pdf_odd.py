"""PDFs that are more, or less, than pages with text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.extraction import ReaderError
from ingest.extractors import pdf
from ingest.mediatypes import FORMATS
from ingest.readers import ReaderPool
from tests.ingest.pdfs import HELVETICA, one_page, read, stream

TEMPLATE = b"""<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform><draw><value>
<text>Antrag auf F\xc3\xb6rderung</text></value></draw><field name="n"><caption><value><exData><body
 xmlns="http://www.w3.org/1999/xhtml"><p>Name des</p><p>Antragstellers</p></body></exData></value></caption>
<event><script>app.alert("nichts")</script></event></field></subform></template>"""
DATA = (
    b"<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'>"
    b"<d><n>Stadt Krasnodar</n><m/></d></xfa:datasets>"
)
WAIT = (
    b"BT /F 9 Tf 20 200 Td (Please wait... ) Tj 0 -12 Td "
    b"(If this message is not eventually replaced by the proper contents) Tj ET"
)
LAYERS = (
    b"BT /F 12 Tf 20 200 Td (gezeigt) Tj ET /OC/A BDC BT /F 12 Tf 20 150 Td (Entwurf) Tj ET EMC "
    b"/OC/B BDC BT /F 12 Tf 20 100 Td (auch gezeigt) Tj ET EMC"
)


def layered(path: Path, settings: bytes) -> Path:
    return one_page(
        path,
        LAYERS,
        catalogue=b"/OCProperties<</OCGs[6 0 R 7 0 R]/D<<%s>>>>" % settings,
        objects={
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>/Properties<</A 6 0 R/B 7 0 R>>>>>>",
            6: b"<</Type/OCG/Name(Korrektur)>>",
            7: b"<</Type/OCG/Name(Druck)>>",
        },
    )


@pytest.mark.parametrize("settings", [b"/OFF[6 0 R]", b"/BaseState/OFF/ON[7 0 R]"])
def test_text_in_hidden_layers_is_left_out_and_told(tmp_path: Path, settings: bytes) -> None:
    extraction = read(layered(tmp_path / "a.pdf", settings))
    assert extraction.pages[0].text == "gezeigt\nauch gezeigt"
    assert extraction.skipped == ("1 of 1 pages have text in layers that are not shown.",)


@pytest.mark.parametrize("settings", [b"", b"/ON[6 0 R 7 0 R]", b"/OFF 6 0 R", b"/OFF[99 0 R null]"])
def test_text_in_layers_that_are_shown_is_read(tmp_path: Path, settings: bytes) -> None:
    extraction = read(layered(tmp_path / "a.pdf", settings))
    assert extraction.pages[0].text == "gezeigt\nEntwurf\nauch gezeigt"
    assert extraction.skipped == ()


def test_a_portfolio_is_told(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "a.pdf",
        catalogue=b"/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a)6 0 R(b)7 0 R]>>>>",
        objects={
            6: b"<</Type/Filespec/F(Programm.docx)/EF<</F 8 0 R>>>>",
            7: b"<</Type/Filespec/F(Vortrag.pptx)/EF<</F 8 0 R>>>>",
            8: stream(b"x"),
        },
    )
    assert read(path).skipped == (
        "The file is a PDF portfolio: what it holds are the files embedded in it.",
        "Embedded files that were not read: 2 (Programm.docx, Vortrag.pptx).",
    )


def test_files_beyond_those_that_are_named_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MAX_FILES", 1)
    path = one_page(
        tmp_path / "a.pdf",
        catalogue=b"/Names<</EmbeddedFiles<</Names[(a)6 0 R(b)7 0 R]>>>>",
        objects={
            6: b"<</Type/Filespec/F(Programm.docx)/EF<</F 8 0 R>>>>",
            7: b"<</Type/Filespec/F(Vortrag.pptx)/EF<</F 8 0 R>>>>",
            8: stream(b"x"),
        },
    )
    assert read(path).skipped == ("Embedded files that were not read: 2 (Programm.docx).",)
    assert read(path, "pdfminer").skipped == ("Embedded files that were not read: 2.",)


def test_texts_of_a_form_for_one_program_are_read(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "a.pdf",
        WAIT,
        catalogue=b"/NeedsRendering true/AcroForm<</Fields[]/XFA[(template)6 0 R(datasets)7 0 R]>>",
        objects={6: stream(TEMPLATE), 7: stream(DATA)},
    )
    extraction = read(path)
    lines = extraction.pages[0].text.split("\n")
    assert lines[2:] == ["Antrag auf Förderung", "Name des", "Antragstellers", "Stadt Krasnodar"]
    assert extraction.repairs == ("The texts of an XFA form were read, not its pages.",)
    assert extraction.skipped == ("The first page only says with which program to open the file.",)


@pytest.mark.parametrize("data", [DATA[:-20], b"no markup", DATA + b" " * 33_000_000])
def test_such_a_form_of_which_a_part_cannot_be_read_is_told(tmp_path: Path, data: bytes) -> None:
    path = one_page(
        tmp_path / "a.pdf",
        WAIT,
        catalogue=b"/NeedsRendering true/AcroForm<</Fields[]/XFA[(template)6 0 R(datasets)7 0 R]>>",
        objects={6: stream(TEMPLATE), 7: stream(data)},
    )
    extraction = read(path)
    assert "Antrag auf Förderung" in extraction.pages[0].text
    assert (
        "The form (XFA) was read in part. Save it as an ordinary PDF and hand that in as well."
        in extraction.skipped
    )


@pytest.mark.parametrize("template", [b"", b"<template", b"no markup"])
def test_such_a_form_that_cannot_be_read_is_told(tmp_path: Path, template: bytes) -> None:
    path = one_page(
        tmp_path / "a.pdf",
        WAIT,
        catalogue=b"/NeedsRendering true/AcroForm<</Fields[]/XFA[(template)6 0 R]>>",
        objects={6: stream(template)},
    )
    assert (
        "The form (XFA) was not read. Save it as an ordinary PDF and hand that in as well."
        in read(path).skipped
    )


def test_a_page_without_readable_characters_is_named_for_recognition(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "a.pdf",
        objects={
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
            6: stream(
                b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
                b"1 begincodespacerange <00> <FF> endcodespacerange "
                b"4 beginbfchar <53> <0001> <65> <0004> <69> <0005> <74> <0006> "
                b"endbfchar endcmap end end"
            ),
        },
    )
    extraction = read(path)
    assert extraction.for_ocr == (1,)
    assert "There is no text on any page." in extraction.skipped


def test_drawings_that_hold_themselves_end_with_their_reader_and_no_other_file(tmp_path: Path) -> None:
    resources = b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
    endless = one_page(
        tmp_path / "endless.pdf",
        b"/X Do",
        objects={
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R%s>>" % resources,
            5: HELVETICA,
            6: stream(b"/X Do /X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + resources),
        },
    )
    whole = one_page(tmp_path / "whole.pdf")
    with ReaderPool(1, 3, 1 << 30, ("de", "ru", "en")) as pool:
        with pytest.raises(ReaderError):
            pool.read(endless, FORMATS["pdf"])
        assert pool.read(whole, FORMATS["pdf"]).extraction.pages[0].text == "Seite"
