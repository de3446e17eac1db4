from __future__ import annotations

import base64
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from ingest.extraction import DamagedError, Extraction, UnsupportedError
from ingest.extractors import extract
from ingest.mediatypes import FORMATS, media_type_of
from tests.ingest.wordmaking import lines, paragraph, text_parts, zipped

PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"


def flat(package: Path) -> str:
    """Write a package as Office does when it saves one XML file."""
    with zipfile.ZipFile(package) as container:
        types = container.read("[Content_Types].xml").decode()
        parts = []
        for name in container.namelist():
            content = container.read(name)
            kind = types.partition(f'PartName="/{name}" ContentType="')[2].partition('"')[0]
            if name == "[Content_Types].xml":
                continue
            if name.endswith((".xml", ".rels")):
                markup = (
                    content.decode().partition("?>")[2] if content.startswith(b"<?xml") else content.decode()
                )
                data = f"<pkg:xmlData>{markup}</pkg:xmlData>"
            else:
                data = f"<pkg:binaryData>{base64.b64encode(content).decode()}</pkg:binaryData>"
            parts.append(f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">{data}</pkg:part>')
    return (
        '<?xml version="1.0" standalone="yes"?><?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="{PKG}">{"".join(parts)}</pkg:package>'
    )


def read(path: Path, content: str) -> Extraction:
    path.write_text(content, encoding="utf-8")
    assert media_type_of(path) == FORMATS["xml"]
    return extract(path, FORMATS["xml"])


@pytest.fixture
def text(tmp_path: Path) -> str:
    (tmp_path / "a.docx").write_bytes(zipped(text_parts(paragraph("Abfall") + paragraph("Wärme"))))
    return flat(tmp_path / "a.docx")


def test_a_text_in_one_xml_file_is_read(tmp_path: Path, text: str) -> None:
    extraction = read(tmp_path / "a.xml", text)
    assert lines(extraction) == ["Abfall", "Wärme"]
    assert extraction.skipped == ()


def test_a_presentation_in_one_xml_file_is_read(tmp_path: Path) -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "Abfall"
    deck.save(str(tmp_path / "a.pptx"))
    assert [page.text for page in read(tmp_path / "a.xml", flat(tmp_path / "a.pptx")).pages] == ["Abfall"]


def test_one_that_was_cut_gives_its_beginning(tmp_path: Path, text: str) -> None:
    extraction = read(tmp_path / "a.xml", text[: text.index("Wärme")])
    assert lines(extraction) == ["Abfall"]
    assert extraction.skipped == ("The end of the file is missing.",)


@pytest.mark.parametrize("content", ["<a/>", f'<a x="{PKG}"/>', f'<pkg:package xmlns:pkg="{PKG}"/>'])
def test_other_xml_is_of_no_format_that_is_read(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnsupportedError):
        read(tmp_path / "a.xml", f"<?xml version='1.0'?>{content}")


def test_more_than_a_reader_may_write_is_refused(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("File too large")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(DamagedError, match="larger parts"):
        read(tmp_path / "a.xml", text)


def test_bytes_that_are_no_base64_cost_only_their_part(tmp_path: Path, text: str) -> None:
    odd = '<pkg:part pkg:name="/word/media/a.png"><pkg:binaryData>ä</pkg:binaryData></pkg:part></pkg:package>'
    assert lines(read(tmp_path / "a.xml", text.replace("</pkg:package>", odd))) == ["Abfall", "Wärme"]
