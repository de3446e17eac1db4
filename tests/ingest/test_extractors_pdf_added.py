"""What a PDF says besides the text layers of its pages."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.extractors.pdf import fields, outline, structure
from tests.ingest.pdfs import nothing, one_page, read, save, stream, text, write


def test_what_was_filled_into_fields_is_text(tmp_path: Path) -> None:
    def form(canvas: Canvas) -> None:
        canvas.acroForm.textfield(value="Anna Beispiel", tooltip="Name", name="n", x=10, y=300)
        canvas.acroForm.textfield(value="geheim", fieldFlags="password", name="p", x=10, y=260)
        canvas.acroForm.checkbox(checked=True, tooltip="Vegetarisch", name="v", x=10, y=220)
        canvas.acroForm.checkbox(checked=False, tooltip="Vegan", name="w", x=10, y=180)
        canvas.acroForm.choice(
            value="energie", options=[("Energie", "energie"), ("Abfall", "abfall")], name="c", x=10, y=140
        )

    extraction = read(save(tmp_path / "a.pdf", (text(12, "Anmeldung"), form)))
    assert extraction.pages[0].text == "Anmeldung\nName: Anna Beispiel\nVegetarisch\nEnergie"
    assert extraction.counts["form fields"] == 3


def test_a_choice_behind_more_than_is_looked_at_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def form(canvas: Canvas) -> None:
        options = [("Energie", "energie"), ("Abfall", "abfall"), ("Wasser", "wasser")]
        canvas.acroForm.choice(value="wasser", options=options, name="c", x=10, y=140)

    path = save(tmp_path / "a.pdf", (text(12, "Anmeldung"), form))
    assert read(path).pages[0].text.endswith("\nWasser")
    monkeypatch.setattr(fields, "MAX_OPTIONS", 2)
    assert "Page 1 is longer than can be read; its beginning was read." in read(path).skipped


def test_fields_and_files_that_pdfminer_leaves_are_told(tmp_path: Path) -> None:
    def form(canvas: Canvas) -> None:
        canvas.acroForm.textfield(value="Anna Beispiel", name="n", x=10, y=300)
        canvas.acroForm.textfield(value="", name="m", x=10, y=260)

    filled = read(save(tmp_path / "a.pdf", (text(12, "Anmeldung"), form)), "pdfminer")
    assert filled.skipped == ("Form controls that were not read: 1.",)
    attached = one_page(
        tmp_path / "b.pdf",
        page=b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 6 0 R>>]",
        objects={6: b"<</Type/Filespec/F(tabelle.xlsx)/EF<</F 7 0 R>>>>", 7: stream(b"x")},
    )
    assert read(attached, "pdfminer").skipped == ("Embedded files that were not read: 1.",)


def test_bookmarks_are_headings(tmp_path: Path) -> None:
    def bookmark(title: str, level: int = 0) -> object:
        def draw(canvas: Canvas) -> None:
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title, level)

        return draw

    body = text(12, *(f"Zeile {number} mit dem üblichen Text eines langen Absatzes" for number in range(40)))
    path = save(
        tmp_path / "a.pdf",
        (body, bookmark("Energie in Städten")),
        (body, text(12, "Abfall", y=100), bookmark("Abfall"), bookmark("Wasser", 1)),
        (nothing, bookmark("Ausblick")),
    )
    extraction = read(path)
    first, second, third = extraction.pages
    assert (first.title, second.title, third.title) == ("Energie in Städten", "Abfall", "Ausblick")
    assert first.text.endswith("\nEnergie in Städten")
    assert second.text.endswith("\nAbfall\nWasser")
    assert third.text == "Ausblick"
    assert "1 of 3 pages have no text layer." in extraction.skipped
    assert extraction.for_ocr == (3,)


def test_a_bookmark_without_a_place_belongs_to_the_next_one_and_circles_end(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.pdf",
        {
            1: b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            5: b"<</Type/Outlines/First 6 0 R/Last 7 0 R>>",
            6: b"<</Title(Zweiter Tag)/Parent 5 0 R/Next 7 0 R>>",
            7: b"<</Title(Panel Energie)/Parent 5 0 R/Dest[4 0 R/Fit]/Next 8 0 R>>",
            8: b"<</Title(Ende der Tagung)/Parent 5 0 R/Next 6 0 R>>",
        },
    )
    assert [page.text for page in read(path).pages] == ["", "Zweiter Tag\nPanel Energie\nEnde der Tagung"]


def test_bookmarks_are_read_however_deep_they_lie_and_however_long_they_are(tmp_path: Path) -> None:
    deepest = 6 + 500
    bookmarks = {
        number: b"<</Title(Ebene %d der Gliederung)/Parent %d 0 R/Dest[3 0 R/Fit]/First %d 0 R/Last %d 0 R>>"
        % (number, number - 1, number + 1, number + 1)
        for number in range(6, deepest)
    }
    path = write(
        tmp_path / "a.pdf",
        {
            1: b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            4: b"<<>>",
            5: b"<</Type/Outlines/First 6 0 R/Last 6 0 R>>",
            **bookmarks,
            deepest: b"<</Title(%s)/Parent %d 0 R>>"
            % (b"Sehr langer Titel " * 20 + b"Abwasser", deepest - 1),
        },
    )
    (page,) = read(path).pages
    lines = page.text.split("\n")
    assert (page.title, lines[499], len(lines)) == ("Ebene 6 der Gliederung", "Ebene 505 der Gliederung", 501)
    assert lines[500].endswith("Titel Abwasser")


def with_bookmarks(path: Path, count: int) -> Path:
    bookmarks = {
        number: b"<</Title(Panel %d mit Thema)/Parent 5 0 R/Dest[3 0 R/Fit]%s>>"
        % (number, b"/Next %d 0 R" % (number + 1) if number < 5 + count else b"")
        for number in range(6, 6 + count)
    }
    return write(
        path,
        {
            1: b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            4: b"<<>>",
            5: b"<</Type/Outlines/First 6 0 R/Last %d 0 R>>" % (5 + count),
            **bookmarks,
        },
    )


def test_more_bookmarks_than_a_page_takes_are_told(tmp_path: Path) -> None:
    extraction = read(with_bookmarks(tmp_path / "a.pdf", 1_010))
    assert len(extraction.pages[0].text.split("\n")) == 1_000
    assert "Page 1 is longer than can be read; its beginning was read." in extraction.skipped


def test_more_bookmarks_than_are_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "MAX_BOOKMARKS", 3)
    assert len(read(with_bookmarks(tmp_path / "a.pdf", 4)).pages[0].text.split("\n")) == 3
    assert "Only the first 10000 bookmarks were read." in read(with_bookmarks(tmp_path / "b.pdf", 4)).skipped
    assert read(with_bookmarks(tmp_path / "c.pdf", 3)).skipped == ("1 of 1 pages have no text layer.",)


def test_more_of_a_structure_than_is_looked_at_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(structure, "MAX_ELEMENTS", 3)
    figure = b"<</Type/StructElem/S/Figure/P 7 0 R/Pg 3 0 R/K 0/Alt(Das Rathaus von Krasnodar)>>"
    path = one_page(
        tmp_path / "a.pdf",
        b"/Figure<</MCID 0>>BDC BT /F 12 Tf 20 200 Td (Seite) Tj ET EMC",
        page=b"/StructParents 0",
        catalogue=b"/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R",
        objects={
            6: b"<</Type/StructTreeRoot/K 7 0 R/ParentTree<</Nums[0[8 0 R 9 0 R 10 0 R]]>>>>",
            7: b"<</Type/StructElem/S/Document/P 6 0 R/K[8 0 R 9 0 R 10 0 R]>>",
            **dict.fromkeys((8, 9, 10), figure),
        },
    )
    assert "Page 1 is longer than can be read; its beginning was read." in read(path).skipped


def test_alternative_texts_are_read_once(tmp_path: Path) -> None:
    figure = b"<</Type/StructElem/S/Figure/P 7 0 R/Pg 3 0 R/K 0/Alt(%s)>>"
    path = one_page(
        tmp_path / "a.pdf",
        b"/Figure<</MCID 0>>BDC 0 0 m 9 9 l S EMC BT /F 12 Tf 20 200 Td (Seite) Tj ET",
        page=b"/StructParents 0",
        catalogue=b"/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R",
        objects={
            6: b"<</Type/StructTreeRoot/K 7 0 R/ParentTree<</Nums[0[8 0 R 9 0 R 10 0 R 11 0 R]]>>>>",
            7: b"<</Type/StructElem/S/Document/P 6 0 R/K[8 0 R 9 0 R 10 0 R 11 0 R]>>",
            8: figure % b"Das Rathaus von Krasnodar",
            9: figure % b"Das Rathaus von Krasnodar",
            10: figure % b"C:\\\\Bilder\\\\neu\\\\Rathaus 3.png",
            11: b"<</Type/StructElem/S/Span/P 7 0 R/Pg 3 0 R/K 0/ActualText(Stadtwerke)>>",
        },
    )
    assert read(path).pages[0].text == "Seite\nDas Rathaus von Krasnodar\nStadtwerke"


def test_text_that_was_recognised_before_is_read_and_counted(tmp_path: Path) -> None:
    path = one_page(tmp_path / "a.pdf", b"BT 3 Tr /F 12 Tf 20 200 Td (Protokoll) Tj ET")
    extraction = read(path)
    assert extraction.pages[0].text == "Protokoll"
    assert extraction.counts["pages read by OCR before"] == 1


def test_pages_for_recognition_are_those_with_a_picture(tmp_path: Path) -> None:
    path = save(tmp_path / "a.pdf", text(12, "Text"), nothing, lambda canvas: None)
    assert read(path).for_ocr == (2,)


def test_filled_fields_are_drawn(tmp_path: Path) -> None:
    from ingest.pictures import draw_page

    def form(value: str) -> Path:
        return save(
            tmp_path / "a.pdf",
            lambda canvas: canvas.acroForm.textfield(
                value=value, name="n", x=50, y=500, width=400, height=60
            ),
        )

    assert draw_page(form("Anna Beispiel"), 1, 352) != draw_page(form(""), 1, 352)


def test_files_that_are_named_are_few(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100).close()
    for number in range(12):
        document.new_attachment(f"{number:02}.txt").set_data(b"x")
    document.save(tmp_path / "a.pdf")
    document.close()
    names = ", ".join(f"{number:02}.txt" for number in range(10))
    assert f"Embedded files that were not read: 12 ({names}, …)." in read(tmp_path / "a.pdf").skipped


def test_pages_have_what_they_are_called_in_print(tmp_path: Path) -> None:
    def called(canvas: Canvas) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        canvas.addPageLabel(2, style="ARABIC", start=3)
        canvas.addPageLabel(3, prefix="A-", style="ARABIC", start=1)
        canvas.addPageLabel(4, prefix="x" * 60)

    path = save(tmp_path / "a.pdf", called, *[text(12, "Seite")] * 4)
    assert [page.label for page in read(path).pages] == ["i", "ii", "", "A-1", ""]


def test_pages_without_labels_have_none(tmp_path: Path) -> None:
    assert [page.label for page in read(save(tmp_path / "a.pdf", text(12, "Seite"), nothing)).pages] == [
        "",
        "",
    ]
