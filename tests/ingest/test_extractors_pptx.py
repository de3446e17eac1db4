from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Cm

from ingest.extraction import DamagedError, EmptyError, EncryptedError, Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS, media_type_of

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMES = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}" xmlns:dgm="{DGM}" xmlns:mc="{MC}"'


def shape(text: str, placeholder: str = "") -> str:
    kind = f'<p:ph type="{placeholder}"/>' if placeholder else ""
    return (
        f'<p:sp {NAMES}><p:nvSpPr><p:cNvPr id="90" name="x"/><p:cNvSpPr/><p:nvPr>{kind}</p:nvPr></p:nvSpPr>'
        f"<p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def add(slide: Slide, markup: str) -> None:
    slide.shapes._spTree.append(etree.fromstring(markup))


def add_part(deck: Deck, slide: Slide, name: str, content_type: str, kind: str, content: str) -> str:
    part = Part(PackURI(name), content_type, deck.part.package, content.encode())
    return slide.part.relate_to(part, kind)


def slide_of(deck: Deck, title: str = "", body: str = "") -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = title
    slide.placeholders[1].text = body
    return slide


@pytest.fixture
def save(tmp_path: Path) -> Callable[[Deck], Path]:
    def save(deck: Deck) -> Path:
        path = tmp_path / "deck.pptx"
        deck.save(str(path))
        return path

    return save


def read(path: Path) -> Extraction:
    return extract(path, media_type_of(path))


def lines(extraction: Extraction, page: int = 1) -> list[str]:
    return extraction.pages[page - 1].text.split("\n")


def rewrite(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write the package anew, each member as `change` gives it back; None leaves it out."""
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            member = change(name, old.read(name))
            if member is not None:
                new.writestr(name, member)
    path.write_bytes(content.getvalue())
    return path


def test_a_word_in_every_place_is_found(save: Callable[[Deck], Path], tmp_path: Path) -> None:
    deck = Presentation()
    deck.core_properties.title = "Wortinallen Titel"
    deck.core_properties.author = "Anna Beispiel; Борис Пример"
    slide = slide_of(deck, "Wort01 Titel", "Wort02\nWort03")
    slide.shapes.add_textbox(Cm(1), Cm(9), Cm(5), Cm(1)).text_frame.text = "Wort04"
    outer = slide.shapes.add_group_shape()
    inner = outer.shapes.add_group_shape()
    inner.shapes.add_textbox(Cm(1), Cm(10), Cm(5), Cm(1)).text_frame.text = "Wort05"
    table = slide.shapes.add_table(2, 2, Cm(1), Cm(11), Cm(8), Cm(2)).table
    for number, cell in enumerate(table.iter_cells(), start=6):
        cell.text = f"Wort{number:02}"
    data = CategoryChartData()
    data.categories = ["Wort10", "Wort11"]
    data.add_series("Wort12", (1, 2))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(1), Cm(13), Cm(8), Cm(4), data)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "Wort13"
    axis = frame.chart.value_axis
    axis.has_title = True
    axis.axis_title.text_frame.text = "Wort14"
    model = add_part(
        deck,
        slide,
        "/ppt/diagrams/data1.xml",
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        f"{R}/diagramData",
        f'<dgm:dataModel {NAMES}><dgm:ptLst><dgm:pt modelId="1"><dgm:t><a:bodyPr/><a:p><a:r><a:t>Wort15</a:t>'
        '</a:r></a:p></dgm:t></dgm:pt><dgm:pt modelId="2" type="pres"/></dgm:ptLst></dgm:dataModel>',
    )
    add(
        slide,
        f'<p:graphicFrame {NAMES}><p:nvGraphicFramePr><p:cNvPr id="91" name="d" descr="Wort16"/>'
        "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
        '<p:xfrm><a:off x="0" y="0"/><a:ext cx="1" cy="1"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{DGM}"><dgm:relIds r:dm="{model}"/></a:graphicData></a:graphic>'
        "</p:graphicFrame>",
    )
    add(
        slide,
        f'<mc:AlternateContent {NAMES}><mc:Choice Requires="a14">{shape("Wort17")}</mc:Choice>'
        f"<mc:Fallback>{shape('Doppelt')}</mc:Fallback></mc:AlternateContent>",
    )
    add(slide, shape("Wort18", "ftr"))
    add(slide, shape("Seite 1", "sldNum"))
    add_part(
        deck,
        slide,
        "/ppt/comments/comment1.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.comments+xml",
        RELATIONSHIP_TYPE.COMMENTS,
        f'<p:cmLst {NAMES}><p:cm authorId="0"><p:text>Wort19</p:text></p:cm></p:cmLst>',
    )
    slide.notes_slide.notes_text_frame.text = "Wort20"
    extraction = read(save(deck))
    page = extraction.pages[0]
    found = set(re.findall(r"Wort\d\d", page.text))
    assert found == {f"Wort{number:02}" for number in range(1, 19)}
    assert re.findall(r"Wort\d\d", page.notes) == ["Wort20", "Wort19"]
    assert "Doppelt" not in page.text
    assert "Seite 1" not in page.text
    assert page.title == "Wort01 Titel"
    assert extraction.creators == ("Anna Beispiel", "Борис Пример")
    counts = {"groups": 2, "tables": 1, "charts": 1, "diagrams": 1, "comments": 1}
    assert extraction.counts == {**counts, "notes": 1}
    assert extraction.skipped == ()


def test_table_rows_keep_their_cells_together(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    table = slide_of(deck).shapes.add_table(2, 2, 0, 0, 99, 99).table
    for cell, text in zip(table.iter_cells(), ("Stadt", "Город", "Krasnodar", "Краснодар"), strict=True):
        cell.text = text
    assert lines(read(save(deck))) == ["Stadt\tГород", "Krasnodar\tКраснодар"]


def test_shapes_are_read_from_the_top_and_the_left(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for text, left, top in (("4", 1, 12), ("3", 10, 5.1), ("1", 1, 1), ("2", 1, 5.2)):
        slide.shapes.add_textbox(Cm(left), Cm(top), Cm(4), Cm(1)).text_frame.text = text
    assert lines(read(save(deck))) == ["1", "2", "3", "4"]


def test_placeholders_stand_where_their_layout_says(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    slide = slide_of(deck, "Titel", "unten")
    slide.shapes.add_textbox(Cm(1), Cm(0.1), Cm(4), Cm(0.5)).text_frame.text = "oben"
    assert lines(read(save(deck))) == ["Titel", "oben", "unten"]


def test_hidden_slides_are_marked(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    slide_of(deck, "sichtbar")
    slide_of(deck, "verborgen")._element.set("show", "0")
    extraction = read(save(deck))
    assert [page.hidden for page in extraction.pages] == [False, True]
    assert extraction.counts["hidden slides"] == 1


def test_a_footer_is_read_once(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    for number in range(3):
        add(slide_of(deck, f"Folie {number}"), shape("Städtepartnerkonferenz", "ftr"))
    texts = " ".join(page.text for page in read(save(deck)).pages)
    assert texts.count("Städtepartnerkonferenz") == 1


def test_a_stale_title_gives_way_to_the_first_slide(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    deck.core_properties.title = "Vortrag vom letzten Jahr"
    slide_of(deck, "Kommunale Energie", "Ein Bericht")
    assert read(save(deck)).title == "Kommunale Energie"


def test_a_program_s_title_is_no_title(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    deck.core_properties.title = "PowerPoint-Präsentation"
    deck.core_properties.author = "Microsoft Office User"
    deck.slides.add_slide(deck.slide_layouts[6])
    extraction = read(save(deck))
    assert (extraction.title, extraction.creators) == ("", ())


def test_a_deck_without_text_says_so(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    assert read(save(deck)).skipped == ("There is no text on any page.",)


def test_a_deck_with_notes_alone_says_so(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.notes_slide.notes_text_frame.text = "leise"
    extraction = read(save(deck))
    assert extraction.pages[0].notes == "leise"
    assert extraction.skipped == ("There is text in the notes only.",)


def test_a_deck_without_slides_is_empty(save: Callable[[Deck], Path]) -> None:
    with pytest.raises(EmptyError, match="no slides"):
        read(save(Presentation()))


@pytest.mark.parametrize("extension", ["ppsx", "potx", "pptm", "ppsm", "potm"])
def test_kin_of_pptx_are_read(save: Callable[[Deck], Path], extension: str) -> None:
    deck = Presentation()
    slide_of(deck, "Titel")
    main = FORMATS[extension].removesuffix(".12") + ".main+xml"
    path = rewrite(
        save(deck),
        lambda name, content: content.replace((FORMATS["pptx"] + ".main+xml").encode(), main.encode()),
    )
    assert media_type_of(path) == FORMATS[extension]
    assert lines(read(path)) == ["Titel"]


def test_strict_names_are_read(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    slide_of(deck, "Titel", "Text")
    strict = re.compile(
        rb"http://schemas\.openxmlformats\.org/(officeDocument|presentationml|drawingml)/2006/"
    )
    path = rewrite(save(deck), lambda name, content: strict.sub(rb"http://purl.oclc.org/ooxml/\1/", content))
    assert lines(read(path)) == ["Titel", "Text"]


def test_a_relationship_that_leads_nowhere_does_no_harm(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    slide_of(deck, "Titel")
    nowhere = f'<Relationship Id="rId99" Type="{R}/image" Target="NULL"/></Relationships>'.encode()
    path = rewrite(
        save(deck),
        lambda name, content: (
            content.replace(b"</Relationships>", nowhere) if name.endswith("slide1.xml.rels") else content
        ),
    )
    assert lines(read(path)) == ["Titel"]


def test_one_damaged_slide_costs_only_what_is_broken(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    for number in range(3):
        slide_of(deck, f"Folie {number}", "Text")
    path = rewrite(
        save(deck),
        lambda name, content: content[: len(content) // 2] if name.endswith("slides/slide2.xml") else content,
    )
    extraction = read(path)
    assert [extraction.pages[0].title, extraction.pages[-1].title] == ["Folie 0", "Folie 2"]


def test_a_missing_slide_is_named(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    for number in range(2):
        slide_of(deck, f"Folie {number}")
    path = rewrite(save(deck), lambda name, content: None if name.endswith("slides/slide1.xml") else content)
    extraction = read(path)
    assert [page.title for page in extraction.pages] == ["", "Folie 1"]
    assert extraction.skipped == ("Slide 1 is damaged.",)


def test_a_package_that_unpacks_to_too_much_is_refused(
    save: Callable[[Deck], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    deck = Presentation()
    slide_of(deck, "x" * 1000)
    path = save(deck)
    monkeypatch.setattr("ingest.extractors.parts.MAX_TOTAL_BYTES", 1000)
    with pytest.raises(DamagedError, match="unpacks to more"):
        read(path)


def test_entities_are_not_expanded(save: Callable[[Deck], Path]) -> None:
    deck = Presentation()
    slide_of(deck, "PLATZ")
    entities = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b SYSTEM "file:///etc/hostname">]><p:sld '

    def plant(name: str, content: bytes) -> bytes:
        if not name.endswith("slides/slide1.xml"):
            return content
        return content.replace(b"<p:sld ", entities).replace(b"PLATZ", b"x&a;&b;x")

    page = read(rewrite(save(deck), plant)).pages[0]
    assert page.text == "x"


def test_no_package_at_all_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(DamagedError):
        read(path)
    path.write_bytes(b"")
    with pytest.raises(EmptyError):
        read(path)


def test_an_encrypted_deck_asks_for_one_without_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    monkeypatch.setattr("ingest.compoundfile.stream_names", lambda path: frozenset(("EncryptedPackage",)))
    with pytest.raises(EncryptedError, match="password"):
        extract(path, FORMATS["pptx"])
