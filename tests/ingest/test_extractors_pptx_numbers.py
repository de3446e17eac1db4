"""Numbers that PowerPoint sets before paragraphs of a slide."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Cm

from ingest.extractors import extract
from ingest.mediatypes import FORMATS
from tests.ingest.decks import DeckFile, named, placed_in, shape, slide

A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def paragraph(text: str, scheme: str = "", level: int = 0, more: str = "") -> str:
    sign = f'<a:buAutoNum type="{scheme}" {more}/>' if scheme else more
    return f'<a:p><a:pPr lvl="{level}">{sign}</a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>'


def lines(folder: Path, *paragraphs: str, styles: str = "") -> list[str]:
    deck = Presentation()
    box = deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_textbox(Cm(1), Cm(1), Cm(9), Cm(9))
    body = etree.fromstring(
        f'<p:txBody xmlns:a="{A}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
        f"<a:bodyPr/><a:lstStyle>{styles}</a:lstStyle>{''.join(paragraphs)}</p:txBody>"
    )
    box._element.replace(box._element.txBody, body)
    deck.save(str(folder / "a.pptx"))
    return extract(folder / "a.pptx", FORMATS["pptx"]).pages[0].text.split("\n")


def test_paragraphs_are_counted_level_by_level(tmp_path: Path) -> None:
    period, letter = "arabicPeriod", "alphaLcParenR"
    found = lines(
        tmp_path,
        paragraph("a", period),
        paragraph("b", letter, 1),
        paragraph("c", letter, 1),
        paragraph("", period),
        paragraph("d", period),
        paragraph("e", letter, 1),
        paragraph("f"),
        paragraph("g", period),
    )
    assert found == ["1. a", "a) b", "b) c", "2. d", "a) e", "f", "1. g"]


@pytest.mark.parametrize(
    ("scheme", "more", "written"),
    [
        ("romanUcParenBoth", 'startAt="4"', ["(IV)", "(V)"]),
        ("arabicPlain", 'startAt="0"', ["0", "1"]),
        ("alphaUcPeriod", "", ["A.", "B."]),
        ("circleNumDbPlain", 'startAt="x"', ["1", "2"]),
    ],
)
def test_schemes_are_written_as_they_are_shown(
    tmp_path: Path, scheme: str, more: str, written: list[str]
) -> None:
    found = lines(tmp_path, *[paragraph("x", scheme, more=more)] * 2)
    assert found == [f"{number} x" for number in written]


def test_a_body_numbers_the_paragraphs_that_say_nothing_else(tmp_path: Path) -> None:
    styles = '<a:lvl1pPr><a:buAutoNum type="arabicParenR"/></a:lvl1pPr>'
    found = lines(tmp_path, paragraph("a"), paragraph("b", more="<a:buNone/>"), paragraph("c"), styles=styles)
    assert found == ["1) a", "b", "1) c"]


def test_what_stands_beside_the_number_of_a_slide_is_read_once(tmp_path: Path) -> None:
    def numbered(text: str) -> str:
        field = f'<a:p><a:r><a:t>{text}</a:t></a:r><a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p>'
        return slide(shape(field, placeholder=placed_in("sldNum")))

    deck = DeckFile()
    for text in ("Stadtwerke Krasnodar | Folie ", "Stadtwerke Krasnodar | Folie ", "Seite "):
        deck.add_slide(numbered(text))
    extraction = extract(deck.save(tmp_path / "a.pptx"), FORMATS["pptx"])
    assert [page.text for page in extraction.pages] == ["Stadtwerke Krasnodar | Folie", "", ""]


@pytest.mark.parametrize("place", ["layout", "master", "titles of the master"])
def test_layout_and_master_number_what_a_slide_leaves_open(tmp_path: Path, place: str) -> None:
    numbered = '<a:lvl1pPr><a:buAutoNum type="arabicPeriod"/></a:lvl1pPr>'
    about = named("Sp", placeholder=placed_in("body", 1))
    body = f"<p:sp>{about}<p:spPr/><p:txBody><a:bodyPr/>%s</p:txBody></p:sp>"
    style = f"<a:lstStyle>{numbered}</a:lstStyle>"
    kind = "title" if "titles" in place else "body"
    styles = (
        f"<p:txStyles><p:{kind}Style>{numbered}</p:{kind}Style></p:txStyles>" if "master" in place else ""
    )
    deck = DeckFile()
    said = shape(
        paragraph("Energie") + paragraph("Abfall", more="<a:buNone/>") + paragraph("Wasser"),
        placeholder=placed_in("body", 1),
    )
    name = deck.add_slide(slide(said + shape("ohne Platz")))
    layout = slide(body % (style if place == "layout" else ""), name="p:sldLayout")
    deck.relate(name, "ppt/slideLayouts/slideLayout1.xml", "slideLayout", layout)
    master = slide("", after=styles if "master" in place else "", name="p:sldMaster")
    deck.relate(
        "ppt/slideLayouts/slideLayout1.xml", "ppt/slideMasters/slideMaster1.xml", "slideMaster", master
    )
    (page,) = extract(deck.save(tmp_path / "a.pptx"), FORMATS["pptx"]).pages
    numbers = ("", "", "") if kind == "title" else ("1. ", "", "1. ")
    assert page.text.split("\n") == [
        *(f"{number}{word}" for number, word in zip(numbers, ("Energie", "Abfall", "Wasser"), strict=True)),
        "ohne Platz",
    ]
