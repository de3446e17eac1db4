from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from ingest.extraction import DamagedError, EncryptedError
from ingest.extractors import extract, markup, parts
from ingest.mediatypes import FORMATS
from tests.ingest.wordmaking import (
    NAMES,
    W,
    lines,
    paragraph,
    read_bytes,
    read_text,
    relations,
    run,
    text_parts,
    zipped,
)

MANY = "".join(paragraph(f"Absatz{number}, Zeile {number * 7919 % 1000}") for number in range(400))


def test_a_package_cut_in_the_middle_gives_its_beginning(tmp_path: Path) -> None:
    whole = zipped(text_parts(MANY, {"header1.xml": f"<w:hdr {NAMES}>{paragraph('Kopf')}</w:hdr>"}))
    place = whole.index(b"word/document.xml") + 2000
    extraction = read_bytes(tmp_path, whole[:place])
    assert lines(extraction)[:2] == ["Absatz0, Zeile 0", "Absatz1, Zeile 919"]
    assert 20 < len(lines(extraction)) < 400
    assert extraction.skipped == (
        "The end of the file is missing.",
        "word/document.xml is damaged; what could be read was read.",
    )


def test_a_package_without_its_directory_is_read_whole(tmp_path: Path) -> None:
    whole = zipped(text_parts(MANY, {"header1.xml": f"<w:hdr {NAMES}>{paragraph('Kopf')}</w:hdr>"}))
    extraction = read_bytes(tmp_path, whole[: whole.index(b"PK\x01\x02")])
    assert lines(extraction)[0] == "Kopf"
    assert len(lines(extraction)) == 401
    assert extraction.skipped == ("The end of the file is missing.",)


def test_a_package_without_its_beginning_gives_the_rest_and_names_what_is_gone(tmp_path: Path) -> None:
    whole = zipped(text_parts(MANY, {"header1.xml": f"<w:hdr {NAMES}>{paragraph('Kopf')}</w:hdr>"}))
    members = [place.start() for place in re.finditer(b"PK\x03\x04", whole)]
    names = [
        whole[place + 30 : place + 30 + int.from_bytes(whole[place + 26 : place + 28], "little")]
        for place in members
    ]
    assert names[0] == b"[Content_Types].xml"
    extraction = read_bytes(tmp_path, whole[members[1] :])
    assert len(lines(extraction)) == 401
    assert extraction.skipped == ("[Content_Types].xml is damaged.",)


def test_a_part_whose_bytes_were_changed_is_named_and_read(tmp_path: Path) -> None:
    whole = bytearray(zipped(text_parts(MANY)))
    header = whole.index(b"word/document.xml", whole.index(b"PK\x01\x02")) - 46
    whole[header + 16 : header + 20] = struct.pack("<L", 12345)
    extraction = read_bytes(tmp_path, bytes(whole))
    assert len(lines(extraction)) == 400
    assert extraction.skipped == ("word/document.xml is damaged; what could be read was read.",)


def test_compressed_bytes_that_make_no_sense_end_a_part(tmp_path: Path) -> None:
    whole = bytearray(zipped(text_parts(MANY)))
    place = whole.index(b"word/document.xml") + 1500
    whole[place : place + 200] = bytes(200)
    extraction = read_bytes(tmp_path, bytes(whole))
    assert lines(extraction)[0] == "Absatz0, Zeile 0"
    assert extraction.skipped == ("word/document.xml is damaged; what could be read was read.",)


@pytest.mark.parametrize("name", ["word/styles.xml", "word/numbering.xml", "word/header1.xml"])
def test_a_part_that_is_no_markup_costs_only_itself(tmp_path: Path, name: str) -> None:
    made = text_parts(paragraph("Text"), {name.removeprefix("word/"): "Unsinn"})
    extraction = read_bytes(tmp_path, zipped(made))
    assert lines(extraction) == ["Text"]
    assert extraction.skipped == (f"{name} is damaged.",)


def test_parts_that_are_named_and_missing_cost_nothing_else(tmp_path: Path) -> None:
    made = text_parts(paragraph('<w:r><w:footnoteReference w:id="1"/></w:r>' + run("Text")))
    made["word/_rels/document.xml.rels"] = relations({"a": "footnotes footnotes.xml", "b": "styles none.xml"})
    assert lines(read_bytes(tmp_path, zipped(made))) == ["Text"]


@pytest.mark.parametrize("name", [W, "http://purl.oclc.org/ooxml/wordprocessingml/main"])
def test_parts_in_utf_16_are_read_under_either_name(tmp_path: Path, name: str) -> None:
    made: dict[str, str | bytes] = dict(text_parts(paragraph("Wärme für Städte")))
    markup = str(made["word/document.xml"]).replace(W, name)
    made["word/document.xml"] = f'<?xml version="1.0" encoding="UTF-16"?>{markup}'.encode("utf-16")
    extraction = read_bytes(tmp_path, zipped(made))
    assert lines(extraction) == ["Wärme für Städte"]
    assert extraction.skipped == ()


def test_paragraphs_without_a_body_are_read(tmp_path: Path) -> None:
    made = text_parts(paragraph("Text"))
    made["word/document.xml"] = made["word/document.xml"].replace("<w:body>", "").replace("</w:body>", "")
    assert lines(read_bytes(tmp_path, zipped(made))) == ["Text"]


def test_a_package_without_relationships_or_types_is_read(tmp_path: Path) -> None:
    made = text_parts(paragraph("Text"))
    bare = {name: made[name] for name in ("word/document.xml",)}
    (tmp_path / "a.docx").write_bytes(zipped(bare))
    assert lines(extract(tmp_path / "a.docx", FORMATS["docx"])) == ["Text"]


def test_names_of_parts_are_the_same_in_any_case_and_with_either_slash(tmp_path: Path) -> None:
    made = text_parts(paragraph("Text"), {"header1.xml": f"<w:hdr {NAMES}>{paragraph('Kopf')}</w:hdr>"})
    odd = {name.replace("word/header1", "word\\HEADER1"): content for name, content in made.items()}
    assert lines(read_bytes(tmp_path, zipped(odd))) == ["Kopf", "Text"]


def test_a_text_nested_without_end_gives_what_stands_before(tmp_path: Path) -> None:
    depth = 10_000
    boxes = "<w:sdt><w:sdtContent>" * depth + paragraph("tief") + "</w:sdtContent></w:sdt>" * depth
    extraction = read_text(tmp_path, paragraph("oben") + boxes)
    assert lines(extraction) == ["oben"]
    assert extraction.skipped == ("word/document.xml is damaged; what could be read was read.",)


def test_tables_as_deep_as_markup_may_be_are_read(tmp_path: Path) -> None:
    depth = 80
    opened = "<w:tbl><w:tr><w:tc>" + paragraph("Zelle")
    closed = "<w:p/></w:tc></w:tr></w:tbl>"
    extraction = read_text(tmp_path, opened * depth + closed * depth)
    assert " ".join(lines(extraction)).split() == ["Zelle"] * depth
    assert extraction.counts["tables"] == depth


def test_a_chain_of_notes_that_ends_in_itself_is_read_once(tmp_path: Path) -> None:
    count = 3000

    def note(number: int) -> str:
        reference = f'<w:r><w:footnoteReference w:id="{(number + 1) % count}"/></w:r>' * 2
        return f'<w:footnote w:id="{number}">{paragraph(run(f"n{number}") + reference)}</w:footnote>'

    notes = f"<w:footnotes {NAMES}>{''.join(map(note, range(count)))}</w:footnotes>"
    body = paragraph(run("Text") + '<w:r><w:footnoteReference w:id="0"/></w:r>')
    found = lines(read_text(tmp_path, body, {"footnotes.xml": notes}))
    assert found == ["Text", *(f"n{number}" for number in range(count))]


def test_styles_and_lists_that_go_in_circles_end(tmp_path: Path) -> None:
    styles = (
        f"<w:styles {NAMES}>"
        '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    numbering = (
        f"<w:numbering {NAMES}>"
        '<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="x"/><w:numStyleLink w:val="x"/>'
        "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = paragraph("Text", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    extraction = read_text(tmp_path, body, {"styles.xml": styles, "numbering.xml": numbering})
    assert lines(extraction) == ["Text"]


def test_a_part_larger_than_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_PART_BYTES", 4000)
    with pytest.raises(DamagedError):
        read_text(tmp_path, MANY)
    large = {"header1.xml": f"<w:hdr {NAMES}>{paragraph('Kopf ' * 2000)}</w:hdr>"}
    extraction = read_text(tmp_path, paragraph("Text"), large)
    assert lines(extraction) == ["Text"]
    assert extraction.skipped == ("word/header1.xml is damaged.",)


def test_parts_that_together_are_larger_than_is_read_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MAX_TOTAL_BYTES", 4000)
    with pytest.raises(DamagedError, match="more than 4000 bytes"):
        read_text(tmp_path, MANY)


def test_a_directory_that_calls_one_part_encrypted_costs_only_that_part(tmp_path: Path) -> None:
    whole = bytearray(zipped(text_parts(MANY, {"styles.xml": "<w/>"})))
    place = whole.index(b"word/styles.xml", whole.index(b"PK\x01\x02")) - 46
    whole[place + 8] |= 1
    assert len(lines(read_bytes(tmp_path, bytes(whole)))) == 400


def test_a_package_whose_text_has_a_password_says_so(tmp_path: Path) -> None:
    whole = bytearray(zipped(text_parts(paragraph("Text"))))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = whole.find(signature)
        while place >= 0:
            whole[place + offset] |= 1
            place = whole.find(signature, place + 1)
    with pytest.raises(EncryptedError):
        read_bytes(tmp_path, bytes(whole))


@pytest.mark.parametrize("name", ["header1", "footnotes", "comments", "footer3"])
def test_parts_that_are_not_there_are_told(tmp_path: Path, name: str) -> None:
    parts_of_text = text_parts(paragraph("Fernwärme"), {f"{name}.xml": ""})
    del parts_of_text[f"word/{name}.xml"]
    extraction = read_bytes(tmp_path, zipped(parts_of_text))
    assert lines(extraction) == ["Fernwärme"]
    assert extraction.skipped == (f"word/{name}.xml is damaged.",)
