from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pypdfium2 import raw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.extraction import DamagedError, EmptyError, EncryptedError
from ingest.extractors import pdf
from ingest.extractors.pdf import glyphs
from ingest.extractors.pdf import page as pdf_page
from tests.ingest import pdfs
from tests.ingest.pdfs import nothing, read, text


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    return partial(pdfs.save, tmp_path / "a.pdf")


@pytest.fixture(params=["pdfium", "pdfminer"])
def reader(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_pages_are_read_in_order(save: Callable[..., Path], reader: str) -> None:
    extraction = read(save(text(12, "Städte und Gemeinden"), text(12, "Abfall", "Wasser")), reader)
    assert [page.number for page in extraction.pages] == [1, 2]
    assert [page.text.split("\n") for page in extraction.pages] == [
        ["Städte und Gemeinden"],
        ["Abfall", "Wasser"],
    ]
    assert extraction.skipped == ()


def test_properties_are_taken_where_sane(save: Callable[..., Path], reader: str) -> None:
    page = text(12, "Abfall in Krasnodar", "ein Bericht")
    extraction = read(save(page, title="Abfall in Krasnodar", author="Anna Beispiel"), reader)
    assert (extraction.title, extraction.creators) == ("Abfall in Krasnodar", ("Anna Beispiel",))


def test_pages_without_text_are_counted(save: Callable[..., Path], reader: str) -> None:
    extraction = read(save(text(12, "Text"), nothing, nothing), reader)
    assert extraction.skipped[0] == "2 of 3 pages have no text layer."


def test_no_text_at_all_is_said(save: Callable[..., Path], reader: str) -> None:
    assert read(save(nothing), reader).skipped == (
        "1 of 1 pages have no text layer.",
        "There is no text on any page.",
    )


def test_a_password_is_told_from_damage(save: Callable[..., Path], reader: str) -> None:
    with pytest.raises(EncryptedError, match="password"):
        read(save(text(12, "geheim"), password="Schlüssel"), reader)


def test_a_password_of_the_file_before_is_forgotten(save: Callable[..., Path], tmp_path: Path) -> None:
    locked = save(text(12, "geheim"), password="Schlüssel")
    without_pages = tmp_path / "b.pdf"
    without_pages.write_bytes(
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
        b"trailer\n<</Size 2/Root 1 0 R>>\nstartxref\n56\n%%EOF"
    )
    for _ in range(2):
        with pytest.raises(EncryptedError):
            read(locked)
        with pytest.raises((DamagedError, EmptyError)):
            read(without_pages)


def test_a_pdf_that_only_forbids_printing_is_read(tmp_path: Path, reader: str) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("", "owner", canPrint=0))
    text(12, "lesbar")(canvas)
    canvas.save()
    assert read(path, reader).pages[0].text == "lesbar"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>"])
def test_damage_is_told(tmp_path: Path, reader: str, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises((DamagedError, EmptyError)):
        read(path, reader)


def test_no_bytes_are_empty(tmp_path: Path, reader: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"")
    with pytest.raises(EmptyError, match="no content"):
        read(path, reader)


def test_a_pdf_cut_short_gives_what_can_be_read(save: Callable[..., Path]) -> None:
    path = save(*(text(12, f"Seite {number}") for number in range(5)))
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"xref")])
    assert [page.text for page in read(path).pages] == [f"Seite {number}" for number in range(5)]


def test_only_so_many_pages_are_read(save: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    extraction = read(save(*(text(12, "x") for _ in range(5))))
    assert len(extraction.pages) == 2
    assert "Only the first 2 of 5 pages were read." in extraction.skipped


def test_what_takes_too_long_is_read_as_far_as_time_goes(
    save: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", 0.0)
    extraction = read(save(*[text(12, "Seite")] * 3))
    assert [page.text for page in extraction.pages] == ["Seite"]
    assert "Only the first 1 of 3 pages were read." in extraction.skipped


@pytest.mark.parametrize("missing_count", [2, 500])
def test_missing_pages_are_named_or_counted(tmp_path: Path, missing_count: int) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    missing = b"".join(b" %d 0 R" % (number + 9) for number in range(missing_count))
    path = pdfs.write(
        tmp_path / "a.pdf",
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R%s]/Count %d>>" % (missing, missing_count + 1),
            3: page,
            4: pdfs.stream(b"BT /F 12 Tf 20 20 Td (Seite) Tj ET"),
            5: pdfs.HELVETICA,
        },
    )
    extraction = read(path)
    assert extraction.pages[0].text == "Seite"
    said = (
        ["Page 2 is damaged.", "Page 3 is damaged."]
        if missing_count == 2
        else ["500 of 501 pages are damaged."]
    )
    assert [sentence for sentence in extraction.skipped if "damaged" in sentence] == said


def test_places_that_are_no_numbers_do_no_harm(
    save: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(layer: object, index: int, box: raw.FS_RECTF) -> bool:
        box.left = box.right = box.bottom = box.top = float("nan")
        return True

    monkeypatch.setattr(raw, "FPDFText_GetLooseCharBox", nowhere)
    assert read(save(text(12, "Abfall", "Wasser"))).pages[0].text == "Abfall\nWasser"


def test_embedded_files_are_counted(tmp_path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100).close()
    document.new_attachment("beilage.txt").set_data(b"mehr Text")
    output = io.BytesIO()
    document.save(output)
    document.close()
    path = tmp_path / "a.pdf"
    path.write_bytes(output.getvalue())
    extraction = read(path)
    assert extraction.counts["embedded files"] == 1
    assert "Embedded files that were not read: 1 (beilage.txt)." in extraction.skipped


def test_text_outside_the_visible_page_is_left_out_and_told(save: Callable[..., Path]) -> None:
    page = (text(12, "sichtbar"), text(12, "weit daneben und nicht zu sehen", x=5000))
    extraction = read(save(page))
    assert extraction.pages[0].text == "sichtbar"
    assert extraction.skipped == ("1 of 1 pages have text outside of what they show.",)


def test_a_garbled_page_is_read_again(save: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_page, "is_doubtful", lambda text: True)
    monkeypatch.setattr(pdf, "garbled_share", lambda text: 1.0 if text == "gut" else 0.0)
    path = save(text(12, "gut"))
    monkeypatch.setattr(
        "ingest.extractors.pdf.pdfminer_six.read_pages",
        lambda path, indexes: [(index, "besser") for index in indexes],
    )
    extraction = read(path)
    assert extraction.pages[0].text == "besser"
    assert extraction.counts["pages read again"] == 1
    assert "pdfminer.six" in extraction.tool


def test_few_pages_are_read_again(save: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_page, "is_doubtful", lambda text: True)
    monkeypatch.setattr(pdf, "SECOND_LOOK_PAGES", 2)
    extraction = read(save(*(text(12, "x") for _ in range(5))))
    assert "3 doubtful pages were not read a second time." in extraction.skipped
    assert extraction.counts["pages read again"] == 2


def test_reading_again_in_vain_ends(save: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_page, "is_doubtful", lambda text: True)
    extraction = read(save(*(text(12, f"Seite {number}") for number in range(8))))
    assert extraction.counts["pages read again"] == 3
    assert [page.text for page in extraction.pages] == [f"Seite {number}" for number in range(8)]


def test_garbled_text_is_measured() -> None:
    assert glyphs.garbled_share("") == 0
    assert glyphs.garbled_share("Städte und Gemeinden") == 0
    assert glyphs.garbled_share("\ue001\ue002ab") == 0.5
    assert glyphs.garbled_share("(cid:12)(cid:13)") == 1
    assert glyphs.garbled_share("\uffff\x01ab") == 0.5


def test_symbols_are_garbled_and_no_other_reader_knows_more_of_them() -> None:
    assert glyphs.is_doubtful("\ue001\ue002ab")
    assert glyphs.garbled_share("\uf06d\uf03dab") == 0.5
    assert not glyphs.is_doubtful("\uf06d\uf03dab")


def test_cyrillic_is_read(tmp_path: Path, reader: str) -> None:
    fonts = [
        place
        for folder in ("/usr/share/fonts", "/usr/local/share/fonts")
        for place in Path(folder).rglob("DejaVuSans.ttf")
    ]
    if not fonts:
        pytest.skip("needs the font DejaVu Sans (Debian: fonts-dejavu-core)")
    pdfmetrics.registerFont(TTFont("DejaVu", str(fonts[0])))
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    canvas.setFont("DejaVu", 12)
    canvas.drawString(72, 700, "Партнёрство городов")
    canvas.save()
    assert read(path, reader).pages[0].text == "Партнёрство городов"
