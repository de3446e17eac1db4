from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest.extraction import DamagedError, Extraction
from ingest.mediatypes import FORMATS
from tests.ingest.opendocument import (
    NAMES,
    XLINK,
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

HIDDEN = (
    '<style:style style:name="H" style:family="paragraph"><style:text-properties text:display="none"/>'
    '</style:style><style:style style:name="HT"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="HC" style:parent-style-name="H"/>'
)


def text_of(tmp_path: Path, body: str, styles: str = "", **parts: str) -> Extraction:
    return read(
        write(tmp_path, "odt", content=document(f"<office:text>{body}</office:text>", styles), **parts)
    )


def lines(extraction: Extraction) -> list[str]:
    return extraction.pages[0].text.split("\n")


def test_a_word_in_every_place_of_a_text_is_found(tmp_path: Path) -> None:
    deleted = f"<text:deletion>{paragraph('Gestrichen')}</text:deletion>"
    note = (
        "<text:note text:note-class='{}'><text:note-citation>1</text:note-citation><text:note-body>{}"
        "</text:note-body></text:note>"
    )
    formula = (
        "<math:math xmlns:math='http://www.w3.org/1998/Math/MathML'><math:semantics><math:mrow>"
        "<math:mi>Wort17</math:mi><math:mo>=</math:mo>"
        "<math:mn>2</math:mn>"
        "<math:mtext>x</math:mtext></math:mrow><math:annotation>Wort17 = 2</math:annotation>"
        "</math:semantics></math:math>"
    )
    chart = document(
        f"<office:chart><chart:chart><chart:title>{paragraph('Wort18')}</chart:title></chart:chart>"
        "</office:chart>"
    )
    inner = document(f"<office:text>{paragraph('Wort19')}</office:text>")
    objects = "".join(
        f'<draw:frame><draw:object xlink:href="./Object {number}"/><draw:image/></draw:frame>'
        for number in (1, 2, 3)
    )
    nested = f"<table:table>{row(paragraph('Wort23'))}</table:table>"
    forms = (
        '<office:forms><form:form><form:checkbox form:id="c" form:label="Wort20"/></form:form></office:forms>'
    )
    body = (
        f"{forms}<text:tracked-changes><text:changed-region>{deleted}</text:changed-region>"
        "</text:tracked-changes>"
        '<text:h text:outline-level="1">Wort02</text:h>'
        '<text:p>Wort<text:span>03</text:span><text:s text:c="2"/>x<text:tab/>y<text:line-break/>z</text:p>'
        f"<text:section>{paragraph('Wort04')}</text:section>"
        f"<text:p><text:change-start/>Wort05<text:change-end/></text:p>"
        f"<text:p>Wort06{note.format('footnote', paragraph('Wort08'))}"
        f"{note.format('endnote', paragraph('Wort09'))}"
        f"<text:a>Wort07</text:a>{comment('Wort30')}</text:p>"
        f"<text:p>{text_frame('Wort10')}</text:p>"
        "<text:p><draw:frame><draw:image/><svg:title>Wort11</svg:title><svg:desc>Wort12</svg:desc>"
        "</draw:frame>"
        f"<draw:g><draw:custom-shape>{paragraph('Wort13')}</draw:custom-shape></draw:g></text:p>"
        "<text:p><text:date>Wort14</text:date> <text:bookmark-start/>Wort15<text:bookmark-end/> "
        "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>Wort16</text:ruby-text>"
        "</text:ruby></text:p>"
        f"<text:p>{objects}</text:p>"
        '<text:p><draw:control draw:control="c"/></text:p>'
        f"<table:table><table:title>Wort21</table:title><table:table-header-rows>{row(paragraph('Wort22'))}"
        f"</table:table-header-rows>{row(nested)}</table:table>"
        f"<text:table-of-content><text:table-of-content-source><text:index-title-template>Vorlage"
        f"</text:index-title-template></text:table-of-content-source><text:index-body>{paragraph('Wort24')}"
        "</text:index-body></text:table-of-content>"
    )
    styles = master_page(
        f"<style:header>{paragraph('Wort01')}</style:header><style:header-left>{paragraph('Wort01')}"
        "</style:header-left>"
        f"<style:footer>{paragraph('Wort25 <text:page-number>7</text:page-number>')}</style:footer>"
    )
    parts = {
        "content": document(f"<office:text>{body}</office:text>"),
        "styles": styles,
        "Object_1__content": formula,
        "Object_2__content": chart,
        "Object_3__content": inner,
    }
    extraction = read(write(tmp_path, "odt", **parts))
    page = extraction.pages[0]
    assert sorted(words(page.text)) == [f"Wort{number:02}" for number in range(1, 26)]
    assert words(page.text)[:5] == ["Wort01", "Wort02", "Wort03", "Wort04", "Wort05"]
    assert page.notes == "Anna: Wort30"
    assert "Wort03 x\ty\nz" in page.text
    assert "Wort17 = 2 x" in page.text
    assert "漢 (Wort16)" in page.text
    assert not {"Gestrichen", "Vorlage", "7"} & set(page.text.split())
    assert page.title == "Wort02"
    assert extraction.counts == {
        "changes": 1,
        "comments": 1,
        "footnotes": 2,
        "pictures": 1,
        "groups": 1,
        "formulas": 1,
        "charts": 1,
        "tables": 2,
    }


@pytest.mark.parametrize(
    "hidden",
    [
        f'<text:section text:display="none">{paragraph("geheim")}</text:section>',
        f'<text:section text:display="condition" text:is-hidden="true">{paragraph("geheim")}</text:section>',
        paragraph("geheim", "H"),
        paragraph("geheim", "HC"),
        paragraph('<text:span text:style-name="HT">geheim</text:span>'),
        paragraph('<text:hidden-text text:is-hidden="true" text:string-value="geheim"/>'),
        paragraph('<text:hidden-paragraph text:is-hidden="true"/>geheim'),
        f"<table:table>{row(paragraph('geheim', 'H'))}</table:table>",
    ],
)
def test_what_is_hidden_is_read_apart_and_counted(tmp_path: Path, hidden: str) -> None:
    extraction = text_of(tmp_path, paragraph("offen") + hidden + paragraph("wieder"), HIDDEN)
    assert [(page.text, page.hidden) for page in extraction.pages] == [
        ("offen", False),
        ("geheim", True),
        ("wieder", False),
    ]
    assert extraction.counts["hidden slides"] == 1


def test_sections_and_fields_that_are_shown_are_text(tmp_path: Path) -> None:
    shown = f'<text:section text:display="condition" text:is-hidden="false">{paragraph("a")}</text:section>'
    shown += paragraph('<text:hidden-text text:is-hidden="false" text:string-value="b"/>')
    assert lines(text_of(tmp_path, shown, HIDDEN)) == ["a", "b"]


def test_tables_may_begin_a_page_and_headers_do_not_stand_alone(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="T"><style:table-properties fo:break-before="page"/></style:style>'
        '<style:style style:name="M" style:master-page-name="First"/>'
    )
    body = f'{paragraph("eins", "M")}<table:table table:style-name="T">{row(paragraph("zwei"))}</table:table>'
    header = master_page(f"<style:header>{paragraph('Kopf')}</style:header>")
    content = document(f"<office:text>{body}</office:text>", styles)
    pages = read(write(tmp_path, "odt", content=content, styles=header)).pages
    assert [page.text for page in pages] == ["Kopf\neins", "zwei"]


def test_paragraphs_in_paragraphs_lose_nothing(tmp_path: Path) -> None:
    assert lines(text_of(tmp_path, "<text:p>a<text:p>b<text:p>c</text:p>d</text:p>e</text:p>")) == [
        "a e",
        "b d",
        "c",
    ]


def test_sections_in_sections_in_objects_end(tmp_path: Path) -> None:
    itself = '<text:p><draw:frame><draw:object xlink:href="Object 1"/></draw:frame></text:p>'
    content = document(
        f"<office:text>{'<text:section>' * 240}{itself}{'</text:section>' * 240}</office:text>"
    )
    with pytest.raises(DamagedError, match="in one another"):
        read(write(tmp_path, "odt", content=content, Object_1__content=content))


def test_files_of_openoffice_1_are_read(tmp_path: Path) -> None:
    old = "http://openoffice.org/2000/"
    names = " ".join(
        f'xmlns:{name}="{old}{urn}"'
        for name, urn in {"office": "office", "text": "text", "draw": "drawing", "style": "style"}.items()
    )
    content = (
        '<!DOCTYPE office:document-content PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
        '"office.dtd">'
        f'<office:document-content {names} xmlns:fo="http://www.w3.org/1999/XSL/Format" '
        'xmlns:svg="http://www.w3.org/2000/svg" office:class="{}"><office:automatic-styles>'
        '<style:style style:name="B"><style:properties fo:break-before="page"/></style:style>'
        "</office:automatic-styles><office:body>{}</office:body></office:document-content>"
    )
    text = (
        '<text:h text:level="1">Titel</text:h><text:ordered-list><text:list-item><text:p>Punkt'
        "<text:tab-stop/>x"
        "<text:footnote><text:footnote-citation>1</text:footnote-citation><text:footnote-body>"
        "<text:p>Fuß</text:p>"
        "</text:footnote-body></text:footnote></text:p></text:list-item></text:ordered-list>"
        '<text:p text:style-name="B">'
        'Neu<office:annotation office:author="Anna"><text:p>Frage</text:p></office:annotation></text:p>'
    )
    extraction = read(write(tmp_path, "sxw", content=content.format("text", text)))
    assert [page.text for page in extraction.pages] == ["Titel\nPunkt\tx\nFuß", "Neu"]
    assert extraction.pages[1].notes == "Anna: Frage"
    slide = '<draw:page draw:name="page1"><draw:text-box svg:y="2cm"><text:p>unten</text:p></draw:text-box>'
    slide += '<draw:text-box svg:y="1cm"><text:p>oben</text:p></draw:text-box></draw:page>'
    extraction = read(write(tmp_path, "sxi", content=content.format("presentation", slide)))
    assert [page.text for page in extraction.pages] == ["oben\nunten"]


def test_embedded_files_of_other_formats_are_read_where_they_can_be(tmp_path: Path) -> None:
    frames = "".join(
        f'<draw:frame><draw:object-ole xlink:href="./Object {number}"/></draw:frame>' for number in (1, 2)
    )
    path = write(tmp_path, "odt", content=document(f"<office:text>{paragraph(frames)}</office:text>"))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("Object 1", "<html><body><p>Wort innen</p></body></html>")
        package.writestr("Object 2", b"\0\1\2\3")
    extraction = read(path)
    assert extraction.pages[0].text == "Wort innen"
    assert extraction.counts == {"embedded files": 2}
    assert extraction.skipped == ("Embedded files that were not read: 1.",)


def test_comments_in_headers_are_kept(tmp_path: Path) -> None:
    header = master_page(f"<style:header><text:p>Kopf{comment('Frage')}</text:p></style:header>")
    content = document(f"<office:text>{paragraph('Text')}</office:text>")
    (page,) = read(write(tmp_path, "odt", content=content, styles=header)).pages
    assert (page.text, page.notes) == ("Kopf\nText", "Anna: Frage")


def test_headers_that_are_switched_off_are_hidden(tmp_path: Path) -> None:
    off = f'<style:header-left style:display="false">{paragraph("Entwurf")}</style:header-left>'
    styles = master_page(f"<style:header>{paragraph('Kopf')}</style:header>{off}")
    content = document(f"<office:text>{paragraph('Text')}</office:text>")
    extraction = read(write(tmp_path, "odt", content=content, styles=styles))
    assert [(page.text, page.hidden) for page in extraction.pages] == [
        ("Kopf\nText", False),
        ("Entwurf", True),
    ]
    assert extraction.counts["hidden slides"] == 1


def test_objects_within_flat_files_are_read(tmp_path: Path) -> None:
    chart = f"<chart:chart><chart:title>{paragraph('Anteile')}</chart:title></chart:chart>"
    objects = (
        (
            f"<draw:object><office:document><office:body><office:chart>{chart}</office:chart></office:body>"
            "</office:document></draw:object>"
        ),
        "<draw:object><math:math><math:mi>x</math:mi></math:math></draw:object>",
        "<draw:object-ole><office:binary-data>AAAA</office:binary-data></draw:object-ole>",
    )
    path = tmp_path / "a.fodt"
    frames = "".join(f"<draw:frame>{each}</draw:frame>" for each in objects)
    path.write_text(
        f'<office:document {NAMES} {XLINK} office:mimetype="{FORMATS["odt"]}"><office:body><office:text>'
        f"<text:p>{frames}</text:p></office:text></office:body></office:document>"
    )
    extraction = read(path)
    assert extraction.pages[0].text == "Anteile\nx"
    assert extraction.skipped == ("Embedded files that were not read: 1.",)


def test_lists_to_choose_from_are_told_and_what_is_drawn_over_a_chart_is_read(tmp_path: Path) -> None:
    chart = document(
        f"<office:chart><chart:chart><chart:title>{paragraph('Verbrauch')}</chart:title><table:shapes>"
        f"<draw:frame><draw:text-box>{paragraph('Zielwert 2030')}</draw:text-box></draw:frame></table:shapes>"
        "</chart:chart></office:chart>"
    )
    form = (
        '<form:listbox><form:option form:label="Energie"/><form:option form:label="Abfall"/></form:listbox>'
    )
    body = document(
        f"<office:text><office:forms><form:form>{form}</form:form></office:forms>"
        '<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p></office:text>'
    )
    extraction = read(write(tmp_path, "odt", content=body, Object_1__content=chart))
    assert extraction.pages[0].text.split() == ["Verbrauch", "Zielwert", "2030"]
    assert extraction.skipped == ("Form controls that were not read: 1.",)
