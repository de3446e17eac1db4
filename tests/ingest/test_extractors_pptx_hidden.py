"""What a slide holds and does not show: no word of it is on a page that the public may read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation
from pptx.slide import Slide
from pptx.util import Cm

from archive.model import Sensitive
from ingest.extraction import Extraction, PageText
from ingest.extractors import extract
from ingest.mediatypes import FORMATS

NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Extraction]:
    def read(*slides: Callable[[Slide], None]) -> Extraction:
        deck = Presentation()
        for fill in slides:
            fill(deck.slides.add_slide(deck.slide_layouts[5]))
        deck.save(tmp_path / "deck.pptx")
        return extract(tmp_path / "deck.pptx", FORMATS["pptx"])

    return read


def footer(slide: Slide, text: str) -> None:
    slide.shapes._spTree.append(
        etree.fromstring(
            f'<p:sp {NAMES}><p:nvSpPr><p:cNvPr id="90" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="ftr"/>'
            f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
        )
    )


def test_hidden_shapes_and_groups_stand_on_a_hidden_page(read: Callable[..., Extraction]) -> None:
    def fill(slide: Slide) -> None:
        slide.shapes.title.text = "Fernwärme"
        box = slide.shapes.add_textbox(Cm(1), Cm(5), Cm(5), Cm(1))
        box.text_frame.text = "Preise von 2016"
        box._element.nvSpPr.cNvPr.set("hidden", "1")
        group = slide.shapes.add_group_shape()
        inner = group.shapes.add_textbox(Cm(1), Cm(8), Cm(5), Cm(1))
        inner.text_frame.text = "Angebot von 2015"
        group._element.nvGrpSpPr.cNvPr.set("hidden", "1")
        inner._element.nvSpPr.cNvPr.set("hidden", "true")

    def plain(slide: Slide) -> None:
        slide.shapes.title.text = "Dank"

    found = read(fill, plain)
    assert [page.text for page in found.pages[:2]] == ["Fernwärme", "Dank"]
    assert found.pages[2] == PageText(3, "Preise von 2016\nAngebot von 2015", "Fernwärme", hidden=True)
    assert not any(page.notes for page in found.pages)
    assert found.counts["hidden text"] == 1
    assert found.sensitive == (Sensitive.HIDDEN,)


def test_what_stands_beside_the_slide_is_hidden_but_for_titles_and_what_moves(
    read: Callable[..., Extraction],
) -> None:
    def fill(slide: Slide) -> None:
        slide.shapes.title.text = "Fernwärme"
        slide.shapes.title.top = Cm(-6)
        for left, top, text in (
            *((-7, 2, "links"), (26, 2, "rechts"), (2, -3, "oben"), (2, 20, "unten")),
            *((-4, 5, "ragt hinein"), (24, 6, "ragt hinaus"), (-5.5, 8, "gedreht"), (-8, 9, "bewegt")),
        ):
            box = slide.shapes.add_textbox(Cm(left), Cm(top), Cm(5), Cm(1))
            box.text_frame.text = text
            box.rotation = 45 if text == "gedreht" else 0
        slide._element.append(
            etree.fromstring(
                f"<p:timing {NAMES}><p:tnLst><p:animMotion><p:cBhvr><p:tgtEl>"
                f'<p:spTgt spid="{box.shape_id}"/></p:tgtEl></p:cBhvr></p:animMotion></p:tnLst></p:timing>'
            )
        )

    found = read(fill)
    assert found.pages[0].text.split("\n") == ["Fernwärme", "ragt hinein", "ragt hinaus", "bewegt"]
    assert found.pages[1] == PageText(2, "links\nrechts\noben\nunten\ngedreht", "Fernwärme", hidden=True)
    assert (found.counts["hidden text"], found.sensitive) == (1, (Sensitive.HIDDEN,))


def test_a_hidden_title_is_no_title(read: Callable[..., Extraction]) -> None:
    def fill(slide: Slide) -> None:
        slide.shapes.title.text = "Interner Arbeitstitel"
        slide.shapes.title._element.nvSpPr.cNvPr.set("hidden", "1")
        slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(1)).text_frame.text = "Fernwärme in Krasnodar"

    found = read(fill)
    assert found.title == found.pages[0].title == "Fernwärme in Krasnodar"
    assert (found.pages[1].text, found.pages[1].hidden) == ("Interner Arbeitstitel", True)


def test_a_hidden_slide_takes_no_footer_and_gives_no_title(read: Callable[..., Extraction]) -> None:
    def hide(slide: Slide) -> None:
        slide.shapes.title.text = "Nur für uns"
        slide._element.set("show", "0")
        footer(slide, "Krasnodar 2017")

    def show(slide: Slide) -> None:
        slide.shapes.title.text = "Fernwärme"
        footer(slide, "Krasnodar 2017")

    found = read(hide, show, show)
    assert [page.text.split("\n") for page in found.pages] == [
        ["Nur für uns", "Krasnodar 2017"],
        ["Fernwärme", "Krasnodar 2017"],
        ["Fernwärme"],
    ]
    assert found.title == "Fernwärme"
