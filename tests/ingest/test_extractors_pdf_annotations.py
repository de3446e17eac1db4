"""What was put onto the pages of a PDF: comments, text boxes, stamps, attached files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.extractors.pdf import annotations
from tests.ingest.pdfs import one_page, read, stream

NOTE = b"<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(Bitte pr\\374fen)>>"
MARK = b"<</Type/Annot/Subtype/Highlight/Rect[10 10 30 30]/QuadPoints[10 30 30 30 10 10 30 10]%s>>"
BOX = b"<</Type/Annot/Subtype/FreeText/Rect[10 10 90 30]/DA(/F 12 Tf)/Contents(Halle 3)%s>>"


@pytest.fixture(params=["pdfium", "pdfminer"])
def reader(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_comments_are_notes_of_their_page(tmp_path: Path, reader: str) -> None:
    marks = MARK % b"" + MARK % b"/Contents(Quelle?)"
    path = one_page(tmp_path / "a.pdf", page=b"/Annots[%s%s]" % (NOTE, marks))
    extraction = read(path, reader)
    assert extraction.pages[0].text == "Seite"
    assert extraction.pages[0].notes == "Bitte prüfen\nQuelle?"
    assert extraction.counts["comments"] == 2


def test_text_boxes_are_text_of_the_page_and_hidden_ones_are_comments(tmp_path: Path, reader: str) -> None:
    boxes = BOX % b"" + BOX.replace(b"Halle 3", b"abgesagt") % b"/F 2"
    extraction = read(one_page(tmp_path / "a.pdf", page=b"/Annots[%s]" % boxes), reader)
    assert extraction.pages[0].text == "Seite\nHalle 3"
    assert extraction.pages[0].notes == "abgesagt"
    assert extraction.counts["comments"] == 1


def test_endless_comments_are_cut_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotations, "MAX_ANNOTATIONS", 3)
    extraction = read(one_page(tmp_path / "a.pdf", page=b"/Annots[%s]" % (NOTE * 5)))
    assert extraction.counts["comments"] == 3
    assert "Page 1 is longer than can be read; its beginning was read." in extraction.skipped


def test_a_comment_without_end_is_cut_and_told(tmp_path: Path) -> None:
    note = NOTE.replace(b"Bitte pr\\374fen", b"Panel " * 200_000)
    extraction = read(one_page(tmp_path / "a.pdf", page=b"/Annots[%s]" % note))
    assert 1_000_000 <= len(extraction.pages[0].notes) < 1_000_010
    assert "Page 1 is longer than can be read; its beginning was read." in extraction.skipped


def test_a_text_of_many_megabytes_is_cut_and_told(tmp_path: Path) -> None:
    note = NOTE.replace(b"Bitte pr\\374fen", b"Panel " * 6_000_000)
    extraction = read(one_page(tmp_path / "a.pdf", page=b"/Annots[%s]" % note))
    assert extraction.pages[0].notes.startswith("Panel Panel")
    assert "Page 1 is longer than can be read; its beginning was read." in extraction.skipped


@pytest.mark.parametrize("kind", [b"Redact", b"Screen", b"Watermark", b"Projection", b"3D"])
def test_what_was_written_to_anything_else_is_a_comment(tmp_path: Path, reader: str, kind: bytes) -> None:
    put = b"<</Type/Annot/Subtype/%s/Rect[10 10 30 30]/Contents(Film vom Rathaus)>>" % kind
    extraction = read(one_page(tmp_path / "a.pdf", page=b"/Annots[%s]" % put), reader)
    assert extraction.pages[0].notes == "Film vom Rathaus"
    assert extraction.counts["comments"] == 1


def test_links_and_windows_of_notes_say_nothing(tmp_path: Path, reader: str) -> None:
    put = b"".join(
        b"<</Type/Annot/Subtype/%s/Rect[10 10 30 30]/Contents(Film)>>" % kind for kind in (b"Link", b"Popup")
    )
    assert read(one_page(tmp_path / "a.pdf", page=b"/Annots[%s]" % put), reader).pages[0].notes == ""


def test_what_is_said_of_attached_files_is_a_comment(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "a.pdf",
        page=b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 6 0 R/Contents(Tagesordnung)>>"
        b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 6 0 R/Contents(tabelle.xlsx)>>]",
        objects={6: b"<</Type/Filespec/F(tabelle.xlsx)/EF<</F 7 0 R>>>>", 7: stream(b"x")},
    )
    assert read(path).pages[0].notes == "Tagesordnung"


@pytest.mark.parametrize(
    ("drawing", "more", "told"),
    [
        (b"BT /F 12 Tf 2 2 Td (ENTWURF) Tj ET", b"", 1),
        (b"q 1 0 0 1 0 0 cm /X Do Q", b"", 1),
        (b"BT /F 12 Tf 2 2 Td (ENTWURF) Tj ET", b"/F 2", 0),
        (b"BT /F 12 Tf 2 2 Td (ENTWURF) Tj ET", b"/Contents(ENTWURF)", 0),
        (b"0 0 m 9 9 l S", b"", 0),
    ],
)
def test_stamps_that_draw_letters_and_do_not_say_them_are_told(
    tmp_path: Path, drawing: bytes, more: bytes, told: int
) -> None:
    resources = (
        b"/Type/XObject/Subtype/Form/BBox[0 0 90 20]/Resources<</Font<</F 5 0 R>>/XObject<</X 7 0 R>>>>"
    )
    path = one_page(
        tmp_path / "a.pdf",
        page=b"/Annots[<</Type/Annot/Subtype/Stamp/Rect[10 10 90 30]/AP<</N 6 0 R>>%s>>]" % more,
        objects={
            6: stream(drawing, resources),
            7: stream(b"BT /F 12 Tf 2 2 Td (ENTWURF) Tj ET", resources.replace(b"/XObject<</X 7 0 R>>", b"")),
        },
    )
    said = f"Stamps and marks whose letters were not read: {told}."
    assert (said in read(path).skipped) == bool(told)


def test_attached_files_are_named(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "a.pdf",
        page=b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 6 0 R>>]",
        objects={6: b"<</Type/Filespec/F(tabelle.xlsx)/EF<</F 7 0 R>>>>", 7: stream(b"x")},
    )
    extraction = read(path)
    assert extraction.counts["embedded files"] == 1
    assert "Embedded files that were not read: 1 (tabelle.xlsx)." in extraction.skipped
