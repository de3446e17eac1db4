"""Real PDFs whose text layer lies: fonts that say nothing of their letters, or something wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.extraction import Extraction
from ingest.extractors.pdf.glyphs import is_doubtful
from tests.ingest.pdfs import HELVETICA, read, stream, write

GERMAN = (
    "Die Energieeffizienz in Städten",
    "beginnt für alle mit dem Zählen der Wärme",
    "in großen Gebäuden.",
)
RUSSIAN = ("Повышение энергоэффективности", "в городах начинается с учёта тепла", "в больших зданиях.")

WIDTHS = b"/FirstChar 0/LastChar 255/Widths[%s]" % (b"600 " * 256)
MAPPED = HELVETICA[:-2].replace(b"Helvetica", b"ABCDEF+Arial") + b"/ToUnicode 6 0 R" + WIDTHS + b">>"
GLYPHS_OF_WINDOWS = (
    b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Arial/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType2/BaseFont/ABCDEF+Arial/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    b"/Supplement 0>>/DW 600/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Arial/Flags 4"
    b"/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>]>>"
)
"""A font without a word on what its glyphs mean, as some printer drivers embed it."""


def show(
    lines: Sequence[bytes], font: str = "F", size: int = 20, top: int = 700, spacing: float = 0
) -> bytes:
    """Write lines of codes below one another."""
    content = b"BT /%s %d Tf %g Tc 1 0 0 1 50 %d Tm " % (font.encode(), size, spacing, top)
    return content + b"".join(b"<%s> Tj 0 -30 Td " % line.hex().encode() for line in lines) + b"ET "


def save(
    path: Path, *contents: bytes, font: bytes = HELVETICA, unicode_map: bytes = b"", title: bytes = b""
) -> Path:
    """Write a PDF with one page a content; /F is the font that lies, /H an honest one."""
    numbers = range(10, 10 + 2 * len(contents), 2)
    resources = b"<</Font<</F 4 0 R/H 5 0 R>>>>"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(contents), b" ".join(b"%d 0 R" % number for number in numbers)),
        3: b"<</Title %s>>" % (title or b"()"),
        4: font,
        5: HELVETICA,
        6: stream(unicode_map),
    }
    for number, content in zip(numbers, contents, strict=True):
        objects[number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 842]/Resources %s/Contents %d 0 R>>"
            % (
                resources,
                number + 1,
            )
        )
        objects[number + 1] = stream(content)
    return write(path, objects, b"/Info 3 0 R")


def unicode_map(letters: dict[int, str]) -> bytes:
    """Write a ToUnicode map of codes of one byte."""
    pairs = b"\n".join(
        b"<%02x> <%s>" % (code, letter.encode("utf-16-be").hex().encode()) for code, letter in letters.items()
    )
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        b"1 begincodespacerange <00> <ff> endcodespacerange %d beginbfchar\n%s\nendbfchar endcmap end end"
        % (len(letters), pairs)
    )


def glyph_numbers(line: str) -> bytes:
    """Return the numbers of the glyphs of a German line in a font of Windows, two bytes each."""
    roman = bytes(range(128, 256)).decode("mac_roman")
    return b"".join(
        (ord(each) - 29 if each < "\x7f" else 98 + roman.index(each)).to_bytes(2, "big") for each in line
    )


def lines_of(extraction: Extraction, number: int = 1) -> tuple[str, ...]:
    return tuple(line for line in extraction.pages[number - 1].text.split("\n") if line)


@pytest.fixture(params=["pdfium", "pdfminer"])
def reader(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("code_page", ["cp1251", "koi8_r"])
def test_cyrillic_codes_in_a_western_font(tmp_path: Path, reader: str, code_page: str) -> None:
    path = save(tmp_path / "a.pdf", show([line.encode(code_page) for line in RUSSIAN]))
    extraction = read(path, reader)
    assert lines_of(extraction) == RUSSIAN
    assert extraction.repairs == ("1 of 1 pages had text in a wrong code page.",)
    assert extraction.for_ocr == ()


def test_glyphs_named_after_the_wrong_letters(tmp_path: Path, reader: str) -> None:
    codes = {byte: number for number, byte in enumerate(sorted(set("".join(RUSSIAN).encode("cp1251"))), 1)}
    names = b"".join(b"/uni%04X" % byte for byte in codes)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+X%s/Encoding<</Differences[1%s]>>>>" % (
        WIDTHS,
        names,
    )
    lines = [bytes(codes[byte] for byte in line.encode("cp1251")) for line in RUSSIAN]
    assert lines_of(read(save(tmp_path / "a.pdf", show(lines), font=font), reader)) == RUSSIAN


@pytest.mark.parametrize("lines", [GERMAN, RUSSIAN])
def test_a_map_that_sends_letters_to_private_use(tmp_path: Path, reader: str, lines: tuple[str, ...]) -> None:
    code_page = "cp1251" if lines is RUSSIAN else "cp1252"
    letters = {byte: chr(0xF000 + byte) for byte in range(33, 256)} | {32: " "}
    path = save(
        tmp_path / "a.pdf",
        show([line.encode(code_page) for line in lines]),
        font=MAPPED,
        unicode_map=unicode_map(letters),
    )
    extraction = read(path, reader)
    assert lines_of(extraction) == lines
    assert extraction.repairs == ("1 of 1 pages had letters under wrong numbers.",)
    assert (extraction.for_ocr, extraction.skipped) == ((), ())


def test_glyph_numbers_instead_of_german_letters(tmp_path: Path, reader: str) -> None:
    path = save(tmp_path / "a.pdf", show([glyph_numbers(line) for line in GERMAN]), font=GLYPHS_OF_WINDOWS)
    extraction = read(path, reader)
    assert " ".join(lines_of(extraction)) == " ".join(GERMAN)
    assert extraction.repairs == ("1 of 1 pages had letters under wrong numbers.",)


def test_a_page_whose_letters_were_mended_is_not_read_again(tmp_path: Path) -> None:
    path = save(tmp_path / "a.pdf", show([glyph_numbers(line) for line in GERMAN]), font=GLYPHS_OF_WINDOWS)
    assert is_doubtful("".join(map(chr, glyph_numbers(GERMAN[0])[1::2])))
    extraction = read(path)
    assert "pages read again" not in extraction.counts
    assert "pdfminer" not in extraction.tool


def test_glyph_numbers_instead_of_russian_letters(tmp_path: Path) -> None:
    font = GLYPHS_OF_WINDOWS
    lines = ["".join(chr(ord(each) - 470) if each > "\x7f" else each for each in line) for line in RUSSIAN]
    codes = [line.replace("ё", "\u0451").encode("utf-16-be") for line in lines]
    extraction = read(save(tmp_path / "a.pdf", show(codes), font=font))
    assert lines_of(extraction) == RUSSIAN


def test_a_page_without_gaps_between_words_waits_for_its_picture(tmp_path: Path, reader: str) -> None:
    lines = (
        "energy efficiency in cities begins with",
        "counting the heat of large buildings",
        "and of schools",
    )
    codes = [" ".join(line.replace(" ", "")).encode() for line in lines]
    extraction = read(save(tmp_path / "a.pdf", show(codes)), reader)
    assert "".join(extraction.pages[0].text.split()) == "".join("".join(lines).split())
    assert extraction.for_ocr == (1,)
    assert "1 of 1 pages show no gaps between words; where they end was guessed." in extraction.repairs


def test_one_heading_in_a_font_that_lies(tmp_path: Path, reader: str) -> None:
    honest = [line.encode("cp1252") for line in GERMAN]
    path = save(
        tmp_path / "a.pdf",
        show([RUSSIAN[0].encode("cp1251")], size=30) + show(honest, font="H", top=600),
    )
    extraction = read(path, reader)
    assert " ".join(lines_of(extraction)).split() == " ".join((RUSSIAN[0], *GERMAN)).split()
    if reader == "pdfium":
        assert extraction.pages[0].title == RUSSIAN[0]


def test_letters_set_apart(tmp_path: Path, reader: str) -> None:
    path = save(tmp_path / "a.pdf", show([b"Konferenz in Krasnodar"], spacing=12))
    extraction = read(path, reader)
    assert extraction.pages[0].text.split() == ["Konferenz", "in", "Krasnodar"]


def test_bold_by_printing_twice(tmp_path: Path, reader: str) -> None:
    lines = [line.encode("cp1252") for line in GERMAN]
    content = b"".join(
        show([line], top=top).replace(b" 50 ", b" %g " % left)
        for top, line in zip((700, 670, 640), lines, strict=True)
        for left in (50, 50.5)
    )
    assert lines_of(read(save(tmp_path / "a.pdf", content), reader)) == GERMAN


def test_shuffled_glyphs_are_left_to_the_picture_and_said(tmp_path: Path, reader: str) -> None:
    letters = dict(zip(b"abcdefghijklmnopqrstuvwxyz", "wjqxzkvbpygfmuclthanrsdieo", strict=True))
    page = show(
        [
            b"die partner unserer konferenz kommen aus vielen staedten",
            b"und sprechen von der energie der gebaeude und der waerme",
            b"am ende steht ein gemeinsames papier beider seiten",
        ]
    )
    path = save(
        tmp_path / "a.pdf",
        show([line.encode("cp1252") for line in GERMAN], font="H"),
        page,
        font=MAPPED,
        unicode_map=unicode_map(letters | {32: " "}),
    )
    extraction = read(path, reader)
    assert extraction.for_ocr == (2,)
    assert extraction.skipped == ("1 of 2 pages have glyphs that stand for no known letters.",)
    assert extraction.repairs == ()


def test_title_in_a_wrong_code_page(tmp_path: Path, reader: str) -> None:
    title = b"<%s>" % "Доклад о теплоснабжении".encode("cp1251").hex().encode()
    path = save(tmp_path / "a.pdf", show([b"1", b"2"]), title=title)
    assert read(path, reader).title == "Доклад о теплоснабжении"
