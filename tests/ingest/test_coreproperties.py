"""What Office packages say about themselves is read, and its damage told, alike in all three formats."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from docx import Document
from openpyxl import Workbook
from pptx import Presentation

from ingest.extraction import Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS

PLACE = "docProps/core.xml"


def text(stream: IO[bytes]) -> None:
    document = Document()
    document.add_paragraph("Abfall")
    document.core_properties.title, document.core_properties.author = "Bericht über Abfall", "Anna Beispiel"
    document.save(stream)


def deck(stream: IO[bytes]) -> None:
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[6])
    slides.core_properties.title, slides.core_properties.author = "Bericht über Abfall", "Anna Beispiel"
    slides.save(stream)


def workbook(stream: IO[bytes]) -> None:
    book = Workbook()
    book.active["A1"] = 5
    book.properties.title, book.properties.creator = "Bericht über Abfall", "Anna Beispiel"
    book.save(stream)


@pytest.fixture(params=[(text, "docx"), (deck, "pptx"), (workbook, "xlsx")], ids=lambda param: param[1])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Extraction]:
    make, extension = request.param

    def read(damage: Callable[[bytes], bytes | None]) -> Extraction:
        made = io.BytesIO()
        make(made)
        path = tmp_path / f"a.{extension}"
        with zipfile.ZipFile(made) as package, zipfile.ZipFile(path, "w") as target:
            for info in package.infolist():
                content = package.read(info)
                changed = damage(content) if info.filename == PLACE else content
                if changed is not None:
                    target.writestr(info.filename, changed)
        return extract(path, FORMATS[extension])

    return read


def told(extraction: Extraction) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    said = tuple(each for each in extraction.skipped if each != "There is no text on any page.")
    return extraction.title, extraction.creators, said


def test_title_and_creators_are_read(read: Callable[..., Extraction]) -> None:
    assert told(read(lambda content: content)) == ("Bericht über Abfall", ("Anna Beispiel",), ())


def test_of_damaged_properties_what_is_there_is_read_and_told(read: Callable[..., Extraction]) -> None:
    damaged = read(lambda content: content.replace(b"</cp:coreProperties>", b"<cp:"))
    said = (f"{PLACE} is damaged; what could be read was read.",)
    assert told(damaged) == ("Bericht über Abfall", ("Anna Beispiel",), said)


def test_properties_of_which_nothing_is_left_are_told(read: Callable[..., Extraction]) -> None:
    title, creators, said = told(read(lambda content: b"\0\0"))
    assert (creators, said) == ((), (f"{PLACE} is damaged.",))
    assert "Bericht" not in title


def test_a_package_without_properties_is_whole(read: Callable[..., Extraction]) -> None:
    assert told(read(lambda content: None))[1:] == ((), ())


def test_a_part_that_says_nothing_of_the_kind_is_told(read: Callable[..., Extraction]) -> None:
    title, creators, said = told(read(lambda content: b"<title>Bericht</title>"))
    assert (creators, said) == ((), (f"{PLACE} is damaged.",))
    assert "Bericht" not in title
