"""In which order shapes are read, what becomes the title of a slide, and where sections are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.extraction import Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS
from tests.ingest.decks import DeckFile, element, frame, group, place, placed_in, shape, slide, text

LAYOUT = "ppt/slideLayouts/slideLayout1.xml"


@pytest.fixture
def deck() -> DeckFile:
    return DeckFile()


def read(deck: DeckFile, folder: Path) -> Extraction:
    return extract(deck.save(folder / "deck.pptx"), FORMATS["pptx"])


def lines(deck: DeckFile, folder: Path) -> list[str]:
    return read(deck, folder).pages[0].text.split("\n")


def inner(left: int, top: int, width: int, height: int) -> str:
    """How a group measures what is in it."""
    return f'<a:chOff x="{left}" y="{top}"/><a:chExt cx="{width}" cy="{height}"/>'


def sized(words: str, size: int, at: str, placeholder: str = "") -> str:
    return shape(f'<a:p><a:r><a:rPr sz="{size}"/><a:t>{words}</a:t></a:r></a:p>', at, placeholder=placeholder)


def test_groups_stand_where_they_are_put_not_where_their_shapes_say(deck: DeckFile, tmp_path: Path) -> None:
    far = inner(9_000_000, 9_000_000, 1000, 1000)
    high = group(shape("Gruppe", place(9_000_000, 9_000_000)), place(0, 0, 1000, 1000, far))
    deck.add_slide(slide(shape("unten", place(0, 5_000_000)) + high + shape("Mitte", place(0, 2_000_000))))
    assert lines(deck, tmp_path) == ["Gruppe", "Mitte", "unten"]


def test_a_group_stays_together(deck: DeckFile, tmp_path: Path) -> None:
    columns = [
        group(
            shape(f"{name} Text", place(left, 2_000_000)) + shape(f"{name} Kopf", place(left, 1_000_000)),
            place(left, 1_000_000, 1_000_000, 2_000_000, inner(left, 1_000_000, 1_000_000, 2_000_000)),
        )
        for name, left in (("rechts", 5_000_000), ("links", 0))
    ]
    deck.add_slide(slide("".join(columns)))
    assert lines(deck, tmp_path) == ["links Kopf", "links Text", "rechts Kopf", "rechts Text"]


def test_rows_in_a_group_are_measured_as_it_is_drawn(deck: DeckFile, tmp_path: Path) -> None:
    large = inner(0, 0, 400, 400)
    shapes = shape("drei", place(0, 200)) + shape("zwei", place(200, 0)) + shape("eins", place(0, 10))
    deck.add_slide(slide(group(shapes, place(0, 0, 4_000_000, 4_000_000, large))))
    assert lines(deck, tmp_path) == ["eins", "zwei", "drei"]


def test_what_is_in_a_group_that_is_turned_over_is_read_as_it_is_seen(deck: DeckFile, tmp_path: Path) -> None:
    whole = inner(0, 0, 4_000_000, 4_000_000)
    turned = place(0, 0, 4_000_000, 4_000_000, whole).replace("<a:xfrm>", '<a:xfrm rot="10800000">')
    shapes = shape("zuletzt", place(0, 0)) + shape("zuerst", place(0, 3_000_000))
    deck.add_slide(slide(group(shapes, turned)))
    assert lines(deck, tmp_path) == ["zuerst", "zuletzt"]


@pytest.mark.parametrize(
    "at", ["", place(0, 0, 0, 0, inner(0, 0, 0, 0))], ids=["no place", "nothing but zeros"]
)
def test_groups_without_a_place_are_read_too(deck: DeckFile, tmp_path: Path, at: str) -> None:
    shapes = group(shape("b", place(0, 3_000_000)) + shape("a", place(0, 2_000_000)), at)
    deck.add_slide(slide(shapes + shape("oben", place(0, 1_000_000)) + shape("unten", place(0, 5_000_000))))
    assert lines(deck, tmp_path) == ["oben", "a", "b", "unten"]


def test_placeholders_stand_where_layout_or_master_say(deck: DeckFile, tmp_path: Path) -> None:
    name = deck.add_slide(
        slide(
            shape("vom Master", placeholder=placed_in("body", 7))
            + shape("von der Vorlage", placeholder=placed_in("body", 2))
            + shape("selbst", place(0, 3_000_000))
        )
    )
    layout = slide(
        shape("", place(0, 1_000_000), placeholder=placed_in("body", 2))
        + shape("", placeholder=placed_in("body", 7)),
        name="p:sldLayout",
    )
    deck.relate(name, LAYOUT, "slideLayout", layout)
    master = slide(shape("", place(0, 5_000_000), placeholder=placed_in("body", 1)), name="p:sldMaster")
    deck.relate(LAYOUT, "ppt/slideMasters/slideMaster1.xml", "slideMaster", master)
    assert lines(deck, tmp_path) == ["von der Vorlage", "selbst", "vom Master"]


def test_without_a_title_the_largest_text_near_the_top_is_one(deck: DeckFile, tmp_path: Path) -> None:
    deck.add_slide(
        slide(
            sized("Konferenz in Krasnodar", 1200, place(0, 0))
            + sized("Kommunale Energie", 4400, place(0, 1_000_000))
            + sized("Danke", 8800, place(0, 6_000_000))
            + sized("42 %", 9600, place(0, 500_000))
        )
    )
    page = read(deck, tmp_path).pages[0]
    assert page.title == "Kommunale Energie"
    assert page.text.split("\n")[0] == "Konferenz in Krasnodar"


def test_the_size_of_a_text_may_come_from_its_layout(deck: DeckFile, tmp_path: Path) -> None:
    name = deck.add_slide(
        slide(
            shape("klein", place(0, 0), placeholder=placed_in("body", 1))
            + shape("groß geschrieben", place(0, 900_000), placeholder=placed_in("body", 2))
        )
    )
    styled = "<a:lstStyle><a:lvl1pPr><a:defRPr sz='{}'/></a:lvl1pPr></a:lstStyle>"
    layout = slide(
        "".join(
            shape("", placeholder=placed_in("body", index)).replace("<a:lstStyle/>", styled.format(size))
            for index, size in ((1, 1000), (2, 5400))
        ),
        name="p:sldLayout",
    )
    deck.relate(name, LAYOUT, "slideLayout", layout)
    assert read(deck, tmp_path).pages[0].title == "groß geschrieben"


def test_an_empty_title_is_none(deck: DeckFile, tmp_path: Path) -> None:
    deck.add_slide(slide(shape("<a:p/>", placeholder=placed_in("title")) + shape("Text", place(0, 0))))
    page = read(deck, tmp_path).pages[0]
    assert (page.title, page.text) == ("Text", "Text")


def test_a_chart_that_is_shown_twice_on_a_slide_is_read_once(deck: DeckFile, tmp_path: Path) -> None:
    title = element("c:chartSpace", f"<c:title>{text('Diagramm')}</c:title>")
    chart = deck.relate("ppt/slides/slide1.xml", "ppt/charts/chart1.xml", "chart", title)
    deck.add_slide(slide(frame(f'<c:chart r:id="{chart}"/>') * 3))
    extraction = read(deck, tmp_path)
    assert extraction.pages[0].text == "Diagramm"
    assert extraction.skipped == ()


def sections(*listed: tuple[str, str]) -> str:
    found = "".join(
        f'<p14:section name="{name}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{identifier}"/>' for identifier in identifiers.split())
        + "</p14:sldIdLst></p14:section>"
        for name, identifiers in listed
    )
    return f'<p:extLst><p:ext uri="s"><p14:sectionLst>{found}</p14:sectionLst></p:ext></p:extLst>'


def test_sections_are_found_on_the_slide_they_begin_with(deck: DeckFile, tmp_path: Path) -> None:
    for title in ("Eins", "Zwei", "Drei"):
        deck.add_slide(slide(shape(title, placeholder=placed_in("title"))))
    deck.presentation = sections(
        ("Раздел по умолчанию", "256"), ("leer", ""), ("Hauptteil", "257"), ("Drei", "258"), ("Ende", "")
    )
    extraction = read(deck, tmp_path)
    assert [page.text.split("\n") for page in extraction.pages] == [
        ["Eins"],
        ["leer", "Hauptteil", "Zwei"],
        ["Ende", "Drei"],
    ]
    assert [page.title for page in extraction.pages] == ["Eins", "Zwei", "Drei"]
    assert extraction.counts["sections"] == 4
