from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from ingest.extraction import Extraction
from tests.ingest.wordmaking import lines, paragraph, part, read_bytes, relations, run, text_parts, zipped

HTML = b"<html><body><h1>Kapitel</h1><p>Eingefuegt</p></body></html>"
RTF = rb"{\rtf1\ansi Eingefuegt\par}"


def with_files(folder: Path, body: str, files: dict[str, bytes], kind: str = "package") -> Extraction:
    """Read a text that has files inside; the identifier of each is its name."""
    return read_bytes(folder, made(body, files, kind))


def made(body: str, files: dict[str, bytes], kind: str = "package") -> bytes:
    parts: dict[str, str | bytes] = dict(text_parts(body))
    parts["word/_rels/document.xml.rels"] = relations({name: f"{kind} embeddings/{name}" for name in files})
    return zipped({**parts, **{f"word/embeddings/{name}": content for name, content in files.items()}})


def embedded(name: str) -> str:
    return paragraph(f'{run("vor")}<w:r><w:object><o:OLEObject r:id="{name}"/></w:object></w:r>{run("nach")}')


def chunk(name: str) -> str:
    return f'<w:altChunk r:id="{name}"/>'


def workbook(*words: str) -> bytes:
    book = openpyxl.Workbook()
    for number, word in enumerate(words, 1):
        book.active.cell(1, number, word)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_an_embedded_table_is_read_after_its_paragraph(tmp_path: Path) -> None:
    extraction = with_files(
        tmp_path, embedded("a.xlsx") + paragraph("Ende"), {"a.xlsx": workbook("Kosten", "Nutzen")}
    )
    found = lines(extraction)
    assert found[0] == "vornach"
    assert "Kosten\tNutzen" in found
    assert found[-1] == "Ende"
    assert extraction.counts["embedded files"] == 1
    assert extraction.skipped == ()


def test_comments_in_an_embedded_text_are_notes(tmp_path: Path) -> None:
    inner = text_parts(
        paragraph(run("Innen") + '<w:r><w:commentReference w:id="1"/></w:r>'),
        {
            "comments.xml": part(
                "comments", f'<w:comment w:id="1" w:author="Anna">{paragraph("Frage")}</w:comment>'
            )
        },
    )
    extraction = with_files(tmp_path, embedded("a.docx"), {"a.docx": zipped(inner)})
    assert lines(extraction) == ["vornach", "Innen"]
    assert extraction.pages[0].notes == "Anna: Frage"
    assert extraction.counts["comments"] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.htm", HTML),
        ("a.rtf", RTF),
        ("a.txt", b"Eingefuegt"),
        ("a.docx", zipped(text_parts(paragraph("Eingefuegt")))),
    ],
)
def test_a_file_inserted_as_a_whole_is_read_in_its_place(tmp_path: Path, name: str, content: bytes) -> None:
    body = paragraph("davor") + chunk(name) + paragraph("danach")
    extraction = with_files(tmp_path, body, {name: content}, "aFChunk")
    found = lines(extraction)
    assert (found[0], found[-2], found[-1]) == ("davor", "Eingefuegt", "danach")
    assert extraction.skipped == ()


def test_a_file_of_no_known_format_is_counted(tmp_path: Path) -> None:
    extraction = with_files(tmp_path, embedded("a.bin"), {"a.bin": b"\x00\x01\x02"}, "oleObject")
    assert lines(extraction) == ["vornach"]
    assert extraction.skipped == ("Embedded files that were not read: 1.",)


def test_a_text_kept_in_another_file_is_told(tmp_path: Path) -> None:
    parts = text_parts(paragraph("Text") + '<w:subDoc r:id="a"/>')
    parts["word/_rels/document.xml.rels"] = relations({"a": "subDocument kapitel.docx"}).replace(
        "Target=", 'TargetMode="External" Target='
    )
    extraction = read_bytes(tmp_path, zipped(parts))
    assert extraction.skipped == ("A file inserted as a whole was not read.",)


def test_texts_in_texts_end_at_a_depth(tmp_path: Path) -> None:
    content = made(paragraph("Tiefe0"), {})
    for depth in range(1, 8):
        content = made(paragraph(f"Tiefe{depth}") + chunk("a.docx") * 3, {"a.docx": content}, "aFChunk")
    extraction = read_bytes(tmp_path, content)
    assert lines(extraction)[0] == "Tiefe7"
    assert lines(extraction) == ["Tiefe7", "Tiefe6", "Tiefe5", "Tiefe4"]
    assert "Embedded files that were read in part: 1." in extraction.skipped
