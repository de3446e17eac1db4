from __future__ import annotations

from pathlib import Path

import pytest

from archive.model import Sensitive
from ingest.extraction import Extraction, PageText
from tests.ingest.opendocument import (
    NAMES,
    comment,
    document,
    master_page,
    paragraph,
    read,
    row,
    text_frame,
    words,
    write,
)

ANIMATION = (
    'xmlns:anim="urn:oasis:names:tc:opendocument:xmlns:animation:1.0" '
    'xmlns:smil="urn:oasis:names:tc:opendocument:xmlns:smil-compatible:1.0"'
)
CHART_OBJECT = '<draw:object xlink:href="./Object 1"><loext:p/></draw:object>'
"""As LibreOffice writes it since 7.4."""


def deck_of(tmp_path: Path, body: str, styles: str = "", **parts: str) -> Extraction:
    content = document(f"<office:presentation>{body}</office:presentation>", styles)
    return read(write(tmp_path, "odp", content=content, **parts))


def page_of(tmp_path: Path, shapes: str, styles: str = "", name: str = "page1") -> PageText:
    return deck_of(tmp_path, f'<draw:page draw:name="{name}">{shapes}</draw:page>', styles).pages[0]


LAYOUT = (
    f"<office:document-styles {NAMES}><office:automatic-styles><style:page-layout style:name='P'>"
    "<style:page-layout-properties fo:page-width='25.4cm' fo:page-height='19.05cm'/></style:page-layout>"
    "</office:automatic-styles><office:master-styles><style:master-page style:name='M' "
    "style:page-layout-name='P'/></office:master-styles></office:document-styles>"
)


def test_what_stands_beside_the_slide_is_hidden_but_for_titles_and_what_moves(tmp_path: Path) -> None:
    def box(text: str, left: float, top: float, more: str = "") -> str:
        attributes = f'svg:x="{left}cm" svg:width="5cm" svg:height="1cm" {more}'
        return text_frame(text, top, attributes)

    shapes = "".join(
        (
            box("Titel", 2, -3, 'presentation:class="title"'),
            *(box("links", -6, 2), box("rechts", 25.4, 3), box("oben", 2, -1), box("unten", 2, 19.1)),
            *(box("ragt hinein", -4, 5), box("ragt hinaus", 24, 6), box("bewegt", -7, 7, 'draw:id="a"')),
            f"<draw:g>{box('Gruppe links', -9, 8)}</draw:g>",
            f"<draw:g>{box('Gruppe', -9, 9)}{box('halb', 3, 9)}</draw:g>",
            f"<anim:par {ANIMATION}><anim:animateMotion smil:targetElement='a'/></anim:par>",
        )
    )
    slide = f'<draw:page draw:master-page-name="M">{shapes}</draw:page>'
    content = document(f"<office:presentation>{slide}</office:presentation>")
    found = read(write(tmp_path, "odp", content=content, styles=LAYOUT))
    assert found.pages[0].text.split("\n") == [
        *("Titel", "ragt hinein", "ragt hinaus", "bewegt", "Gruppe", "halb")
    ]
    assert found.pages[1].text.split("\n") == ["oben", "links", "rechts", "Gruppe links", "unten"]
    assert found.pages[1].hidden
    assert found.sensitive == (Sensitive.HIDDEN,)


def test_headers_of_notes_are_no_notes_and_stand_once(tmp_path: Path) -> None:
    header = text_frame("Tagung 2017", attributes='presentation:class="header"')
    notes = "".join(
        f"<draw:page>{text_frame('Folie')}<presentation:notes>{header}{spoken}</presentation:notes></draw:page>"
        for spoken in ("", text_frame("gesagt"), "")
    )
    found = read(
        write(tmp_path, "odp", content=document(f"<office:presentation>{notes}</office:presentation>"))
    )
    assert [page.notes for page in found.pages] == ["Tagung 2017", "gesagt", ""]
    assert found.counts["notes"] == 1


def test_a_word_in_every_place_of_a_presentation_is_found(tmp_path: Path) -> None:
    table = f"<table:table>{row(paragraph('Wort05'), paragraph('Wort06'))}</table:table>"
    numbered = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/></text:list-style>'
    )
    items = (
        f'<text:list text:style-name="L"><text:list-item>{paragraph("Wort12")}</text:list-item></text:list>'
    )
    outline = (
        f"<text:list><text:list-item><text:list><text:list-item>{paragraph('Wort04')}</text:list-item>"
        "</text:list></text:list-item></text:list>"
    )
    slide = "".join(
        (
            comment("Wort31"),
            f"<presentation:notes><draw:page-thumbnail/>{text_frame('Wort30')}</presentation:notes>",
            text_frame("Wort01 Titel", 5, 'presentation:class="title"'),
            text_frame("Wort02", 1),
            f"<draw:g><draw:g>{text_frame('Wort03', 2)}</draw:g></draw:g>",
            (
                f'<draw:frame svg:y="3cm" presentation:class="outline"><draw:text-box>{outline}'
                "</draw:text-box></draw:frame>"
            ),
            f'<draw:frame svg:y="6cm">{table}<draw:image/></draw:frame>',
            f'<draw:custom-shape svg:y="7cm">{paragraph("Wort07")}</draw:custom-shape>',
            f'<draw:connector svg:y1="8cm">{paragraph("Wort08")}</draw:connector>',
            (
                '<draw:frame svg:y="9cm"><draw:image/><svg:title>Wort09</svg:title><svg:desc>Wort10'
                "</svg:desc></draw:frame>"
            ),
            (
                f'<draw:rect draw:transform="rotate (0.3) translate (1cm 10cm)">{paragraph("Wort11")}'
                "</draw:rect>"
            ),
            f'<draw:frame svg:y="11cm"><draw:text-box>{items}</draw:text-box></draw:frame>',
            f'<draw:frame svg:y="12cm">{CHART_OBJECT}<draw:image/></draw:frame>',
            '<draw:frame svg:y="13cm"><draw:object-ole xlink:href="./Object 9"/></draw:frame>',
        )
    )

    def cells(*texts: tuple[str, str]) -> str:
        return "".join(
            f'<table:table-cell office:value-type="{kind}">{paragraph(text)}</table:table-cell>'
            for kind, text in texts
        )

    chart = (
        f"<chart:chart><chart:title>{paragraph('Wort13')}</chart:title><chart:plot-area><chart:axis>"
        "<chart:title>"
        f"{paragraph('Wort14')}</chart:title></chart:axis></chart:plot-area><table:table>"
        f"<table:table-header-rows><table:table-row>{cells(('string', ''), ('string', 'Wort15'))}"
        "</table:table-row>"
        "</table:table-header-rows><table:table-rows>"
        f"<table:table-row>{cells(('string', 'Wort16'), ('float', '3,5'))}"
        f"</table:table-row><table:table-row>{cells(('float', '2017'), ('float', '4,5'))}"
        "</table:table-row></table:table-rows>"
        "</table:table></chart:chart>"
    )
    declared = "".join(
        f'<presentation:{kind}-decl presentation:name="x">{text}</presentation:{kind}-decl>'
        for kind, text in (("footer", "Wort17"), ("header", "Wort18"), ("date-time", "Wort19"))
    )
    uses = " ".join(f'presentation:use-{kind}-name="x"' for kind in ("footer", "header", "date-time"))
    extraction = deck_of(
        tmp_path,
        f"{declared}<draw:page {uses}>{slide}</draw:page><draw:page {uses}>{text_frame('Zweite')}"
        "</draw:page>",
        numbered,
        Object_1__content=document(f"<office:chart>{chart}</office:chart>"),
    )
    first, second = extraction.pages
    assert sorted(words(first.text)) == [f"Wort{number:02}" for number in range(1, 20)]
    assert words(first.text)[:16] == [f"Wort{number:02}" for number in range(1, 17)]
    assert words(first.notes) == ["Wort31", "Wort30"]
    assert "Anna: Wort31" in first.notes
    assert "Wort05\tWort06" in first.text
    assert "1. Wort12" in first.text
    assert "2017" in first.text
    assert "3,5" not in first.text
    assert second.text == "Zweite"
    assert (first.title, extraction.title) == ("Wort01 Titel", "Wort01 Titel")
    assert extraction.skipped == ("Embedded files that were not read: 1.",)
    assert extraction.counts == {
        "groups": 2,
        "tables": 1,
        "pictures": 1,
        "charts": 1,
        "comments": 1,
        "notes": 1,
        "embedded files": 1,
    }


def test_shapes_are_read_from_the_top_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    shapes = (
        text_frame("unten", 9)
        + f"<draw:g>{text_frame('Gruppe unten', 6)}{text_frame('Gruppe oben', 4)}</draw:g>"
        + text_frame("rechts", 1, 'svg:x="9cm"')
        + text_frame("links", 1.2, 'svg:x="1cm"')
    )
    assert page_of(tmp_path, shapes).text.split("\n") == [
        "links",
        "rechts",
        "Gruppe oben",
        "Gruppe unten",
        "unten",
    ]


def test_the_title_is_the_largest_text_where_none_is_declared(tmp_path: Path) -> None:
    styles = "".join(
        f'<style:style style:name="P{size}"><style:text-properties fo:font-size="{size}pt"/></style:style>'
        for size in (12, 40)
    )
    shapes = "".join(
        f'<draw:frame svg:y="{top}cm"><draw:text-box>{paragraph(text, style)}</draw:text-box></draw:frame>'
        for top, text, style in (
            (1, "Stadt Essen", "P12"),
            (3, "Wärme aus Abwasser", "P40"),
            (5, "Anna", "P12"),
        )
    )
    assert page_of(tmp_path, shapes, styles).title == "Wärme aus Abwasser"
    assert page_of(tmp_path, shapes).title == "Stadt Essen"


@pytest.mark.parametrize(
    ("name", "title"), [("Einleitung", "Einleitung"), ("page1", ""), ("Folie 3", ""), ("Слайд 2", "")]
)
def test_the_name_of_a_page_is_its_title_where_a_person_gave_it(
    tmp_path: Path, name: str, title: str
) -> None:
    page = page_of(tmp_path, "<draw:frame><draw:image/></draw:frame>", name=name)
    assert (page.title, page.text) == (title, "")


def test_hidden_slides_are_marked(tmp_path: Path) -> None:
    properties = '<style:drawing-page-properties presentation:visibility="hidden"/>'
    styles = f'<style:style style:name="h">{properties}</style:style>'
    pages = (
        f'<draw:page>{text_frame("a")}</draw:page><draw:page draw:style-name="h">{text_frame("b")}'
        "</draw:page>"
    )
    extraction = deck_of(tmp_path, pages, styles)
    assert [page.hidden for page in extraction.pages] == [False, True]
    assert extraction.counts["hidden slides"] == 1


def test_a_footer_of_a_hidden_slide_is_said_on_the_first_that_is_shown(tmp_path: Path) -> None:
    properties = '<style:drawing-page-properties presentation:visibility="hidden"/>'
    styles = f'<style:style style:name="h">{properties}</style:style>'
    footer = '<presentation:footer-decl presentation:name="f">Fuß</presentation:footer-decl>'
    pages = "".join(
        f'<draw:page draw:style-name="{style}" presentation:use-footer-name="f">{text_frame(text)}'
        "</draw:page>"
        for style, text in (("h", "a"), ("", "b"), ("", "c"))
    )
    found = deck_of(tmp_path, footer + pages, styles).pages
    assert [page.text for page in found] == ["a\nFuß", "b\nFuß", "c"]


def test_text_that_is_hidden_on_a_slide_stands_on_a_hidden_page(tmp_path: Path) -> None:
    styles = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    frame = text_frame('offen<text:span text:style-name="H">geheim</text:span>')
    shown, unseen = deck_of(tmp_path, f"<draw:page>{frame}</draw:page>", styles).pages
    assert (shown.text, shown.notes, shown.hidden) == ("offen", "", False)
    assert (unseen.text, unseen.notes, unseen.hidden) == ("geheim", "", True)


def test_groups_in_groups_without_end_are_read_as_far_as_markup_goes(tmp_path: Path) -> None:
    inner = text_frame("tief", 3)
    for _ in range(200):
        inner = f"<draw:g>{inner}</draw:g>"
    assert page_of(tmp_path, inner).text == "tief"
    for _ in range(20_000):
        inner = f"<draw:g>{inner}</draw:g>"
    extraction = deck_of(tmp_path, f"<draw:page>{text_frame('davor')}{inner}</draw:page>")
    assert extraction.pages[0].text.startswith("davor")
    assert extraction.skipped == ("content.xml is damaged; what could be read was read.",)


def test_pages_of_drawings_are_pages(tmp_path: Path) -> None:
    pages = f"<draw:page>{text_frame('a')}</draw:page><draw:page>{text_frame('b')}</draw:page>"
    path = write(tmp_path, "odg", content=document(f"<office:drawing>{pages}</office:drawing>"))
    assert [page.text for page in read(path).pages] == ["a", "b"]


def test_what_stands_on_a_master_page_is_no_text_of_a_slide(tmp_path: Path) -> None:
    master = master_page(text_frame("Muster") + f"<style:header>{paragraph('Kopf')}</style:header>")
    slide = f"<draw:page>{text_frame('Folie')}</draw:page>"
    content = document(f"<office:presentation>{slide}</office:presentation>")
    extraction = read(write(tmp_path, "odp", content=content, styles=master))
    assert [page.text for page in extraction.pages] == ["Folie"]


@pytest.mark.parametrize("display", ["none", "printer"])
def test_shapes_that_no_screen_shows_stand_on_a_hidden_page(tmp_path: Path, display: str) -> None:
    shown = text_frame("Fernwärme")
    hidden = text_frame("Preise von 2016", attributes=f'draw:display="{display}"')
    deck = deck_of(tmp_path, f'<draw:page draw:name="page1">{shown}<draw:g>{hidden}</draw:g></draw:page>')
    assert deck.pages[0].text == "Fernwärme"
    assert deck.pages[1] == PageText(2, "Preise von 2016", "Fernwärme", hidden=True)
    assert deck.counts["hidden text"] == 1
